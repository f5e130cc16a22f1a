// Package template holds what new projects and new views can start from: fields,
// views and sample ideas, by names instead of ids.
//
// Start at Projects and Views; there is a file per group of templates. A template
// names its fields by slots, which the app fills with fields that it makes or
// finds. Pure data.
package template

import (
	"slices"
	"strings"

	"cairn"
)

// Field is a field that a template needs.
type Field struct {
	// Slot is how the template names it.
	Slot string
	cairn.Field
	// Score, when set, is a weighted score of other slots.
	Score map[string]float64
	// Expression, when set, is a formula with slots in braces.
	Expression string
}

// View is a view that a template makes.
type View struct {
	// ID names the view among the templates of views.
	ID                string
	Name, About, Icon string
	Kind              cairn.ViewKind
	// Fields are those that it needs, the most important first.
	Fields []Field
	// Make fills the definition in.
	Make func(n Names, v *cairn.View)
}

// Sample is an idea that shows how a template is meant.
type Sample struct {
	Title, Description string
	// Values by slot: numbers, texts, and names of options.
	Values map[string]any
}

// Project is what a project can start from.
type Project struct {
	ID, Name, About string
	Fields          []Field
	Views           []View
	Samples         []Sample
}

// Names turns the slots and options of a template into what they became.
type Names struct {
	Refs    map[string]cairn.Ref
	Options map[string]cairn.ID
}

// Columns are the shown fields of some slots; those that are not there are left
// out.
func (n Names) Columns(slots ...string) []cairn.Column {
	var out []cairn.Column
	for _, s := range slots {
		if ref, ok := n.Refs[s]; ok {
			out = append(out, cairn.Column{Field: ref})
		}
	}
	return out
}

// FormulaOf is the formula of a field, nil for other fields.
func (f *Field) FormulaOf(n Names) *cairn.Formula {
	switch {
	case f.Expression != "":
		text := f.Expression
		for slot, ref := range n.Refs {
			text = strings.ReplaceAll(text, "{"+slot+"}", "{"+string(ref)+"}")
		}
		return &cairn.Formula{Kind: cairn.FormulaExpression, Expression: text}
	case f.Score != nil:
		out := &cairn.Formula{Kind: cairn.FormulaWeighted}
		for _, slot := range slots(f.Score) {
			out.Inputs = append(out.Inputs, cairn.FormulaInput{Field: n.Refs[slot], Weight: f.Score[slot]})
		}
		return out
	}
	return nil
}

func slots(score map[string]float64) []string {
	out := make([]string, 0, len(score))
	for slot := range score {
		out = append(out, slot)
	}
	slices.Sort(out)
	return out
}

// KindOr is the kind if this Cairn knows it, else a list.
func KindOr(kind cairn.ViewKind) cairn.ViewKind {
	if slices.Contains(cairn.ViewKinds(), kind) {
		return kind
	}
	return cairn.ViewList
}

// Projects are the templates of projects, in the order in which they are
// offered.
func Projects() []Project {
	return []Project{discovery(), roadmap(), opportunities(), requests(), {
		ID: "blank", Name: "Blank", About: "One list, no fields: add your own.",
		Views: []View{{Name: "All ideas", Icon: "list", Kind: cairn.ViewList}},
	}}
}

// Views are the templates of views, in the order in which they are offered.
func Views() []View {
	return []View{nowNextLater(), quarters(), impactEffort(), rice(), wsjf(), tree(), triage(), moscow()}
}

func weight(n int64) *int64 { return &n }

func percent() *cairn.NumberFormat { return &cairn.NumberFormat{Style: "percent"} }

func options(names ...string) []cairn.Option {
	var out []cairn.Option
	for _, name := range names {
		name, color, _ := strings.Cut(name, ":")
		out = append(out, cairn.Option{Name: name, Color: color})
	}
	return out
}

func sorted(ref cairn.Ref) []cairn.SortKey { return []cairn.SortKey{{Field: ref, Desc: true}} }

func grouped(ref cairn.Ref) []cairn.GroupBy { return []cairn.GroupBy{{Field: ref, ShowEmpty: true}} }
