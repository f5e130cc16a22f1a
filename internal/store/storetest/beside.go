package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/iotest"
	"time"

	"cairn"
	"cairn/internal/store"
)

// testPrivate: records beside the log are stored, found by owner, expire, and
// leave no trace in the log (LOG-16).
func testPrivate(t *testing.T, p Place) {
	s := p.Open(t)
	now := time.Now().UTC().Truncate(time.Microsecond)
	put := func(list ...store.Private) {
		t.Helper()
		set := write(t, s, func(tx store.Tx) error {
			for _, r := range list {
				if err := tx.PutPrivate(r); err != nil {
					return err
				}
			}
			return nil
		})
		if set.Seq != 0 {
			t.Errorf("private records became the change set %d", set.Seq)
		}
	}
	want := func(scope, key string, value string) {
		t.Helper()
		r, ok, err := s.Private(t.Context(), scope, key)
		if err != nil || ok != (value != "") || string(r.Value) != value {
			t.Errorf("%s %s: %q %v, %v; want %q", scope, key, r.Value, ok, err, value)
		}
	}
	record := func(key string, owner cairn.ID, age time.Duration) store.Private {
		return store.Private{Scope: "session", Key: key, Owner: owner, Value: []byte(`{ "k": "` + key + `" }`), CreatedAt: now.Add(-age)}
	}
	a, b, c := record("a", 1, 3*time.Hour), record("b", 1, time.Hour), record("c", 2, 0)
	b.ExpiresAt = now.Add(time.Hour)
	expired := record("d", 1, time.Hour)
	expired.ExpiresAt = now.Add(-time.Microsecond)
	put(a, b, c, expired, store.Private{Scope: "hash", Key: "a", Owner: 1, Value: text("other scope")})
	want("session", "a", `{"k":"a"}`)
	want("session", "b", `{"k":"b"}`)
	want("session", "d", "")
	want("session", "x", "")
	want("hash", "a", `"other scope"`)
	got, _, err := s.Private(t.Context(), "session", "b")
	if err != nil || got.Owner != 1 || !got.CreatedAt.Equal(b.CreatedAt) || !got.ExpiresAt.Equal(b.ExpiresAt) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, _, _ := s.Private(t.Context(), "session", "a"); !got.ExpiresAt.IsZero() {
		t.Errorf("one that never expires expires at %v", got.ExpiresAt)
	}
	of := func(owner cairn.ID, want string) {
		t.Helper()
		list, err := s.PrivateOf(t.Context(), "session", owner)
		keys := ""
		for _, r := range list {
			keys += r.Key
		}
		if err != nil || keys != want {
			t.Errorf("of %d: %q, %v; want %q", owner, keys, err, want)
		}
	}
	of(1, "ba")
	of(2, "c")
	of(3, "")
	a.Value, a.Owner = text("replaced"), 2
	put(a)
	want("session", "a", `"replaced"`)
	of(1, "b")
	of(2, "ca")
	write(t, s, func(tx store.Tx) error { return tx.DropPrivate("session", "b") })
	want("session", "b", "")
	write(t, s, func(tx store.Tx) error { return tx.DropPrivateOf("session", 2, "a") })
	of(2, "a")
	write(t, s, func(tx store.Tx) error { return tx.DropPrivateOf("session", 2, "") })
	of(2, "")
	want("hash", "a", `"other scope"`)
	if sets := fullLog(t, s, 0); len(sets) != 0 {
		t.Errorf("%d change sets in the log", len(sets))
	}
}

// content is n bytes that differ from place to place.
func content(n int, seed uint64) []byte {
	data := make([]byte, n)
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	return data
}

