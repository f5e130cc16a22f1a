package sqlstore

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/store"
)

// TestCheckFinds damages the tables one by one; each time the check says what is
// wrong, and nothing else.
func TestCheckFinds(t *testing.T) {
	for name, open := range map[string]func(testing.TB) *Store{
		"sqlite":   func(t testing.TB) *Store { return openDir(t, t.TempDir()) },
		"postgres": func(t testing.TB) *Store { return openPostgres(t, pgtest.URL(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			_, err := s.Write(t.Context(), store.Meta{Project: 1}, func(tx store.Tx) error {
				for range 3 { // the ids 1 to 3, the numbers 1 to 3
					n, err := tx.Numbers(1, 1)
					if err != nil {
						return err
					}
					raw, _ := json.Marshal(n)
					e := cairn.Entity{Kind: cairn.KindIdea, Project: 1, Text: "body", Attrs: cairn.Attrs{"number": raw, "source": []byte(`"x"`), "sourceId": raw}}
					e.Attrs["sourceId"], _ = json.Marshal(string(raw))
					if _, err := tx.Create(e); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, attr := range []string{"a", "b"} {
				if _, err := s.Write(t.Context(), store.Meta{Project: 1}, func(tx store.Tx) error {
					e, err := tx.Entity(2)
					if err != nil {
						return err
					}
					e.Attrs[attr], e.Text = []byte("1"), "body "+attr
					return tx.Put(e)
				}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.PutBlob(t.Context(), "file", strings.NewReader("content")); err != nil {
				t.Fatal(err)
			}
			for _, test := range checkCases {
				damage(t, s, test)
			}
		})
	}
}

type checkCase struct {
	name   string
	damage string // one statement
	mend   string // undoes it
	want   []string
}

var checkCases = []checkCase{
	{"nothing", "", "", nil},
	{"an attribute", `UPDATE entity SET attrs = '{"a":1,"b":2,"number":2,"source":"x","sourceId":"2"}' WHERE id = 2`,
		`UPDATE entity SET attrs = '{"a":1,"b":1,"number":2,"source":"x","sourceId":"2"}' WHERE id = 2`, []string{"The idea 2 has b as 2; by the log it is 1"}},
	{"a text", "UPDATE entity SET body = 'x' WHERE id = 1", "UPDATE entity SET body = 'body' WHERE id = 1", []string{"The idea 1 has another description than by the log"}},
	{"a version", "UPDATE entity SET version = 2 WHERE id = 1", "UPDATE entity SET version = 1 WHERE id = 1",
		[]string{"The idea 1 has the version 2 and was created by 1; by the log these are 1 and 1"}},
	{"a project", "UPDATE entity SET parent = 7 WHERE id = 3", "UPDATE entity SET parent = 0 WHERE id = 3",
		[]string{"The idea 3 is of kind idea in project 1 below 7; by the log it is of kind idea in project 1 below 0"}},
	{"a missing entity", "UPDATE entity SET id = 9 WHERE id = 3", "UPDATE entity SET id = 3 WHERE id = 9",
		[]string{"The idea 3 is missing", "The idea 9 has an id that has not been given out", "The idea 9 is there, but not by the log", "belongs to the entity 3, by the entities to 0"}},
	{"a key's owner", "UPDATE entity_key SET id = 2 WHERE id = 1", "UPDATE entity_key SET id = 1 WHERE name = '1'", []string{"The key 1 of source:1:idea:x belongs to the entity 2, by the entities to 1"}},
	{"a missing key", "UPDATE entity_key SET name = 'z' WHERE id = 1", "UPDATE entity_key SET name = '1' WHERE id = 1",
		[]string{"The key z of source:1:idea:x belongs to the entity 1, by the entities to 0", "The key 1 of source:1:idea:x, of the entity 1, is missing"}},
	{"a number", "UPDATE number SET next = 3", "UPDATE number SET next = 4", []string{"The project 1 would give out the number 3 next, but has an idea with the number 3"}},
	{"a hole", "UPDATE log SET seq = 7 WHERE seq = 3", "UPDATE log SET seq = 3 WHERE seq = 7", []string{
		"The log has a hole: the change set 7 follows 2",
		"names the change set 3, which does not touch it", "lacks the change set 7", "has the version 3 and was created by 1; by the log these are 7 and 1"}},
	{"a history", "UPDATE log_entity SET entity = 1 WHERE seq = 2", "UPDATE log_entity SET entity = 2 WHERE seq = 2",
		[]string{"The history of the entity 1 names the change set 2, which does not touch it", "The history of the idea 2 lacks the change set 2"}},
	{"an old value", `UPDATE log SET changes = '[{"kind":"idea","id":2,"attr":"b","old":5,"new":1},{"kind":"idea","id":2,"attr":"description","old":"other","new":"body b"}]' WHERE seq = 3`,
		`UPDATE log SET changes = '[{"kind":"idea","id":2,"attr":"b","new":1},{"kind":"idea","id":2,"attr":"description","old":"body a","new":"body b"}]' WHERE seq = 3`,
		[]string{"The change set 3 says that b of the idea 2 was 5 before, but it was nothing", "The change set 3 names another description of the idea 2 than the one before"}},
	{"a change of nothing", `UPDATE log SET changes = '[{"kind":"idea","id":5,"attr":"b","new":1}]' WHERE seq = 3`,
		`UPDATE log SET changes = '[{"kind":"idea","id":2,"attr":"b","new":1},{"kind":"idea","id":2,"attr":"description","old":"body a","new":"body b"}]' WHERE seq = 3`,
		[]string{"The change set 3 changes the idea 5, which is not there", "The history of the idea 5 lacks", "The history of the entity 2 names the change set 3", "The idea 2 has b as 1; by the log it is nothing", "another description", "has the version 3"}},
	{"an id", "UPDATE meta SET next_id = 3", "UPDATE meta SET next_id = 4", []string{"The idea 3 has an id that has not been given out yet"}},
	{"a file", "UPDATE blob SET size = 8", "UPDATE blob SET size = 7", []string{`The stored file "file" has 7 of its 8 bytes`}},
}

// damage makes one thing wrong, checks, and mends it.
func damage(t *testing.T, s *Store, test checkCase) {
	t.Helper()
	change := func(text string) {
		if text == "" {
			return
		}
		if err := s.exclusive(t.Context(), func(c conn) error { return c.exec(t.Context(), text) }); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
	}
	change(test.damage)
	defer change(test.mend)
	report, err := s.Check(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", test.name, err)
	}
	if len(report.Problems) != len(test.want) {
		t.Errorf("%s: %d problems, want %d:\n%s", test.name, len(report.Problems), len(test.want), strings.Join(report.Problems, "\n"))
		return
	}
	for _, w := range test.want {
		if !strings.Contains(strings.Join(report.Problems, "\n"), w) {
			t.Errorf("%s: nothing speaks of %q:\n%s", test.name, w, strings.Join(report.Problems, "\n"))
		}
	}
}

// TestCheckDamagedFile: pages that are not right are reported.
func TestCheckDamagedFile(t *testing.T) {
	s := openDir(t, t.TempDir())
	if err := add(s, 50, 100); err != nil {
		t.Fatal(err)
	}
	// An index that lacks what the table has.
	for _, text := range []string{
		"PRAGMA writable_schema = ON",
		"DELETE FROM sqlite_schema WHERE name = 'entity_kind'",
		"PRAGMA writable_schema = OFF",
	} {
		if err := s.exclusive(t.Context(), func(c conn) error { return c.exec(t.Context(), text) }); err != nil {
			t.Fatal(err)
		}
	}
	again := openDir(t, filepath.Dir(s.db.(*sqliteDB).file))
	report, err := again.Check(t.Context())
	if err != nil || len(report.Problems) == 0 || !strings.Contains(report.Problems[0], "damaged") {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestArchiveAcross takes a workspace from one database to the other and back.
func TestArchiveAcross(t *testing.T) {
	address := pgtest.URL(t)
	stores := []*Store{openDir(t, t.TempDir()), openPostgres(t, address), openDir(t, t.TempDir())}
	for _, size := range []int{0, 10, 100_000} {
		if err := add(stores[0], 20, size); err != nil {
			t.Fatal(err)
		}
	}
	var first []byte
	for i, s := range stores {
		var buf bytes.Buffer
		if i > 0 {
			if err := s.Restore(t.Context(), bytes.NewReader(first), store.RestoreOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Archive(t.Context(), &buf, store.ArchiveOptions{Blobs: []string{""}}); err != nil {
			t.Fatal(err)
		}
		if i > 0 && !bytes.Equal(buf.Bytes(), first) {
			t.Errorf("the archive of store %d has other bytes", i)
		}
		first = buf.Bytes()
	}
}

// TestSweep: expired private records do not stay for ever.
func TestSweep(t *testing.T) {
	s := openDir(t, t.TempDir())
	put := func(key string, expires time.Time) {
		t.Helper()
		if _, err := s.Write(t.Context(), store.Meta{}, func(tx store.Tx) error {
			return tx.PutPrivate(store.Private{Scope: "s", Key: key, Value: []byte("1"), ExpiresAt: expires})
		}); err != nil {
			t.Fatal(err)
		}
	}
	put("old", time.Now().Add(-time.Hour))
	put("never", time.Time{})
	var n int64
	again, err := OpenSQLite(t.Context(), filepath.Dir(s.db.(*sqliteDB).file), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	s = again
	put("new", time.Now().Add(time.Hour))
	err = s.read(t.Context(), func(c conn) error {
		_, err := queryRow(t.Context(), c, sql("SELECT count(*) FROM private"), &n)
		return err
	})
	if n != 2 || err != nil {
		t.Errorf("%d records are left, want 2; %v", n, err)
	}
}

// TestOrphans: parts of an upload that broke off with its process are removed a
// day later, those of a running one are not.
func TestOrphans(t *testing.T) {
	s := openDir(t, t.TempDir())
	at := func(age time.Duration) int64 { return time.Now().Add(-age).UnixMicro() }
	if err := s.beside(t.Context(), sql(sqlPartInsert, int64(1), int64(0), at(25*time.Hour), []byte("old")),
		sql(sqlPartInsert, int64(2), int64(0), at(time.Hour), []byte("young"))); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutBlob(t.Context(), "k", strings.NewReader("content")); err != nil {
		t.Fatal(err)
	}
	var n int64
	err := s.read(t.Context(), func(c conn) error {
		_, err := queryRow(t.Context(), c, sql("SELECT count(*) FROM blob_part"), &n)
		return err
	})
	if n != 2 || err != nil {
		t.Errorf("%d parts are left, want 2; %v", n, err)
	}
}
