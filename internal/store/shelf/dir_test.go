package shelf

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/store"
)

func TestDir(t *testing.T) {
	root := filepath.Join(t.TempDir(), "not", "there", "yet")
	if err := OpenDir(root).List(t.Context(), "here", func(store.Shelved) error { return errors.New("something is there") }); err != nil {
		t.Errorf("the list of nothing: %v", err)
	}
	conform(t, OpenDir(root))
	if err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is open to others: %v", path, info.Mode())
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// TestDirLeftover: what a process left that was killed in the middle is listed
// and can be removed.
func TestDirLeftover(t *testing.T) {
	d := OpenDir(t.TempDir())
	put, err := d.Put(t.Context(), "here", strings.NewReader("whole"))
	if err != nil {
		t.Fatal(err)
	}
	left := "here/" + unfinished + "1234"
	if err := os.WriteFile(d.path(left), []byte("ha"), 0o600); err != nil {
		t.Fatal(err)
	}
	list := func() (names []string) {
		if err := d.List(t.Context(), "here", func(c store.Shelved) error { names = append(names, c.Name); return nil }); err != nil {
			t.Fatal(err)
		}
		return names
	}
	if got := list(); len(got) != 2 {
		t.Errorf("the list has %q", got)
	}
	if err := d.Remove(t.Context(), left); err != nil {
		t.Fatal(err)
	}
	if got := list(); len(got) != 1 || got[0] != put.Name {
		t.Errorf("then the list has %q", got)
	}
}

// TestDirRefused: a directory that may not be written says so.
func TestDirRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenDir(filepath.Join(file, "below")).Put(t.Context(), "here", strings.NewReader("x"))
	wantError(t, err, cairn.CodeUnavailable, file, "not a directory")
}

// TestDirFull: a full file system is told as such, leaves nothing, and is no
// trouble any more when there is room again.
func TestDirFull(t *testing.T) {
	root := smallDisk(t, "1m")
	d := OpenDir(root)
	_, err := d.Put(t.Context(), "here", bytes.NewReader(bytesOf(2<<20, 1)))
	wantError(t, err, cairn.CodeNoSpace, root, "is full")
	if err := d.List(t.Context(), "here", func(c store.Shelved) error { t.Errorf("%s was left", c.Name); return nil }); err != nil {
		t.Error(err)
	}
	if _, err := d.Put(t.Context(), "here", bytes.NewReader(bytesOf(500<<10, 1))); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
