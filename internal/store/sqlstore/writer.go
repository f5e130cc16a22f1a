package sqlstore

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/store"
)

// A batch takes at most so many functions and about so many bytes, so that the
// first one is answered soon and memory stays bounded.
const (
	maxBatch      = 256
	maxBatchBytes = 8 << 20
)

var errClosed = cairn.Errorf(cairn.CodeInternal, "The database has been closed: Cairn is stopping")

// request is one call of Write on its way through the writer.
type request struct {
	ctx  context.Context
	meta store.Meta
	fn   func(store.Tx) error
	// alone, if set, takes the place of fn: see exclusive.
	alone func(conn) error
	// state is waiting, then taken or dropped, whichever is set first.
	state atomic.Int32
	reply chan reply
}

type reply struct {
	set cairn.ChangeSet
	err error
	// unshelved are contents that have no row any more.
	unshelved []string
}

const (
	waiting int32 = iota
	running
	dropped
)

// Write implements store.Store.
func (s *Store) Write(ctx context.Context, meta store.Meta, fn func(store.Tx) error) (cairn.ChangeSet, error) {
	req := &request{ctx: ctx, meta: meta, fn: fn, reply: make(chan reply, 1)}
	if err := s.enqueue(req); err != nil {
		return cairn.ChangeSet{}, err
	}
	answer := func(r reply) (cairn.ChangeSet, error) {
		if r.err == nil {
			s.unshelve(ctx, r.unshelved)
		}
		return r.set, r.err
	}
	select {
	case r := <-req.reply:
		return answer(r)
	case <-ctx.Done():
	}
	// What has not begun is not begun; what has begun is answered with the truth.
	if req.state.CompareAndSwap(waiting, dropped) {
		return cairn.ChangeSet{}, ctx.Err()
	}
	return answer(<-req.reply)
}

func (s *Store) enqueue(req *request) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return errClosed
	}
	select {
	case s.queue <- req:
		return nil
	case <-req.ctx.Done():
		return req.ctx.Err()
	}
}

// write runs until the queue is closed and empty.
func (s *Store) write() {
	defer close(s.writerDone)
	w := &writer{s: s, names: newInterner()}
	for {
		req, more := w.await()
		if !more {
			break
		}
		w.serve(req)
		for w.held != nil || len(w.ahead) > 0 {
			if req = w.next(); req == nil {
				req, w.held = w.held, nil
			}
			w.serve(req)
		}
	}
	w.drop()
}

// writer is the one goroutine that writes. It owns the writing connection.
type writer struct {
	s    *Store
	conn conn
	// last is the time of the last change set, batches the number of the last
	// batch.
	last    time.Time
	batches int64
	// swept is when expired private records were removed last.
	swept time.Time
	// bulky says that the last batch was a large one, rested that there is
	// nothing left to do while nobody writes.
	bulky, rested bool
	// held is a request that was taken from the queue and must be alone.
	held *request
	// ahead were taken from the queue before their turn, for what they will read.
	ahead []*request
	// names, members and old are kept for their memory.
	names        *interner
	members, old []member
	// parsed are the attributes that old was read from.
	parsed []byte
	fresh  []*record
}

// sorted is sortedMembers in the writer's own memory: the result is good until
// the next call.
func (w *writer) sorted(kind cairn.Kind, a cairn.Attrs) ([]member, error) {
	guess := w.members
	w.members = nil // a failure leaves a mixture in it
	// What the caller gave may have been changed since: it is checked again.
	for i := range guess {
		guess[i].value = nil
	}
	ms, err := sortedMembers(guess, guess, kind, a)
	if err == nil {
		w.members = ms
	}
	return ms, err
}

// membersOf returns the attributes of a record in the writer's own memory: the
// result is good until the next call for another one.
func (w *writer) membersOf(r *record) ([]member, error) {
	if n := len(r.attrs); n > 0 && n == len(w.parsed) && &r.attrs[0] == &w.parsed[0] {
		return w.old, nil
	}
	w.parsed = nil
	old, err := parseMembers(w.old[:0], r.attrs, w.names)
	if err != nil {
		return nil, err
	}
	w.old, w.parsed = old, r.attrs
	return old, nil
}

// entity returns a record as an Entity that shares no memory a writer changes:
// attrs is replaced, never edited.
func (w *writer) entity(r *record) (cairn.Entity, error) {
	ms, err := w.membersOf(r)
	attrs := make(cairn.Attrs, len(ms))
	for i := range ms {
		attrs[ms[i].name] = ms[i].value
	}
	return r.with(attrs), err
}

// restAfter is how long nobody writes before the writer does what nobody waits
// for: who writes one thing after the other does not meet it.
const restAfter = 20 * time.Millisecond

// await returns the next request, and makes use of the time until it comes. more
// is false when there will be none.
func (w *writer) await() (req *request, more bool) {
	if w.rested {
		req, more = <-w.s.queue
		return req, more
	}
	idle := time.NewTimer(restAfter)
	defer idle.Stop()
	for {
		select {
		case req, more = <-w.s.queue:
			return req, more
		case <-idle.C:
		}
		if w.rest(); !w.rested && w.conn != nil && !w.bulky {
			idle.Reset(0)
		}
	}
}

// rest does a piece of what makes later writes cheap: before the first one, if
// there will be any, it opens the connection.
func (w *writer) rest() {
	if w.conn == nil && w.s.eager {
		c, err := w.s.db.openWriter(context.Background())
		if err != nil {
			w.rested = true // a write will say what is wrong
			return
		}
		w.conn = c
	}
	if w.conn != nil && !w.bulky {
		w.rested = w.s.db.lengthen(context.Background(), w.conn)
	}
}

