package app

import (
	"context"

	"cairn"
	"cairn/internal/store"
)

// Favorites returns the views that the caller keeps at hand in a project, in
// their order.
func (a *App) Favorites(by Caller, project cairn.ID) ([]cairn.ID, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	ids := []cairn.ID{}
	for _, f := range a.dir.Favorites(project, by.User) {
		ids = append(ids, f.View)
	}
	return ids, nil
}

// KeepFavorite keeps a view at hand for the caller, last or next to another
// favourite; one that is kept already moves there.
func (a *App) KeepFavorite(ctx context.Context, by Caller, view cairn.ID, to Beside) error {
	v, err := a.favoritable(by, view)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, v.Project, func(tx store.Tx) error {
		var mine cairn.Entity
		var list []placed
		entities := make(map[cairn.ID]cairn.ID) // by view
		if err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindFavorite}, Project: v.Project}, func(e cairn.Entity) error {
			var f cairn.Favorite
			if err := e.Attrs.Decode(&f); err != nil || f.User != by.User {
				return err
			}
			if entities[e.Parent] = e.ID; e.Parent == view {
				mine = e
				return nil
			}
			list = append(list, placed{e.ID, f.Position})
			return nil
		}); err != nil {
			return err
		}
		if mine.ID != 0 && to.none() {
			return nil // kept already
		}
		position, even, err := placeAmong(list, Beside{After: entities[to.After], Before: entities[to.Before]})
		if err != nil {
			return err
		}
		if err := spread(tx, even); err != nil {
			return err
		}
		f := cairn.Favorite{User: by.User, Position: position}
		if mine.ID != 0 {
			return putAttrs(tx, mine, f)
		}
		attrs, err := cairn.AttrsOf(f)
		if err != nil {
			return err
		}
		_, err = tx.Create(cairn.Entity{Kind: cairn.KindFavorite, Project: v.Project, Parent: view, Attrs: attrs})
		return err
	})
	return err
}

// DropFavorite no longer keeps a view at hand.
func (a *App) DropFavorite(ctx context.Context, by Caller, view cairn.ID) error {
	v, err := a.favoritable(by, view)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, v.Project, func(tx store.Tx) error {
		for _, f := range a.dir.Favorites(v.Project, by.User) {
			if f.View != view {
				continue
			}
			if err := tx.Delete(f.ID); cairn.CodeOf(err) != cairn.CodeNotFound {
				return err
			}
		}
		return nil
	})
	return err
}

// favoritable finds a view for somebody who may keep favourites. Cairn itself
// has none.
func (a *App) favoritable(by Caller, view cairn.ID) (cairn.View, error) {
	v, err := a.View(by, view)
	if err != nil {
		return v, err
	}
	if by.User == 0 {
		return v, cairn.Forbidden("Favourites belong to a person; sign in")
	}
	_, err = a.mayIn(by, v.Project, cairn.KeepFavorites)
	return v, err
}
