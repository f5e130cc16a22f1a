package engine_test

import (
	"encoding/json"
	"testing"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/engine"
)

// load fills a state with a generated product.
func load(tb testing.TB, ideas int) (*engine.State, *gen.Product) {
	tb.Helper()
	p := gen.New(gen.Config{Seed: 1, Ideas: ideas, Project: 1, FirstID: 100, People: []cairn.ID{11, 12, 13, 14}})
	s := engine.New(1)
	fields, err := p.FieldEntities()
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range fields {
		if err := s.Load(e); err != nil {
			tb.Fatal(err)
		}
	}
	for idea := range p.Ideas() {
		e, err := idea.Entity()
		if err != nil {
			tb.Fatal(err)
		}
		if err := s.Load(e); err != nil {
			tb.Fatal(err)
		}
	}
	s.SetSeq(1)
	return s, p
}

func TestAnswerIsJSON(t *testing.T) {
	s, p := load(t, 500)
	res, err := s.Eval(engine.Request{
		Query: cairn.Query{
			Filter:  cairn.Filter{Field: p.Ref(gen.Effort), Op: cairn.OpGte, Value: json.RawMessage("5")},
			Sort:    []cairn.SortKey{{Field: p.Ref(gen.Impact), Desc: true}, {Field: cairn.RefTitle}},
			Group:   []cairn.GroupBy{{Field: p.Ref(gen.Roadmap)}, {Field: p.Ref(gen.Goals)}},
			Rollups: []cairn.Rollup{{Field: p.Ref(gen.Reach), Op: cairn.RollupSum}, {Op: cairn.RollupCount}},
		},
		Columns: []cairn.Ref{cairn.RefTitle, p.Ref(gen.Impact), p.Ref(gen.Effort), p.Ref(gen.Quarter), p.Ref(gen.Labels), p.Ref(gen.Score), cairn.RefCreatedAt},
		Limit:   20,
	})
	if err != nil {
		t.Fatal(err)
	}
	raw := res.AppendJSON(nil)
	if !json.Valid(raw) {
		t.Fatalf("not JSON: %s", raw)
	}
	t.Logf("%s", raw)
}
