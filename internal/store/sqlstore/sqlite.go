package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"cairn"
	"cairn/internal/store"
)

// FileName is the name of the database file in its directory.
const FileName = "cairn.db"

// watchEvery is how often the file is looked at for the commits of other
// processes.
const watchEvery = 250 * time.Millisecond

// Options tune a store. The zero value is right for a server.
type Options struct {
	// Readers is how many idle reading connections are kept; 0 is by the number
	// of cores.
	Readers int
	// Shelf is where stored files go from now on; nil is into the database. What
	// is stored elsewhere is read from there.
	Shelf store.Shelf
	// Now is the clock of change sets, nil for the machine's. What is written
	// through one store never goes back in time, whatever the clock says.
	Now func() time.Time
	// Eager stores get ready for writes before the first one comes, as a server's
	// should and a command's that only reads need not.
	Eager bool
}

// OpenSQLite opens the database file cairn.db in dir and brings it up to date.
// It makes the directory, for its owner only, and the file when they are
// missing. Several processes may open one directory; LockServer keeps a second
// server out.
func OpenSQLite(ctx context.Context, dir string, opts Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, dirError(dir, err)
	}
	db := &sqliteDB{file: filepath.Join(dir, FileName)}
	if err := db.writable(); err != nil {
		return nil, err
	}
	first, err := migrateSQLite(ctx, db)
	if err != nil {
		return nil, db.explain(errors.Join(err, db.closeOpened()))
	}
	keep := opts.Readers
	if keep == 0 {
		keep = max(4, runtime.GOMAXPROCS(0))
	}
	p := &sqlitePool{open: db.openReader, keep: keep, idle: []conn{first}}
	return start(db, p, opts), nil
}

// dirError says why a data directory cannot be used.
func dirError(dir string, err error) error {
	e := cairn.Errorf(cairn.CodeInternal, "The data directory %s cannot be used: %v", dir, plainCause(err))
	if errors.Is(err, fs.ErrPermission) {
		e.Message = fmt.Sprintf("Cairn may not write to the data directory %s; give its user the right to, or choose another directory", dir)
	}
	e.Cause = err
	return e
}

// plainCause is the system's reason without the path, which the message names.
func plainCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// sqliteDB is the database interface on one file.
type sqliteDB struct {
	file string
	own  atomic.Int64
	// opened is a connection for writing that nobody has taken yet.
	opened atomic.Pointer[sqliteConn]

	watch   sync.Once
	signals chan struct{}
	stop    chan struct{}
	stopped chan struct{}
}

// writable creates the file for its owner only, and checks that it can be
// written, since SQLite's own message about that names neither file nor reason.
func (db *sqliteDB) writable() error {
	f, err := os.OpenFile(db.file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		if errors.Is(err, fs.ErrPermission) {
			return &cairn.Error{Code: cairn.CodeInternal, Cause: err, Message: fmt.Sprintf(
				"Cairn may not write to the database file %s; give its user the right to, or choose another data directory", db.file)}
		}
		return dirError(filepath.Dir(db.file), err)
	}
	return f.Close()
}

// sqliteName is the driver's name of a file; a path may hold ? and %.
func sqliteName(file string) string {
	return "file:" + (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath()
}

const sqliteBusy = "PRAGMA busy_timeout = 10000"

func (db *sqliteDB) openWriter(context.Context) (conn, error) {
	if c := db.opened.Swap(nil); c != nil {
		return c, nil
	}
	return openSQLiteConn(sqliteName(db.file), []string{
		sqliteBusy, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON",
		"PRAGMA cache_size = -16384", fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", checkpointPages), "PRAGMA journal_size_limit = 33554432",
	})
}

func (db *sqliteDB) openReader() (*sqliteConn, error) {
	return openSQLiteConn(sqliteName(db.file), []string{sqliteBusy, "PRAGMA query_only = ON"})
}

func (db *sqliteDB) reach() int               { return 0 }
func (db *sqliteDB) turn() string             { return "" } // BEGIN IMMEDIATE took it
func (db *sqliteDB) integrity() string        { return "PRAGMA integrity_check(100)" }
func (db *sqliteDB) lost(error) bool          { return false }
func (db *sqliteDB) mark(int64) (query, bool) { return query{}, false }

func (db *sqliteDB) marked(context.Context, conn) (int64, error) { return 0, nil }

func (db *sqliteDB) committed(seq int64) { db.own.Store(seq) }
func (db *sqliteDB) lastOwn() int64      { return db.own.Load() }

func (db *sqliteDB) close() error {
	db.watch.Do(func() {}) // from here on nobody begins to watch
	if db.stop != nil {
		close(db.stop)
		<-db.stopped
	}
	return db.closeOpened()
}

// closeOpened closes the connection that nobody has taken.
func (db *sqliteDB) closeOpened() error {
	if c := db.opened.Swap(nil); c != nil {
		return c.close()
	}
	return nil
}

// explain names the file and what to do about it.
func (db *sqliteDB) explain(err error) error {
	var known *cairn.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var driver *sqlite.Error
	if !errors.As(err, &driver) {
		return &cairn.Error{Code: cairn.CodeInternal, Cause: err, Message: fmt.Sprintf("The database file %s failed: %v", db.file, err)}
	}
	code, text := cairn.CodeInternal, "The database file %s failed. Run `cairn check` on it; the server's log has the details"
	switch driver.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		code = cairn.CodeNoSpace
		text = "The disk that holds %s is full, so nothing was saved. Free some space; Cairn then goes on by itself"
	case sqlite3.SQLITE_READONLY:
		text = "The database file %s is read-only, so nothing was saved. Give Cairn's user the right to write it and its directory"
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		text = "The database file %s cannot be opened. See that it and its directory exist and belong to Cairn's user"
	case sqlite3.SQLITE_CORRUPT:
		text = "The database file %s is damaged. Restore a backup; keep the damaged file for a look at what it still holds"
	case sqlite3.SQLITE_NOTADB:
		text = "The file %s is not a database of Cairn. Choose another data directory, or put a backup in its place"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		text = "Another program has been writing to %s for more than ten seconds, so nothing was saved. Try again when it is done"
	case sqlite3.SQLITE_IOERR:
		text = "The disk that holds %s reported an error, so it is not known whether everything was saved. Look at the system's log"
	}
	return &cairn.Error{Code: code, Cause: err, Message: strings.TrimSuffix(fmt.Sprintf(text, db.file), ".")}
}
