package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// bareAnswer is about as long as Cairn's answer to an edit.
const bareAnswer = 1000

// bareProgram starts this program as the least server that could do what an edit
// asks for: a process of its own, net/http, the request read, one row written
// durably with the driver that Cairn has for the database, waiting requests sharing
// a commit, and an answer of a fixed text. Asked by the same client, it is what
// bounds the edits: a program that does anything besides is slower.
func bareProgram(ctx context.Context, args []string) (*program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(ctx, self, "bare", args...)
}

// isBare says whether this process is to be that server; start gives it the
// arguments of Cairn's own command.
func isBare(args []string) bool { return len(args) == 7 && args[0] == "serve" }

// serveBare serves until it is told to stop. The arguments are those of isBare.
func serveBare(args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	open := bareSQLite
	if args[5] == "--db" {
		open = barePostgres
	}
	add, closing, err := open(ctx, args[6])
	if err != nil {
		return err
	}
	defer closing() // nothing is left to lose
	waiting := make(chan chan error, 64)
	go group(add, waiting)
	answer := []byte(strings.Repeat("x", bareAnswer))
	server := &http.Server{Addr: args[2], ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // the client left
		if r.Method == http.MethodPatch {
			done := make(chan error, 1)
			waiting <- done
			if <-done != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}
		w.Write(answer) // the client left
	})}
	go func() {
		<-ctx.Done()
		server.Close() // nobody asks any more
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// adder adds so many rows in one durable commit.
type adder func(rows int) error

const (
	manyTable = "CREATE TABLE IF NOT EXISTS many (id %s PRIMARY KEY, n INTEGER)"
	manyRow   = "INSERT INTO many (n) VALUES (1)"
)

// bareSQLite adds rows to a file in dir.
func bareSQLite(_ context.Context, dir string) (adder, func() error, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	// The driver comes with the store.
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "many.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec(fmt.Sprintf(manyTable, "INTEGER"))
	return func(rows int) error {
		tx, err := db.Begin()
		for range rows {
			if err == nil {
				_, err = tx.Exec(manyRow)
			}
		}
		if err == nil {
			err = tx.Commit()
		}
		return err
	}, db.Close, err
}

// barePostgres adds rows to a database: what is sent together is one transaction.
func barePostgres(ctx context.Context, url string) (adder, func() error, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, nil, err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf(manyTable, "bigserial"))
	return func(rows int) error {
		var batch pgx.Batch
		for range rows {
			batch.Queue(manyRow)
		}
		return conn.SendBatch(ctx, &batch).Close()
	}, func() error { return conn.Close(context.WithoutCancel(ctx)) }, err
}

// group adds a row for each who waits, with one commit for all of them.
func group(add adder, waiting <-chan chan error) {
	for first := range waiting {
		all := []chan error{first}
		for len(waiting) > 0 {
			all = append(all, <-waiting)
		}
		err := add(len(all))
		for _, done := range all {
			done <- err
		}
	}
}

// measureBare asks the bare server for the same database one by one or from several
// clients: the disk and the cores of a shared machine are not the same from minute
// to minute, so it is done beside each figure that it bounds.
func (m *measuring) measureBare(ctx context.Context, fn func(ask func(i int) error)) (err error) {
	args, end, err := m.bareArgs(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	p, err := bareProgram(ctx, args)
	if err != nil {
		return fmt.Errorf("the bare server: %w", err)
	}
	fn(func(i int) error {
		_, err := p.do("PATCH", fmt.Sprintf("/ideas/%d", i), fmt.Sprintf(`{"values":{"f1":%d}}`, i))
		return err
	})
	return p.stop()
}

// bareArgs are the arguments for a bare server on an empty database; end removes
// that.
func (m *measuring) bareArgs(ctx context.Context) (args []string, end func() error, err error) {
	if m.d.name == "SQLite" {
		dir, err := os.MkdirTemp("", "cairn-bench-*")
		return []string{"--data", dir}, func() error { return os.RemoveAll(dir) }, err
	}
	url, drop, err := freshDatabase(ctx, m.opts.pg, "cairn_bench_bare")
	return []string{"--db", url}, drop, err
}

// together asks from several clients at once and returns how many answers a
// second came, and how many were errors.
func together(clients, each int, ask func(i int) error) (perSecond float64, failed int64) {
	var wg sync.WaitGroup
	var wrong atomic.Int64
	began := time.Now()
	for c := range clients {
		wg.Go(func() {
			for i := range each {
				if ask(c*each+i) != nil {
					wrong.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return float64(clients*each) / time.Since(began).Seconds(), wrong.Load()
}
