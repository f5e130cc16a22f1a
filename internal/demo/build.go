package demo

import (
	"encoding/json"
	"strings"

	"cairn"
)

// Names turns names into references and ids, once these things exist.
type Names struct {
	// Types has the id of each type of ideas by name, Ideas of each idea by title.
	Types, Ideas map[string]cairn.ID

	// Fields are the created fields, with their ids and their options' ids.
	Fields []cairn.Field
	// People has the id of each person by key.
	People map[string]cairn.ID
}

// field finds a created field by name.
func (n *Names) field(name string) *cairn.Field {
	for i := range n.Fields {
		if n.Fields[i].Name == name {
			return &n.Fields[i]
		}
	}
	return nil
}

// ref is the reference of a field, or of a built-in attribute.
func (n *Names) ref(name string) cairn.Ref {
	if f := n.field(name); f != nil {
		return f.Ref()
	}
	return cairn.Ref(name)
}

// text replaces {names} by {references}.
func (n *Names) text(expr string) string {
	for _, f := range n.Fields {
		expr = strings.ReplaceAll(expr, "{"+f.Name+"}", "{"+string(f.Ref())+"}")
	}
	return expr
}

// ids finds the options or people of a field.
func (n *Names) ids(f *cairn.Field, names []string) []cairn.ID {
	ids := make([]cairn.ID, 0, len(names))
	for _, name := range names {
		if o, ok := f.OptionNamed(name); ok {
			ids = append(ids, o.ID)
		} else if id, ok := n.People[name]; ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// Build returns the field to create, its formula referring to the fields that
// were created before it.
func (f Field) Build(n *Names) cairn.Field {
	out := f.Field
	if f.Formula == nil {
		return out
	}
	formula := *f.Formula
	formula.Expression = n.text(formula.Expression)
	formula.Inputs = nil
	for _, in := range f.Inputs {
		formula.Inputs = append(formula.Inputs, cairn.FormulaInput{Field: n.ref(in.Field), Weight: in.Weight})
	}
	out.Formula = &formula
	return out
}

// JSON returns the idea's custom fields in the form in which they are stored.
func (i *Idea) JSON(n *Names) map[cairn.Ref]json.RawMessage {
	out := make(map[cairn.Ref]json.RawMessage, len(i.Values))
	for name, v := range i.Values {
		f := n.field(name)
		if f == nil {
			continue
		}
		if v.Names != nil {
			v.IDs = n.ids(f, v.Names)
		}
		out[f.Ref()] = v.AppendJSON(nil)
	}
	if f := n.field(learnedFrom); f != nil && len(i.LearnedFrom) > 0 {
		v := cairn.Value{Kind: cairn.KindRefIDs}
		for _, title := range i.LearnedFrom {
			v.IDs = append(v.IDs, n.Ideas[title])
		}
		out[f.Ref()] = v.AppendJSON(nil)
	}
	return out
}

// tree turns the names in a tree's layout into references.
func (n *Names) tree(l cairn.TreeLayout) *cairn.TreeLayout {
	named := l.Rollups
	l.Rollups = nil
	for _, r := range named {
		l.Rollups = append(l.Rollups, cairn.Rollup{Field: n.ref(string(r.Field)), Op: r.Op})
	}
	return &l
}

// Build returns the view to create.
func (v View) Build(n *Names, today cairn.Day) cairn.View {
	out := cairn.View{Name: v.Name, Kind: cairn.ViewList, Icon: v.Icon, Description: v.Description}
	if v.Matrix != nil {
		out.Kind, out.Layout.Matrix = cairn.ViewMatrix, v.Matrix.build(n)
	}
	if v.Tree != nil {
		out.Kind, out.Layout.Tree = cairn.ViewTree, n.tree(*v.Tree)
	}
	if v.Timeline != nil {
		out.Kind = cairn.ViewTimeline
		out.Layout.Timeline = v.Timeline.build(n, today)
	}
	for _, c := range v.Columns {
		out.Columns = append(out.Columns, cairn.Column{Field: n.ref(c)})
	}
	out.Query = cairn.Query{Filter: v.Filter.build(n), Where: n.text(v.Where)}
	for _, s := range v.Sort {
		out.Query.Sort = append(out.Query.Sort, cairn.SortKey{Field: n.ref(s.Field), Desc: s.Desc})
	}
	for _, g := range v.Group {
		out.Query.Group = append(out.Query.Group, cairn.GroupBy{Field: n.ref(g.Field), ShowEmpty: g.ShowEmpty, Unit: g.Unit})
	}
	for _, r := range v.Rollups {
		out.Query.Rollups = append(out.Query.Rollups, cairn.Rollup{Field: n.ref(r.Field), Op: r.Op})
	}
	if v.Board != nil {
		out.Kind = cairn.ViewBoard
		out.Layout.Board = v.Board.build(n, v.Group[0].Field)
	}
	if v.ColorBy != "" {
		out.ColorBy.Field = n.ref(v.ColorBy)
	}
	for _, c := range v.Colors {
		rule := cairn.ColorRule{When: c.When.build(n), Color: c.Color}
		if c.Field != "" {
			rule.Field = n.ref(c.Field)
		}
		out.Colors = append(out.Colors, rule)
	}
	return out
}

func (m *Matrix) build(n *Names) *cairn.MatrixLayout {
	return &cairn.MatrixLayout{
		X: cairn.MatrixAxis{Field: n.ref(m.X), Log: m.LogX}, Y: cairn.MatrixAxis{Field: n.ref(m.Y)},
		Size: n.ref(m.Size), Color: n.ref(m.Color),
		Quadrants: cairn.MatrixQuadrants{X: &m.DivideX, Y: &m.DivideY},
	}
}

// build returns the layout of a board with columns by that field.
func (b *Board) build(n *Names, by string) *cairn.BoardLayout {
	out := &cairn.BoardLayout{Card: b.Card}
	if b.Cover != "" {
		out.Cover = n.ref(b.Cover)
	}
	for _, o := range n.field(by).Options {
		if limit, ok := b.Limits[o.Name]; ok {
			out.Groups = append(out.Groups, cairn.BoardGroup{
				Field: n.ref(by), Key: json.RawMessage(o.ID.String()), Limit: limit,
			})
		}
	}
	return out
}

func (f Filter) build(n *Names) cairn.Filter {
	var out cairn.Filter
	for _, part := range f.All {
		out.All = append(out.All, part.build(n))
	}
	for _, part := range f.Any {
		out.Any = append(out.Any, part.build(n))
	}
	if f.Field == "" {
		return out
	}
	out.Field, out.Op = n.ref(f.Field), f.Op
	if f.Value != "" {
		out.Value = json.RawMessage(f.Value)
	}
	if f.Names != nil {
		out.Value = n.members(f)
	}
	return out
}

// members writes [ids], ["labels"] or ["me"].
func (n *Names) members(f Filter) json.RawMessage {
	buf := []byte{'['}
	field := n.field(f.Field)
	for i, name := range f.Names {
		if i > 0 {
			buf = append(buf, ',')
		}
		ids := n.ids(field, []string{name})
		if name == "me" || len(ids) == 0 {
			buf = cairn.AppendJSONString(buf, name)
			continue
		}
		buf = append(buf, ids[0].String()...)
	}
	return append(buf, ']')
}