// testBlobs stores files of sizes around the edges of parts and reads them from
// many positions.
func testBlobs(t *testing.T, p Place) {
	s := p.Open(t)
	for _, size := range []int{0, 1, 1000, 256<<10 - 1, 256 << 10, 256<<10 + 1, 3*256<<10 + 77} {
		key := fmt.Sprintf("file %d", size)
		data := content(size, uint64(size))
		// One byte at a time from the reader must not become one part each.
		n, err := s.PutBlob(t.Context(), key, iotest.HalfReader(bytes.NewReader(data)))
		if err != nil || n != int64(size) {
			t.Fatalf("%s: stored %d, %v", key, n, err)
		}
		b, err := s.Blob(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		if b.Size() != int64(size) {
			t.Errorf("%s: size %d", key, b.Size())
		}
		// TestReader tries Read, ReadAt and Seek in all their combinations.
		if size <= 1000 {
			if err := iotest.TestReader(b, data); err != nil {
				t.Errorf("%s: %v", key, err)
			}
		}
		if _, err := b.Seek(0, io.SeekStart); err != nil {
			t.Error(err)
		}
		all, err := io.ReadAll(b)
		if err != nil || !bytes.Equal(all, data) {
			t.Errorf("%s: read %d bytes, %v", key, len(all), err)
		}
		for range 20 {
			from, length := rand.IntN(size+1), rand.IntN(size+1)
			buf := make([]byte, length)
			n, err := b.ReadAt(buf, int64(from))
			want := data[from:min(size, from+length)]
			if !bytes.Equal(buf[:n], want) || (err == nil) != (n == length) || err != nil && !errors.Is(err, io.EOF) {
				t.Errorf("%s: %d bytes at %d: %d, %v", key, length, from, n, err)
			}
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
		for range 2 {
			if err := s.DropBlob(t.Context(), key); err != nil {
				t.Error(err)
			}
		}
		_, err = s.Blob(t.Context(), key)
		wantCode(t, err, cairn.CodeNotFound)
	}
}

// testBlobReplaced: a key has its newest content; who reads the old one has all
// of it or is told that it is gone, never given a mixture.
func testBlobReplaced(t *testing.T, p Place) {
	s := p.Open(t)
	put := func(data []byte) {
		t.Helper()
		if _, err := s.PutBlob(t.Context(), "k", bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
	}
	first, second := content(600<<10, 1), content(500<<10, 2)
	put(first)
	old, err := s.Blob(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	put(second)
	if all, err := io.ReadAll(old); err != nil || !bytes.Equal(all, first) {
		wantCode(t, err, cairn.CodeConflict, "replaced")
	}
	if err := old.Close(); err != nil {
		t.Error(err)
	}
	now, err := s.Blob(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(now); err != nil || !bytes.Equal(all, second) {
		t.Errorf("read %d bytes, %v", len(all), err)
	}
}

// testBlobBroken: an upload that breaks off leaves what was there before.
func testBlobBroken(t *testing.T, p Place) {
	s := p.Open(t)
	// What net/http reports of a body that ends too early must not pass for its end.
	broken := fmt.Errorf("the line went dead: %w", io.ErrUnexpectedEOF)
	upload := func() error {
		_, err := s.PutBlob(t.Context(), "k", io.MultiReader(bytes.NewReader(content(300<<10, 1)), iotest.ErrReader(broken)))
		return err
	}
	if err := upload(); !errors.Is(err, broken) {
		t.Errorf("the upload returned %v", err)
	}
	_, err := s.Blob(t.Context(), "k")
	wantCode(t, err, cairn.CodeNotFound)
	if _, err := s.PutBlob(t.Context(), "k", bytes.NewReader([]byte("whole"))); err != nil {
		t.Fatal(err)
	}
	if err := upload(); !errors.Is(err, broken) {
		t.Errorf("the upload returned %v", err)
	}
	b, err := s.Blob(t.Context(), "k")
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(b); err != nil || string(all) != "whole" {
		t.Errorf("read %q, %v", all, err)
	}
	_, err = s.PutBlob(t.Context(), "", bytes.NewReader(nil))
	wantCode(t, err, cairn.CodeInternal)
}

// testBlobList: stored files are listed in the order of their keys, in parts.
func testBlobList(t *testing.T, p Place) {
	s := p.Open(t)
	began := time.Now().Add(-time.Minute)
	for i, key := range []string{"b/2", "a", "b/1", "b/10", "c"} {
		if _, err := s.PutBlob(t.Context(), key, bytes.NewReader(content(i, 1))); err != nil {
			t.Fatal(err)
		}
	}
	list := func(r store.Range, limit int) (keys []string) {
		t.Helper()
		got, err := s.Blobs(t.Context(), r, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range got {
			keys = append(keys, fmt.Sprintf("%s %d", b.Key, b.Size))
			if b.At.Before(began) || b.At.After(time.Now().Add(time.Minute)) {
				t.Errorf("%s was stored at %v", b.Key, b.At)
			}
		}
		return keys
	}
	for _, c := range []struct {
		keys  store.Range
		limit int
		want  []string
	}{
		{store.Range{}, 9, []string{"a 1", "b/1 2", "b/10 3", "b/2 0", "c 4"}},
		{store.Prefix("b/"), 9, []string{"b/1 2", "b/10 3", "b/2 0"}},
		{store.Prefix("b/"), 2, []string{"b/1 2", "b/10 3"}},
		{store.Range{From: "b/10\x01"}, 9, []string{"b/2 0", "c 4"}},
	} {
		if got := list(c.keys, c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%+v gives %q, want %q", c.keys, got, c.want)
		}
	}
}

// testBlobInTx: a blob is dropped with a transaction or not at all, and later
// transactions see it.
func testBlobInTx(t *testing.T, p Place) {
	s := p.Open(t)
	if _, err := s.PutBlob(t.Context(), "k", bytes.NewReader([]byte("whole"))); err != nil {
		t.Fatal(err)
	}
	has := func(tx store.Tx, want bool) error {
		if got, err := tx.HasBlob("k"); err != nil || got != want {
			t.Errorf("the blob is there: %v, %v; want %v", got, err, want)
		}
		return nil
	}
	refused := errors.New("refused")
	_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
		if err := errors.Join(has(tx, true), tx.DropBlob("k"), tx.DropBlob("absent"), has(tx, false)); err != nil {
			return err
		}
		return refused
	})
	if !errors.Is(err, refused) {
		t.Error(err)
	}
	if b, err := s.Blob(t.Context(), "k"); err != nil {
		t.Error(err)
	} else if all, err := io.ReadAll(b); string(all) != "whole" || err != nil || b.Close() != nil {
		t.Errorf("after a refused transaction: %q, %v", all, err)
	}
	write(t, s, func(tx store.Tx) error { return tx.DropBlob("k") })
	_, err = s.Blob(t.Context(), "k")
	wantCode(t, err, cairn.CodeNotFound)
	write(t, s, func(tx store.Tx) error { return has(tx, false) })
	sound(t, s)
}
