package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/store"
)

// Sections returns a project's sections of views by position.
func (a *App) Sections(by Caller, project cairn.ID) ([]cairn.Section, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	return a.dir.Sections(project), nil
}

// CreateSection adds a section at the end of the sidebar, or of another section.
func (a *App) CreateSection(ctx context.Context, by Caller, s cairn.Section) (cairn.Section, error) {
	if _, err := a.mayIn(by, s.Project, cairn.ChangeViews); err != nil {
		return s, err
	}
	s.Name = strings.TrimSpace(s.Name)
	if err := s.Validate(); err != nil {
		return s, err
	}
	_, err := a.write(ctx, by, s.Project, func(tx store.Tx) error {
		all, err := sectionsIn(tx, s.Project)
		if err != nil {
			return err
		}
		if err := mayLieIn(all, s); err != nil {
			return err
		}
		if s.Position, _, err = placeAmong(siblings(all, s.Parent, 0), Beside{}); err != nil {
			return err
		}
		attrs, err := cairn.AttrsOf(s)
		if err != nil {
			return err
		}
		s.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindSection, Project: s.Project, Attrs: attrs})
		s.Version = tx.Seq()
		return err
	})
	return s, err
}

// SectionPatch changes what is not nil.
type SectionPatch struct {
	Name *string
	// Parent puts the section at the end of another (0: of the sidebar), unless a
	// neighbour is named, whose parent it gets.
	Parent        *cairn.ID
	After, Before cairn.ID
}

// UpdateSection renames or moves a section.
func (a *App) UpdateSection(ctx context.Context, by Caller, id cairn.ID, in SectionPatch) (cairn.Section, error) {
	old, err := a.section(by, id)
	if err != nil {
		return old, err
	}
	s := old
	_, err = a.write(ctx, by, old.Project, func(tx store.Tx) error {
		all, err := sectionsIn(tx, old.Project)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(other cairn.Section) bool { return other.ID == id })
		if i < 0 {
			return cairn.NotFound("The section")
		}
		s = all[i]
		set(&s.Name, in.Name)
		s.Name = strings.TrimSpace(s.Name)
		if err := s.Validate(); err != nil {
			return err
		}
		if err := placeSection(tx, &s, all, in); err != nil {
			return err
		}
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		s.Version = tx.Seq()
		return putAttrs(tx, e, s)
	})
	return s, err
}

// placeSection gives a section its place among the others.
func placeSection(tx store.Tx, s *cairn.Section, all []cairn.Section, in SectionPatch) error {
	to := Beside{After: in.After, Before: in.Before}
	if in.Parent == nil && to.none() {
		return nil
	}
	set(&s.Parent, in.Parent)
	for _, other := range all {
		if other.ID == to.id() && to.id() != s.ID {
			s.Parent = other.Parent
		}
	}
	if err := mayLieIn(all, *s); err != nil {
		return err
	}
	position, even, err := placeAmong(siblings(all, s.Parent, s.ID), to)
	s.Position = position
	if err != nil {
		return err
	}
	return spread(tx, even)
}

// mayLieIn refuses a section in itself, in one that does not exist, and deeper
// than one level.
func mayLieIn(all []cairn.Section, s cairn.Section) error {
	if s.Parent == 0 {
		return nil
	}
	i := slices.IndexFunc(all, func(other cairn.Section) bool { return other.ID == s.Parent })
	holds := slices.ContainsFunc(all, func(other cairn.Section) bool { return other.Parent == s.ID && s.ID != 0 })
	switch {
	case i < 0:
		return cairn.NotFound("The section to put it in")
	case s.Parent == s.ID:
		return cairn.Invalid("parent", "A section cannot lie in itself")
	case all[i].Parent != 0:
		return cairn.Invalid("parent", "%s lies in a section already; sections are nested one level deep", all[i].Name)
	case holds:
		return cairn.Invalid("parent", "%s holds sections of its own; sections are nested one level deep", s.Name)
	}
	return nil
}

// DeleteSection removes a section; its views and sections stay, one level up.
func (a *App) DeleteSection(ctx context.Context, by Caller, id cairn.ID) error {
	s, err := a.section(by, id)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, s.Project, func(tx store.Tx) error {
		var inside []cairn.Entity
		if err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindView, cairn.KindSection}, Project: s.Project}, func(e cairn.Entity) error {
			if in := string(rawJSON(id)); string(e.Attrs["section"]) == in || string(e.Attrs["parent"]) == in {
				inside = append(inside, e)
			}
			return nil
		}); err != nil {
			return err
		}
		for _, e := range inside {
			e.Attrs = cloneAttrs(e.Attrs)
			e.Attrs.Set("parent", nil)
			e.Attrs.Set("section", nil)
			if e.Kind == cairn.KindView && s.Parent != 0 {
				e.Attrs.Set("section", rawJSON(s.Parent))
			}
			if err := tx.Put(e); err != nil {
				return err
			}
		}
		return tx.Delete(id)
	})
	return err
}

