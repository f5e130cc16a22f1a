package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/store"
)

// setID sets an attribute that holds an id; 0 removes it.
func setID(attrs cairn.Attrs, name string, id cairn.ID) {
	attrs.Set(name, nil)
	if id != 0 {
		attrs.Set(name, rawJSON(id))
	}
}

func idOf(attrs cairn.Attrs, name string) cairn.ID { return idIn(attrs[name]) }

// idIn reads an id; 0 when there is none.
func idIn(raw json.RawMessage) (id cairn.ID) {
	_ = json.Unmarshal(raw, &id) // absent is 0
	return id
}

// checkType refuses a type that the project does not have.
func checkType(st *engine.State, id cairn.ID) error {
	if _, ok := st.IdeaType(id); !ok && id != 0 {
		return cairn.Invalid("type", "The project has no type of ideas with the id %d", id)
	}
	return nil
}

// kinship checks parents inside a transaction.
type kinship struct {
	app     *App
	tx      store.Tx
	by      Caller
	project cairn.ID
}

// check refuses, inside the transaction that writes it, a parent that is
// no idea of the same project, that stands below the idea itself, or that would
// make the tree too deep.
func (k kinship) check(id, parent cairn.ID) error {
	if parent == 0 {
		return nil
	}
	path := []cairn.ID{id}
	for at := parent; at != 0; {
		if at == id {
			return cairn.Invalid("parent", "%s cannot stand below itself: %s", k.key(id), k.keys(append(path, id)))
		}
		path = append(path, at)
		e, err := k.tx.Entity(at)
		switch {
		case at == parent && (err != nil || e.Kind != cairn.KindIdea || e.Project != k.project):
			return cairn.Invalid("parent", "The parent must be an idea of the same project. Ideas of other projects can be linked")
		case err != nil:
			return nil // above an idea that is gone there is nothing
		case len(path) > cairn.MaxTreeDepth+1 || slices.Contains(path[:len(path)-1], at):
			return cairn.Invalid("parent", "%s would stand more than %d ideas deep; put it higher up", k.key(id), cairn.MaxTreeDepth)
		}
		if at == parent {
			if err := k.app.mergedAway(k.tx, k.by, e); err != nil {
				return err
			}
		}
		at = idOf(e.Attrs, string(cairn.RefParent))
	}
	below := 0
	if st := k.app.states.peek(k.project); st != nil {
		below = st.state.Height(id)
	}
	if len(path)+below > cairn.MaxTreeDepth {
		return cairn.Invalid("parent", "The ideas below %s would stand more than %d deep; put it higher up", k.key(id), cairn.MaxTreeDepth)
	}
	return nil
}

func (k kinship) key(id cairn.ID) string {
	if id == 0 {
		return "The idea"
	}
	return k.app.keyIn(k.tx, k.by, id)
}

func (k kinship) keys(path []cairn.ID) string {
	names := make([]string, len(path))
	for i, id := range path {
		names[i] = k.key(id)
	}
	return strings.Join(names, " → ")
}

