package template

import (
	"encoding/json"

	"cairn"
	"cairn/internal/formula"
)

// view is a view as it becomes.
func (a *anew) view(v cairn.View) cairn.View {
	v.Section = a.ids[v.Section]
	v.Columns = kept(v.Columns, func(c *cairn.Column) bool { return a.move(&c.Field) })
	v.Colors = kept(v.Colors, func(c *cairn.ColorRule) bool {
		when, ok := a.filter(c.When)
		c.When = when
		return ok && a.move(&c.Field)
	})
	a.put(&v.ColorBy.Field)
	v.Query = a.query(v.Query)
	v.Layout = a.layout(v.Layout)
	return v
}

// move changes a reference and says whether it leads somewhere.
func (a *anew) move(r *cairn.Ref) bool {
	to, ok := a.ref(*r)
	*r = to
	return ok
}

// kept are the elements for which keep, which may change them, is true.
func kept[T any](list []T, keep func(*T) bool) []T {
	var out []T
	for _, each := range list {
		if keep(&each) {
			out = append(out, each)
		}
	}
	return out
}

func (a *anew) query(q cairn.Query) cairn.Query {
	q.Filter, _ = a.filter(q.Filter)
	q.Where = formula.Renamed(q.Where, a.ref)
	a.put(&q.Rank)
	q.Sort = kept(q.Sort, func(k *cairn.SortKey) bool { return a.move(&k.Field) })
	q.Rollups = kept(q.Rollups, a.rollup)
	q.Group = kept(q.Group, func(g *cairn.GroupBy) bool {
		g.Order, g.Hidden = a.values(g.Field, g.Order), a.values(g.Field, g.Hidden)
		return a.move(&g.Field)
	})
	return q
}

func (a *anew) rollup(r *cairn.Rollup) bool { return a.move(&r.Field) }

// values are those of a field that are left.
func (a *anew) values(of cairn.Ref, list []json.RawMessage) []json.RawMessage {
	return kept(list, func(raw *json.RawMessage) bool {
		to, ok := a.value(of, *raw)
		*raw = to
		return ok
	})
}

// filter is a filter as it becomes; ok is false when nothing of it is left,
// though there was something.
func (a *anew) filter(f cairn.Filter) (out cairn.Filter, ok bool) {
	if f.IsZero() {
		return f, true
	}
	part := func(p *cairn.Filter) bool {
		to, ok := a.filter(*p)
		*p = to
		return ok && !to.IsZero()
	}
	switch {
	case f.Field != "":
		if f.Value, ok = a.value(f.Field, f.Value); ok {
			ok = a.move(&f.Field)
		}
	case f.Not != nil:
		inner := *f.Not
		ok = part(&inner)
		f.Not = &inner
	default:
		f.All, f.Any = kept(f.All, part), kept(f.Any, part)
		ok = !f.IsZero()
	}
	if !ok {
		return cairn.Filter{}, false
	}
	return f, true
}

func (a *anew) layout(l cairn.Layout) cairn.Layout {
	if l.Board != nil {
		board := *l.Board
		a.put(&board.Cover)
		board.Groups = kept(board.Groups, func(g *cairn.BoardGroup) bool {
			key, ok := a.value(g.Field, g.Key)
			g.Key = key
			return ok && a.move(&g.Field)
		})
		l.Board = &board
	}
	if l.Matrix != nil {
		m := *l.Matrix
		for _, r := range []*cairn.Ref{&m.X.Field, &m.Y.Field, &m.Size, &m.Color} {
			a.put(r)
		}
		l.Matrix = &m
	}
	if l.Timeline != nil {
		l.Timeline = a.timeline(*l.Timeline)
	}
	if l.Tree != nil {
		tree := *l.Tree
		tree.Rollups = kept(tree.Rollups, a.rollup)
		l.Tree = &tree
	}
	return l
}

func (a *anew) timeline(t cairn.TimelineLayout) *cairn.TimelineLayout {
	a.put(&t.Start)
	a.put(&t.End)
	if t.Start == "" {
		t.End = ""
	}
	if t.Load != nil {
		load := *t.Load
		t.Load = &load
		if !a.move(&load.Field) {
			t.Load = nil
		}
	}
	return &t
}
