package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"time"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/engine"
	"cairn/internal/uncertainty"
)

// measureUncertainty times a ranking by a formula of four inputs, all of them
// ranges, from the state to the chances, on all cores.
func measureUncertainty(t *table, st *engine.State, p *gen.Product, bound string) error {
	const rice = 1 << 40 // no other entity has this id
	f := cairn.Field{Name: "Ranged", Type: cairn.TypeFormula, Formula: &cairn.Formula{
		Kind:       cairn.FormulaExpression,
		Expression: fmt.Sprintf("{%s} * {%s} * {%s} / {%s}", p.Ref(gen.Reach), p.Ref(gen.Impact), p.Ref(gen.Confidence), p.Ref(gen.Effort)),
	}}
	attrs, err := cairn.AttrsOf(f)
	if err != nil {
		return err
	}
	if err := st.Load(cairn.Entity{ID: rice, Kind: cairn.KindField, Project: 1, Attrs: attrs}); err != nil {
		return err
	}
	set := cairn.ChangeSet{Seq: st.Seq() + 1, Project: 1}
	for i := range st.Len() {
		for k, field := range []int{gen.Reach, gen.Impact, gen.Confidence, gen.Effort} {
			x := float64(1 + (i*7919+k*104729)%500)
			raw := cairn.Range{Low: x * 0.7, Likely: x, High: x * 1.6}.Value().AppendJSON(nil)
			set.Changes = append(set.Changes, cairn.Change{Kind: cairn.KindIdea, ID: p.FirstIdea() + cairn.ID(i), Attr: string(p.Ref(field)), New: json.RawMessage(raw)})
		}
	}
	if err := st.Apply(&set); err != nil {
		return err
	}
	took, err := repeat(3, func(int) error {
		m, _, err := st.Sample(engine.SampleRequest{Field: cairn.FieldRef(rice), Desc: true, Seed: 1, Env: engine.Env{Today: cairn.DayOf(time.Unix(0, 0))}})
		if err != nil {
			return err
		}
		drawAll(uncertainty.NewRun(m))
		return nil
	})
	if err != nil {
		return err
	}
	target := map[int]string{10_000: "≤ 500 ms"}[st.Len()]
	t.add(line{fmt.Sprintf("uncertainty: four ranges an idea, 2,048 draws, %s", size(st.Len())), "median " + ms(at(took, 50)), target, bound})
	return nil
}

// drawAll works a run off on all cores.
func drawAll(run *uncertainty.Run) *uncertainty.Ranking {
	workers := make([]*uncertainty.Worker, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = run.NewWorker()
		wait.Go(func() {
			for chunk := i; chunk < run.Chunks(); chunk += len(workers) {
				workers[i].Do(chunk)
			}
		})
	}
	wait.Wait()
	return run.Ranking(workers)
}
