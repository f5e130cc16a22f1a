package api_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// clock is a time that a test moves on.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time       { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) pass(d time.Duration) { c.ahead.Add(int64(d)) }
func days(n int) time.Duration        { return time.Duration(n) * 24 * time.Hour }
func signIn(w *cairntest.World)       { w.Admin = w.SignIn("ada@example.com") }
func undo(c *cairntest.Client, g string) *cairntest.Answer {
	return c.Do("POST", "/undo", map[string]any{"group": g})
}

func sweep(t *testing.T, w *cairntest.World, want app.Swept) {
	t.Helper()
	got, err := w.App.SweepFiles(t.Context())
	if err != nil || got != want {
		t.Errorf("the sweep removed %+v, want %+v; %v", got, want, err)
	}
}

// stored counts what is in the storage under a beginning of keys.
func stored(t *testing.T, st store.Store, prefix string) int {
	t.Helper()
	list, err := st.Blobs(t.Context(), store.Prefix(prefix), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// FILE-9: deleted files stay for undo, then they go for good; an undo that comes
// too late leaves them out, says so, and brings back the rest.
func TestDeletedFilesGo(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		var at clock
		w := cairntest.NewWith(t, st, cairntest.Config{Now: at.now})
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const on = "/ideas/INS-1"
		var cover, note, kept attached
		attach(w.Admin, on, "cover.png", photo(t, 960, 600)).Want(201).Into(&cover)
		attach(w.Admin, on, "note.txt", []byte("a note")).Want(201).Into(&note)
		addIdea(w.Admin, "Two", nil)
		attach(w.Admin, "/ideas/INS-2", "kept.txt", []byte("kept")).Want(201).Into(&kept)
		w.Admin.Do("GET", "/files/"+cover.ID.String()+"/thumbnail", nil).Want(200)
		sweep(t, w, app.Swept{})
		content := func(f attached) string { return "/files/" + f.ID.String() + "/content" }

		w.Admin.With("Cairn-Group", "gone").Do("DELETE", on, nil).Want(204)
		sweep(t, w, app.Swept{})
		at.pass(days(89))
		signIn(w)
		sweep(t, w, app.Swept{Thumbnails: 1})
		undo(w.Admin, "gone").Want(200)
		w.Admin.Do("GET", content(cover), nil).Want(200)
		w.Admin.Do("GET", "/files/"+cover.ID.String()+"/thumbnail", nil).Want(200)
		at.pass(days(2)) // longer than 90 days since it was deleted, but it is back
		sweep(t, w, app.Swept{})

		w.Admin.With("Cairn-Group", "again").Do("DELETE", on, nil).Want(204)
		w.Admin.With("Cairn-Group", "other").Do("DELETE", "/files/"+kept.ID.String(), nil).Want(204)
		sweep(t, w, app.Swept{Thumbnails: 1}) // it can be made again
		at.pass(days(91))
		signIn(w)
		sweep(t, w, app.Swept{Files: 3})
		sweep(t, w, app.Swept{})
		if n := stored(t, st, "file/") + stored(t, st, "thumbnail/"); n != 0 {
			t.Errorf("%d contents are still stored", n)
		}
		refused(t, undo(w.Admin, "other"), 409, "too long ago was removed for good")
		var undone struct{ Changes, Kept int }
		undo(w.Admin, "again").Want(200).Into(&undone)
		if undone.Kept != 2 {
			t.Errorf("the undo: %+v", undone)
		}
		idea := w.Admin.Do("GET", on, nil).Want(200).Map()
		if c, has := idea["cover"]; has && c != nil && c != "" && c != "0" {
			t.Errorf("the idea came back with the cover %v, which is gone", c)
		}
		w.Admin.Do("GET", content(cover), nil).Want(404)
		attach(w.Admin, on, "new.txt", []byte("new")).Want(201)
	})
}

// FILE-9: what was deleted takes as much as what is attached may take, at most;
// then the oldest goes first, but never on the first day.
func TestDeletedFilesAreBounded(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		var at clock
		w := cairntest.NewWith(t, st, cairntest.Config{Now: at.now, Files: 3 << 20})
		project(t, w)
		addIdea(w.Admin, "One", nil)
		for i := range 5 {
			var f attached
			attach(w.Admin, "/ideas/INS-1", "a.txt", bytes.Repeat([]byte("walrus\n\n"), 1<<17)).Want(201).Into(&f)
			w.Admin.With("Cairn-Group", fmt.Sprint("gone", i)).Do("DELETE", "/files/"+f.ID.String(), nil).Want(204)
			sweep(t, w, app.Swept{})
			at.pass(time.Hour)
		}
		at.pass(22 * time.Hour) // the first two are a day old now
		sweep(t, w, app.Swept{Files: 2})
		refused(t, undo(w.Admin, "gone1"), 409, "removed for good")
		undo(w.Admin, "gone2").Want(200)
	})
}

