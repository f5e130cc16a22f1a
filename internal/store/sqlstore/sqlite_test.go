package sqlstore

import (
	"encoding/json"
	"testing"

	"cairn"
	"cairn/internal/store"
)

func open(t testing.TB) *Store {
	t.Helper()
	s, err := OpenSQLite(t.Context(), t.TempDir(), Options{})
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

func TestSmoke(t *testing.T) {
	s := open(t)
	var id cairn.ID
	set, err := s.Write(t.Context(), store.Meta{Project: 7, Group: "g"}, func(tx store.Tx) (err error) {
		id, err = tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: 7, Attrs: cairn.Attrs{"title": json.RawMessage(`"x"`)}, Text: "héllo\n"})
		return err
	})
	if err != nil || set.Seq != 1 {
		t.Fatal(set, err)
	}
	set, err = s.Write(t.Context(), store.Meta{Project: 7}, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		e.Attrs["title"] = json.RawMessage(`"y"`)
		e.Text = "z"
		return tx.Put(e)
	})
	if err != nil || set.Seq != 2 || len(set.Changes) != 2 {
		t.Fatal(set, err)
	}
	sets, err := s.EntityLog(t.Context(), id, 0, 10)
	if err != nil || len(sets) != 2 {
		t.Fatal(sets, err)
	}
	n := 0
	seq, err := s.Scan(t.Context(), store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: 7, Text: true}, func(e cairn.Entity) error {
		n++
		t.Log(e, string(e.Attrs["title"]))
		return nil
	})
	if err != nil || seq != 2 || n != 1 {
		t.Fatal(seq, n, err)
	}
}