// liftChildren puts the children of an idea that goes away under the idea above
// it.
func (a *App) liftChildren(tx store.Tx, by Caller, project, id cairn.ID) error {
	st := a.states.peek(project)
	if st == nil {
		return nil
	}
	gone, err := tx.Entity(id)
	if err != nil {
		return err
	}
	above := idOf(gone.Attrs, string(cairn.RefParent))
	for _, child := range st.state.Offspring(id) {
		e, err := tx.Entity(child)
		if err != nil || idOf(e.Attrs, string(cairn.RefParent)) != id {
			continue // moved or removed meanwhile
		}
		e.Attrs = cloneAttrs(e.Attrs)
		setID(e.Attrs, string(cairn.RefParent), above)
		touch(tx, by, e.Attrs)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// Family is what stands around an idea in the tree.
type Family struct {
	// Ancestors from the topmost down; Children in the manual order, archived ones
	// included.
	Ancestors, Children []engine.Brief
	// Mentions are the ideas that the idea's connection fields hold.
	Mentions map[cairn.ID]engine.Mention
}

// Family returns what stands around an idea in the tree, and what it is
// connected to.
func (a *App) Family(ctx context.Context, by Caller, id cairn.ID) (Family, error) {
	p, err := a.readableIdea(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return Family{}, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return Family{}, err
	}
	out := Family{Ancestors: briefs(st.state, st.state.Ancestors(id)), Children: briefs(st.state, st.state.Children(id))}
	var refs []cairn.Ref
	for _, f := range st.state.Fields() {
		if f.Type == cairn.TypeConnection {
			refs = append(refs, f.Ref())
		}
	}
	cells, _ := st.state.Row(id, refs, a.env(by, st))
	var ids []cairn.ID
	for _, c := range cells {
		ids = append(ids, c.Value.IDs...)
	}
	out.Mentions, err = a.mentions(ctx, by, p.ID, ids)
	return out, err
}

func briefs(st *engine.State, ids []cairn.ID) []engine.Brief {
	out := make([]engine.Brief, 0, len(ids))
	for _, id := range ids {
		if b, ok := st.Brief(id); ok {
			out = append(out, b)
		}
	}
	return out
}

// mentions says of ideas what the caller may see of them; likely is the project
// that most of them belong to.
func (a *App) mentions(ctx context.Context, by Caller, likely cairn.ID, ids []cairn.ID) (map[cairn.ID]engine.Mention, error) {
	out := make(map[cairn.ID]engine.Mention, len(ids))
	for _, id := range ids {
		if _, known := out[id]; known {
			continue
		}
		end, there, err := a.linkEnd(ctx, by, likely, id)
		switch {
		case err != nil:
			return nil, err
		case !there:
			out[id] = engine.Mention{Gone: true}
		case end.Hidden:
			out[id] = engine.Mention{}
		default:
			m := engine.Mention{Key: end.Key, Title: end.Title, Archived: end.Archived}
			if st := a.states.peek(end.Project); st != nil && end.Project == likely {
				b, _ := st.state.Brief(id)
				m.Type = b.Type
			}
			out[id] = m
		}
	}
	return out, nil
}

// Mentions says of ideas what the caller may see of them, for cells that hold
// ideas; project is the one that the cells belong to.
func (a *App) Mentions(ctx context.Context, by Caller, project cairn.ID, ids []cairn.ID) (map[cairn.ID]engine.Mention, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	if len(ids) > cairn.MaxList {
		return nil, cairn.Errorf(cairn.CodeTooLarge, "At most %d ideas can be asked for at once", cairn.MaxList)
	}
	return a.mentions(ctx, by, project, ids)
}

// strangers are the ideas that may not be added to a connection field, with the
// reason; those that an idea holds already may stay.
type strangers map[cairn.Ref]map[cairn.ID]error

// findStrangers checks the ideas in the patch's connection fields.
func (a *App) findStrangers(ctx context.Context, by Caller, st *engine.State, values map[cairn.Ref]json.RawMessage) strangers {
	out := strangers{}
	for ref, raw := range values {
		f, ok := st.Field(ref)
		if !ok || f.Type != cairn.TypeConnection {
			continue
		}
		var ids []cairn.ID
		_ = json.Unmarshal(raw, &ids) // canonical by now
		out[ref] = map[cairn.ID]error{}
		for _, id := range ids {
			if err := a.mayConnect(ctx, by, &f, id); err != nil {
				out[ref][id] = err
			}
		}
	}
	return out
}

// mayConnect checks one idea for a connection field.
func (a *App) mayConnect(ctx context.Context, by Caller, f *cairn.Field, id cairn.ID) error {
	p, err := a.readableIdea(ctx, by, id, cairn.ReadProject)
	if err != nil {
		return cairn.Invalid(string(f.Ref()), "%s: there is no idea with the id %d that you may read", f.Name, id)
	}
	if whole := a.wholeOf(ctx, id); whole != id {
		return cairn.Invalid(string(f.Ref()), "%s: the idea with the id %d was merged into that with the id %d; take that one", f.Name, id, whole)
	}
	if f.Connection == nil {
		return nil
	}
	if len(f.Connection.Projects) > 0 && !slices.Contains(f.Connection.Projects, p.ID) {
		return cairn.Invalid(string(f.Ref()), "%s holds no ideas of the project %s", f.Name, p.Name)
	}
	if len(f.Connection.Types) == 0 {
		return nil
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return err
	}
	if b, ok := st.state.Brief(id); !ok || !slices.Contains(f.Connection.Types, b.Type) {
		return cairn.Invalid(string(f.Ref()), "%s holds ideas of certain types only; %s is of none of them", f.Name, cairn.IdeaKey(p.Key, b.Number))
	}
	return nil
}

// admit refuses strangers that the idea does not hold already, and the idea
// itself.
func (s strangers) admit(id cairn.ID, before, after cairn.Attrs) error {
	for ref, refused := range s {
		var had, has []cairn.ID
		_ = json.Unmarshal(before[string(ref)], &had) // written by us
		_ = json.Unmarshal(after[string(ref)], &has)
		for _, other := range has {
			if other == id && id != 0 {
				return cairn.Invalid(string(ref), "An idea cannot be connected to itself")
			}
			if err := refused[other]; err != nil && !slices.Contains(had, other) {
				return err
			}
		}
	}
	return nil
}

// connectable is what a connection field may hold; nil is anything.
type connectable struct{ rule *cairn.Connection }

// connectable returns what a field may hold that the caller may see; "" is none.
func (a *App) connectable(ctx context.Context, by Caller, ref cairn.Ref) (connectable, error) {
	if ref == "" {
		return connectable{}, nil
	}
	wrong := cairn.Invalid("field", "%q is no connection field that you may see", ref)
	id, ok := ref.FieldID()
	if !ok {
		return connectable{}, wrong
	}
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindField || !a.MayRead(by, e.Project) {
		return connectable{}, wrong
	}
	st, err := a.states.get(ctx, e.Project)
	if err != nil {
		return connectable{}, err
	}
	f, ok := st.state.Field(ref)
	if !ok || f.Type != cairn.TypeConnection {
		return connectable{}, wrong
	}
	return connectable{f.Connection}, nil
}

// in returns which ideas of a project fit, nil for all; some is false when none do.
func (c connectable) in(project cairn.ID, st *engine.State) (fits func(cairn.ID) bool, some bool) {
	switch {
	case c.rule == nil:
		return nil, true
	case len(c.rule.Projects) > 0 && !slices.Contains(c.rule.Projects, project):
		return nil, false
	case len(c.rule.Types) == 0:
		return nil, true
	}
	return func(id cairn.ID) bool {
		b, ok := st.Brief(st.Whole(id))
		return ok && slices.Contains(c.rule.Types, b.Type)
	}, true
}
