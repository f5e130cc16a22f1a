// Package sqlstore implements the storage contract on SQLite and PostgreSQL
// with one SQL text.
//
// Start at Store. A write goes through writer.go and batch.go, its function works
// on tx.go, flush.go sends what it wrote. Reading is in read.go, scan.go and
// blob.go and blobshelf.go; archive.go, restore.go and check.go are for a store as a whole. What
// differs between the databases is behind the interfaces database and conn, in
// the files sqlite*.go and postgres*.go. Why it is so: docs/adr/0001 and 0002.
package sqlstore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/store"
)

// Store implements store.Store on one database.
type Store struct {
	db   database
	pool pool

	queue      chan *request
	writerDone chan struct{}
	now        func() time.Time
	eager      bool
	onCommit   atomic.Pointer[func([]cairn.ChangeSet)]

	// swept is when left over parts of blobs were looked for last, in
	// microseconds.
	swept atomic.Int64

	// shelf is where stored files go; nil is into the database. shelfFolder is
	// this database's place there, once it was asked for.
	shelf       store.Shelf
	shelfFolder atomic.Pointer[string]

	gate   sync.RWMutex // guards closed and sending on queue
	closed bool
}

var _ store.Store = (*Store)(nil)

// database is what differs between SQLite and PostgreSQL.
type database interface {
	// openWriter opens a connection for writing.
	openWriter(ctx context.Context) (conn, error)
	// turn is the statement that keeps other writers out of the transaction that
	// has begun, "" when its beginning does.
	turn() string
	// reach is how many entities a transaction may read with its beginning, 0
	// where that saves nothing.
	reach() int
	// lost reports whether an error means that the connection is gone.
	lost(err error) bool
	// mark returns the statement, if there is one, by which marked recognises a
	// batch that was committed although its connection was lost.
	mark(batch int64) (query, bool)
	// marked returns the number of the batch that this store committed last.
	marked(ctx context.Context, c conn) (int64, error)
	// explain turns a driver's error into one that a person can act on.
	explain(err error) error
	// committed hears how far each commit has moved the log.
	committed(seq int64)
	// lengthen uses a moment in which nobody waits to make later commits cheap;
	// done says that there is nothing left to do.
	lengthen(ctx context.Context, c conn) (done bool)
	// changed returns the channel of store.Store.Changed.
	changed() <-chan struct{}
	// tell and told are those of store.Store.
	tell(message string)
	told() <-chan string
	// integrity is the query by which the database checks itself, "" for none.
	integrity() string
	// close releases what the database holds beside connections.
	close() error
}

// start makes a store of an open database and begins to write.
func start(db database, p pool, opts Options) *Store {
	s := &Store{db: db, pool: p, shelf: opts.Shelf, queue: make(chan *request, 4*maxBatch), writerDone: make(chan struct{}), now: opts.Now, eager: opts.Eager}
	if s.now == nil {
		s.now = time.Now
	}
	go s.write()
	return s
}

// OnCommit implements store.Store.
func (s *Store) OnCommit(fn func([]cairn.ChangeSet)) { s.onCommit.Store(&fn) }

// Changed implements store.Store.
func (s *Store) Changed() <-chan struct{} { return s.db.changed() }

// Tell implements store.Store.
func (s *Store) Tell(message string) { s.db.tell(message) }

// Told implements store.Store.
func (s *Store) Told() <-chan string { return s.db.told() }

// Close finishes the writes that were accepted and closes all connections.
func (s *Store) Close() error {
	s.gate.Lock()
	if s.closed {
		s.gate.Unlock()
		return nil
	}
	s.closed = true
	close(s.queue)
	s.gate.Unlock()
	<-s.writerDone
	err := s.db.close()
	s.pool.close()
	return err
}

// read runs fn with a connection for reading and explains its errors. A lost
// connection is tried again: after a restart of the server all idle ones are.
// So fn may run again.
func (s *Store) read(ctx context.Context, fn func(conn) error) error {
	err := s.readOnce(ctx, fn)
	for n := 0; n < 2 && err != nil && s.db.lost(err) && ctx.Err() == nil; n++ {
		s.pool.refresh()
		err = s.readOnce(ctx, fn)
	}
	return s.explain(err)
}

// readOnce runs fn with a connection for reading.
func (s *Store) readOnce(ctx context.Context, fn func(conn) error) error {
	c, err := s.pool.get(ctx)
	if err != nil {
		return err
	}
	defer s.pool.put(c)
	return fn(c)
}

// readAll is read for what calls back and so must not run again.
func (s *Store) readAll(ctx context.Context, fn func(conn) error) error {
	return s.explain(s.readOnce(ctx, fn))
}

// explain leaves the caller's own errors alone and turns the database's into
// readable ones.
func (s *Store) explain(err error) error {
	if err == nil {
		return nil
	}
	var own passed
	if errors.As(err, &own) {
		return own.error
	}
	return s.db.explain(err)
}
