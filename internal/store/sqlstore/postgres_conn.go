package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// pgConn is a connection of PostgreSQL that collects statements and sends them
// together, so that a transaction costs few round trips.
type pgConn struct {
	raw     *pgx.Conn
	texts   *rebinder
	waiting pgx.Batch
	// release gives the connection back to its pool; nil when it has none.
	release func()
}

func (c *pgConn) begin(ctx context.Context, m mode) error {
	if m == modeWrite {
		return c.exec(ctx, "BEGIN")
	}
	return c.exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
}

func (c *pgConn) exec(_ context.Context, text string, args ...any) error {
	c.waiting.Queue(c.texts.bind(text), args...)
	return nil
}

func (c *pgConn) query(ctx context.Context, text string, args ...any) (rows, error) {
	text = c.texts.bind(text)
	if c.waiting.Len() == 0 {
		r, err := c.raw.Query(ctx, text, args...)
		if err != nil {
			return nil, err
		}
		return &pgRows{raw: r}, nil
	}
	c.waiting.Queue(text, args...)
	results, n := c.send(ctx)
	for range n - 1 {
		if _, err := results.Exec(); err != nil {
			return nil, errors.Join(err, results.Close())
		}
	}
	r, err := results.Query()
	if err != nil {
		return nil, errors.Join(err, results.Close())
	}
	return &pgRows{raw: r, batch: results}, nil
}

// send sends what waits and returns its results and how many they are.
func (c *pgConn) send(ctx context.Context) (pgx.BatchResults, int) {
	batch := c.waiting
	c.waiting = pgx.Batch{}
	return c.raw.SendBatch(ctx, &batch), batch.Len()
}

func (c *pgConn) flush(ctx context.Context) error {
	if c.waiting.Len() == 0 {
		return nil
	}
	results, n := c.send(ctx)
	for range n {
		if _, err := results.Exec(); err != nil {
			return errors.Join(err, results.Close())
		}
	}
	return results.Close()
}

func (c *pgConn) commit(ctx context.Context) error {
	c.waiting.Queue("COMMIT")
	results, n := c.send(ctx)
	for i := range n {
		tag, err := results.Exec()
		if err != nil {
			return errors.Join(err, results.Close())
		}
		// A transaction in which something failed before answers a COMMIT with
		// a ROLLBACK and no error.
		if i == n-1 && tag.String() != "COMMIT" {
			return errors.Join(fmt.Errorf("the commit was answered with %s", tag), results.Close())
		}
	}
	return results.Close()
}

func (c *pgConn) rollback(ctx context.Context) {
	c.waiting = pgx.Batch{}
	if c.raw.IsClosed() || c.raw.PgConn().TxStatus() == 'I' {
		return
	}
	if _, err := c.raw.Exec(ctx, "ROLLBACK"); err != nil {
		_ = c.raw.Close(ctx) // the server ends the transaction with the connection
	}
}

func (c *pgConn) close() error {
	if c.release != nil {
		c.release()
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), pgPatience)
	defer cancel()
	return c.raw.Close(ctx)
}

// pgRows is the result of a query, the last one of a batch if there is one.
type pgRows struct {
	raw   pgx.Rows
	batch pgx.BatchResults
	err   error
}

func (r *pgRows) next() bool { return r.err == nil && r.raw.Next() }

func (r *pgRows) scan(dest ...any) error {
	if err := r.raw.Scan(dest...); err != nil && r.err == nil {
		r.err = err
	}
	return r.err
}

func (r *pgRows) close() error {
	r.raw.Close()
	if r.err == nil {
		r.err = r.raw.Err()
	}
	if r.batch != nil {
		if err := r.batch.Close(); r.err == nil {
			r.err = err
		}
	}
	return r.err
}

// rebinder turns the ? of statements into $1, $2 …, each text once.
type rebinder struct{ texts sync.Map }

func (b *rebinder) bind(text string) string {
	if s, ok := b.texts.Load(text); ok {
		return s.(string)
	}
	var out strings.Builder
	n := 0
	for _, c := range text {
		if c != '?' {
			out.WriteRune(c)
			continue
		}
		n++
		out.WriteString("$" + strconv.Itoa(n))
	}
	b.texts.Store(text, out.String())
	return out.String()
}

// pgPool hands out connections of a pgxpool.
type pgPool struct {
	raw   *pgxpool.Pool
	texts *rebinder
}

func (p *pgPool) get(ctx context.Context) (conn, error) {
	c, err := p.raw.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	return &pgConn{raw: c.Conn(), texts: p.texts, release: c.Release}, nil
}

func (p *pgPool) put(c conn) { _ = c.close() }
func (p *pgPool) refresh()   { p.raw.Reset() }
func (p *pgPool) close()     { p.raw.Close() }