// drop closes the writing connection; the next batch opens another one.
func (w *writer) drop() {
	if w.conn != nil {
		_ = w.conn.close()
		w.conn = nil
	}
}

// retries are the pauses before a batch whose connection was lost is tried
// again, together some seconds: longer than a fail-over within one machine,
// shorter than people wait.
var retries = [...]time.Duration{0, 50 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second}

// serve runs a batch that begins with req and answers all of it.
func (w *writer) serve(req *request) {
	if req.alone != nil {
		w.serveAlone(req)
		return
	}
	w.lookAhead()
	b := w.settle(w.run([]*request{req}, w.next))
	if b.cause == nil || len(b.reqs) == 1 || w.s.db.lost(b.cause) {
		w.answer(b)
		return
	}
	// Something that the checks let through was refused by the database. Alone,
	// each function either succeeds or fails for itself.
	for _, r := range b.reqs {
		w.answer(w.settle(w.run([]*request{r}, nil)))
	}
}

// settle runs a batch whose connection was lost again, until it is known to be
// committed, or refused, or no more can be done.
func (w *writer) settle(b *batch) *batch {
	for _, wait := range retries {
		if b.cause == nil || !w.s.db.lost(b.cause) {
			return b
		}
		w.drop()
		time.Sleep(wait)
		b = w.again(b)
	}
	if b.cause != nil && w.s.db.lost(b.cause) {
		w.drop()
		if b.sent {
			b.cause = &cairn.Error{Code: cairn.CodeInternal, Cause: b.cause, Message: "The connection to the database was lost while it saved, so it is not known whether the change was made. Reload to see what is there"}
		}
	}
	return b
}

// again runs a batch a second time, unless it was committed the first time: the
// connection may have been lost between that and the answer.
func (w *writer) again(b *batch) *batch {
	if b.sent {
		done, err := w.wasCommitted(b.number)
		if err != nil {
			b.cause = err
			return b
		}
		if done {
			b.cause = nil
			return b
		}
	}
	return w.run(b.reqs, nil)
}

// wasCommitted reports whether a batch is in the database. It takes its turn
// among the writers and so waits for the lost transaction to end.
func (w *writer) wasCommitted(number int64) (bool, error) {
	b := &batch{w: w, ctx: context.Background()}
	defer b.leave()
	if err := b.begin(nil); err != nil {
		return false, err
	}
	last, err := w.s.db.marked(b.ctx, b.conn)
	return last == number, err
}

// lookAhead takes as many waiting requests as the beginning of a transaction can
// read for.
func (w *writer) lookAhead() {
	for len(w.ahead) < w.s.db.reach()-1 {
		req := w.poll()
		if req == nil {
			return
		}
		w.ahead = append(w.ahead, req)
	}
}

// wanted are the entities that requests will ask for, as many as the beginning of
// a transaction can read.
func (w *writer) wanted(reqs []*request) (ids []int64) {
	for _, req := range reqs {
		for _, id := range req.meta.Reads {
			if len(ids) < w.s.db.reach() && !slices.Contains(ids, int64(id)) {
				ids = append(ids, int64(id))
			}
		}
	}
	return ids
}

// next returns another waiting request for the same transaction, nil when there
// is none.
func (w *writer) next() *request {
	if len(w.ahead) == 0 {
		return w.poll()
	}
	req := w.ahead[0]
	w.ahead = slices.Delete(w.ahead, 0, 1)
	return req
}

// poll takes a request from the queue, nil when there is none. One that must be
// alone is held for after this transaction.
func (w *writer) poll() *request {
	if w.held != nil {
		return nil
	}
	select {
	case req := <-w.s.queue:
		if req != nil && req.alone != nil {
			w.held, req = req, nil
		}
		return req
	default:
		return nil
	}
}

// run executes requests, and those that next finds, in one transaction.
func (w *writer) run(reqs []*request, next func() *request) *batch {
	w.batches++
	b := &batch{w: w, ctx: context.Background(), number: w.batches}
	wanted := w.wanted(reqs)
	if next != nil {
		wanted = w.wanted(slices.Concat(reqs, w.ahead))
	}
	b.cause = b.begin(wanted)
	for i := 0; ; i++ {
		if i < len(reqs) {
			b.take(reqs[i])
			continue
		}
		if next == nil || len(b.reqs) >= maxBatch || b.bytes >= maxBatchBytes || b.cause != nil {
			break
		}
		req := next()
		if req == nil {
			// Who is about to write gets to it now and shares the commit.
			runtime.Gosched()
			if req = next(); req == nil {
				break
			}
		}
		b.take(req)
	}
	b.end()
	w.bulky = b.bytes > 64<<10
	return b
}

// answer tells the readers of the log and then the callers what happened.
func (w *writer) answer(b *batch) {
	if b.cause != nil {
		err := w.s.db.explain(b.cause)
		for i, req := range b.reqs {
			// A function's own refusal stands; the rest share the database's.
			own := b.replies[i].err
			if own == nil || errors.Is(own, b.cause) {
				own = err
			}
			req.reply <- reply{err: own}
		}
		return
	}
	var sets []cairn.ChangeSet
	for _, r := range b.replies {
		if r.set.Seq != 0 {
			sets = append(sets, r.set)
		}
	}
	if len(sets) > 0 {
		w.s.db.committed(sets[len(sets)-1].Seq)
		if fn := w.s.onCommit.Load(); fn != nil {
			(*fn)(sets)
		}
	}
	for i, req := range b.reqs {
		req.reply <- b.replies[i]
	}
}

// now is the time of the next change set: it never goes backwards here, even
// when the clock does.
func (w *writer) now() time.Time {
	t := w.s.now().UTC().Truncate(time.Microsecond)
	if t.Before(w.last) {
		t = w.last
	}
	w.last = t
	return t
}
