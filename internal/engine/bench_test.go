package engine_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/engine"
)

// edits makes change sets that each set one attribute of one idea.
type edits struct {
	s   *engine.State
	seq int64
	ids []cairn.ID
}

func newEdits(tb testing.TB, s *engine.State) *edits {
	res, err := s.Eval(engine.Request{Limit: -1})
	if err != nil {
		tb.Fatal(err)
	}
	e := &edits{s: s, seq: s.Seq()}
	for i := range res.Len() {
		e.ids = append(e.ids, res.ID(i))
	}
	return e
}

func (e *edits) set(tb testing.TB, ref cairn.Ref, value string) {
	e.seq++
	id := e.ids[int(e.seq*7919)%len(e.ids)]
	err := e.s.Apply(&cairn.ChangeSet{Seq: e.seq, Project: 1, Changes: []cairn.Change{
		{Kind: cairn.KindIdea, ID: id, Attr: string(ref), New: json.RawMessage(value)},
		{Kind: cairn.KindIdea, ID: id, Attr: "updatedAt", New: json.RawMessage(`"2026-11-23T10:00:00.123456Z"`)},
	}})
	if err != nil {
		tb.Fatal(err)
	}
}

func evaluate(tb testing.TB, s *engine.State, req engine.Request) *engine.Result {
	tb.Helper()
	req.Env.Today = 20780
	res, err := s.Eval(req)
	if err != nil {
		tb.Fatal(err)
	}
	return res
}

// busy is a filtered, sorted and grouped view with roll-ups.
func busy(p *gen.Product) cairn.Query {
	return cairn.Query{
		Filter: cairn.Filter{All: []cairn.Filter{
			{Field: p.Ref(gen.Effort), Op: cairn.OpGte, Value: json.RawMessage("2")},
			{Field: p.Ref(gen.Confidence), Op: cairn.OpGt, Value: json.RawMessage("10")},
		}},
		Sort:    []cairn.SortKey{{Field: p.Ref(gen.Rice), Desc: true}, {Field: cairn.RefTitle}},
		Group:   []cairn.GroupBy{{Field: p.Ref(gen.Roadmap), ShowEmpty: true}},
		Rollups: []cairn.Rollup{{Field: p.Ref(gen.Reach), Op: cairn.RollupSum}},
	}
}

func columns(p *gen.Product) []cairn.Ref {
	refs := []cairn.Ref{cairn.RefTitle}
	for i := range p.Fields {
		refs = append(refs, p.Ref(i))
	}
	return refs
}

func BenchmarkViewAfterEdit(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s, p := load(b, n)
			e := newEdits(b, s)
			req := engine.Request{Query: busy(p), Columns: columns(p), Limit: 50}
			evaluate(b, s, req)
			for i := 0; b.Loop(); i++ {
				e.set(b, p.Ref(gen.Effort), fmt.Sprint(1+i%30))
				evaluate(b, s, req)
			}
		})
	}
}

func BenchmarkDefaultViewAfterEdit(b *testing.B) {
	s, p := load(b, 100_000)
	e := newEdits(b, s)
	req := engine.Request{Columns: columns(p), Limit: 50}
	for i := 0; b.Loop(); i++ {
		e.set(b, p.Ref(gen.Effort), fmt.Sprint(1+i%30))
		evaluate(b, s, req)
	}
}

func BenchmarkViewByScoreAfterEdit(b *testing.B) {
	s, p := load(b, 100_000)
	e := newEdits(b, s)
	req := engine.Request{Query: cairn.Query{Sort: []cairn.SortKey{{Field: p.Ref(gen.Score), Desc: true}}}, Columns: columns(p), Limit: 50}
	evaluate(b, s, req)
	for i := 0; b.Loop(); i++ {
		e.set(b, p.Ref(gen.Effort), fmt.Sprint(1+i%20))
		evaluate(b, s, req)
	}
}

