package sqlstore

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/store"
)

// eachKind makes, by the name of each database's folder of migrations, an empty
// database that can be opened again.
func eachKind() map[string]func(testing.TB) func() *Store {
	return map[string]func(testing.TB) func() *Store{
		"sqlite": func(t testing.TB) func() *Store { dir := t.TempDir(); return func() *Store { return openDir(t, dir) } },
		"postgres": func(t testing.TB) func() *Store {
			url := pgtest.URL(t)
			return func() *Store { return openPostgres(t, url) }
		},
	}
}

// older takes a database back to an earlier format and closes it.
func older(t *testing.T, s *Store, kind string, format int) {
	t.Helper()
	files, err := fs.ReadDir(migrations, "migrate/"+kind)
	if err != nil {
		t.Fatal(err)
	}
	err = s.exclusive(t.Context(), func(c conn) error {
		for _, f := range slices.Backward(files) {
			text, err := fs.ReadFile(migrations, "migrate/"+kind+"/"+f.Name())
			if err != nil {
				return err
			}
			digits, _, _ := strings.Cut(f.Name(), "_")
			if n, err := strconv.Atoi(digits); err != nil || n <= format {
				break
			}
			_, down, _ := strings.Cut(string(text), "-- +goose Down")
			for one := range strings.SplitSeq(strings.TrimSpace(down), ";\n") {
				err := c.exec(t.Context(), strings.TrimSuffix(one, ";"))
				if err == nil {
					err = c.flush(t.Context()) // the next one may need what it made
				}
				if err != nil {
					return err
				}
			}
		}
		return c.exec(t.Context(), "DELETE FROM goose_db_version WHERE version_id > ?", int64(format))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestShelfMigration: a database from before gets the keys of its files.
func TestShelfMigration(t *testing.T) {
	for kind, open := range eachKind() {
		t.Run(kind, func(t *testing.T) {
			open := open(t)
			s := open()
			putBlob(t, s, "file/1", "content")
			if _, err := s.Write(t.Context(), store.Meta{Project: 1}, func(tx store.Tx) error {
				_, err := tx.Create(cairn.Entity{Kind: cairn.KindFile, Project: 1, Attrs: cairn.Attrs{"blob": []byte(`"file/1"`), "name": []byte(`"a \"b\" ü"`)}})
				return err
			}); err != nil {
				t.Fatal(err)
			}
			older(t, s, kind, 2)
			s = open()
			if id, err := s.Lookup(t.Context(), cairn.BlobKey("file/1")); id == 0 || err != nil {
				t.Errorf("the file's content belongs to %d, %v", id, err)
			}
			if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
				t.Errorf("%q, %v", report.Problems, err)
			}
			if got, err := readBlob(t, s, "file/1"); got != "content" || err != nil {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// TestLogPositionMigration: a database that kept the last number beside the log
// goes on behind it (LOG-2), and what is in it is found as before (LOG-22).
func TestLogPositionMigration(t *testing.T) {
	for kind, open := range eachKind() {
		t.Run(kind, func(t *testing.T) {
			open := open(t)
			s := open()
			write := func(s *Store, actor cairn.ID) cairn.ChangeSet {
				t.Helper()
				set, err := s.Write(t.Context(), store.Meta{Project: 7, Actor: actor}, func(tx store.Tx) error {
					_, err := tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 7})
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				return set
			}
			write(s, 1)
			write(s, 2)
			older(t, s, kind, 3)
			s = open()
			if set := write(s, 2); set.Seq != 3 || set.Changes[0].ID != 3 {
				t.Errorf("the next change set is %d and makes the entity %d, want 3 and 3", set.Seq, set.Changes[0].ID)
			}
			sets, err := s.LogOf(t.Context(), store.LogQuery{Project: 7, Actor: 2, Newest: true})
			if err != nil || len(sets) != 2 || sets[0].Seq != 3 || sets[1].Seq != 2 {
				t.Errorf("%v, %v", sets, err)
			}
			if report, err := s.Check(t.Context()); err != nil || len(report.Problems) > 0 {
				t.Errorf("%q, %v", report.Problems, err)
			}
		})
	}
}
