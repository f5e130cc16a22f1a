package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

func openDir(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := OpenSQLite(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// add creates n ideas with a text of so many bytes.
func add(s store.Store, n, size int) error {
	_, err := s.Write(context.Background(), store.Meta{Project: 1}, func(tx store.Tx) error {
		for range n {
			if _, err := tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 1, Text: strings.Repeat("x", size)}); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// onWriter runs a statement on the writing connection.
func onWriter(t testing.TB, s *Store, text string) {
	t.Helper()
	_, err := s.Write(t.Context(), store.Meta{}, func(st store.Tx) error {
		c := st.(*tx).b.conn.(*sqliteConn)
		r, err := c.query(t.Context(), text)
		if err != nil {
			return err
		}
		for r.next() { // a pragma takes effect when it has run to its end
		}
		return r.close()
	})
	if err != nil {
		t.Fatal(err)
	}
}

// wantMessage checks that an error is one for people, and says these things.
func wantMessage(t testing.TB, err error, words ...string) {
	t.Helper()
	e, ok := errors.AsType[*cairn.Error](err)
	if !ok {
		t.Fatalf("the error %v is not one for people", err)
	}
	for _, w := range words {
		if !strings.Contains(e.Message, w) {
			t.Errorf("the message %q does not speak of %q", e.Message, w)
		}
	}
}

// TestFull: on a full disk a write fails with a clear message, leaves nothing,
// reading goes on, and so does writing once there is space.
func TestFull(t *testing.T) {
	dir := t.TempDir()
	s := openDir(t, dir)
	if err := add(s, 1, 10); err != nil {
		t.Fatal(err)
	}
	onWriter(t, s, "PRAGMA max_page_count = 60")
	var full error
	done := 1
	for full == nil && done < 1000 {
		if full = add(s, 1, 20_000); full == nil {
			done++
		}
	}
	wantMessage(t, full, filepath.Join(dir, FileName), "is full", "nothing was saved")
	n := 0
	seq, err := s.Scan(t.Context(), store.Query{Text: true}, func(cairn.Entity) error { n++; return nil })
	if err != nil || n != done || seq != int64(done) {
		t.Errorf("with a full disk there are %d entities at %d, want %d; %v", n, seq, done, err)
	}
	onWriter(t, s, "PRAGMA max_page_count = 100000")
	if err := add(s, 1, 20_000); err != nil {
		t.Errorf("with space again: %v", err)
	}
	if seq, _ := s.Seq(t.Context()); seq != int64(done)+1 {
		t.Errorf("the store stands at %d, want %d", seq, done+1)
	}
}

// TestFullBatch: of several writers that share a commit, those that fit are
// saved although another one fills the disk.
func TestFullBatch(t *testing.T) {
	s := openDir(t, t.TempDir())
	onWriter(t, s, "PRAGMA max_page_count = 200")
	began, release := make(chan struct{}), make(chan struct{})
	begin := sync.OnceFunc(func() { close(began) }) // the function runs again after the failure
	blocker := make(chan error, 1)
	go func() {
		_, err := s.Write(context.Background(), store.Meta{}, func(store.Tx) error {
			begin()
			<-release
			return nil
		})
		blocker <- err
	}()
	<-began
	errs := make(chan error, 5)
	for i := range 5 {
		size := 10
		if i == 2 {
			size = 5_000_000
		}
		go func() { errs <- add(s, 1, size) }()
	}
	for len(s.queue) < 5 { // until all wait for the same commit
		runtime.Gosched()
	}
	close(release)
	failed := 0
	for range 5 {
		if err := <-errs; err != nil {
			failed++
			wantMessage(t, err, "is full")
		}
	}
	if err := <-blocker; err != nil {
		t.Error(err)
	}
	if seq, err := s.Seq(t.Context()); failed != 1 || seq != 4 || err != nil {
		t.Errorf("%d writes failed and %d succeeded, want 1 and 4; %v", failed, seq, err)
	}
}

// TestReadOnly: a database that cannot be written says so and can be read.
func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	s := openDir(t, dir)
	if err := add(s, 1, 10); err != nil {
		t.Fatal(err)
	}
	onWriter(t, s, "PRAGMA query_only = ON")
	wantMessage(t, add(s, 1, 10), FileName, "read-only", "nothing was saved")
	if _, err := s.Entity(t.Context(), 1); err != nil {
		t.Error(err)
	}
}

// TestBusy: when another program keeps the file locked, a write gives up in the
// end and says why.
func TestBusy(t *testing.T) {
	s := openDir(t, t.TempDir())
	onWriter(t, s, "PRAGMA busy_timeout = 1")
	other, err := s.db.(*sqliteDB).openWriter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.close()
	if err := other.begin(t.Context(), modeWrite); err != nil {
		t.Fatal(err)
	}
	wantMessage(t, add(s, 1, 10), "Another program", FileName)
	other.rollback(t.Context())
	if err := add(s, 1, 10); err != nil {
		t.Error(err)
	}
}

// TestDamaged: files that are no database, or a broken one, are named.
func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, FileName)
	if err := os.WriteFile(file, []byte(strings.Repeat("This is a letter, not a database.\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenSQLite(t.Context(), dir, Options{})
	wantMessage(t, err, file, "not a database of Cairn")

	dir = t.TempDir()
	file = filepath.Join(dir, FileName)
	s := openDir(t, dir)
	if err := add(s, 300, 2000); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 20 * 4096; i < len(raw); i += 4096 {
		copy(raw[i:], "not a page of a table at all")
	}
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = openDir(t, dir).Scan(t.Context(), store.Query{Text: true}, func(cairn.Entity) error { return nil })
	wantMessage(t, err, file, "damaged", "backup")
}

// TestNewer: a database of a newer version is left alone.
func TestNewer(t *testing.T) {
	dir := t.TempDir()
	s := openDir(t, dir)
	onWriter(t, s, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")
	// The statement was one of a write without changes: it was rolled back.
	if err := s.beside(t.Context(), sql("INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)")); err != nil {
		t.Fatal(err)
	}
	_, err := OpenSQLite(t.Context(), dir, Options{})
	wantMessage(t, err, dir, "newer version of Cairn", "999", fmt.Sprint(newest))
}

// TestDirectory: the directory and the file are for their owner only, and what
// cannot be a data directory is named.
func TestDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a b", "100%?#&")
	s := openDir(t, dir)
	if err := add(s, 1, 10); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, FileName): 0o600, filepath.Join(dir, FileName+"-wal"): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenSQLite(t.Context(), file, Options{})
	wantMessage(t, err, file)
	if err := os.Mkdir(filepath.Join(dir, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "x", FileName), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err = OpenSQLite(t.Context(), filepath.Join(dir, "x"), Options{})
	wantMessage(t, err, filepath.Join(dir, "x"))
}

// TestLockServer: one server per directory; others hear which one it is.
func TestLockServer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if pid, ok := ServerPID(dir); ok {
		t.Errorf("process %d serves a directory that is not there", pid)
	}
	first, err := LockServer(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = LockServer(dir)
	wantMessage(t, err, dir, fmt.Sprint("process ", os.Getpid()))
	if cairn.CodeOf(err) != cairn.CodeConflict {
		t.Errorf("the code is %s", cairn.CodeOf(err))
	}
	if pid, ok := ServerPID(dir); pid != os.Getpid() || !ok {
		t.Errorf("process %d serves, %v", pid, ok)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if pid, ok := ServerPID(dir); ok {
		t.Errorf("process %d still serves", pid)
	}
	second, err := LockServer(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

// TestReadersGrow: scans inside scans find a connection each.
func TestReadersGrow(t *testing.T) {
	s := openDir(t, t.TempDir())
	if err := add(s, 3, 10); err != nil {
		t.Fatal(err)
	}
	deep := 0
	var scan func(left int) error
	scan = func(left int) error {
		if left == 0 {
			return nil
		}
		_, err := s.Scan(t.Context(), store.Query{Limit: 1}, func(cairn.Entity) error { deep++; return scan(left - 1) })
		return err
	}
	if err := scan(30); err != nil || deep != 30 {
		t.Errorf("%d scans, %v", deep, err)
	}
}

// TestOpenTogether: processes that start together on an empty directory all come
// up.
func TestOpenTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := OpenSQLite(context.Background(), dir, Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if err := add(s, 1, 10); err != nil {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if seq, err := openDir(t, dir).Seq(t.Context()); seq != 6 || err != nil {
		t.Errorf("the store stands at %d, %v", seq, err)
	}
}

// TestLogLength: after a small write, and in an eager store before one, the log
// gets the length that a checkpoint waits for, so that commits need not make it
// longer; a second process that does the same takes turns with the first, what
// was written survives the end of a process without a close, and the log never
// shrinks to less.
func TestLogLength(t *testing.T) {
	length := func(dir string) int64 {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, FileName+"-wal"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		if err != nil {
			return 0
		}
		return info.Size()
	}
	lengthened := func(dir string) {
		t.Helper()
		for end := time.Now().Add(30 * time.Second); length(dir) < walLength; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the log has %d bytes, want %d", length(dir), walLength)
			}
		}
	}
	// A file that nobody has written to since it was closed, by a process that is
	// killed after it got ready.
	dir := t.TempDir()
	if err := openDir(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	eager, err := OpenSQLite(t.Context(), dir, Options{Eager: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { eager.Close() }) // what is copied is as if it had been killed
	lengthened(dir)
	dir = copyFiles(t, dir)

	s, other := openDir(t, dir), openDir(t, dir)
	for _, st := range []*Store{s, other} {
		if err := add(st, 1, 10); err != nil {
			t.Fatal(err)
		}
	}
	lengthened(dir)
	// Past a checkpoint, and then as a killed process leaves it.
	for range 2 * checkpointPages / 4 {
		if err := add(s, 1, 10); err != nil {
			t.Fatal(err)
		}
	}
	if n := length(dir); n < walLength || n > 2*walLength {
		t.Errorf("after a checkpoint the log has %d bytes, want about %d", n, walLength)
	}
	copied := copyFiles(t, dir)
	want, err := s.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := openDir(t, copied).Seq(t.Context()); err != nil || got != want {
		t.Errorf("a copy of the files stands at %d, want %d; %v", got, want, err)
	}
}

// copyFiles copies a database as a killed process leaves it.
func copyFiles(t *testing.T, dir string) (copied string) {
	t.Helper()
	copied = t.TempDir()
	for _, name := range []string{FileName, FileName + "-wal"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(copied, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return copied
}

// TestFresh: a new file made in one go is the one that goose makes, and goose
// finds nothing to do in it.
func TestFresh(t *testing.T) {
	schema := func(file string) (text string) {
		t.Helper()
		c, err := (&sqliteDB{file: file}).openReader()
		if err != nil {
			t.Fatal(err)
		}
		defer c.close()
		for _, q := range []string{
			"SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name",
			"SELECT id || ' ' || version_id || ' ' || is_applied || ' ' || length(tstamp) FROM goose_db_version ORDER BY id",
			"SELECT next_id || ' ' || length(uid) FROM meta",
		} {
			r, err := c.query(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for r.next() {
				var line string
				if r.scan(&line) != nil {
					break
				}
				text += line + "\n"
			}
			if err := r.close(); err != nil {
				t.Fatal(err)
			}
		}
		return text
	}
	byGoose, fresh := filepath.Join(t.TempDir(), "goose.db"), filepath.Join(t.TempDir(), "fresh.db")
	if err := migrateFile(t.Context(), byGoose); err != nil {
		t.Fatal(err)
	}
	want := schema(byGoose)
	for _, made := range []bool{true, false} { // the second time there is something
		got, err := migrateFresh(t.Context(), &sqliteDB{file: fresh})
		if err != nil || got != made {
			t.Fatalf("made %v, want %v; %v", got, made, err)
		}
	}
	if got := schema(fresh); got != want {
		t.Errorf("a fresh file holds\n%s\ngoose makes\n%s", got, want)
	}
	if err := migrateFile(t.Context(), fresh); err != nil {
		t.Fatal(err)
	}
	if got := schema(fresh); got != want {
		t.Errorf("after goose a fresh file holds\n%s\nwant\n%s", got, want)
	}
}