// section finds a section that the caller may change.
func (a *App) section(by Caller, id cairn.ID) (cairn.Section, error) {
	s, ok := a.dir.Section(id)
	if !ok {
		return s, cairn.NotFound("The section")
	}
	if _, err := a.mayIn(by, s.Project, cairn.ChangeViews); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			err = cairn.NotFound("The section")
		}
		return s, err
	}
	return s, nil
}

func sectionsIn(tx store.Tx, project cairn.ID) ([]cairn.Section, error) {
	var out []cairn.Section
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindSection}, Project: project}, func(e cairn.Entity) error {
		s := cairn.Section{ID: e.ID, Project: project, Version: e.Version}
		out = append(out, s)
		return e.Attrs.Decode(&out[len(out)-1])
	})
	return out, err
}

// placed is a thing with a position among its siblings.
type placed struct {
	id       cairn.ID
	position float64
}

// siblings are the sections of one parent, but for the one that moves.
func siblings(all []cairn.Section, parent, moving cairn.ID) []placed {
	var out []placed
	for _, s := range all {
		if s.Parent == parent && s.ID != moving {
			out = append(out, placed{s.ID, s.Position})
		}
	}
	return out
}

// Beside is what something is put next to; without one it goes to the end.
type Beside struct{ After, Before cairn.ID }

func (b Beside) none() bool { return b.After == 0 && b.Before == 0 }

func (b Beside) id() cairn.ID { return cmp.Or(b.After, b.Before) }

// placeAmong returns the position next to a neighbour. When there is no number
// left between two siblings, even has new positions for all of them.
func placeAmong(list []placed, to Beside) (position float64, even []placed, err error) {
	slices.SortFunc(list, func(x, y placed) int {
		return cmp.Or(cmp.Compare(x.position, y.position), cmp.Compare(x.id, y.id))
	})
	at := len(list)
	if !to.none() {
		if at = slices.IndexFunc(list, func(p placed) bool { return p.id == to.id() }); at < 0 {
			return 0, nil, cairn.NotFound("What it should stand next to")
		}
		if to.After != 0 {
			at++
		}
	}
	if p, ok := between(list, at); ok {
		return p, nil, nil
	}
	for i := range list {
		list[i].position = float64(i + 1)
	}
	position, _ = between(list, at)
	return position, list, nil
}

// between is a number before element i of an ascending list; ok is false when
// the gap has become too small for one.
func between(list []placed, i int) (p float64, ok bool) {
	switch {
	case len(list) == 0:
		return 1, true
	case i == 0:
		return list[0].position - 1, true
	case i == len(list):
		return list[i-1].position + 1, true
	}
	low, high := list[i-1].position, list[i].position
	p = low + (high-low)/2
	return p, low < p && p < high
}

// spread writes new positions.
func spread(tx store.Tx, even []placed) error {
	for _, p := range even {
		e, err := tx.Entity(p.id)
		if err != nil {
			return err
		}
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set("position", rawJSON(p.position))
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// placeView gives a view its place in the sidebar.
func placeView(tx store.Tx, v *cairn.View, in ViewPatch) error {
	to := Beside{After: in.After, Before: in.Before}
	if in.Section == nil && to.none() {
		return nil
	}
	all, err := viewsIn(tx, v.Project)
	if err != nil {
		return err
	}
	set(&v.Section, in.Section)
	for _, other := range all {
		if other.ID == to.id() && to.id() != v.ID {
			v.Section = other.Section
		}
	}
	if v.Section != 0 {
		if e, err := tx.Entity(v.Section); err != nil || e.Kind != cairn.KindSection || e.Project != v.Project {
			return cairn.NotFound("The section")
		}
	}
	var list []placed
	for _, other := range all {
		if other.ID != v.ID && other.Section == v.Section {
			list = append(list, placed{other.ID, other.Position})
		}
	}
	position, even, err := placeAmong(list, to)
	if err != nil {
		return err
	}
	v.Position = position
	return spread(tx, even)
}

func viewsIn(tx store.Tx, project cairn.ID) ([]cairn.View, error) {
	var out []cairn.View
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindView}, Project: project}, func(e cairn.Entity) error {
		out = append(out, cairn.View{ID: e.ID, Project: project, Version: e.Version})
		return e.Attrs.Decode(&out[len(out)-1])
	})
	return out, err
}
