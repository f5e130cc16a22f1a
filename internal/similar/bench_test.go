package similar_test

import (
	"runtime"
	"testing"

	"cairn/bench/gen"
	"cairn/internal/similar"
)

func corpus(ideas int) []similar.Doc {
	p := gen.New(gen.Config{Seed: 1, Ideas: ideas, Project: 1, FirstID: 100})
	docs := make([]similar.Doc, 0, ideas)
	for idea := range p.Ideas() {
		docs = append(docs, similar.Doc{ID: idea.ID, Title: idea.Title, Body: idea.Description})
	}
	return docs
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func BenchmarkBuild(b *testing.B) {
	docs := corpus(20_000)
	before := heap()
	var x *similar.Index
	for b.Loop() {
		x = similar.New()
		for _, doc := range docs {
			x.Put(doc)
		}
	}
	b.ReportMetric((heap()-before)/1e6, "MB")
	runtime.KeepAlive(x)
	runtime.KeepAlive(docs)
}

func BenchmarkLike(b *testing.B) {
	docs := corpus(20_000)
	x := similar.New()
	for _, doc := range docs {
		x.Put(doc)
	}
	for _, name := range []string{"title", "all"} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				doc := docs[i*7919%len(docs)]
				q := similar.Query{Title: doc.Title, Limit: 10, Typing: true}
				if name == "all" {
					q.Body = doc.Body
				}
				x.Like(q)
			}
		})
	}
}
