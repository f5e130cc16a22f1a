// Package changelog hands the change sets of the store to those who react to
// them, in order and without holes, whichever node wrote them.
//
// Start at Log. The rules it keeps are docs/spec/log.md.
package changelog

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/store"
)

// Limits of a Log.
const (
	// PollEvery is how often the store is asked for change sets of other nodes.
	// Hints of the store shorten the wait; this is what can be relied on.
	PollEvery = time.Second
	// readLimit is how many change sets are read from the store at once.
	readLimit = 256
	// retry is how long a failed read of the store is not repeated.
	retry = 100 * time.Millisecond
)

// Options bound what a Log keeps. Zero values are replaced by the defaults.
type Options struct {
	// KeepSets and KeepBytes bound the change sets kept in memory for
	// subscribers, 10,000 and 16 MiB.
	KeepSets, KeepBytes int
	// MaxBehind is how many change sets a subscriber may be behind before it is
	// told to start anew, 50,000.
	MaxBehind int64
}

// Log follows the store's log: it calls the attached readers with every change
// set and wakes the subscribers. All methods are safe for concurrent use.
type Log struct {
	src      store.Store
	opts     Options
	attached []func([]cairn.ChangeSet)

	// order is held while change sets are handed over, so that all readers see
	// one order. It is taken before mu.
	order sync.Mutex
	// pos is the last change set handed over, -1 before the start.
	pos atomic.Int64

	mu      sync.Mutex
	ring    ring
	subs    map[*Subscription]struct{}
	waiters []waiter
}

// waiter wants to hear when a position is reached.
type waiter struct {
	seq  int64
	done chan struct{}
}

// New makes a Log of the store with the default options and registers for the
// store's own commits, so it must come before the first write. Start begins.
func New(src store.Store) *Log { return NewWith(src, Options{}) }

// NewWith is New with other bounds.
func NewWith(src store.Store, opts Options) *Log {
	if opts.KeepSets == 0 {
		opts.KeepSets = 10_000
	}
	if opts.KeepBytes == 0 {
		opts.KeepBytes = 16 << 20
	}
	if opts.MaxBehind == 0 {
		opts.MaxBehind = 50_000
	}
	l := &Log{src: src, opts: opts, subs: make(map[*Subscription]struct{})}
	l.pos.Store(-1)
	src.OnCommit(l.publish)
	return l
}

// Attach registers a reader that is called with every change set after the
// start, in order, before subscribers are woken and before the writer is
// answered. It must be quick and must not write to the store. Attach before
// Start.
func (l *Log) Attach(fn func([]cairn.ChangeSet)) { l.attached = append(l.attached, fn) }

// Start reads where the store stands; readers hear of what comes after.
func (l *Log) Start(ctx context.Context) error {
	l.order.Lock()
	defer l.order.Unlock()
	if l.pos.Load() >= 0 {
		return nil
	}
	seq, err := l.src.Seq(ctx)
	if err == nil {
		l.pos.Store(seq)
	}
	return err
}

// Run follows the change sets of other nodes until ctx ends. Failures of the
// store are tried again; its health is reported by its Ping.
func (l *Log) Run(ctx context.Context) {
	hints := l.src.Changed()
	poll := time.NewTicker(PollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-hints:
		case <-poll.C:
		}
		if err := l.catchUp(ctx); err != nil {
			select {
			case <-ctx.Done():
				return
			case <-time.After(retry):
			}
		}
	}
}

// Position is the sequence number of the last change set handed over.
func (l *Log) Position() int64 { return max(0, l.pos.Load()) }

// WaitFor returns once the change set with that sequence number has been handed
// to all attached readers, or with ctx's error.
func (l *Log) WaitFor(ctx context.Context, seq int64) error {
	if l.pos.Load() >= seq {
		return nil
	}
	l.mu.Lock()
	if l.pos.Load() >= seq {
		l.mu.Unlock()
		return nil
	}
	w := waiter{seq, make(chan struct{})}
	l.waiters = append(l.waiters, w)
	l.mu.Unlock()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	l.waiters = slices.DeleteFunc(l.waiters, func(o waiter) bool { return o.done == w.done })
	l.mu.Unlock()
	return ctx.Err()
}

// publish takes the change sets that this node has just committed. Those of
// other nodes that come before them are read first.
func (l *Log) publish(own []cairn.ChangeSet) {
	l.order.Lock()
	defer l.order.Unlock()
	if l.pos.Load() < 0 {
		l.pos.Store(own[0].Seq - 1)
	}
	if err := l.readUpTo(context.Background(), own[0].Seq-1); err != nil {
		return // the next poll reads these and the own ones
	}
	for len(own) > 0 && own[0].Seq <= l.pos.Load() {
		own = own[1:]
	}
	l.handOver(own)
}

// CatchUp hands over everything that the store has by now, without waiting for
// the next look at it: for a reader that was told of something newer than what
// it knows.
func (l *Log) CatchUp(ctx context.Context) error { return l.catchUp(ctx) }

// catchUp reads what the store has after the present position.
func (l *Log) catchUp(ctx context.Context) error {
	l.order.Lock()
	defer l.order.Unlock()
	if l.pos.Load() < 0 {
		return nil
	}
	return l.readUpTo(ctx, 1<<63-1)
}

// readUpTo hands over the change sets up to last that the store has. The caller
// holds order.
func (l *Log) readUpTo(ctx context.Context, last int64) error {
	for {
		pos := l.pos.Load()
		limit := min(readLimit, last-pos)
		if limit <= 0 {
			return nil
		}
		sets, err := l.src.Log(ctx, pos, int(limit))
		if err != nil || len(sets) == 0 {
			return err
		}
		l.handOver(sets)
	}
}

// handOver gives the next change sets to all readers. The caller holds order.
func (l *Log) handOver(sets []cairn.ChangeSet) {
	if len(sets) == 0 {
		return
	}
	for _, fn := range l.attached {
		fn(sets)
	}
	last := sets[len(sets)-1].Seq
	l.mu.Lock()
	l.ring.add(sets, l.opts)
	l.pos.Store(last)
	l.waiters = slices.DeleteFunc(l.waiters, func(w waiter) bool {
		if w.seq <= last {
			close(w.done)
			return true
		}
		return false
	})
	for s := range l.subs {
		s.signal()
	}
	l.mu.Unlock()
}
