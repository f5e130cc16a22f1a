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
)

// bareAnswer is about as long as Cairn's answer to an edit.
const bareAnswer = 1000

// bareProgram starts this program as the least server that could do what an edit
// asks for: a process of its own, net/http, the request read, one row written with
// SQLite's driver and synchronous=FULL, waiting requests sharing a commit, and an
// answer of a fixed text. Asked by the same client, it is what bounds the edits: a
// program that does anything besides is slower.
func bareProgram(ctx context.Context, dir string) (*program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(ctx, self, "bare", "--data", dir)
}

// isBare says whether this process is to be that server; start gives it the
// arguments of Cairn's own command.
func isBare(args []string) bool { return len(args) == 7 && args[0] == "serve" }

// serveBare serves until it is told to stop.
func serveBare(addr, dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	// The driver comes with the store.
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "many.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return err
	}
	defer db.Close() // nothing is left to lose
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS many (id INTEGER PRIMARY KEY, n INTEGER)"); err != nil {
		return err
	}
	waiting := make(chan chan error, 64)
	go group(db, waiting)
	answer := []byte(strings.Repeat("x", bareAnswer))
	server := &http.Server{Addr: addr, ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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

// group adds a row for each who waits, with one commit for all of them.
func group(db *sql.DB, waiting <-chan chan error) {
	for first := range waiting {
		all := []chan error{first}
		for len(waiting) > 0 {
			all = append(all, <-waiting)
		}
		tx, err := db.Begin()
		for range all {
			if err == nil {
				_, err = tx.Exec("INSERT INTO many (n) VALUES (1)")
			}
		}
		if err == nil {
			err = tx.Commit()
		}
		for _, done := range all {
			done <- err
		}
	}
}

// measureBare asks the bare server one by one and from several clients: the
// disk and the cores of a shared machine are not the same from minute to minute,
// so it is done beside each figure that it bounds.
func measureBare(ctx context.Context, fn func(ask func(i int) error) error) error {
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary folder
	p, err := bareProgram(ctx, dir)
	if err != nil {
		return fmt.Errorf("the bare server: %w", err)
	}
	err = fn(func(i int) error {
		_, err := p.do("PATCH", fmt.Sprintf("/ideas/%d", i), fmt.Sprintf(`{"values":{"f1":%d}}`, i))
		return err
	})
	return errors.Join(err, p.stop())
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
