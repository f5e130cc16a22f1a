package sqlstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"cairn"
	"cairn/internal/store"
	"cairn/internal/store/shelf"
)

// openFiles opens a database with a directory of files beside it.
func openFiles(t *testing.T, dir, files string) *Store {
	t.Helper()
	s, err := OpenSQLite(t.Context(), dir, Options{Shelf: shelf.OpenDir(files)})
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

func putBlob(t *testing.T, s *Store, key, content string) {
	t.Helper()
	if _, err := s.PutBlob(t.Context(), key, strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
}

func readBlob(t *testing.T, s *Store, key string) (string, error) {
	t.Helper()
	b, err := s.Blob(t.Context(), key)
	if err != nil {
		return "", err
	}
	raw, err := io.ReadAll(b)
	return string(raw), errors.Join(err, b.Close())
}

// onShelf returns the paths of all files below a directory.
func onShelf(t *testing.T, dir string) (paths []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			paths = append(paths, path)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return paths
}

// TestShelfBesideDatabase: what is stored in the database stays readable when
// files go outside, both are in one archive, and without the place outside it is
// said what is wrong.
func TestShelfBesideDatabase(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	inside := openDir(t, dir)
	putBlob(t, inside, "old", "in the database")
	putBlob(t, inside, "both", "in the database first")
	outside := openFiles(t, dir, files)
	putBlob(t, outside, "new", "outside")
	putBlob(t, outside, "both", "then outside")
	for key, want := range map[string]string{"old": "in the database", "new": "outside", "both": "then outside"} {
		if got, err := readBlob(t, outside, key); got != want || err != nil {
			t.Errorf("%s is %q, %v", key, got, err)
		}
	}
	if got := onShelf(t, files); len(got) != 2 {
		t.Errorf("%d files are outside: %q", len(got), got)
	}
	if got, err := readBlob(t, inside, "old"); got != "in the database" || err != nil {
		t.Errorf("without the place outside: %q, %v", got, err)
	}
	_, err := readBlob(t, inside, "new")
	wantCodeOf(t, err, cairn.CodeUnavailable, "--files")
	report, err := inside.Check(t.Context())
	if err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0], "2 files lie outside") {
		t.Errorf("the check says %q, %v", report.Problems, err)
	}

	var whole bytes.Buffer
	if err := outside.Archive(t.Context(), &whole, store.ArchiveOptions{Blobs: []string{""}}); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string]*Store{"in the database": openDir(t, t.TempDir()), "outside": openFiles(t, t.TempDir(), t.TempDir())} {
		if err := other.Restore(t.Context(), bytes.NewReader(whole.Bytes()), store.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if got, err := readBlob(t, other, "both"); got != "then outside" || err != nil {
			t.Errorf("restored %s it is %q, %v", name, got, err)
		}
		var again bytes.Buffer
		if err := other.Archive(t.Context(), &again, store.ArchiveOptions{Blobs: []string{""}}); err != nil || !bytes.Equal(again.Bytes(), whole.Bytes()) {
			t.Errorf("restored %s the archive is of other bytes, %v", name, err)
		}
	}
	var some bytes.Buffer
	if err := outside.Archive(t.Context(), &some, store.ArchiveOptions{Blobs: []string{"n"}}); err != nil {
		t.Fatal(err)
	}
	part := openDir(t, t.TempDir())
	if err := part.Restore(t.Context(), &some, store.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if list, err := part.Blobs(t.Context(), store.Range{}, 9); err != nil || len(list) != 1 || list[0].Key != "new" {
		t.Errorf("an archive of some files has %v, %v", list, err)
	}
}

// TestShelfCheck: missing, short, damaged and extra contents are named, and an
// archive says what it had to leave out.
func TestShelfCheck(t *testing.T) {
	files := t.TempDir()
	s := openFiles(t, t.TempDir(), files)
	put := func(key string) string {
		before := onShelf(t, files)
		putBlob(t, s, key, "content of "+key)
		for _, path := range onShelf(t, files) {
			if !strings.Contains(strings.Join(before, "\n"), path) {
				return path
			}
		}
		t.Fatal("nothing was put there")
		return ""
	}
	missing, short, damaged, extra := put("missing"), put("short"), put("damaged"), put("extra")
	put("whole")
	err := errors.Join(
		os.Remove(missing), os.WriteFile(short, []byte("con"), 0o600), os.WriteFile(damaged, []byte("CONTENT OF damaged"), 0o600),
		os.WriteFile(extra+"x", []byte("?"), 0o600), os.Chtimes(extra+"x", time.Now(), time.Now().Add(-2*time.Hour)),
	)
	if err != nil {
		t.Fatal(err)
	}
	// By name and size first, which opens no content; what is damaged within shows when all are read.
	report, err := s.Check(t.Context())
	if err != nil || len(report.Problems) != 2 || strings.Contains(strings.Join(report.Problems, "\n"), "is damaged") {
		t.Errorf("by name and size: %q, %v", report.Problems, err)
	}
	var read []int
	report, err = s.CheckContents(t.Context(), func(n, all int) { read = append(read, n, all) })
	if err != nil {
		t.Fatal(err)
	}
	if len(read) != 6 || read[5] != 5 {
		t.Errorf("of the three contents to read the progress says %v", read)
	}
	said := strings.Join(report.Problems, "\n")
	for _, want := range []string{`"missing" is missing`, `"short" has 3 of its 16 bytes`, `"damaged" in ` + files + " is damaged"} {
		if !strings.Contains(said, want) {
			t.Errorf("the check does not say %s:\n%s", want, said)
		}
	}
	if len(report.Problems) != 3 || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "1 contents in "+files+", 1 bytes") {
		t.Errorf("problems %q, notes %q", report.Problems, report.Notes)
	}
	for key, word := range map[string]string{"missing": "missing in " + files, "short": "damaged: it has 3 bytes, not 16"} {
		_, err := readBlob(t, s, key)
		wantCodeOf(t, err, cairn.CodeUnavailable, word)
	}
	err = s.Archive(t.Context(), io.Discard, store.ArchiveOptions{Blobs: []string{""}})
	wantCodeOf(t, err, cairn.CodeUnavailable, "missing in "+files)
	var out bytes.Buffer
	var left []string
	if err := s.Archive(t.Context(), &out, store.ArchiveOptions{Blobs: []string{""}, Missing: func(key string, _ error) { left = append(left, key) }}); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(left) != "[missing short]" {
		t.Errorf("left out: %q", left)
	}
	whole := openFiles(t, t.TempDir(), t.TempDir())
	if err := whole.Restore(t.Context(), &out, store.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if got, err := readBlob(t, whole, "whole"); got != "content of whole" || err != nil {
		t.Errorf("what was whole came back as %q, %v", got, err)
	}
}

// TestShelfSweep: leftovers go when they are old; what has a row never does, and
// what another database has in the same directory neither.
func TestShelfSweep(t *testing.T) {
	files := t.TempDir()
	other := openFiles(t, t.TempDir(), files)
	putBlob(t, other, "k", "of another database")
	s := openFiles(t, t.TempDir(), files)
	putBlob(t, s, "k", "first")
	putBlob(t, s, "k", "second")
	putBlob(t, s, "gone", "gone")
	if err := s.DropBlob(t.Context(), "gone"); err != nil {
		t.Fatal(err)
	}
	if got := onShelf(t, files); len(got) != 2 {
		t.Errorf("after a replaced and a dropped one there are %q", got)
	}
	// A process that was killed between the content and its row, and one in the middle.
	folder, err := s.folder(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.shelf.Put(t.Context(), folder, strings.NewReader("without a row")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(files, folder, ".new-1"), []byte("ha"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(t.Context(), time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("%d young ones were removed, %v", n, err)
	}
	if n, err := s.Sweep(t.Context(), time.Now().Add(time.Hour)); n != 2 || err != nil {
		t.Errorf("%d old ones were removed, want 2; %v", n, err)
	}
	for name, at := range map[string]*Store{"second": s, "of another database": other} {
		if got, err := readBlob(t, at, "k"); got != name || err != nil {
			t.Errorf("%q, %v; want %q", got, err, name)
		}
	}
}

// TestShelfFails: what fails leaves neither a row nor a content.
func TestShelfFails(t *testing.T) {
	files := t.TempDir()
	s := openFiles(t, t.TempDir(), files)
	broken := errors.New("the line went dead")
	if _, err := s.PutBlob(t.Context(), "k", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Error(err)
	}
	late, stop := context.WithCancel(t.Context())
	_, err := s.PutBlob(late, "k", io.MultiReader(strings.NewReader("whole"), stopReader{stop}))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("given up at the end: %v", err)
	}
	if _, err := readBlob(t, s, "k"); cairn.CodeOf(err) != cairn.CodeNotFound {
		t.Error(err)
	}
	// A restore that ends in the middle takes back what it has put there.
	var whole bytes.Buffer
	from := openDir(t, t.TempDir())
	putBlob(t, from, "a", strings.Repeat("whole", 100_000))
	putBlob(t, from, "b", strings.Repeat("other", 100_000))
	if err := from.Archive(t.Context(), &whole, store.ArchiveOptions{Blobs: []string{""}}); err != nil {
		t.Fatal(err)
	}
	putBlob(t, s, "mine", "mine")
	for _, part := range []int{whole.Len() / 2, whole.Len() - 1} {
		err := s.Restore(t.Context(), bytes.NewReader(whole.Bytes()[:part]), store.RestoreOptions{Replace: true})
		wantCodeOf(t, err, cairn.CodeInvalid, "cut off")
	}
	if got, err := readBlob(t, s, "mine"); got != "mine" || err != nil {
		t.Errorf("after a restore that failed: %q, %v", got, err)
	}
	if got := onShelf(t, files); len(got) != 1 {
		t.Errorf("these lie there: %q", got)
	}
	if err := s.Restore(t.Context(), &whole, store.RestoreOptions{Replace: true}); err != nil {
		t.Fatal(err)
	}
	if got := onShelf(t, files); len(got) != 2 {
		t.Errorf("after the restore these lie there: %q", got)
	}
}

// stopReader ends with its reader's context.
type stopReader struct{ stop func() }

func (r stopReader) Read([]byte) (int, error) { r.stop(); return 0, io.EOF }

func wantCodeOf(t *testing.T, err error, code cairn.Code, words ...string) {
	t.Helper()
	if cairn.CodeOf(err) != code {
		t.Errorf("%v has the code %q, want %q", err, cairn.CodeOf(err), code)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not speak of %q", err, w)
		}
	}
}
