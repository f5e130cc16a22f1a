package api_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store/shelf"
	"cairn/internal/store/sqlstore"
)

// FILE-10: on a real disk without room an upload and an edit say so, leave nothing,
// and work again when there is room; what is there stays readable.
func TestDiskFull(t *testing.T) {
	disk := smallDisk(t, 4<<20)
	files := filepath.Join(disk, "files")
	st := cairntest.SQLiteIn(t, t.TempDir(), sqlstore.Options{Shelf: shelf.OpenDir(files)})
	w := cairntest.New(t, st)
	project(t, w)
	addIdea(w.Admin, "One", nil)
	const on = "/ideas/INS-1"
	half := []byte(strings.Repeat("walrus\n\n", 1<<18)) // 2 MiB
	var first attached
	attach(w.Admin, on, "first.txt", half).Want(201).Into(&first)
	got := attach(w.Admin, on, "second.txt", append(half, half...))
	refused(t, got, 507, "The storage of files ("+files+") is full")
	if code := got.Map()["code"]; code != "no_space" {
		t.Errorf("the code is %v", code)
	}
	var list struct{ Files []attached }
	w.Admin.Do("GET", on+"/files", nil).Want(200).Into(&list)
	if len(list.Files) != 1 {
		t.Errorf("the idea has %+v", list.Files)
	}
	w.Admin.Do("PATCH", on, map[string]any{"title": "Everything else goes on"}).Want(200)
	if got := w.Admin.Do("GET", "/files/"+first.ID.String()+"/content", nil).Want(200); len(got.Raw) != len(half) {
		t.Errorf("%d bytes of the first are left", len(got.Raw))
	}
	attach(w.Admin, on, "small.txt", half[:len(half)/2]).Want(201)
	if r, err := st.Check(t.Context()); err != nil || len(r.Problems)+len(r.Notes) > 0 {
		t.Errorf("%q %q %v", r.Problems, r.Notes, err)
	}
}

// FILE-10: a disk without room for the database refuses every write with what and
// where, loses nothing, and goes on when there is room again.
func TestDatabaseDiskFull(t *testing.T) {
	disk := smallDisk(t, 24<<20) // the log of the database takes a few when there is room
	data := filepath.Join(disk, "data")
	st := cairntest.SQLiteIn(t, data, sqlstore.Options{Shelf: shelf.OpenDir(filepath.Join(data, "files"))})
	w := cairntest.New(t, st)
	project(t, w)
	addIdea(w.Admin, "One", nil)
	const on = "/ideas/INS-1"
	room := fillDisk(t, disk)
	// What the database has taken of the disk beforehand is used up first.
	long := strings.Repeat("A long description. ", 10_000)
	edit := func(n int) *cairntest.Answer {
		return w.Admin.Do("PATCH", on, map[string]any{"title": fmt.Sprint("Edit ", n), "description": fmt.Sprint(n, " ", long)})
	}
	kept := 0
	var got *cairntest.Answer
	for got = edit(1); got.Status == 200 && kept < 500; got = edit(kept + 1) {
		kept++
	}
	if text := got.Map()["detail"]; got.Status != 507 || !strings.Contains(fmt.Sprint(text), "is full, so nothing was saved") || !strings.Contains(fmt.Sprint(text), data) {
		t.Fatalf("after %d edits: %d %v", kept, got.Status, text)
	}
	refused(t, attach(w.Admin, on, "a.txt", []byte(long)), 507, "is full")
	want := "One"
	if kept > 0 {
		want = fmt.Sprint("Edit ", kept)
	}
	if title := w.Admin.Do("GET", on, nil).Want(200).Map()["title"]; title != want {
		t.Errorf("the title is %v, want %s", title, want)
	}
	room()
	edit(kept + 1).Want(200)
	attach(w.Admin, on, "a.txt", []byte(long)).Want(201)
	if r, err := st.Check(t.Context()); err != nil || len(r.Problems)+len(r.Notes) > 0 {
		t.Errorf("%q %q %v", r.Problems, r.Notes, err)
	}
}
