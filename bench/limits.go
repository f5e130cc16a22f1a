package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn"
	"cairn/bench/gen"
)

// limits are what this machine can do at best. The figures stand beside them: no
// program that waits for the disk, say, is faster than the disk.
type limits struct {
	fsync, loopback time.Duration
	// commit is one row changed durably with SQLite's driver and nothing around
	// it, served the same behind a bare HTTP server.
	commit, served time.Duration
	// scan is bytes per second of all cores, encode of one.
	scan, encode float64
}

func (l limits) disk() string { return "fsync " + ms(l.fsync) }
func (l limits) http() string { return "loopback HTTP " + ms(l.loopback) }
func (l limits) json() string { return fmt.Sprintf("JSON %.0f MB/s", l.encode/1e6) }
func (l limits) memory() string {
	return fmt.Sprintf("memory scan %.0f GB/s", l.scan/1e9)
}

// measureLimits measures the machine. What it found is in the table and in the
// record too: figures of a busy machine are told from those of a quiet one.
func measureLimits(t *table) (l limits, err error) {
	if l.fsync, err = measureSync(); err != nil {
		return l, fmt.Errorf("measuring the disk: %w", err)
	}
	if l.loopback, err = measureLoopback(); err != nil {
		return l, fmt.Errorf("measuring HTTP: %w", err)
	}
	if l.commit, l.served, err = measureCommit(); err != nil {
		return l, fmt.Errorf("measuring a commit: %w", err)
	}
	l.scan = measureScan()
	if l.encode, err = measureEncoding(); err != nil {
		return l, fmt.Errorf("measuring JSON: %w", err)
	}
	for _, limit := range [][2]string{
		{"limit here: 4 kB appended and written through, median", l.disk()},
		{"limit here: an empty answer over HTTP, median", l.http()},
		{"limit here: one row changed with SQLite's driver, synchronous=FULL, median", ms(l.commit)},
		{"limit here: the same behind a bare HTTP server, median", ms(l.served)},
		{"limit here: all cores reading memory", l.memory()},
		{"limit here: encoding/json on one core", l.json()},
	} {
		t.add(line{Name: limit[0], Figure: limit[1]})
	}
	return l, nil
}

// load is how many processes wanted a core in the last minute, "" where the
// system does not say.
func load() string {
	raw, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(string(raw), " ")
	return first
}

// measureSync appends 4 kB to a file and waits until the disk has it, over and
// over: what a durable commit cannot be faster than.
func measureSync() (median time.Duration, err error) {
	f, err := os.CreateTemp("", "cairn-bench-*")
	if err != nil {
		return 0, err
	}
	defer os.Remove(f.Name()) // a temporary file
	defer f.Close()           // nothing is left to lose
	page := make([]byte, 4096)
	took, err := repeat(300, func(int) error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	})
	return at(took, 50), err
}

// measureCommit changes one row of a one-row table, over and over, first by calls
// and then by requests: the least that a durable edit costs here with this driver
// and net/http, before Cairn does anything.
func measureCommit() (commit, served time.Duration, err error) {
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir) // a temporary folder
	// The driver comes with the store.
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "one.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return 0, 0, err
	}
	defer db.Close() // nothing is left to lose
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE one (n INTEGER); INSERT INTO one VALUES (0)"); err != nil {
		return 0, 0, err
	}
	change, err := db.Prepare("UPDATE one SET n = n + 1")
	if err != nil {
		return 0, 0, err
	}
	called, err := repeat(500, func(int) error { _, err := change.Exec(); return err })
	if err != nil {
		return 0, 0, err
	}
	asked, err := askServer(500, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if _, err := change.Exec(); err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	return at(called, 50), at(asked, 50), err
}

// measureLoopback asks a server in this process for nothing.
func measureLoopback() (median time.Duration, err error) {
	took, err := askServer(2000, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	return at(took, 50), err
}

// askServer serves a handler in this process and asks it n times.
func askServer(n int, handler http.Handler) (took []time.Duration, err error) {
	err = serving(handler, func(ask func() error) error {
		took, err = repeat(n, func(int) error { return ask() })
		return err
	})
	return took, err
}

// serving serves a handler in this process while fn asks it.
func serving(handler http.Handler, fn func(ask func() error) error) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	err = fn(func() error {
		res, err := client.Get("http://" + listener.Addr().String())
		if err != nil {
			return err
		}
		if res.StatusCode != http.StatusOK {
			err = fmt.Errorf("the answer was %s", res.Status)
		}
		_, read := io.Copy(io.Discard, res.Body)
		return errors.Join(err, read, res.Body.Close())
	})
	client.CloseIdleConnections()
	err = errors.Join(err, server.Shutdown(context.Background()))
	<-served
	return err
}

// measureScan looks through a quarter of a gigabyte with all cores for a byte that
// is not there.
func measureScan() (bytesPerSecond float64) {
	memory := make([]byte, 256<<20)
	for i := range memory {
		memory[i] = 1 // so that every page is there
	}
	part := len(memory) / runtime.NumCPU()
	best := time.Duration(1 << 62)
	for range 5 {
		start := time.Now()
		var wg sync.WaitGroup
		for piece := range slices.Chunk(memory, part) {
			wg.Go(func() { _ = bytes.IndexByte(piece, 0) })
		}
		wg.Wait()
		best = min(best, time.Since(start))
	}
	return float64(len(memory)) / best.Seconds()
}

// measureEncoding writes ideas as JSON with the standard library.
func measureEncoding() (bytesPerSecond float64, err error) {
	var ideas []cairn.Idea
	for idea := range gen.New(gen.Config{Seed: 1, Ideas: 1000, Project: 1, FirstID: 10}).Ideas() {
		ideas = append(ideas, idea)
	}
	var raw []byte
	took, err := repeat(20, func(int) error { raw, err = json.Marshal(ideas); return err })
	return float64(len(raw)) / at(took, 50).Seconds(), err
}
