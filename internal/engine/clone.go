package engine

import (
	"maps"
	"slices"
)

// clone returns a state of its own that holds the same. The caller holds at
// least the read lock; what is derived is left to be derived anew.
func (s *State) clone() *State {
	c := &State{
		project: s.project, seq: s.seq, clock: 1,
		ids: slices.Clone(s.ids), versions: slices.Clone(s.versions),
		live: slices.Clone(s.live), archived: slices.Clone(s.archived), dead: s.dead,
		rowOf: s.rowOf.clone(), byNumber: s.byNumber.clone(),
		columns: make(map[string]*column, len(s.columns)), fields: maps.Clone(s.fields), shown: slices.Clone(s.shown),
		loose: cloneMaps(s.loose), looseComments: maps.Clone(s.looseComments), commentsOf: maps.Clone(s.commentsOf),
		ballots: maps.Clone(s.ballots), given: cloneMaps(s.given),
		merges: s.merges.clone(), family: s.family.clone(), types: s.types.clone(), links: linkCounts{maps.Clone(s.links.ends), maps.Clone(s.links.loose)},
		facts: facts{maps.Clone(s.facts.byIdea), s.facts.day},
	}
	for name, one := range s.columns {
		copied := &column{attr: one.attr, data: one.data.clone(), counted: one.counted, misfits: maps.Clone(one.misfits)}
		copied.touchAll(c.clock)
		c.columns[name] = copied
	}
	for id, f := range c.fields {
		own := *f
		if f.column != nil {
			own.column = c.columns[f.column.attr]
		}
		c.fields[id] = &own
	}
	for id, b := range c.ballots {
		c.ballots[id] = &ballotState{b.field, maps.Clone(b.votes)}
	}
	c.rows.touchAll(c.clock)
	c.schema.touchAll(c.clock)
	c.derived.init()
	return c
}

func cloneMaps[K comparable, L comparable, V any](m map[K]map[L]V) map[K]map[L]V {
	out := make(map[K]map[L]V, len(m))
	for k, inner := range m {
		out[k] = maps.Clone(inner)
	}
	return out
}

func (x *rowIndex) clone() rowIndex {
	out := rowIndex{pages: make([]*page, len(x.pages)), far: maps.Clone(x.far), count: x.count}
	for i, p := range x.pages {
		if p != nil {
			own := *p
			out.pages[i] = &own
		}
	}
	return out
}

func (f *family) clone() family {
	out := family{
		up: slices.Clone(f.up), first: slices.Clone(f.first), next: slices.Clone(f.next), prev: slices.Clone(f.prev),
		waiting: cloneMaps(f.waiting),
	}
	out.touchAll(1)
	return out
}

func (m *merges) clone() merges {
	out := merges{into: maps.Clone(m.into), parts: maps.Clone(m.parts), unlike: cloneMaps(m.unlike), noted: maps.Clone(m.noted)}
	for whole, parts := range out.parts {
		out.parts[whole] = slices.Clone(parts) // they are changed in place
	}
	return out
}

func (t *ideaTypes) clone() ideaTypes {
	return ideaTypes{attrs: maps.Clone(t.attrs), byID: maps.Clone(t.byID), field: t.field, roots: maps.Clone(t.roots)}
}

func (v *days) clone() vector    { return &days{slices.Clone(v.vals)} }
func (v *moments) clone() vector { return &moments{slices.Clone(v.vals)} }
func (v *spans) clone() vector {
	return &spans{slices.Clone(v.start), slices.Clone(v.end), slices.Clone(v.precision)}
}

func (v *numbers) clone() vector {
	return &numbers{slices.Clone(v.vals), v.truth, maps.Clone(v.ranges)}
}

// The folded forms are made anew where they are wanted: making them needs a lock
// that a copier does not hold.
func (v *texts) clone() vector { return &texts{vals: slices.Clone(v.vals), exact: v.exact} }
func (v *codes) clone() vector { return &codes{slices.Clone(v.vals), v.dict.clone()} }

func (v *lists) clone() vector {
	// The arena is only ever appended to or replaced; a full slice makes the first
	// addition on either side move to an array of its own.
	return &lists{offs: slices.Clone(v.offs), arena: slices.Clip(v.arena), dict: v.dict.clone(), waste: v.waste}
}

func (d *dict) clone() *dict {
	return &dict{
		ids: slices.Clip(d.ids), byID: maps.Clone(d.byID), texts: slices.Clip(d.texts), byText: maps.Clone(d.byText),
		place: slices.Clone(d.place), options: d.options,
	}
}
