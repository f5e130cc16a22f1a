package main

import (
	"context"
	"fmt"
	"runtime"

	"cairn/bench/gen"
	"cairn/internal/similar"
)

// measureSimilar times the search for similar ideas at 20,000 ideas, and what
// its index takes.
func measureSimilar(_ context.Context, opts options, t *table) error {
	const n = 20_000
	p := gen.New(gen.Config{Seed: 1, Ideas: n, Project: 1, FirstID: 10})
	docs := make([]similar.Doc, 0, n)
	for idea := range p.Ideas() {
		docs = append(docs, similar.Doc{ID: idea.ID, Title: idea.Title, Body: idea.Description})
	}
	before := liveHeap()
	x := similar.New()
	for _, doc := range docs {
		x.Put(doc)
	}
	used := liveHeap() - before
	for _, with := range []string{"a title", "an idea"} {
		took, err := repeat(200, func(i int) error {
			doc := docs[i*7919%n]
			q := similar.Query{Title: doc.Title, Limit: 10, Typing: true}
			if with == "an idea" {
				q.Body = doc.Body
			}
			if len(x.Like(q)) == 0 {
				return fmt.Errorf("nothing is like %q", doc.Title)
			}
			return nil
		})
		if err != nil {
			return err
		}
		t.add(line{fmt.Sprintf("similar ideas: like %s, %s", with, size(n)), spread(took), "≤ 5 ms", ""})
	}
	t.add(line{fmt.Sprintf("similar ideas: memory of the index, %s", size(n)), fmt.Sprintf("%.1f MB", float64(used)/1e6), "", ""})
	runtime.KeepAlive(docs)
	return nil
}

func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
