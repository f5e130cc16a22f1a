package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/engine"
)

// measureEngine times the engine without anything around it.
func measureEngine(_ context.Context, opts options, t *table) error {
	for _, n := range opts.sizes {
		p := gen.New(gen.Config{Seed: 1, Ideas: n, Project: 1, FirstID: 10})
		st, err := loaded(p)
		if err != nil {
			return err
		}
		if err := measureView(t, st, p, opts.limits.memory()); err != nil {
			return err
		}
		if err := measureUncertainty(t, st, p, opts.limits.memory()); err != nil {
			return err
		}
	}
	return nil
}

func loaded(p *gen.Product) (*engine.State, error) {
	st := engine.New(1)
	fields, err := p.FieldEntities()
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		if err := st.Load(f); err != nil {
			return nil, err
		}
	}
	for idea := range p.Ideas() {
		e, err := idea.Entity()
		if err != nil {
			return nil, err
		}
		if err := st.Load(e); err != nil {
			return nil, err
		}
	}
	st.SetSeq(1)
	return st, nil
}

func measureView(t *table, st *engine.State, p *gen.Product, bound string) error {
	n := st.Len()
	now := cairn.DayOf(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	view := engine.Request{
		Query: cairn.Query{
			Filter: cairn.Filter{Field: p.Ref(gen.Impact), Op: cairn.OpGte, Value: json.RawMessage("3")},
			Sort:   []cairn.SortKey{{Field: p.Ref(gen.Effort), Desc: true}},
			Group:  []cairn.GroupBy{{Field: p.Ref(gen.Roadmap)}},
		},
		Columns: []cairn.Ref{cairn.RefTitle, p.Ref(gen.Impact)}, Limit: 50, Env: engine.Env{Today: now},
	}
	score := engine.Request{
		Query:   cairn.Query{Sort: []cairn.SortKey{{Field: p.Ref(gen.Score), Desc: true}}},
		Columns: []cairn.Ref{cairn.RefTitle, p.Ref(gen.Score)}, Limit: 50, Env: engine.Env{Today: now},
	}
	first := p.FirstIdea()
	edit := func(i int, ref cairn.Ref, value string) error {
		return st.Apply(&cairn.ChangeSet{Seq: st.Seq() + 1, Project: 1, Changes: []cairn.Change{{
			Kind: cairn.KindIdea, ID: first + cairn.ID(i%n), Attr: string(ref), New: json.RawMessage(value),
		}}})
	}
	targets := map[int][2]string{10_000: {"≤ 1 ms", ""}, 100_000: {"≤ 10 ms", "≤ 10 ms"}}[n]
	for i, m := range []struct {
		name string
		req  engine.Request
		ref  cairn.Ref
	}{
		{"engine: filtered, sorted, grouped view after an edit", view, p.Ref(gen.Impact)},
		{"engine: weighted score, sorted, after one edit", score, p.Ref(gen.Reach)},
	} {
		took, err := repeat(30, func(i int) error {
			if err := edit(i*37, m.ref, fmt.Sprint(1+i%5)); err != nil {
				return err
			}
			_, err := st.Eval(m.req)
			return err
		})
		if err != nil {
			return err
		}
		t.add(line{fmt.Sprintf("%s, %s", m.name, size(n)), spread(took), targets[i], bound})
	}
	return nil
}

// repeat runs fn so often and returns how long each took, in order of length.
func repeat(times int, fn func(i int) error) ([]time.Duration, error) {
	took := make([]time.Duration, times)
	for i := range took {
		start := time.Now()
		if err := fn(i); err != nil {
			return nil, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took, nil
}

// spread words the median and the 99th percentile.
func spread(sorted []time.Duration) string {
	return fmt.Sprintf("p50 %s, p99 %s", ms(at(sorted, 50)), ms(at(sorted, 99)))
}

func at(sorted []time.Duration, percent int) time.Duration {
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// size words a number of ideas.
func size(n int) string {
	if n >= 1000 {
		return fmt.Sprintf("%gk", float64(n)/1000)
	}
	return fmt.Sprint(n)
}
