package shelf

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"cairn"
	"cairn/internal/store"
)

// bytesOf returns bytes that look random but are the same each time.
func bytesOf(n int, seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(r.Uint32())
	}
	return data
}

// conform is what every shelf has to do.
func conform(t *testing.T, s store.Shelf) {
	ctx := t.Context()
	began := time.Now().Add(-2 * time.Second)
	names := map[string]int{}
	for _, size := range []int{0, 1, 1000, readAhead + 1, 3*readAhead + 77} {
		data := bytesOf(size, uint64(size))
		put, err := s.Put(ctx, "here", iotest.HalfReader(bytes.NewReader(data)))
		if err != nil || put.Size != int64(size) {
			t.Fatalf("%d bytes: %+v, %v", size, put, err)
		}
		names[put.Name] = size
		b, err := s.Open(ctx, put.Name)
		if err != nil {
			t.Fatal(err)
		}
		if b.Size() != int64(size) {
			t.Errorf("size %d, want %d", b.Size(), size)
		}
		if size <= 1000 {
			if err := iotest.TestReader(b, data); err != nil {
				t.Error(err)
			}
		}
		for range 8 {
			from := rand.IntN(size + 1)
			if _, err := b.Seek(int64(from), io.SeekStart); err != nil {
				t.Fatal(err)
			}
			if rest, err := io.ReadAll(b); err != nil || !bytes.Equal(rest, data[from:]) {
				t.Errorf("from %d of %d: %d bytes, %v", from, size, len(rest), err)
			}
			buf := make([]byte, rand.IntN(size+1))
			n, err := b.ReadAt(buf, int64(from))
			if !bytes.Equal(buf[:n], data[from:min(size, from+len(buf))]) || (err == nil) != (n == len(buf)) {
				t.Errorf("%d at %d of %d: %d, %v", len(buf), from, size, n, err)
			}
		}
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	}
	twice, err := s.Put(ctx, "here", bytes.NewReader(bytesOf(1000, 1000)))
	if err != nil || names[twice.Name] != 0 || len(store.ShelvedSum(twice.Name)) != 64 {
		t.Errorf("the same content again is %q, %v", twice.Name, err)
	}
	names[twice.Name] = 1000
	if _, err := s.Put(ctx, "there", strings.NewReader("another folder's")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the line went dead")
	if _, err := s.Put(ctx, "here", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("a broken upload returned %v", err)
	}
	left, stop := context.WithCancel(ctx)
	stop()
	if _, err := s.Put(left, "here", strings.NewReader("nobody waits")); !errors.Is(err, context.Canceled) {
		t.Errorf("an upload that nobody waits for returned %v", err)
	}
	listed := map[string]int{}
	if err := s.List(ctx, "here", func(c store.Shelved) error {
		listed[c.Name] = int(c.Size)
		if c.At.Before(began) || c.At.After(time.Now().Add(2*time.Second)) {
			t.Errorf("%s was put there at %v", c.Name, c.At)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(listed) != len(names) {
		t.Errorf("the list has %v, want %v", listed, names)
	}
	for name, size := range names {
		if got, ok := listed[name]; !ok || got != size {
			t.Errorf("%s is listed as %d, %v", name, got, ok)
		}
	}
	if err := s.Remove(ctx, twice.Name); err != nil {
		t.Error(err)
	}
	if err := s.Remove(ctx, twice.Name); err != nil {
		t.Errorf("removed again: %v", err)
	}
	if _, err := s.Open(ctx, twice.Name); cairn.CodeOf(err) != cairn.CodeNotFound {
		t.Errorf("what was removed opens with %v", err)
	}
	for _, name := range []string{"", "x", "../../etc/passwd", "here/../../etc/passwd", twice.Name + "/..", "here/ab/" + strings.Repeat("a", 81)} {
		if _, err := s.Open(ctx, name); cairn.CodeOf(err) != cairn.CodeNotFound {
			t.Errorf("%q opens with %v", name, err)
		}
		if err := s.Remove(ctx, name); err != nil {
			t.Errorf("%q is removed with %v", name, err)
		}
	}
	for _, folder := range []string{"", "..", "a/b", "A"} {
		if _, err := s.Put(ctx, folder, strings.NewReader("x")); err == nil {
			t.Errorf("the folder %q is taken", folder)
		}
	}
}

func wantError(t *testing.T, err error, code cairn.Code, words ...string) {
	t.Helper()
	if cairn.CodeOf(err) != code {
		t.Errorf("%v has the code %q, want %q", err, cairn.CodeOf(err), code)
		return
	}
	if i := slices.IndexFunc(words, func(w string) bool { return !strings.Contains(err.Error(), w) }); i >= 0 {
		t.Errorf("%q does not speak of %q", err, words[i])
	}
}

func TestParse(t *testing.T) {
	env := func(name string) string {
		return map[string]string{"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-central-1"}[name]
	}
	for address, want := range map[string]string{
		"dir:///srv/files":  "/srv/files",
		"dir:files":         "files",
		"s3://shots":        "s3://shots",
		"s3://shots/cairn/": "s3://shots/cairn",
		"s3://shots?endpoint=http://127.0.0.1:9&region=x":        "s3://shots at 127.0.0.1:9",
		"s3://shots/a/b?endpoint=https://s3.example.com:8443/in": "s3://shots/a/b at s3.example.com:8443",
	} {
		s, err := Parse(address, env)
		if err != nil || s.String() != want {
			t.Errorf("%s is %v, %v", address, s, err)
		}
	}
	for address, word := range map[string]string{
		"/srv/files": "neither", "dir://srv/files": "three slashes", "dir:": "three slashes", "file:///x": "neither", "s3:///x": "bucket is missing",
		"s3://a?endpont=x": "endpont", "s3://a?endpoint=x": "no address", "s3://id:secret@a": "does not belong", "s3://%zz": "cannot be read",
	} {
		if _, err := Parse(address, env); err == nil || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v, want %q", address, err, word)
		}
	}
	if _, err := Parse("s3://a", func(string) string { return "" }); err == nil || !strings.Contains(err.Error(), "AWS_ACCESS_KEY_ID") {
		t.Errorf("without a key: %v", err)
	}
}
