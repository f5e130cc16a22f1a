package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"

	"cairn"
	"cairn/internal/store"
)

// batch is one transaction of the database that holds those of many callers.
type batch struct {
	w       *writer
	ctx     context.Context
	conn    conn
	seq     int64
	numbers map[cairn.ID]int64
	// nextID is the next free id, firstID what it was at the beginning.
	nextID, firstID cairn.ID

	// known are records as they were at the beginning, without those written since.
	known map[cairn.ID]record

	// number tells the batches of this store apart.
	number int64
	// sent says that the commit was sent, so that without an answer its outcome
	// is unknown.
	sent bool

	reqs    []*request
	replies []reply
	bytes   int
	wrote   bool
	// cause is the first error of the database; after it nothing can commit.
	cause error
}

// broken notes an error of the database, so that the batch cannot commit even
// when a function passes over it, and returns it.
func (b *batch) broken(err error) error {
	if b.cause == nil {
		b.cause = err
	}
	return err
}

// begin takes the turn and reads where the log stands, and with it the entities
// that are wanted.
func (b *batch) begin(wanted []int64) error {
	if b.w.conn == nil {
		c, err := b.w.s.db.openWriter(b.ctx)
		if err != nil {
			return err
		}
		b.w.conn = c
	}
	b.conn = b.w.conn
	if err := b.conn.begin(b.ctx, modeWrite); err != nil {
		return err
	}
	if lock := b.w.s.db.turn(); lock != "" {
		if err := b.conn.exec(b.ctx, lock); err != nil {
			return err
		}
	}
	var nextID int64
	var err error
	ok := false
	if len(wanted) == 0 {
		ok, err = queryRow(b.ctx, b.conn, sql(sqlMeta), &b.seq, &nextID)
	} else {
		ok, err = b.beginWith(wanted, &nextID)
	}
	if err == nil && !ok {
		err = errors.New("the table meta is empty")
	}
	b.nextID, b.firstID = cairn.ID(nextID), cairn.ID(nextID)
	return err
}

// beginWith reads where the log stands and the entities that are wanted.
func (b *batch) beginWith(wanted []int64, nextID *int64) (ok bool, err error) {
	b.known = make(map[cairn.ID]record, len(wanted))
	err = each(b.ctx, b.conn, metaWith(wanted), func(r rows) error {
		rec, err := scanRecord(r, true, &b.seq, nextID)
		if err != nil {
			return err
		}
		if ok = true; rec.id != 0 {
			b.known[rec.id] = *rec
		}
		return nil
	})
	return ok, err
}

// take runs one request's function, if it is still wanted.
func (b *batch) take(req *request) {
	if !req.state.CompareAndSwap(waiting, running) && req.state.Load() == dropped {
		return // its caller has left; one that runs again is running already
	}
	b.reqs = append(b.reqs, req)
	if b.cause != nil {
		b.replies = append(b.replies, reply{})
		return
	}
	if err := req.ctx.Err(); err != nil {
		b.replies = append(b.replies, reply{err: err})
		return
	}
	t := &tx{
		b: b, ctx: req.ctx, meta: req.meta, seq: b.seq + 1, now: b.w.now(), nextID: b.nextID,
		recs: make(map[cairn.ID]*record),
	}
	err := t.call(req.fn)
	if err == nil {
		err = t.check()
	}
	if err == nil && b.cause == nil {
		err = b.merge(t)
	}
	r := reply{err: err}
	if err == nil {
		r.set, r.unshelved = t.set(), t.unshelved
	}
	b.replies = append(b.replies, r)
}

// call runs a function and turns its panic into an error of its own.
func (t *tx) call(fn func(store.Tx) error) (err error) {
	defer func() {
		t.over = true
		if p := recover(); p != nil {
			err = &cairn.Error{
				Code:    cairn.CodeInternal,
				Message: "Something went wrong inside Cairn, and nothing was saved. The server's log has the details",
				Cause:   fmt.Errorf("panic in a write: %v\n%s", p, debug.Stack()),
			}
		}
	}()
	return fn(t)
}

// merge sends a succeeded function's writes and moves the batch on.
func (b *batch) merge(t *tx) error {
	if err := t.flush(); err != nil {
		return b.broken(err)
	}
	if len(t.changes) > 0 {
		b.seq = t.seq
	}
	for _, r := range t.touched {
		delete(b.known, r.id)
	}
	if b.numbers == nil {
		b.numbers = t.numbers
	}
	maps.Copy(b.numbers, t.numbers)
	if t.nextID != b.nextID || len(t.changes)+len(t.ops)+len(t.numbers) > 0 {
		b.wrote = true
	}
	b.nextID = t.nextID
	b.bytes += t.size
	return nil
}

// end commits, or goes back when nothing was written or something broke.
func (b *batch) end() {
	if b.cause == nil && b.wrote {
		b.cause = b.commit()
	}
	if b.cause != nil || !b.wrote {
		b.leave()
	}
}

func (b *batch) commit() error {
	if b.nextID != b.firstID {
		if err := b.conn.exec(b.ctx, sqlNextID, int64(b.nextID)); err != nil {
			return err
		}
	}
	if q, ok := b.w.s.db.mark(b.number); ok {
		if err := b.conn.exec(b.ctx, q.sql, q.args...); err != nil {
			return err
		}
	}
	b.sent = true
	return b.conn.commit(b.ctx)
}

// leave ends the transaction without a trace.
func (b *batch) leave() {
	if b.conn != nil {
		b.conn.rollback(b.ctx)
	}
}
