package sqlstore

import "context"

// conn is one database connection, used by one goroutine at a time. Statements
// are written with ? and kept prepared. Arguments are int64, string or []byte.
type conn interface {
	// begin starts a transaction in one of the modes below.
	begin(ctx context.Context, m mode) error
	// exec runs a statement. It may wait for the next query, flush or commit to
	// be sent together with it; its error then shows there.
	exec(ctx context.Context, sql string, args ...any) error
	// query sends what waits, runs a statement and returns its rows. The rows
	// must be closed before the connection is used again.
	query(ctx context.Context, sql string, args ...any) (rows, error)
	// flush sends what waits.
	flush(ctx context.Context) error
	// commit sends what waits and ends the transaction. A lostError says that
	// the outcome is unknown.
	commit(ctx context.Context) error
	// rollback ends the transaction; it does nothing when there is none.
	rollback(ctx context.Context)
	close() error
}

// mode is how a transaction sees and locks the database.
type mode int

const (
	// modeWrite takes its turn among all writers of all processes.
	modeWrite mode = iota
	// modeRead sees one moment and cannot write.
	modeRead
)

// rows is the result of a query.
type rows interface {
	// next moves to the next row; false at the end or after an error.
	next() bool
	// scan copies the row's columns to *int64, *string or *[]byte.
	scan(dest ...any) error
	// close ends the result and returns the first error of all calls.
	close() error
}

// pool hands out connections for reading.
type pool interface {
	get(ctx context.Context) (conn, error)
	put(c conn)
	// refresh gives up the idle connections.
	refresh()
	close()
}

// queryRow reads the first row of a query into dest; ok is false when there is
// none.
func queryRow(ctx context.Context, c conn, q query, dest ...any) (ok bool, err error) {
	r, err := c.query(ctx, q.sql, q.args...)
	if err != nil {
		return false, err
	}
	if r.next() {
		ok = true
		if err := r.scan(dest...); err != nil {
			_ = r.close()
			return false, err
		}
	}
	return ok, r.close()
}

// each calls fn with every row of a query; fn scans it. An error of fn ends the
// query and comes back.
func each(ctx context.Context, c conn, q query, fn func(rows) error) error {
	r, err := c.query(ctx, q.sql, q.args...)
	if err != nil {
		return err
	}
	for r.next() {
		if err := fn(r); err != nil {
			_ = r.close()
			return err
		}
	}
	return r.close()
}

// query is a statement with its arguments.
type query struct {
	sql  string
	args []any
}

// sql makes a query.
func sql(text string, args ...any) query { return query{text, args} }
