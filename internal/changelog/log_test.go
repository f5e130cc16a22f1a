package changelog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

func openStore(t testing.TB, dir string) store.Store {
	t.Helper()
	s, err := sqlstore.OpenSQLite(context.Background(), dir, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// add writes one change set and returns its sequence number.
func add(t testing.TB, s store.Store) int64 {
	t.Helper()
	set, err := s.Write(context.Background(), store.Meta{Project: 1}, func(tx store.Tx) error {
		_, err := tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 1, Attrs: cairn.Attrs{"title": json.RawMessage(`"An idea"`)}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return set.Seq
}

// follow attaches a reader that checks the order and returns what it saw.
func follow(t testing.TB, l *Log) func() []int64 {
	var mu sync.Mutex
	var seen []int64
	l.Attach(func(sets []cairn.ChangeSet) {
		mu.Lock()
		defer mu.Unlock()
		for _, s := range sets {
			if n := len(seen); n > 0 && seen[n-1]+1 != s.Seq {
				t.Errorf("change set %d came after %d", s.Seq, seen[n-1])
			}
			seen = append(seen, s.Seq)
		}
	})
	return func() []int64 {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(seen)
	}
}

// TestOwn: what this node writes is with the attached readers before Write
// returns (LOG-8), and what was written before the start is not.
func TestOwn(t *testing.T) {
	dir := t.TempDir()
	before := openStore(t, dir)
	add(t, before)
	s := openStore(t, dir)
	l := New(s)
	seen := follow(t, l)
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for want := int64(2); want < 10; want++ {
		if got := add(t, s); got != want {
			t.Fatalf("sequence number %d, want %d", got, want)
		}
		if all := seen(); all[len(all)-1] != want || all[0] != 2 || l.Position() != want {
			t.Fatalf("after the write %d the readers have seen %v, position %d", want, all, l.Position())
		}
	}
}

// TestTwoNodes: own change sets that come after those of another node wait until
// these are read (LOG-9); a node that only reads finds them by the poll.
func TestTwoNodes(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		a, b := openStore(t, dir), openStore(t, dir)
		la, lb := New(a), New(b)
		seenA, seenB := follow(t, la), follow(t, lb)
		for _, l := range []*Log{la, lb} {
			if err := l.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		add(t, a)
		add(t, a)
		add(t, b)
		if got := seenB(); !slices.Equal(got, []int64{1, 2, 3}) {
			t.Fatalf("the node that wrote last has seen %v", got)
		}
		if got := seenA(); !slices.Equal(got, []int64{1, 2}) {
			t.Fatalf("the other node has seen %v before it looked", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			la.Run(ctx)
			close(done)
		}()
		if err := la.WaitFor(ctx, 3); err != nil {
			t.Fatal(err)
		}
		if got := seenA(); !slices.Equal(got, []int64{1, 2, 3}) {
			t.Fatalf("the other node has seen %v", got)
		}
		cancel()
		<-done
	})
}

// TestNodesTogether: while two nodes write at once, each with its own readers,
// every reader gets everything once and in order (LOG-9, LOG-10).
func TestNodesTogether(t *testing.T) {
	dir := t.TempDir()
	const each = 100
	nodes := []store.Store{openStore(t, dir), openStore(t, dir)}
	ctx, cancel := context.WithCancel(t.Context())
	var running, writing, reading sync.WaitGroup
	var seen []func() []int64
	var logs []*Log
	for _, s := range nodes {
		l := NewWith(s, Options{KeepSets: 5})
		seen, logs = append(seen, follow(t, l)), append(logs, l)
		if err := l.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		running.Go(func() { l.Run(ctx) })
		sub := l.Subscribe(0)
		reading.Go(func() {
			defer sub.Close()
			for last := int64(0); last < int64(len(nodes))*each; {
				sets, reset, err := sub.Next(t.Context())
				if err != nil || reset {
					t.Errorf("reset %v, %v", reset, err)
					return
				}
				for _, set := range sets {
					if last++; set.Seq != last {
						t.Errorf("a subscriber got %d where %d comes next", set.Seq, last)
						return
					}
				}
			}
		})
	}
	for i, s := range nodes {
		writing.Go(func() {
			for range each {
				if seq := add(t, s); logs[i].Position() < seq {
					t.Errorf("node %d is at %d after its own write %d", i, logs[i].Position(), seq)
				}
			}
		})
	}
	writing.Wait()
	for i, l := range logs {
		if err := l.WaitFor(t.Context(), int64(len(nodes))*each); err != nil {
			t.Error(err)
		}
		if got := seen[i](); len(got) != len(nodes)*each {
			t.Errorf("the attached reader of node %d has seen %d change sets", i, len(got))
		}
	}
	reading.Wait()
	cancel()
	running.Wait()
}

// TestWaitFor: it returns at once for the past and with the context's error for
// what does not come.
func TestWaitFor(t *testing.T) {
	s := openStore(t, t.TempDir())
	l := New(s)
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	seq := add(t, s)
	if err := l.WaitFor(t.Context(), seq); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.WaitFor(ctx, seq+1); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for the future: %v", err)
	}
	if len(l.waiters) != 0 {
		t.Errorf("%d waiters are left over", len(l.waiters))
	}
	done := make(chan error, 1)
	go func() { done <- l.WaitFor(t.Context(), seq+1) }()
	add(t, s)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestSubscribe: a subscriber gets everything after its position, from memory or
// from the store (LOG-10).
func TestSubscribe(t *testing.T) {
	s := openStore(t, t.TempDir())
	l := NewWith(s, Options{KeepSets: 3})
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		add(t, s)
	}
	for from := range int64(20) {
		sub := l.Subscribe(from)
		var got []int64
		for sub.Position() < 20 {
			sets, reset, err := sub.Next(t.Context())
			if err != nil || reset {
				t.Fatalf("from %d: reset %v, %v", from, reset, err)
			}
			for _, set := range sets {
				got = append(got, set.Seq)
			}
		}
		sub.Close()
		for i, seq := range got {
			if seq != from+1+int64(i) {
				t.Fatalf("from %d: got %v", from, got)
			}
		}
	}
	if len(l.ring.sets) != 3 {
		t.Errorf("%d sets in memory, want 3", len(l.ring.sets))
	}
}

// TestReset: a subscriber that is too far behind, or ahead of the log, is told
// to start anew and goes on from the present (LOG-11).
func TestReset(t *testing.T) {
	s := openStore(t, t.TempDir())
	l := NewWith(s, Options{MaxBehind: 5})
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		add(t, s)
	}
	for _, test := range []struct {
		from  int64
		reset bool
	}{{4, true}, {5, false}, {9, false}, {11, true}, {1 << 40, true}, {-1, true}} {
		t.Run(fmt.Sprint(test.from), func(t *testing.T) {
			sub := l.Subscribe(test.from)
			defer sub.Close()
			sets, reset, err := sub.Next(t.Context())
			if err != nil || reset != test.reset || sub.Position() != 10 || reset == (len(sets) > 0) {
				t.Errorf("reset %v with %d sets, position %d, %v", reset, len(sets), sub.Position(), err)
			}
		})
	}
}

// TestSlowSubscriber: one that never reads holds up neither writers nor others.
func TestSlowSubscriber(t *testing.T) {
	s := openStore(t, t.TempDir())
	l := New(s)
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	slow, quick := l.Subscribe(0), l.Subscribe(0)
	defer slow.Close()
	defer quick.Close()
	for range 50 {
		want := add(t, s)
		sets, _, err := quick.Next(t.Context())
		if err != nil || len(sets) != 1 || sets[0].Seq != want {
			t.Fatalf("the quick one got %d sets, %v", len(sets), err)
		}
	}
	sets, _, err := slow.Next(t.Context())
	if err != nil || len(sets) != 50 {
		t.Fatalf("the slow one got %d sets, %v", len(sets), err)
	}
}

// TestNextEnds: a reader leaves when its context ends.
func TestNextEnds(t *testing.T) {
	s := openStore(t, t.TempDir())
	l := New(s)
	if err := l.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	sub := l.Subscribe(0)
	go func() {
		_, _, err := sub.Next(ctx)
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestRing compares the ring with a plain list.
func TestRing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opts := Options{KeepSets: rapid.IntRange(1, 20).Draw(t, "keep"), KeepBytes: rapid.IntRange(400, 20_000).Draw(t, "bytes")}
		var r ring
		var all []cairn.ChangeSet
		for range rapid.IntRange(1, 20).Draw(t, "adds") {
			var sets []cairn.ChangeSet
			for range rapid.IntRange(1, 5).Draw(t, "sets") {
				size := rapid.IntRange(0, 2000).Draw(t, "size")
				set := cairn.ChangeSet{Seq: int64(len(all)) + 1, Changes: []cairn.Change{{New: make([]byte, size)}}}
				sets, all = append(sets, set), append(all, set)
			}
			r.add(sets, opts)
			bytes := 0
			for i := range r.sets {
				bytes += sizeOf(&r.sets[i])
			}
			if bytes != r.bytes || bytes > opts.KeepBytes || len(r.sets) > opts.KeepSets {
				t.Fatalf("%d sets of %d bytes, counted %d, bounds %+v", len(r.sets), bytes, r.bytes, opts)
			}
			from := rapid.Int64Range(0, int64(len(all))).Draw(t, "from")
			limit := rapid.IntRange(1, 30).Draw(t, "limit")
			got, ok := r.after(from, limit)
			if ok != (len(r.sets) > 0 && from+1 >= r.sets[0].Seq) {
				t.Fatalf("after %d: ok %v", from, ok)
			}
			want := all[from:min(len(all), int(from)+limit)]
			if ok && (len(got) != len(want) || len(got) > 0 && (got[0].Seq != want[0].Seq || got[len(got)-1].Seq != want[len(want)-1].Seq)) {
				t.Fatalf("after %d: %d sets, want %d", from, len(got), len(want))
			}
		}
	})
}
