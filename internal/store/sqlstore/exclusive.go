package sqlstore

import "context"

// exclusive runs fn in a transaction of its own on the writing connection, while
// all writers wait. If fn fails, nothing of it remains.
func (s *Store) exclusive(ctx context.Context, fn func(conn) error) error {
	req := &request{ctx: ctx, alone: fn, reply: make(chan reply, 1)}
	if err := s.enqueue(req); err != nil {
		return err
	}
	return (<-req.reply).err
}

// serveAlone runs a request of exclusive.
func (w *writer) serveAlone(req *request) {
	b := &batch{w: w, ctx: req.ctx}
	err := b.begin(nil)
	if err == nil {
		err = req.alone(b.conn)
	}
	if err == nil {
		err = b.conn.commit(b.ctx)
	}
	if err != nil {
		b.ctx = context.WithoutCancel(req.ctx)
		b.leave()
		if w.s.db.lost(err) {
			w.drop()
		}
		err = w.s.db.explain(err)
	}
	req.reply <- reply{err: err}
}
