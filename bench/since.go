package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/app"
	"cairn/internal/store"
)

// The size of the question about the past: so many changes, each a change set of
// its own, in a project of so many ideas.
const (
	pastIdeas   = 10_000
	pastChanges = 100_000
)

// measureSince asks what changed in a view over the last 100,000 changes.
func measureSince(ctx context.Context, _ options, t *table) error {
	return inProcess(ctx, app.Config{}, pastIdeas, func(st store.Store, a *app.App, made *product) error {
		return askSince(ctx, st, a, made, t)
	})
}

func askSince(ctx context.Context, st store.Store, a *app.App, made *product, t *table) error {
	before, err := st.Seq(ctx)
	if err != nil {
		return err
	}
	if err := live(ctx, st, made, pastChanges); err != nil {
		return err
	}
	by := app.System("bench")
	req := app.SinceRequest{
		Query: cairn.Query{
			Filter: cairn.Filter{Field: made.gen.Ref(gen.Effort), Op: cairn.OpGte, Value: json.RawMessage("2")},
			Sort:   []cairn.SortKey{{Field: made.gen.Ref(gen.Score), Desc: true}},
		},
		Fields: []cairn.Ref{made.gen.Ref(gen.Roadmap), made.gen.Ref(gen.Quarter), made.gen.Ref(gen.Impact), made.gen.Ref(gen.Score)},
		Limit:  200,
	}
	changed := 0
	ask := func(i int) error { // every question is about another moment
		sets, err := st.Log(ctx, before+int64(i)*20, 1)
		if err != nil {
			return err
		}
		req.Since = sets[0].At
		found, err := a.Since(ctx, by, made.project.ID, req)
		if err == nil {
			changed = found.Changed
		}
		return err
	}
	if _, err := a.Query(ctx, by, made.project.ID, app.QueryRequest{Query: req.Query, Limit: 1}); err != nil {
		return err
	}
	first, err := repeat(1, func(int) error { return ask(0) })
	if err != nil {
		return err
	}
	// A server that has just started, where somebody opens a view.
	fresh, err := app.New(ctx, app.Config{Store: st, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	defer fresh.Close()
	ahead, err := repeat(1, func(int) error { return fresh.Warm(ctx, made.project.ID) })
	if err != nil {
		return err
	}
	warm, err := repeat(1, func(int) error {
		_, err := fresh.Since(ctx, by, made.project.ID, req)
		return err
	})
	if err != nil {
		return err
	}
	next, err := repeat(21, func(i int) error { return ask(i + 1) })
	if err != nil {
		return err
	}
	again, err := repeat(21, func(int) error { return ask(0) })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("what changed in a view over 100,000 changes, %s, ", size(pastIdeas))
	t.add(line{what + "another moment each time", spread(next), "≤ 50 ms", fmt.Sprintf("%d ideas differ, 200 described", changed)})
	t.add(line{what + "the same moment again", spread(again), "", ""})
	t.add(line{what + "first question after a view was opened", ms(warm[0]), "≤ 50 ms", "read ahead meanwhile in " + ms(ahead[0])})
	t.add(line{what + "first question, which reads the log", ms(first[0]), "", "once until it is idle for 20 minutes"})
	return nil
}

// live makes the changes: values of six kinds, of ideas all over the project.
func live(ctx context.Context, st store.Store, made *product, changes int) error {
	meta := store.Meta{Actor: made.person, Project: made.project.ID, Origin: "bench"}
	options := made.gen.Fields[gen.Roadmap].Options
	change := func(i int) error {
		_, err := st.Write(ctx, meta, func(tx store.Tx) error {
			e, err := tx.Entity(made.gen.FirstIdea() + cairn.ID(i*7919%pastIdeas))
			if err != nil {
				return err
			}
			attrs := make(cairn.Attrs, len(e.Attrs)+2)
			for k, v := range e.Attrs {
				attrs[k] = v
			}
			switch i % 6 {
			case 0:
				attrs.Set(string(made.gen.Ref(gen.Effort)), fmt.Appendf(nil, "%d", i%13))
			case 1:
				attrs.Set(string(made.gen.Ref(gen.Reach)), fmt.Appendf(nil, "%d", i%1000))
			case 2:
				attrs.Set(string(made.gen.Ref(gen.Roadmap)), fmt.Appendf(nil, "%d", options[i/6%len(options)].ID))
			case 3:
				attrs.Set(string(made.gen.Ref(gen.Quarter)), fmt.Appendf(nil, `{"start":"2027-0%d-01","end":"2027-0%d-28","precision":"day"}`, i/6%9+1, i/6%9+1))
			case 4:
				attrs.Set("title", fmt.Appendf(nil, `"Idea with another title, the %dth"`, i))
			case 5:
				attrs.Set(string(made.gen.Ref(gen.Labels)), fmt.Appendf(nil, `["label %d","other"]`, i%50))
			}
			at, err := json.Marshal(tx.Now())
			attrs.Set("updatedAt", at)
			e.Attrs = attrs
			return errors.Join(err, tx.Put(e))
		})
		return err
	}
	const writers = 64 // so that they share commits
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for i := w; i < changes && errs[w] == nil; i += writers {
				errs[w] = change(i)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
