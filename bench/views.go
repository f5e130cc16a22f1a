package main

import (
	"context"
	"encoding/json"
	"fmt"

	"cairn"
	"cairn/bench/gen"
)

// views times the answers that the kinds of views load, as a browser asks for
// them: of a board the first screen, of a matrix, a timeline and a tree all ideas
// with what places them. Each question is a new one.
func (m *measuring) views(context.Context) error {
	type groups = []cairn.GroupBy
	type fields = []cairn.Ref
	p := m.made.gen
	m.p.compressed = true // what a browser asks for
	defer func() { m.p.compressed = false }()
	for _, v := range []struct {
		name   string
		query  cairn.Query
		shown  fields
		limit  int
		target string
	}{
		{"board, columns and lanes, its first screen", cairn.Query{Group: groups{{Field: p.Ref(gen.Roadmap)}, {Field: p.Ref(gen.Owner)}}},
			fields{p.Ref(gen.Impact), p.Ref(gen.Effort), p.Ref(gen.Labels), p.Ref(gen.Owner)}, 60, pick(m.d.n, "≤ 1 ms", "≤ 10 ms")},
		{"matrix, all ideas", cairn.Query{}, fields{p.Ref(gen.Effort), p.Ref(gen.Reach), p.Ref(gen.Roadmap)}, -1, pick(m.d.n, "≤ 30 ms", "≤ 0.3 s")},
		{"timeline, all ideas in their groups", cairn.Query{Group: groups{{Field: p.Ref(gen.Roadmap)}}},
			fields{p.Ref(gen.Quarter), p.Ref(gen.Roadmap)}, -1, pick(m.d.n, "≤ 30 ms", "≤ 0.3 s")},
		{"tree, all ideas", cairn.Query{Tree: true}, fields{p.Ref(gen.Impact), p.Ref(gen.Effort)}, -1, pick(m.d.n, "≤ 30 ms", "≤ 0.3 s")},
	} {
		var answer []byte
		took, err := repeat(20, func(i int) error {
			v.query.Filter = cairn.Filter{Field: p.Ref(gen.Reach), Op: cairn.OpNe, Value: json.RawMessage(fmt.Sprint(11 + i))} // all: each is a multiple of ten
			raw, err := json.Marshal(map[string]any{"query": v.query, "columns": append(fields{cairn.RefTitle}, v.shown...), "limit": v.limit})
			if err != nil {
				return err
			}
			answer, err = m.p.do("POST", "/projects/BEN/query", string(raw))
			return err
		})
		if err != nil {
			return err
		}
		m.t.add(line{m.d.label(v.name), fmt.Sprintf("%s, %.1f MB sent", spread(took), float64(len(answer))/1e6), v.target, m.limits.json()})
	}
	return nil
}
