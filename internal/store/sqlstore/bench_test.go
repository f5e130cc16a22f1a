package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/rank"
	"cairn/internal/store"
)

const benchProject cairn.ID = 1 << 40

// benchIdea is an idea as generated products have them: 12 custom fields and a
// description of 400 characters.
func benchIdea(n int) cairn.Entity {
	attrs := cairn.Attrs{
		"number":    fmt.Append(nil, n),
		"title":     fmt.Appendf(nil, `"Customers ask for the idea number %d"`, n),
		"createdAt": []byte(`"2026-11-23T10:11:12.123456Z"`),
		"updatedAt": []byte(`"2026-11-23T10:11:12.123456Z"`),
		"createdBy": []byte("17"), "updatedBy": []byte("17"),
		"rank": cairn.AppendJSONString(nil, rank.Nth(int64(n))),
	}
	for i := range 12 {
		attrs[fmt.Sprintf("f%d", 100+i)] = fmt.Append(nil, n%(i+7))
	}
	attrs["f111"] = []byte(`[1201,1202,1203]`)
	attrs["f110"] = []byte(`{"start":"2026-01-01","end":"2026-03-31","precision":"quarter"}`)
	return cairn.Entity{Kind: cairn.KindIdea, Project: benchProject, Attrs: attrs, Text: strings.Repeat("As a person I want this.\n", 16)}
}

// benchFill creates n ideas, 1000 per write, and returns their ids.
func benchFill(b *testing.B, s store.Store, n int) (ids []cairn.ID) {
	b.Helper()
	for done := 0; done < n; {
		_, err := s.Write(context.Background(), store.Meta{Project: benchProject}, func(tx store.Tx) error {
			for range min(1000, n-done) {
				id, err := tx.Create(benchIdea(done))
				if err != nil {
					return err
				}
				ids = append(ids, id)
				done++
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return ids
}

// eachDB runs a benchmark on both databases.
func eachDB(b *testing.B, run func(*testing.B, store.Store)) {
	b.Run("sqlite", func(b *testing.B) { run(b, place{"sqlite " + b.TempDir()}.Open(b)) })
	b.Run("postgres", func(b *testing.B) { run(b, place{"postgres " + pgtest.URL(b)}.Open(b)) })
}

func benchEdit(s store.Store, id cairn.ID, n int) error {
	_, err := s.Write(context.Background(), store.Meta{Actor: 17, Project: benchProject, Group: fmt.Sprint(n), Origin: "web"}, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		e.Attrs["f100"] = fmt.Append(nil, n)
		e.Attrs["updatedAt"] = cairn.AppendJSONString(nil, tx.Now().Format(time.RFC3339Nano))
		return tx.Put(e)
	})
	return err
}

// BenchmarkEdit is one durable edit after the other, in a product of 10,000.
func BenchmarkEdit(b *testing.B) {
	eachDB(b, func(b *testing.B, s store.Store) {
		ids := benchFill(b, s, 10_000)
		var took []time.Duration
		n := 0
		for b.Loop() {
			n++
			began := time.Now()
			if err := benchEdit(s, ids[n*7919%len(ids)], n); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	})
}

// BenchmarkEdit8 is the same by 8 clients at once.
func BenchmarkEdit8(b *testing.B) {
	eachDB(b, func(b *testing.B, s store.Store) {
		ids := benchFill(b, s, 10_000)
		b.ResetTimer()
		var wg sync.WaitGroup
		for c := range 8 {
			wg.Go(func() {
				for n := c; n < b.N; n += 8 {
					if err := benchEdit(s, ids[n*7919%len(ids)], n); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "edits/s")
	})
}

// BenchmarkCreate is the creation of ideas, 1000 per write.
func BenchmarkCreate(b *testing.B) {
	eachDB(b, func(b *testing.B, s store.Store) {
		b.ResetTimer()
		benchFill(b, s, b.N)
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "ideas/s")
	})
}

// BenchmarkScan reads 100,000 ideas without their descriptions.
func BenchmarkScan(b *testing.B) {
	eachDB(b, func(b *testing.B, s store.Store) {
		benchFill(b, s, 100_000)
		for b.Loop() {
			n := 0
			_, err := s.Scan(context.Background(), store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: benchProject}, func(cairn.Entity) error {
				n++
				return nil
			})
			if err != nil || n != 100_000 {
				b.Fatal(n, err)
			}
		}
	})
}

// BenchmarkOpen opens a database that is up to date.
func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		s, err := OpenSQLite(context.Background(), dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Seq(context.Background()); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPersonLog reads what somebody did who did next to nothing, the longest
// way, among 100,000 change sets (LOG-22).
func BenchmarkPersonLog(b *testing.B) {
	eachDB(b, func(b *testing.B, s store.Store) {
		var wg sync.WaitGroup
		for c := range 32 {
			wg.Go(func() {
				for n := c; n < 100_000; n += 32 {
					meta := store.Meta{Actor: cairn.ID(100 + n%50), Project: cairn.ID(1 + n%20), Group: fmt.Sprint(n), Origin: "web"}
					if n < 3 {
						meta.Actor = 7
					}
					_, err := s.Write(context.Background(), meta, func(tx store.Tx) error {
						e := benchIdea(n)
						e.Project = meta.Project
						_, err := tx.Create(e)
						return err
					})
					if err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		for b.Loop() {
			if sets, err := s.LogOf(context.Background(), store.LogQuery{Actor: 7, Newest: true, Limit: 200}); err != nil || len(sets) != 3 {
				b.Fatal(len(sets), err)
			}
		}
	})
}
