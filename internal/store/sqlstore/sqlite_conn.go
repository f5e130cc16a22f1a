package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"sync"

	"modernc.org/sqlite"
)

// sqliteConn is a connection of the SQLite driver without database/sql above
// it: the store keeps its own statements and gives each connection to one
// goroutine, so the pool's locks and copies would only cost.
type sqliteConn struct {
	raw   driver.Conn
	stmts map[string]driver.Stmt
	args  []driver.NamedValue
	inTx  bool
}

// openSQLiteConn opens a file and runs the statements that set it up.
func openSQLiteConn(name string, setup []string) (*sqliteConn, error) {
	raw, err := (&sqlite.Driver{}).Open(name)
	if err != nil {
		return nil, err
	}
	c := &sqliteConn{raw: raw, stmts: make(map[string]driver.Stmt)}
	for _, s := range setup {
		if err := c.run(s); err != nil {
			return nil, errors.Join(err, c.close())
		}
	}
	return c, nil
}

// run executes a statement that is not worth keeping.
func (c *sqliteConn) run(text string) error {
	st, err := c.raw.Prepare(text)
	if err != nil {
		return err
	}
	_, err = st.(driver.StmtExecContext).ExecContext(context.Background(), nil)
	return errors.Join(err, st.Close())
}

func (c *sqliteConn) stmt(text string) (driver.Stmt, error) {
	if st := c.stmts[text]; st != nil {
		return st, nil
	}
	st, err := c.raw.Prepare(text)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", text, err)
	}
	c.stmts[text] = st
	return st, nil
}

// bind puts the arguments into the connection's own slice.
func (c *sqliteConn) bind(args []any) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}

func (c *sqliteConn) exec(_ context.Context, text string, args ...any) error {
	st, err := c.stmt(text)
	if err != nil {
		return err
	}
	// The driver interrupts a statement whose context ends, at the price of a
	// goroutine per call. Single statements are too short for that; loops over
	// many look at the context themselves.
	_, err = st.(driver.StmtExecContext).ExecContext(context.Background(), c.bind(args))
	return err
}

func (c *sqliteConn) query(ctx context.Context, text string, args ...any) (rows, error) {
	st, err := c.stmt(text)
	if err != nil {
		return nil, err
	}
	r, err := st.(driver.StmtQueryContext).QueryContext(context.Background(), c.bind(args))
	if err != nil {
		return nil, err
	}
	return &sqliteRows{ctx: ctx, raw: r, vals: make([]driver.Value, len(r.Columns()))}, nil
}

func (c *sqliteConn) begin(ctx context.Context, m mode) error {
	text := "BEGIN"
	if m == modeWrite {
		text = "BEGIN IMMEDIATE"
	}
	if err := c.exec(ctx, text); err != nil {
		return err
	}
	c.inTx = true
	return nil
}

func (c *sqliteConn) flush(context.Context) error { return nil }

func (c *sqliteConn) commit(ctx context.Context) error {
	if err := c.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	c.inTx = false
	return nil
}

func (c *sqliteConn) rollback(ctx context.Context) {
	if !c.inTx {
		return
	}
	// After some failures SQLite has rolled back already and says so here.
	_ = c.exec(ctx, "ROLLBACK")
	c.inTx = false
}

func (c *sqliteConn) close() error {
	var errs []error
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	return errors.Join(append(errs, c.raw.Close())...)
}

type sqliteRows struct {
	ctx  context.Context
	raw  driver.Rows
	vals []driver.Value
	n    int
	err  error
}

func (r *sqliteRows) next() bool {
	if r.err != nil {
		return false
	}
	if r.n++; r.n&63 == 0 {
		if r.err = r.ctx.Err(); r.err != nil {
			return false
		}
	}
	err := r.raw.Next(r.vals)
	if err != nil && !errors.Is(err, io.EOF) {
		r.err = err
	}
	return err == nil
}

func (r *sqliteRows) scan(dest ...any) error {
	if len(dest) != len(r.vals) {
		return r.fail(fmt.Errorf("%d columns for %d destinations", len(r.vals), len(dest)))
	}
	for i, d := range dest {
		ok := false
		switch d := d.(type) {
		case *int64:
			*d, ok = r.vals[i].(int64)
		case *string:
			*d, ok = r.vals[i].(string)
		case *[]byte:
			switch v := r.vals[i].(type) {
			case []byte:
				*d, ok = v, true
			case string:
				*d, ok = []byte(v), true
			}
		}
		if !ok {
			return r.fail(fmt.Errorf("column %d: a %T does not fit into a %T", i+1, r.vals[i], d))
		}
	}
	return nil
}

func (r *sqliteRows) fail(err error) error {
	if r.err == nil {
		r.err = err
	}
	return r.err
}

func (r *sqliteRows) close() error {
	err := r.raw.Close()
	if r.err == nil {
		r.err = err
	}
	return r.err
}

// sqlitePool keeps idle reading connections and opens more when all are busy:
// a reader never waits for another one.
type sqlitePool struct {
	open func() (*sqliteConn, error)
	keep int

	mu     sync.Mutex
	idle   []conn
	closed bool
}

func (p *sqlitePool) get(ctx context.Context) (conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, errClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	p.mu.Unlock()
	return p.open()
}

func (p *sqlitePool) put(c conn) {
	p.mu.Lock()
	keep := !p.closed && len(p.idle) < p.keep
	if keep {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		_ = c.close()
	}
}

func (p *sqlitePool) refresh() {
	p.mu.Lock()
	idle := p.idle
	p.idle = nil
	p.mu.Unlock()
	for _, c := range idle {
		_ = c.close()
	}
}

func (p *sqlitePool) close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.refresh()
}
