package sqlstore

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"

	"cairn"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/store"
	"cairn/internal/store/shelf"
	"cairn/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Child(openSpec)
	os.Exit(m.Run())
}

// openSpec opens what a place's Spec names.
func openSpec(spec string) (store.Store, error) {
	kind, where, _ := strings.Cut(spec, " ")
	switch kind {
	case "files":
		return OpenSQLite(context.Background(), where, Options{Shelf: shelf.OpenDir(filepath.Join(where, "files"))})
	case "sqlite":
		return OpenSQLite(context.Background(), where, Options{})
	case "postgres":
		return OpenPostgres(context.Background(), where, Options{})
	}
	return nil, fmt.Errorf("%q names no database", spec)
}

// place is a database of either kind.
type place struct{ spec string }

func (p place) Spec() string { return p.spec }

func (p place) Open(t testing.TB) store.Store {
	t.Helper()
	s, err := openSpec(p.spec)
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

func TestSQLite(t *testing.T) {
	storetest.Run(t, func(t testing.TB) storetest.Place { return place{"sqlite " + t.TempDir()} })
}

// TestShelf: stored files beside the database instead of in it.
func TestShelf(t *testing.T) {
	storetest.RunFiles(t, func(t testing.TB) storetest.Place { return place{"files " + t.TempDir()} })
}

// TestBucket: stored files in a bucket, of which both databases have a folder.
func TestBucket(t *testing.T) {
	backend := s3mem.New()
	if err := backend.CreateBucket(t.Context(), "files"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{"the-key": "secret"})).Server())
	t.Cleanup(server.Close)
	bucket, err := shelf.NewS3(shelf.S3Config{Bucket: "files", Endpoint: server.URL, Key: "the-key", Secret: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	storetest.RunFiles(t, func(t testing.TB) storetest.Place { return bucketPlace{place{"sqlite " + t.TempDir()}, bucket} })
}

// bucketPlace is a place whose files go to a bucket.
type bucketPlace struct {
	place
	bucket store.Shelf
}

func (p bucketPlace) Open(t testing.TB) store.Store {
	t.Helper()
	s, err := OpenSQLite(t.Context(), strings.TrimPrefix(p.spec, "sqlite "), Options{Shelf: p.bucket})
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

func TestPostgres(t *testing.T) {
	pgtest.URL(t) // skips here, not in every part, when there is no server
	storetest.Run(t, func(t testing.TB) storetest.Place { return place{"postgres " + pgtest.URL(t)} })
}

// The clock of the options dates change sets; a clock that is set back does not
// set them back.
func TestClock(t *testing.T) {
	at := time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)
	s, err := OpenSQLite(t.Context(), t.TempDir(), Options{Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	write := func() time.Time {
		t.Helper()
		set, err := s.Write(t.Context(), store.Meta{}, func(tx store.Tx) error {
			_, err := tx.Create(cairn.Entity{Kind: cairn.KindWorkspace, Attrs: cairn.Attrs{}})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return set.At
	}
	first := at
	if got := write(); !got.Equal(first) {
		t.Errorf("it happened at %v, not at %v", got, first)
	}
	at = first.Add(-time.Hour)
	if got := write(); !got.Equal(first) {
		t.Errorf("with the clock set back it happened at %v", got)
	}
	at = first.Add(time.Hour)
	if got := write(); !got.Equal(at) {
		t.Errorf("it happened at %v, not at %v", got, at)
	}
}
