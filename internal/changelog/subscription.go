package changelog

import (
	"context"
	"sync/atomic"

	"cairn"
)

// Subscription reads the log at its own pace. A slow one holds up nobody: it
// reads what it missed from the store, or is told to start anew. One goroutine
// reads it.
type Subscription struct {
	l    *Log
	wake chan struct{}
	pos  atomic.Int64
}

// Subscribe begins after that sequence number.
func (l *Log) Subscribe(from int64) *Subscription {
	s := &Subscription{l: l, wake: make(chan struct{}, 1)}
	s.pos.Store(from)
	l.mu.Lock()
	l.subs[s] = struct{}{}
	l.mu.Unlock()
	return s
}

// Close ends the subscription; Next must not be called again.
func (s *Subscription) Close() {
	s.l.mu.Lock()
	delete(s.l.subs, s)
	s.l.mu.Unlock()
}

// Position is the sequence number up to which Next has returned.
func (s *Subscription) Position() int64 { return s.pos.Load() }

// Next waits for change sets after the last ones it returned, at most 256 at
// once, in order and without holes. With reset the reader has missed so much,
// or speaks of a log so different, that it must load anew; it then goes on after
// Position. The change sets are shared and must not be changed.
func (s *Subscription) Next(ctx context.Context) (sets []cairn.ChangeSet, reset bool, err error) {
	for {
		if err := ctx.Err(); err != nil {
			return nil, false, err
		}
		pos := s.pos.Load()
		sets, held, now := s.l.peek(pos)
		switch {
		case pos > now || now-pos > s.l.opts.MaxBehind:
			s.pos.Store(now)
			return nil, true, nil
		case len(sets) == 0 && now > pos && !held:
			if sets, err = s.l.src.Log(ctx, pos, int(min(readLimit, now-pos))); err != nil {
				return nil, false, err
			}
		}
		if len(sets) > 0 {
			s.pos.Store(sets[len(sets)-1].Seq)
			return sets, false, nil
		}
		select {
		case <-s.wake:
		case <-ctx.Done():
		}
	}
}

// signal says that there is more to read. A signal that waits already is enough.
func (s *Subscription) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// peek returns the change sets after a position that are in memory, whether
// memory reaches back to them, and the present position.
func (l *Log) peek(pos int64) (sets []cairn.ChangeSet, held bool, now int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now = l.Position()
	if pos >= now {
		return nil, true, now
	}
	sets, held = l.ring.after(pos, readLimit)
	return sets, held, now
}
