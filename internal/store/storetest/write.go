package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"cairn"
	"cairn/internal/store"
)

// testOrder: many writers and one reader; the reader sees every change set once,
// in order, without a hole, at the moment it follows the log (LOG-2).
func testOrder(t *testing.T, p Place) {
	s := p.Open(t)
	const writers, each = 16, 40
	var acked sync.Map
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := range each {
				title := fmt.Sprintf("%d/%d", w, n)
				set, err := s.Write(t.Context(), meta(), func(tx store.Tx) error { _, err := tx.Create(idea(title)); return err })
				if err != nil {
					t.Error(err)
					return
				}
				if _, twice := acked.LoadOrStore(set.Seq, title); twice {
					t.Errorf("the sequence number %d was given out twice", set.Seq)
				}
				// What was acknowledged is there for everybody.
				if seq, err := s.Seq(t.Context()); err != nil || seq < set.Seq {
					t.Errorf("after %d the store stands at %d, %v", set.Seq, seq, err)
				}
			}
		})
	}
	pos := int64(0)
	for pos < writers*each {
		sets, err := s.Log(t.Context(), pos, 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, set := range sets {
			if pos++; set.Seq != pos {
				t.Fatalf("the reader got %d where %d comes next", set.Seq, pos)
			}
		}
	}
	wg.Wait()
	for _, set := range fullLog(t, s, 0) {
		var e cairn.Entity
		e, _ = store.Applied(e, &set, set.Changes[0])
		if title, _ := acked.Load(set.Seq); title != e.Attrs.Text("title") {
			t.Errorf("the change set %d holds %q, its writer was told %v", set.Seq, e.Attrs.Text("title"), title)
		}
	}
}

// testReads: what a write says that it reads is read as it is in its turn, behind
// what the others of the same commit and of other nodes wrote (LOG-2).
func testReads(t *testing.T, p Place) {
	nodes := []store.Store{p.Open(t), p.Open(t)}
	refused := errors.New("refused")
	count := idea("count")
	count.Attrs["f1"] = []byte("0")
	id := create(t, nodes[0], count)
	const missing cairn.ID = 1 << 50
	for _, reads := range [][]cairn.ID{{id}, {missing, id}, {id, id, missing}, nil} {
		with := meta()
		with.Reads = reads
		if _, err := nodes[1].Write(t.Context(), with, func(tx store.Tx) error { _, err := tx.Entity(missing); return err }); cairn.CodeOf(err) != cairn.CodeNotFound {
			t.Errorf("%v: what is not there: %v", reads, err)
		}
	}
	var good atomic.Int64
	add := func(s store.Store, n int) error {
		with := meta()
		if n%4 > 0 {
			with.Reads = []cairn.ID{missing, id}[n%2:]
		}
		fail := n%5 == 0
		_, err := s.Write(t.Context(), with, func(tx store.Tx) error {
			now, err := tx.Entity(id)
			if err != nil {
				return err
			}
			was, err := strconv.Atoi(string(now.Attrs["f1"]))
			if err != nil {
				return err
			}
			now.Attrs["f1"] = []byte(strconv.Itoa(was + 1))
			if err := tx.Put(now); err != nil || fail {
				return errors.Join(err, refused)
			}
			return nil
		})
		if fail && errors.Is(err, refused) {
			return nil
		}
		good.Add(1)
		return err
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for n := range 30 {
				if err := add(nodes[w%2], n+w); err != nil {
					t.Errorf("writer %d, write %d: %v", w, n, err)
				}
			}
		})
	}
	wg.Wait()
	now, err := nodes[0].Entity(t.Context(), id)
	if want := fmt.Sprint(good.Load()); err != nil || string(now.Attrs["f1"]) != want {
		t.Errorf("%s was counted, want %s; %v", now.Attrs["f1"], want, err)
	}
}

// testAtomic: of functions that share a commit, those that fail leave nothing,
// and those that succeed lose nothing.
func testAtomic(t *testing.T, p Place) {
	s := p.Open(t)
	refused := errors.New("refused")
	e := idea("shared")
	e.ID = create(t, s, e)
	var wg sync.WaitGroup
	var good atomic.Int64
	for w := range 8 {
		wg.Go(func() {
			for n := range 30 {
				fail := (n+w)%3 == 0
				_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
					now, err := tx.Entity(e.ID)
					if err != nil {
						return err
					}
					count, err := tx.Numbers(project, 1)
					if err != nil {
						return err
					}
					now.Attrs["f1"] = []byte(fmt.Sprint(count))
					if err := tx.Put(now); err != nil {
						return err
					}
					if _, err := tx.Create(sourced("test", fmt.Sprintf("%d/%d", w, n))); err != nil {
						return err
					}
					if err := tx.PutPrivate(store.Private{Scope: "test", Key: fmt.Sprintf("%d/%d", w, n), Value: text("x")}); err != nil {
						return err
					}
					if fail {
						return refused
					}
					return nil
				})
				if fail != errors.Is(err, refused) || !fail && err != nil {
					t.Errorf("writer %d, write %d: %v", w, n, err)
				}
				if !fail {
					good.Add(1)
				}
				key := cairn.SourceKey(project, cairn.KindIdea, "test", fmt.Sprintf("%d/%d", w, n))
				id, err := s.Lookup(t.Context(), key)
				_, private, err2 := s.Private(t.Context(), "test", fmt.Sprintf("%d/%d", w, n))
				if err != nil || err2 != nil || (id != 0) == fail || private == fail {
					t.Errorf("writer %d, write %d: failed %v, key of %d, private %v, %v %v", w, n, fail, id, private, err, err2)
				}
			}
		})
	}
	wg.Wait()
	sets := fullLog(t, s, 1)
	if int64(len(sets)) != good.Load() {
		t.Errorf("%d change sets, %d writes succeeded", len(sets), good.Load())
	}
	for i, set := range sets {
		// Each saw the number of the one before it.
		if want := fmt.Sprint(i + 1); string(set.Changes[0].New) != want {
			t.Errorf("the change set %d counted %s, want %s", set.Seq, set.Changes[0].New, want)
		}
	}
	if n := len(scan(t, s, store.Query{})); int64(n) != good.Load()+1 {
		t.Errorf("%d entities, want %d", n, good.Load()+1)
	}
}

