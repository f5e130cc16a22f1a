package search_test

import (
	"runtime"
	"testing"

	"cairn/bench/gen"
	"cairn/internal/search"
)

func corpus(ideas int) []search.Doc {
	p := gen.New(gen.Config{Seed: 1, Ideas: ideas, Project: 1, FirstID: 100})
	docs := make([]search.Doc, 0, ideas)
	for idea := range p.Ideas() {
		docs = append(docs, search.Doc{ID: idea.ID, Number: idea.Number, Title: idea.Title, Body: idea.Description})
	}
	return docs
}

func BenchmarkBuild(b *testing.B) {
	docs := corpus(100_000)
	var x *search.Index
	for b.Loop() {
		x = search.New(search.English)
		x.Add(docs...)
	}
	docs = nil
	full := heap()
	runtime.KeepAlive(x)
	x = nil
	b.ReportMetric((full-heap())/1e6, "MB")
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

func BenchmarkQuery(b *testing.B) {
	x := search.New(search.English)
	x.Add(corpus(100_000)...)
	for _, query := range []string{"invoice", "invoice export", "patient reminderflow", "inv", "the report of export", "discoun", "nowhere invoice", "INS-500"} {
		b.Run(query, func(b *testing.B) {
			var hits []search.Hit
			for b.Loop() {
				hits = x.Query(query, search.Options{Limit: 20})
			}
			b.ReportMetric(float64(len(x.Query(query, search.Options{}))), "hits")
			_ = hits
		})
	}
}

func BenchmarkQueryAll(b *testing.B) {
	x := search.New(search.English)
	x.Add(corpus(100_000)...)
	for b.Loop() {
		x.Query("invoice", search.Options{})
	}
}

func BenchmarkUpdate(b *testing.B) {
	docs := corpus(100_000)
	x := search.New(search.English)
	x.Add(docs...)
	for i := 0; b.Loop(); i++ {
		x.Update(docs[i*7919%len(docs)])
	}
}
