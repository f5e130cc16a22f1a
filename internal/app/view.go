package app

import (
	"cmp"
	"context"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

func best(hits []SearchHit, limit int) []SearchHit {
	slices.SortStableFunc(hits, func(x, y SearchHit) int { return cmp.Compare(y.Score, x.Score) })
	if limit > 0 && len(hits) > limit {
		hits = hits[:limit]
	}
	return hits
}

// Views returns a project's views by position.
func (a *App) Views(by Caller, project cairn.ID) ([]cairn.View, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	return a.dir.Views(project), nil
}

// View returns one view that the caller may read.
func (a *App) View(by Caller, id cairn.ID) (cairn.View, error) {
	v, ok := a.dir.View(id)
	if !ok {
		return v, cairn.NotFound("The view")
	}
	if _, err := a.mayIn(by, v.Project, cairn.ReadProject); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return v, cairn.NotFound("The view")
		}
		return v, err
	}
	return v, nil
}

// CreateView adds a view at the end of the sidebar, unless it has a position.
func (a *App) CreateView(ctx context.Context, by Caller, project cairn.ID, v cairn.View) (cairn.View, error) {
	if _, err := a.mayIn(by, project, cairn.ChangeViews); err != nil {
		return v, err
	}
	v.Locked = false // a copy of a locked view is its maker's to change
	st, err := a.states.get(ctx, project)
	if err != nil {
		return v, err
	}
	v.Project = project
	if err := a.checkView(by, st, &v); err != nil {
		return v, err
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		if v.Section != 0 || v.Position == 0 {
			if err := placeView(tx, &v, ViewPatch{Section: &v.Section}); err != nil {
				return err
			}
		}
		v.ID = tx.NewID()
		if v.Query.Rank != "" {
			if err := copyOrder(tx, st.state, &v); err != nil {
				return err
			}
		}
		attrs, err := cairn.AttrsOf(v)
		if err != nil {
			return err
		}
		_, err = tx.Create(cairn.Entity{ID: v.ID, Kind: cairn.KindView, Project: project, Attrs: attrs})
		v.Version = tx.Seq()
		return err
	})
	return v, err
}

// checkView validates a view and evaluates it once, so that what is saved works.
func (a *App) checkView(by Caller, st *projectState, v *cairn.View) error {
	if v.Kind == "" {
		v.Kind = cairn.ViewList
	}
	if err := v.Validate(); err != nil {
		return err
	}
	if own, named := v.Query.Rank.RankView(); named {
		of, ok := a.dir.View(own)
		if !ok || of.Project != v.Project || (v.ID != 0 && v.ID != own) {
			return cairn.Invalid("rank", "A view follows the project's order or its own; %s is neither", v.Query.Rank)
		}
	}
	columns := make([]cairn.Ref, len(v.Columns))
	for i, c := range v.Columns {
		columns[i] = c.Field
	}
	columns = append(columns, v.Layout.Refs()...)
	_, err := st.state.Eval(engine.Request{
		Query: v.Query, Columns: columns, Colors: v.Colors, ColorBy: v.ColorBy.Field, Limit: 0, Env: a.env(by, st),
	})
	return err
}

// UpdateView replaces a view's definition. A version other than 0 must be the
// present one.
func (a *App) UpdateView(ctx context.Context, by Caller, v cairn.View) (cairn.View, error) {
	old, err := a.View(by, v.ID)
	if err != nil {
		return v, err
	}
	if err := a.mayChangeView(by, old); err != nil {
		return v, err
	}
	if v.Locked != old.Locked {
		if _, err := a.mayIn(by, old.Project, cairn.ChangeLocked); err != nil {
			return v, err
		}
	}
	st, err := a.states.get(ctx, old.Project)
	if err != nil {
		return v, err
	}
	seen := v.Version
	v.Project = old.Project
	if err := a.checkView(by, st, &v); err != nil {
		return v, err
	}
	_, err = a.write(ctx, by, old.Project, func(tx store.Tx) error {
		e, err := tx.Entity(v.ID)
		if err != nil {
			return err
		}
		if err := checkVersion(e, seen); err != nil {
			return err
		}
		v.Version = tx.Seq()
		return putAttrs(tx, e, v)
	})
	return v, err
}

// DeleteView removes a view with what hangs on it; undo brings it back. The last
// one stays.
func (a *App) DeleteView(ctx context.Context, by Caller, id cairn.ID) error {
	v, err := a.View(by, id)
	if err != nil {
		return err
	}
	if err := a.mayChangeView(by, v); err != nil {
		return err
	}
	_, err = a.write(ctx, by, v.Project, func(tx store.Tx) error {
		all, err := viewsIn(tx, v.Project)
		if err == nil && len(all) == 1 && all[0].ID == id {
			err = cairn.Conflict("A project keeps at least one view; make another before you delete this one")
		}
		if err != nil {
			return err
		}
		return a.deleteView(tx, v)
	})
	return err
}

// deleteView removes a view with its order, comments and favourites.
func (a *App) deleteView(tx store.Tx, v cairn.View) error {
	st := a.states.peek(v.Project)
	if st == nil || v.Query.Rank != "" || len(st.state.Ranked(cairn.RankRef(v.ID))) > 0 {
		if err := dropOrder(tx, v); err != nil {
			return err
		}
	}
	if err := dropInside(tx, v.Project, v.ID, cairn.KindComment, cairn.KindFavorite, cairn.KindFile); err != nil {
		return err
	}
	return tx.Delete(v.ID)
}
