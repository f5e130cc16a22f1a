package app

import (
	"context"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// MaxIdeaTypes is how many types of ideas a project may have.
const MaxIdeaTypes = 50

// IdeaTypeInfo is a type of ideas and how many ideas have it.
type IdeaTypeInfo struct {
	cairn.IdeaType
	// Ideas counts those of the type, archived ones included.
	Ideas int
}

// IdeaTypes returns a project's types of ideas by position.
func (a *App) IdeaTypes(ctx context.Context, by Caller, project cairn.ID) ([]IdeaTypeInfo, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	types := st.state.IdeaTypes()
	out := make([]IdeaTypeInfo, len(types))
	for i, t := range types {
		out[i] = IdeaTypeInfo{t, len(st.state.OfType(t.ID))}
	}
	return out, nil
}

// CreateIdeaType adds a type of ideas, last unless it has a position.
func (a *App) CreateIdeaType(ctx context.Context, by Caller, project cairn.ID, t cairn.IdeaType) (cairn.IdeaType, error) {
	if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
		return t, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return t, err
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		types := st.state.IdeaTypes()
		if len(types) >= MaxIdeaTypes {
			return cairn.Errorf(cairn.CodeTooLarge, "A project has at most %d types of ideas", MaxIdeaTypes)
		}
		t.Project = project
		if t.Position == 0 {
			for _, other := range types {
				t.Position = max(t.Position, other.Position)
			}
			t.Position++
		}
		if t.Color == "" {
			t.Color = cairn.Colors()[(len(types)+1)%len(cairn.Colors())]
		}
		t.ID, err = createIdeaType(tx, types, &t)
		t.Version = tx.Seq()
		return err
	})
	return t, err
}

func createIdeaType(tx store.Tx, others []cairn.IdeaType, t *cairn.IdeaType) (cairn.ID, error) {
	if err := checkIdeaType(others, t); err != nil {
		return 0, err
	}
	attrs, err := cairn.AttrsOf(t)
	if err != nil {
		return 0, err
	}
	return tx.Create(cairn.Entity{Kind: cairn.KindIdeaType, Project: t.Project, Attrs: attrs})
}

// checkIdeaType validates a type, also against the project's others.
func checkIdeaType(others []cairn.IdeaType, t *cairn.IdeaType) error {
	t.Name = strings.TrimSpace(t.Name)
	if err := t.Validate(); err != nil {
		return err
	}
	for _, other := range others {
		if other.ID != t.ID && strings.EqualFold(other.Name, t.Name) {
			return cairn.Conflict("The project has a type named %q already; choose another name", other.Name)
		}
	}
	return nil
}

// IdeaTypePatch changes what is not nil.
type IdeaTypePatch struct {
	Name, Icon, Color, Template *string
	Root                        *bool
	Position                    *float64
	Version                     int64
}

// UpdateIdeaType changes a type of ideas.
func (a *App) UpdateIdeaType(ctx context.Context, by Caller, id cairn.ID, in IdeaTypePatch) (cairn.IdeaType, error) {
	var t cairn.IdeaType
	st, err := a.ideaTypeState(ctx, by, id)
	if err != nil {
		return t, err
	}
	_, err = a.write(ctx, by, st.id, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, in.Version); err != nil {
			return err
		}
		t = cairn.IdeaType{ID: id, Project: st.id, Version: tx.Seq()}
		if err := e.Attrs.Decode(&t); err != nil {
			return err
		}
		set(&t.Name, in.Name)
		set(&t.Icon, in.Icon)
		set(&t.Color, in.Color)
		set(&t.Template, in.Template)
		set(&t.Root, in.Root)
		set(&t.Position, in.Position)
		if err := checkIdeaType(st.state.IdeaTypes(), &t); err != nil {
			return err
		}
		return putAttrs(tx, e, t)
	})
	return t, err
}

// DeleteIdeaType removes a type of ideas. The ideas that have it get another
// one, or none when to is 0; it returns how many those are. All in one change
// set, so that undo brings both back.
func (a *App) DeleteIdeaType(ctx context.Context, by Caller, id, to cairn.ID) (int, error) {
	st, err := a.ideaTypeState(ctx, by, id)
	if err != nil {
		return 0, err
	}
	if to != 0 {
		if _, ok := st.state.IdeaType(to); !ok || to == id {
			return 0, cairn.Invalid("to", "The ideas can be given another type of this project; %d is none", to)
		}
	}
	changed := 0
	_, err = a.write(ctx, by, st.id, func(tx store.Tx) error {
		changed = 0
		for _, idea := range st.state.OfType(id) {
			e, err := tx.Entity(idea)
			if cairn.CodeOf(err) == cairn.CodeNotFound {
				continue
			}
			if err != nil {
				return err
			}
			e.Attrs = cloneAttrs(e.Attrs)
			setID(e.Attrs, string(cairn.RefType), to)
			touch(tx, by, e.Attrs)
			if err := tx.Put(e); err != nil {
				return err
			}
			changed++
		}
		return tx.Delete(id)
	})
	return changed, err
}

// ideaTypeState authorises a change of a type and returns its project's state.
func (a *App) ideaTypeState(ctx context.Context, by Caller, id cairn.ID) (*projectState, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindIdeaType {
		return nil, cairn.NotFound("The type of ideas")
	}
	if _, err := a.mayIn(by, e.Project, cairn.ChangeProject); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return nil, cairn.NotFound("The type of ideas")
		}
		return nil, err
	}
	return a.states.get(ctx, e.Project)
}
