package engine

import (
	"cmp"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/formula"
	"cairn/internal/search/fold"
)

// schema is what formulas know of the project's fields at one moment.
type schema struct {
	byName map[string]cairn.Ref
	kinds  map[cairn.Ref]formula.Kind
	labels map[cairn.Ref]string
	names  []string
	// ideas are the columns that hold ideas, which go by their id.
	ideas map[cairn.Ref]bool
	// choices are the options, people or labels of each column, in order.
	choices map[cairn.Ref][]choice
	// options are those of the select fields.
	options map[cairn.Ref][]cairn.Option
}

type choice struct {
	id   cairn.ID
	name string
}

// Schema returns the names and kinds that expressions may use: the fields that
// are not deleted, and an idea's built-in attributes. A field wins over a
// built-in attribute of the same name.
// It is also formula.Choices; people have names there only in SchemaFor.
func (s *State) Schema() formula.Schema { return s.SchemaFor(nil) }

// SchemaFor is Schema for an editor that offers people by their names.
func (s *State) SchemaFor(people People) formula.Schema {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := s.formulaSchema()
	out.choices = s.choices(people)
	return out
}

func (s *State) formulaSchema() *schema {
	out := &schema{byName: map[string]cairn.Ref{}, kinds: map[cairn.Ref]formula.Kind{}, labels: map[cairn.Ref]string{}, ideas: map[cairn.Ref]bool{}, options: map[cairn.Ref][]cairn.Option{}}
	for _, f := range s.shown {
		info, _ := f.Type.Info()
		out.add(f.Ref(), f.Name, formulaKind(info))
		if info.Options {
			out.options[f.Ref()] = f.Options
		}
		if f.Type == cairn.TypeConnection {
			out.ideas[f.Ref()] = true
		}
	}
	for _, b := range builtins() {
		info, _ := b.like.Info()
		kind := formulaKind(info)
		if b.attr == "" || b.ref == cairn.RefRank || b.ref == cairn.RefCover {
			kind = formula.Null
		}
		out.add(b.ref, b.label, kind)
	}
	return out
}

func (x *schema) add(ref cairn.Ref, name string, kind formula.Kind) {
	x.kinds[ref], x.labels[ref] = kind, name
	x.byName[strings.ToLower(string(ref))] = ref
	if folded := strings.ToLower(strings.TrimSpace(name)); kind != formula.Null {
		if _, taken := x.byName[folded]; !taken {
			x.byName[folded] = ref
			x.names = append(x.names, name)
		}
	}
}

// formulaKind is the kind that a field type has in expressions. A person is
// their name.
func formulaKind(info cairn.TypeInfo) formula.Kind {
	switch info.Kind {
	case cairn.KindText:
		return formula.Text
	case cairn.KindNumber:
		return formula.Number
	case cairn.KindBool:
		return formula.Bool
	case cairn.KindDate, cairn.KindMoment:
		return formula.Date
	case cairn.KindInterval:
		return formula.Interval
	case cairn.KindRefIDs, cairn.KindTexts:
		return formula.List
	case cairn.KindRefID:
		if info.Options {
			return formula.Option
		}
		return formula.Text
	}
	return formula.Null
}

// Resolve finds a column by name or reference, letter case aside.
func (x *schema) Resolve(name string) (cairn.Ref, bool) {
	ref, ok := x.byName[strings.ToLower(strings.TrimSpace(name))]
	return ref, ok
}

// Kind is the kind of a column.
func (x *schema) Kind(ref cairn.Ref) formula.Kind { return x.kinds[ref] }

// Name is what people call a column; "" when it does not exist.
func (x *schema) Name(ref cairn.Ref) string { return x.labels[ref] }

// Names lists the columns' names, fields first.
func (x *schema) Names() []string { return x.names }

// Options lists the names of a select field's options; false for other columns.
func (x *schema) Options(ref cairn.Ref) ([]string, bool) {
	list, ok := x.options[ref]
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = o.Name
	}
	return names, ok
}

// Choices lists the names that a column may hold.
func (x *schema) Choices(ref cairn.Ref) []string {
	names := make([]string, len(x.choices[ref]))
	for i, c := range x.choices[ref] {
		names[i] = c.name
	}
	return names
}

// Choice is the name of the option or person with that id.
func (x *schema) Choice(ref cairn.Ref, id cairn.ID) (string, bool) {
	if x.ideas[ref] {
		return "#" + id.String(), true
	}
	for _, c := range x.choices[ref] {
		if c.id == id && id != 0 {
			return c.name, true
		}
	}
	return "", false
}

// choices lists the options of the project's fields, and the people and labels
// that ideas have.
func (s *State) choices(people People) map[cairn.Ref][]choice {
	out := map[cairn.Ref][]choice{}
	add := func(ref cairn.Ref, data vector) {
		d := dictOf(data)
		if d == nil {
			return
		}
		for _, text := range d.texts {
			out[ref] = append(out[ref], choice{0, text})
		}
		for _, id := range d.ids {
			if people != nil {
				out[ref] = append(out[ref], choice{id, people.Name(id)})
			}
		}
		slices.SortFunc(out[ref], func(a, b choice) int {
			return cmp.Or(strings.Compare(fold.String(a.name), fold.String(b.name)), cmp.Compare(a.id, b.id))
		})
	}
	for _, f := range s.shown {
		if info, _ := f.Type.Info(); info.Options {
			for _, o := range f.Options {
				out[f.Ref()] = append(out[f.Ref()], choice{o.ID, o.Name})
			}
		} else if c := s.fields[f.ID].column; c != nil && f.Type != cairn.TypeConnection {
			add(f.Ref(), c.data)
		}
	}
	for _, b := range builtins() {
		c, ok := s.columns[b.attr]
		switch {
		case b.ref == cairn.RefType:
			for _, o := range s.types.field.Options {
				out[b.ref] = append(out[b.ref], choice{o.ID, o.Name})
			}
		case ok && b.ref != cairn.RefParent:
			add(b.ref, c.data)
		}
	}
	return out
}