// testPanic: a function that panics fails alone.
func testPanic(t *testing.T, p Place) {
	s := p.Open(t)
	_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
		if _, err := tx.Create(idea("A")); err != nil {
			return err
		}
		panic("boom")
	})
	wantCode(t, err, cairn.CodeInternal)
	if e, ok := errors.AsType[*cairn.Error](err); !ok || e.Cause == nil {
		t.Errorf("the error %v does not keep its cause", err)
	}
	if n := len(scan(t, s, store.Query{})); n != 0 {
		t.Errorf("%d entities remain", n)
	}
	create(t, s, idea("B"))
}

// testCancelled: a write whose context has ended before it began is not made;
// one that has begun is answered with what happened.
func testCancelled(t *testing.T, p Place) {
	s := p.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ran := false
	_, err := s.Write(ctx, meta(), func(tx store.Tx) error { ran = true; return nil })
	if !errors.Is(err, context.Canceled) || ran {
		t.Errorf("ran %v, %v", ran, err)
	}

	// One that waits behind another leaves the queue.
	ctx, cancel = context.WithCancel(t.Context())
	began, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
			close(began)
			<-release
			_, err := tx.Create(idea("first"))
			return err
		})
		first <- err
	}()
	<-began
	second := make(chan error, 1)
	go func() {
		_, err := s.Write(ctx, meta(), func(tx store.Tx) error { _, err := tx.Create(idea("second")); return err })
		second <- err
	}()
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) {
		t.Errorf("the waiting write returned %v", err)
	}
	close(release)
	if err := <-first; err != nil {
		t.Error(err)
	}

	// One that has begun and passes over the end of its context is told so by
	// its Tx, and what it committed before is true.
	ctx, cancel = context.WithCancel(t.Context())
	_, err = s.Write(ctx, meta(), func(tx store.Tx) error {
		cancel()
		_, err := tx.Create(idea("third"))
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the write returned %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	set, err := s.Write(ctx, meta(), func(tx store.Tx) error {
		_, err := tx.Create(idea("fourth"))
		cancel()
		return err
	})
	if err != nil || set.Seq != 2 {
		t.Errorf("the write returned %d, %v", set.Seq, err)
	}
	var titles []string
	for _, e := range scan(t, s, store.Query{}) {
		titles = append(titles, e.Attrs.Text("title"))
	}
	if !slices.Equal(titles, []string{"first", "fourth"}) {
		t.Errorf("there are %v", titles)
	}
}

// testClosed: closing finishes what was accepted; afterwards every call says
// that the store is closed.
func testClosed(t *testing.T, p Place) {
	s := p.Open(t)
	var wg sync.WaitGroup
	var acked atomic.Int64
	for range 8 {
		wg.Go(func() {
			for {
				_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error { _, err := tx.Create(idea("x")); return err })
				if err != nil {
					wantCode(t, err, cairn.CodeInternal, "stopping")
					return
				}
				if acked.Add(1) == 100 {
					if err := s.Close(); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if _, err := s.Entity(t.Context(), 1); err == nil {
		t.Error("a closed store reads")
	}
	if n := len(fullLog(t, p.Open(t), 0)); int64(n) != acked.Load() {
		t.Errorf("%d change sets, %d were acknowledged", n, acked.Load())
	}
}

// testOnCommit: the function hears of every change set once, in order, before
// its writer is answered (LOG-8).
func testOnCommit(t *testing.T, p Place) {
	s := p.Open(t)
	var last atomic.Int64
	s.OnCommit(func(sets []cairn.ChangeSet) {
		for _, set := range sets {
			if !last.CompareAndSwap(set.Seq-1, set.Seq) {
				t.Errorf("heard of %d after %d", set.Seq, last.Load())
			}
		}
	})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for n := range 20 {
				set, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
					if (w+n)%4 == 0 {
						return nil // nothing to hear of
					}
					_, err := tx.Create(idea("x"))
					return err
				})
				if err != nil || last.Load() < set.Seq {
					t.Errorf("answered %d, %v before it was heard of, at %d", set.Seq, err, last.Load())
				}
			}
		})
	}
	wg.Wait()
	if seq, err := s.Seq(t.Context()); seq != last.Load() || err != nil {
		t.Errorf("heard up to %d of %d, %v", last.Load(), seq, err)
	}
}