// BenchmarkScoreAfterEdit asks for one idea's weighted score after each edit,
// for which all are computed anew.
func BenchmarkScoreAfterEdit(b *testing.B) {
	s, p := load(b, 100_000)
	e := newEdits(b, s)
	refs := []cairn.Ref{p.Ref(gen.Score)}
	for i := 0; b.Loop(); i++ {
		e.set(b, p.Ref(gen.Effort), fmt.Sprint(1+i%20))
		s.Row(e.ids[0], refs, engine.Env{})
	}
}

func BenchmarkColdSort(b *testing.B) {
	for _, key := range []string{"title", "createdAt", "score", "labels"} {
		b.Run(key, func(b *testing.B) {
			s, p := load(b, 100_000)
			ref := cairn.Ref(key)
			switch key {
			case "score":
				ref = p.Ref(gen.Score)
			case "labels":
				ref = p.Ref(gen.Labels)
			}
			for i := 0; b.Loop(); i++ {
				s.Forget()
				evaluate(b, s, engine.Request{Query: cairn.Query{Sort: []cairn.SortKey{{Field: ref}}}, Limit: 50})
			}
		})
	}
}

func BenchmarkCachedWindow(b *testing.B) {
	s, p := load(b, 100_000)
	req := engine.Request{Query: busy(p), Columns: columns(p), Limit: 50}
	buf := evaluate(b, s, req).AppendJSON(nil)
	for b.Loop() {
		buf = evaluate(b, s, req).AppendJSON(buf[:0])
	}
	b.ReportMetric(float64(len(buf)), "bytes")
}

func BenchmarkWholeView(b *testing.B) {
	s, p := load(b, 100_000)
	req := engine.Request{Columns: columns(p), Limit: -1}
	buf := evaluate(b, s, req).AppendJSON(nil)
	for b.Loop() {
		buf = evaluate(b, s, req).AppendJSON(buf[:0])
	}
	b.ReportMetric(float64(len(buf))/1e6, "MB")
}

func BenchmarkApply(b *testing.B) {
	s, p := load(b, 100_000)
	e := newEdits(b, s)
	evaluate(b, s, engine.Request{Query: busy(p), Limit: 50})
	for i := 0; b.Loop(); i++ {
		e.set(b, p.Ref(gen.Effort), fmt.Sprint(1+i%30))
	}
}

// BenchmarkLoad times Load alone, over ideas that come in portions as from the
// store, and reports the memory of the state before and after a view of it.
func BenchmarkLoad(b *testing.B) {
	const n, portion = 100_000, 2000
	p := gen.New(gen.Config{Seed: 1, Ideas: n, Project: 1, FirstID: 100, People: []cairn.ID{11, 12, 13, 14}})
	fields, err := p.FieldEntities()
	if err != nil {
		b.Fatal(err)
	}
	var s *engine.State
	var spent time.Duration
	rounds := 0
	for b.Loop() {
		rounds++
		s = engine.New(1)
		batch := fields
		flush := func() {
			start := time.Now()
			for _, e := range batch {
				if err := s.Load(e); err != nil {
					b.Fatal(err)
				}
			}
			spent += time.Since(start)
			batch = nil
		}
		for idea := range p.Ideas() {
			if len(batch) >= portion || len(s.Fields()) == 0 {
				flush()
			}
			e, err := idea.Entity()
			if err != nil {
				b.Fatal(err)
			}
			e.Text = ""
			batch = append(batch, e)
		}
		flush()
	}
	b.ReportMetric(n*float64(rounds)/spent.Seconds(), "ideas/s")
	loaded := heap()
	evaluate(b, s, engine.Request{Query: busy(p), Limit: 50})
	used := heap()
	runtime.KeepAlive(s)
	s = nil
	empty := heap()
	b.ReportMetric((loaded-empty)/1e6, "MB")
	b.ReportMetric((used-empty)/1e6, "MB-in-use")
}

func heap() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