// FILE-9: a sweep and an undo at the same moment: either the file is back with
// its content, or the undo says that it is gone.
func TestSweepAgainstUndo(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		var at clock
		w := cairntest.NewWith(t, st, cairntest.Config{Now: at.now})
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const rounds = 12
		var files [rounds]attached
		for i := range files {
			attach(w.Admin, "/ideas/INS-1", "a.txt", []byte(fmt.Sprint("content ", i))).Want(201).Into(&files[i])
			w.Admin.With("Cairn-Group", fmt.Sprint("gone", i)).Do("DELETE", "/files/"+files[i].ID.String(), nil).Want(204)
		}
		sweep(t, w, app.Swept{})
		at.pass(days(91))
		signIn(w)
		var both sync.WaitGroup
		both.Go(func() {
			if _, err := w.App.SweepFiles(t.Context()); err != nil {
				t.Error(err)
			}
		})
		back := [rounds]bool{}
		for i := range files {
			got := undo(w.Admin, fmt.Sprint("gone", i)).Want(200, 409)
			if back[i] = got.Status == 200; !back[i] && !strings.Contains(string(got.Raw), "removed for good") {
				t.Errorf("%s", got.Raw)
			}
		}
		both.Wait()
		for i, f := range files {
			want := 404
			if back[i] {
				want = 200
			}
			w.Admin.Do("GET", "/files/"+f.ID.String()+"/content", nil).Want(want)
		}
		if k, ok := st.(store.Keeper); ok {
			if r, err := k.Check(t.Context()); err != nil || len(r.Problems) > 0 {
				t.Errorf("%q, %v", r.Problems, err)
			}
		}
	})
}

// FILE-9: two nodes sweep the same database at the same moment, while one of them
// is asked to undo: nothing is counted twice, nothing comes back without content.
func TestSweepOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		var at clock
		w := cairntest.NewWith(t, one, cairntest.Config{Now: at.now})
		other := cairntest.NewWith(t, two, cairntest.Config{Now: at.now})
		project(t, w)
		addIdea(w.Admin, "One", nil)
		const n = 10
		var first attached
		for i := range n {
			var f attached
			attach(w.Admin, "/ideas/INS-1", "a.txt", []byte(fmt.Sprint("content ", i))).Want(201).Into(&f)
			if i == 0 {
				first = f
			}
			w.Admin.With("Cairn-Group", fmt.Sprint("gone", i)).Do("DELETE", "/files/"+f.ID.String(), nil).Want(204)
		}
		sweep(t, w, app.Swept{})
		at.pass(days(91))
		signIn(w)
		var both sync.WaitGroup
		for _, node := range []*cairntest.World{w, other} {
			both.Go(func() {
				if _, err := node.App.SweepFiles(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		status := undo(w.Admin, "gone0").Want(200, 409).Status
		both.Wait()
		left, want := stored(t, one, cairn.BlobOfFile), 404
		if status == 200 {
			want = 200
		}
		w.Admin.Do("GET", "/files/"+first.ID.String()+"/content", nil).Want(want)
		if left > 1 || left == 1 != (status == 200) {
			t.Errorf("%d contents are left after an undo with status %d", left, status)
		}
	})
}

// FILE-5: files that come at the same moment do not pass the limit together.
func TestFilesLimitTogether(t *testing.T) {
	w := cairntest.NewWith(t, cairntest.SQLite(t), cairntest.Config{Files: 3 << 20})
	project(t, w)
	addIdea(w.Admin, "One", nil)
	var all sync.WaitGroup
	var in atomic.Int32
	for range 8 {
		all.Go(func() {
			switch got := attach(w.Admin, "/ideas/INS-1", "a.txt", make([]byte, 1<<20)); got.Status {
			case 201:
				in.Add(1)
			case 413:
			default:
				t.Errorf("%d %s", got.Status, got.Raw)
			}
		})
	}
	all.Wait()
	if n := in.Load(); n > 3 {
		t.Errorf("%d MiB are in, 3 may be", n)
	}
	// What was refused takes nothing.
	for n := in.Load(); n < 3; n++ {
		attach(w.Admin, "/ideas/INS-1", "a.txt", make([]byte, 1<<20)).Want(201)
	}
	refused(t, attach(w.Admin, "/ideas/INS-1", "a.txt", []byte("x")), 413, "3 MiB")
}

// FILE-5: one whole workspace with evidence, talk, files and votes goes into an
// archive and comes out of another place as the same bytes.
func TestWorkspaceArchive(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		bob := w.Person("Bob Builder")
		var acme struct{ ID cairn.ID }
		w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "Acme"}).Want(201).Into(&acme)
		slow := insight(w.Admin, "INS", map[string]any{"title": "Too slow", "note": "They wait", "company": acme.ID, "importance": 4, "ideas": []any{map[string]any{"idea": "INS-1"}}})
		say(bob, "/insights/"+slow.ID.String(), "Since May", 0).Want(201)
		attach(bob, "/insights/"+slow.ID.String(), "trace.log", []byte("12 s")).Want(201)
		var votes struct{ Ref string }
		w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Likes", "type": "votes"}).Want(201).Into(&votes)
		bob.Do("PUT", "/ideas/INS-1/votes/"+votes.Ref, map[string]any{"amount": 2}).Want(200)
		bob.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "We should, INS-2 too."}).Want(201)
		attach(w.Admin, "/ideas/INS-1", "photo.png", photo(t, 960, 600)).Want(201)
		attach(w.Admin, "/ideas/INS-1", "big.bin", bytes.Repeat([]byte("0123456789abcde\n"), 40_000)).Want(201)
		w.Admin.Do("DELETE", "/ideas/INS-2", nil).Want(204)

		var first, second bytes.Buffer
		opts := store.ArchiveOptions{Blobs: []string{cairn.BlobOfFile}}
		if err := st.(store.Keeper).Archive(t.Context(), &first, opts); err != nil {
			t.Fatal(err)
		}
		other := cairntest.SQLite(t).(store.Keeper)
		if err := other.Restore(t.Context(), bytes.NewReader(first.Bytes()), store.RestoreOptions{}); err != nil {
			t.Fatal(err)
		}
		if r, err := other.Check(t.Context()); err != nil || len(r.Problems) > 0 || r.Blobs != 3 {
			t.Errorf("%+v, %v", r, err)
		}
		if err := other.Archive(t.Context(), &second, opts); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%d bytes became %d others", first.Len(), second.Len())
		}
	})
}
