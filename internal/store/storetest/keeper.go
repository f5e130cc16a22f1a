package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

// keeper returns the store's administration, or skips the test.
func keeper(t testing.TB, s store.Store) store.Keeper {
	t.Helper()
	k, ok := s.(store.Keeper)
	if !ok {
		t.Skip("the store is no store.Keeper")
	}
	return k
}

// sound checks that a store that can check itself finds nothing wrong.
func sound(t testing.TB, s store.Store) (report store.Report) {
	t.Helper()
	k, ok := s.(store.Keeper)
	if !ok {
		return report
	}
	report, err := k.Check(t.Context())
	if err != nil {
		t.Fatalf("check: %v", err)
	}
	for _, p := range report.Problems {
		t.Errorf("check: %s", p)
	}
	return report
}

// fill writes something of everything, with a past.
func fill(t testing.TB, s store.Store) {
	t.Helper()
	var own cairn.ID
	writeAs(t, s, store.Meta{Origin: "cli"}, func(tx store.Tx) (err error) {
		if own, err = tx.Create(cairn.Entity{Kind: cairn.KindProject, Attrs: cairn.Attrs{"key": text("INS")}}); err != nil {
			return err
		}
		tx.InProject(own)
		return nil
	})
	create(t, s, user("ada@example.org"))
	var list []cairn.ID
	m := store.Meta{Actor: 2, Project: own, Group: "import", Reason: "the first <file> & more", Origin: "import:1"}
	for _, n := range naughty() {
		writeAs(t, s, m, func(tx store.Tx) error {
			number, err := tx.Numbers(own, 1)
			if err != nil {
				return err
			}
			e := sourced("test", n)
			e.Project, e.Text = own, n
			e.Attrs["f1"] = text(n)
			e.Attrs["number"] = fmt.Append(nil, number)
			id, err := tx.Create(e)
			list = append(list, id)
			return err
		})
	}
	edit := func(id cairn.ID) cairn.ChangeSet {
		return writeAs(t, s, m, func(tx store.Tx) error {
			e, err := tx.Entity(id)
			if err != nil {
				return err
			}
			e.Attrs["f1"], e.Text = []byte(`{"a":[1,"\u003c\/"]}`), e.Text+" changed"
			return tx.Put(e)
		})
	}
	edit(list[0])
	back := edit(list[1])
	writeAs(t, s, m, undo(back))
	gone := writeAs(t, s, m, func(tx store.Tx) error { return errors.Join(tx.Delete(list[2]), tx.Delete(list[3])) })
	writeAs(t, s, m, func(tx store.Tx) error { return tx.Apply(gone.Inverse()[0]) })
	write(t, s, func(tx store.Tx) error {
		for _, r := range []store.Private{
			{Scope: "password", Key: "2", Owner: 2, Value: text("hash"), CreatedAt: time.Unix(1, 0)},
			{Scope: "password", Key: "10", Owner: 10, Value: text("<hash>")},
			{Scope: "token", Key: "t", Owner: 2, Value: []byte(`{"x":1}`), ExpiresAt: time.Now().Add(time.Hour)},
			{Scope: "session", Key: "s", Owner: 2, Value: text("secret session")},
		} {
			if err := tx.PutPrivate(r); err != nil {
				return err
			}
		}
		return nil
	})
	for _, size := range []int{0, 10, 600 << 10} {
		if _, err := s.PutBlob(t.Context(), fmt.Sprintf("file %d", size), bytes.NewReader(content(size, 9))); err != nil {
			t.Fatal(err)
		}
	}
}

func archived(t testing.TB, s store.Store) []byte {
	t.Helper()
	var buf bytes.Buffer
	opts := store.ArchiveOptions{Scopes: []string{"token", "password", "token", "none"}, Blobs: []string{""}}
	if err := keeper(t, s).Archive(t.Context(), &buf, opts); err != nil {
		t.Fatalf("archive: %v", err)
	}
	return buf.Bytes()
}

// testCheck: a store with a past is sound, and the report counts what it holds.
func testCheck(t *testing.T, p Place) {
	s := p.Open(t)
	keeper(t, s)
	if r := sound(t, s); r.Seq != 0 || r.Entities != 0 {
		t.Errorf("the empty store has %+v", r)
	}
	fill(t, s)
	seq, err := s.Seq(t.Context())
	r := sound(t, s)
	if err != nil || r.Seq != seq || r.ChangeSets != seq || r.Entities != int64(len(scan(t, s, store.Query{}))) || r.Keys == 0 || r.Blobs != 3 {
		t.Errorf("at %d the report is %+v", seq, r)
	}
}

