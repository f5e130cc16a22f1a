package storetest

import (
	"slices"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

// testPrivateRange: a stretch of a scope's records comes in the order of their
// keys' bytes, without those that have expired (LOG-16).
func testPrivateRange(t *testing.T, p Place) {
	s := p.Open(t)
	write(t, s, func(tx store.Tx) error {
		for _, key := range []string{"b/2", "a", "b/10", "B/1", "b/\u00e9", "b0", "c"} {
			if err := tx.PutPrivate(store.Private{Scope: "s", Key: key, Value: text(key)}); err != nil {
				return err
			}
		}
		if err := tx.PutPrivate(store.Private{Scope: "s", Key: "b/1", Value: text(""), ExpiresAt: time.Now().Add(-time.Second)}); err != nil {
			return err
		}
		return tx.PutPrivate(store.Private{Scope: "other", Key: "b/3", Value: text("")})
	})
	for _, test := range []struct {
		keys  store.Range
		limit int
		want  []string
	}{
		{store.Range{}, 100, []string{"B/1", "a", "b/10", "b/2", "b/\u00e9", "b0", "c"}},
		{store.Prefix("b/"), 100, []string{"b/10", "b/2", "b/\u00e9"}},
		{store.Prefix("b/"), 2, []string{"b/10", "b/2"}},
		{store.Range{From: "b/2", To: "c"}, 100, []string{"b/2", "b/\u00e9", "b0"}},
		{store.Prefix("x"), 100, nil},
	} {
		list, err := s.PrivateRange(t.Context(), "s", test.keys, test.limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range list {
			got = append(got, r.Key)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", test.keys, got, test.want)
		}
	}
}

// testPrivateInTx: a transaction sees what it did to private records, and the
// next one in the same commit sees it too (LOG-16).
func testPrivateInTx(t *testing.T, p Place) {
	s := p.Open(t)
	sees := func(tx store.Tx, key, want string) {
		t.Helper()
		r, ok, err := tx.Private("s", key)
		if err != nil || ok != (want != "") || string(r.Value) != want {
			t.Errorf("%s is %q %v, %v; want %q", key, r.Value, ok, err, want)
		}
	}
	record := func(key, value string, owner cairn.ID) store.Private {
		return store.Private{Scope: "s", Key: key, Owner: owner, Value: []byte(value)}
	}
	write(t, s, func(tx store.Tx) error {
		sees(tx, "a", "")
		for _, r := range []store.Private{record("a", "1", 1), record("b", "2", 1), record("c", "3", 2)} {
			if err := tx.PutPrivate(r); err != nil {
				return err
			}
		}
		sees(tx, "a", "1")
		return nil
	})
	write(t, s, func(tx store.Tx) error {
		sees(tx, "b", "2")
		if err := tx.PutPrivate(record("d", "4", 1)); err != nil {
			return err
		}
		if err := tx.DropPrivateOf("s", 1, "b"); err != nil {
			return err
		}
		sees(tx, "a", "")
		sees(tx, "b", "2")
		sees(tx, "c", "3")
		sees(tx, "d", "")
		if err := tx.DropPrivate("s", "c"); err != nil {
			return err
		}
		sees(tx, "c", "")
		late := record("a", "5", 1)
		late.ExpiresAt = tx.Now()
		if err := tx.PutPrivate(late); err != nil {
			return err
		}
		sees(tx, "a", "")
		return tx.PutPrivate(record("d", "6", 1))
	})
	write(t, s, func(tx store.Tx) error {
		sees(tx, "a", "")
		sees(tx, "c", "")
		sees(tx, "d", "6")
		return nil
	})
}
