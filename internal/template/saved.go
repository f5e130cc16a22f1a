package template

import (
	"slices"

	"cairn"
)

// Part is one thing of a saved project, with the id that it had there.
type Part[T any] struct {
	ID  cairn.ID `json:"id"`
	Def T        `json:"def"`
}

// Saved is the form of a project without its ideas. Its ids are those of the
// project that it was saved from: they only tell its parts apart.
type Saved struct {
	// From is the project's own id.
	From        cairn.ID               `json:"from"`
	Description string                 `json:"description,omitempty"`
	Icon        string                 `json:"icon,omitempty"`
	DefaultView cairn.ID               `json:"defaultView,omitempty"`
	Fields      []Part[cairn.Field]    `json:"fields,omitempty"`
	Types       []Part[cairn.IdeaType] `json:"types,omitempty"`
	Sections    []Part[cairn.Section]  `json:"sections,omitempty"`
	Views       []Part[cairn.View]     `json:"views,omitempty"`
}

// Anew returns the form with ids of its own for a project that has the id of.
// What names something outside of the form, such as an idea, a field that was
// deleted or an option that is gone, is left out; people stay.
func (s *Saved) Anew(of cairn.ID, newID func() cairn.ID) Saved {
	a := anew{ids: map[cairn.ID]cairn.ID{s.From: of}, fields: make(map[cairn.Ref]cairn.Field)}
	give := func(id cairn.ID) { a.ids[id] = newID() }
	for _, f := range s.Fields {
		give(f.ID)
		a.fields[cairn.FieldRef(f.ID)] = f.Def
		for _, o := range f.Def.Options {
			give(o.ID)
		}
	}
	for _, t := range s.Types {
		give(t.ID)
	}
	for _, x := range s.Sections {
		give(x.ID)
	}
	for _, v := range s.Views {
		give(v.ID)
	}
	out := Saved{From: of, Description: s.Description, Icon: s.Icon, DefaultView: a.ids[s.DefaultView]}
	for _, f := range s.Fields {
		out.Fields = append(out.Fields, Part[cairn.Field]{a.ids[f.ID], a.field(f)})
	}
	for _, t := range s.Types {
		out.Types = append(out.Types, Part[cairn.IdeaType]{a.ids[t.ID], t.Def})
	}
	for _, x := range s.Sections {
		x.Def.Parent = a.ids[x.Def.Parent]
		out.Sections = append(out.Sections, Part[cairn.Section]{a.ids[x.ID], x.Def})
	}
	for _, v := range s.Views {
		out.Views = append(out.Views, Part[cairn.View]{a.ids[v.ID], a.view(v.Def)})
	}
	return out
}

// ViewNames are the names of its views, in their order.
func (s *Saved) ViewNames() []string {
	var names []string
	for _, v := range s.Views {
		names = append(names, v.Def.Name)
	}
	return names
}

// anew turns what a form names into what it becomes.
type anew struct {
	ids    map[cairn.ID]cairn.ID
	fields map[cairn.Ref]cairn.Field // by the old reference
}

// ref is what a reference becomes; ok is false for what is not in the form.
func (a *anew) ref(r cairn.Ref) (to cairn.Ref, ok bool) {
	if op, of, is := r.OfChildren(); is {
		of, ok = a.ref(of)
		return cairn.ChildrenRef(op, of), ok
	}
	if id, is := r.FieldID(); is {
		id, ok = a.ids[id]
		return cairn.FieldRef(id), ok
	}
	if id, is := r.RankView(); is {
		id, ok = a.ids[id]
		return cairn.RankRef(id), ok
	}
	return r, true
}

// put changes a reference where it stands, to none if it leads nowhere.
func (a *anew) put(r *cairn.Ref) {
	to, ok := a.ref(*r)
	if !ok {
		to = ""
	}
	*r = to
}

// known are the ids that are in the form, as they become.
func (a *anew) known(ids []cairn.ID) []cairn.ID {
	var out []cairn.ID
	for _, id := range ids {
		if to, ok := a.ids[id]; ok {
			out = append(out, to)
		}
	}
	return out
}

// either are all ids, those of the form as they become.
func (a *anew) either(ids []cairn.ID) []cairn.ID {
	out := slices.Clone(ids)
	for i, id := range ids {
		if to, ok := a.ids[id]; ok {
			out[i] = to
		}
	}
	return out
}