// testArchive: an archive restored elsewhere is the same store, and its archive
// the same bytes (LOG-19).
func testArchive(t *testing.T, p, other Place) {
	s := p.Open(t)
	empty := archived(t, s)
	fill(t, s)
	first := archived(t, s)
	if again := archived(t, s); !bytes.Equal(first, again) {
		t.Error("two archives of the same content differ")
	}

	d := other.Open(t)
	create(t, d, idea("of another workspace"))
	err := keeper(t, d).Restore(t.Context(), bytes.NewReader(first), store.RestoreOptions{})
	wantCode(t, err, cairn.CodeConflict, "in use")
	if err := keeper(t, d).Restore(t.Context(), bytes.NewReader(empty), store.RestoreOptions{Replace: true}); err != nil {
		t.Fatal(err)
	}
	if got := archived(t, d); !bytes.Equal(got, empty) {
		t.Error("the archive of the empty store comes back as other bytes")
	}
	if err := keeper(t, d).Restore(t.Context(), bytes.NewReader(first), store.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	sound(t, d)
	if got := archived(t, d); !bytes.Equal(got, first) {
		t.Errorf("the archive comes back as other bytes: %d, not %d", len(got), len(first))
	}
	want, got := scan(t, s, store.Query{Text: true}), scan(t, d, store.Query{Text: true})
	if len(got) != len(want) {
		t.Fatalf("%d entities came back, want %d", len(got), len(want))
	}
	for i := range got {
		if err := same(got[i], want[i]); err != nil {
			t.Error(err)
		}
		here, err := s.EntityLog(t.Context(), want[i].ID, 0, 100)
		there, err2 := d.EntityLog(t.Context(), want[i].ID, 0, 100)
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		wantSets(t, there, here)
	}
	wantSets(t, fullLog(t, d, 0), fullLog(t, s, 0))
	if _, ok, err := d.Private(t.Context(), "session", "s"); ok || err != nil {
		t.Errorf("a scope that was not asked for is in the archive; %v", err)
	}
	if r, ok, err := d.Private(t.Context(), "password", "10"); !ok || string(r.Value) != `"<hash>"` || err != nil {
		t.Errorf("the password came back as %s, %v", r.Value, err)
	}
	b, err := d.Blob(t.Context(), fmt.Sprintf("file %d", 600<<10))
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(b); err != nil || !bytes.Equal(all, content(600<<10, 9)) {
		t.Errorf("the file came back as %d bytes, %v", len(all), err)
	}
	// Both go on in the same way.
	x, y := create(t, s, idea("next")), create(t, d, idea("next"))
	if entity(t, s, x).Version != entity(t, d, y).Version || x != y {
		t.Errorf("the next entity is %d here and %d there", x, y)
	}
}

// testArchiveDamaged: an archive that is cut off, changed or none at all leaves
// the store as it was; an archive made while others write is of one moment.
func testArchiveDamaged(t *testing.T, p, other Place) {
	s := p.Open(t)
	fill(t, s)
	whole := archived(t, s)
	d := other.Open(t)
	refuse := func(name string, raw []byte, words ...string) {
		t.Helper()
		err := keeper(t, d).Restore(t.Context(), bytes.NewReader(raw), store.RestoreOptions{})
		wantCode(t, err, cairn.CodeInvalid, words...)
		if n := len(scan(t, d, store.Query{})); n != 0 {
			t.Fatalf("%s: %d entities were left behind", name, n)
		}
		if sets := fullLog(t, d, 0); len(sets) != 0 {
			t.Fatalf("%s: %d change sets were left behind", name, len(sets))
		}
	}
	refuse("empty", nil, "not an archive")
	refuse("text", []byte("id,title\n1,An idea\n"), "not an archive")
	for n := 5; n < len(whole); n += 1 + len(whole)/8 {
		refuse(fmt.Sprintf("cut at %d", n), whole[:n], "cannot be used")
	}
	refuse("one byte short", whole[:len(whole)-1], "cannot be used")
	for n := 50; n < len(whole); n += 1 + len(whole)/8 {
		bad := bytes.Clone(whole)
		bad[n] ^= 0x40
		refuse(fmt.Sprintf("changed at %d", n), bad)
	}
	refuse("with a tail", append(bytes.Clone(whole), whole...), "cannot be used")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := keeper(t, d).Restore(ctx, bytes.NewReader(whole), store.RestoreOptions{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled restore returned %v", err)
	}

	var wg sync.WaitGroup
	ctx, cancel = context.WithCancel(t.Context())
	wg.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			if _, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
				_, err := tx.Create(idea(strings.Repeat("meanwhile ", n%50)))
				return err
			}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	var busy [][]byte
	for range 3 {
		busy = append(busy, archived(t, s))
	}
	cancel()
	wg.Wait()
	for _, raw := range busy {
		if err := keeper(t, d).Restore(t.Context(), bytes.NewReader(raw), store.RestoreOptions{Replace: true}); err != nil {
			t.Fatal(err)
		}
		sound(t, d)
		if got := archived(t, d); !bytes.Equal(got, raw) {
			t.Error("an archive that was made while others wrote comes back as other bytes")
		}
	}
}
