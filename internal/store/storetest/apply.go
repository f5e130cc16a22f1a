package storetest

import (
	"encoding/json"
	"testing"

	"cairn"
	"cairn/internal/store"
)

// undo makes the inverse of a change set.
func undo(set cairn.ChangeSet) func(store.Tx) error {
	return func(tx store.Tx) error {
		for _, c := range set.Inverse() {
			if err := tx.Apply(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// redo makes a change set again.
func redo(set cairn.ChangeSet) func(store.Tx) error {
	return func(tx store.Tx) error {
		for _, c := range set.Changes {
			if err := tx.Apply(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// testApply replays a log into another store: the entities are equal to the
// byte, and so is the log (LOG-13).
func testApply(t *testing.T, p Place) {
	s := p.Open(t)
	e := idea("A")
	e.Text = "body"
	e.ID = create(t, s, e)
	write(t, s, func(tx store.Tx) error {
		now, err := tx.Entity(e.ID)
		if err != nil {
			return err
		}
		now.Attrs["f1"] = json.RawMessage(`{"a":[1,"\u003c"]}`)
		now.Attrs["title"] = text("B <b>")
		now.Text = ""
		if _, err := tx.Create(field("Impact")); err != nil {
			return err
		}
		return tx.Put(now)
	})
	gone := create(t, s, idea("gone"))
	write(t, s, func(tx store.Tx) error { return tx.Delete(gone) })
	sets := fullLog(t, s, 0)
	before := scan(t, s, store.Query{Text: true})

	// Backwards to nothing, and forwards again.
	for i := len(sets) - 1; i >= 0; i-- {
		write(t, s, undo(sets[i]))
	}
	if n := len(scan(t, s, store.Query{})); n != 0 {
		t.Fatalf("%d entities are left when all is undone", n)
	}
	for _, set := range sets {
		again := write(t, s, redo(set))
		again.Seq, again.At, set.Actor = set.Seq, set.At, again.Actor
		wantSets(t, []cairn.ChangeSet{again}, []cairn.ChangeSet{set})
	}
	after := scan(t, s, store.Query{Text: true})
	if len(after) != len(before) {
		t.Fatalf("%d entities, want %d", len(after), len(before))
	}
	for i := range after {
		after[i].Version = before[i].Version
		if err := same(after[i], before[i]); err != nil {
			t.Error(err)
		}
	}
	if next := create(t, s, idea("next")); next <= gone {
		t.Errorf("the id %d is given out again", next)
	}
}

// testApplyConflicts: a change applies to the value it was made on, or not at
// all.
func testApplyConflicts(t *testing.T, p Place) {
	s := p.Open(t)
	e := idea("A")
	e.Text = "body"
	e.ID = create(t, s, e)
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	snapshot := raw(`{"attrs":{"title":"A"},"text":"body"}`)
	c := func(attr string, old, new json.RawMessage) cairn.Change {
		return cairn.Change{Kind: cairn.KindIdea, ID: e.ID, Attr: attr, Old: old, New: new}
	}
	missing := c("title", text("A"), text("B"))
	missing.ID = 999
	otherKind := c("title", text("A"), text("B"))
	otherKind.Kind = cairn.KindView
	for _, test := range []struct {
		name string
		c    cairn.Change
		code cairn.Code
	}{
		{"another value", c("title", text("X"), text("B")), cairn.CodeConflict},
		{"no value", c("title", nil, text("B")), cairn.CodeConflict},
		{"a value where none is", c("f1", raw("1"), raw("2")), cairn.CodeConflict},
		{"another text", c("description", text("x"), text("B")), cairn.CodeConflict},
		{"no text", c("description", nil, text("B")), cairn.CodeConflict},
		{"text that is none", c("description", raw("1"), text("B")), cairn.CodeInvalid},
		{"create what exists", c("", nil, snapshot), cairn.CodeConflict},
		{"delete what changed", c("", raw(`{"attrs":{"title":"B"},"text":"body"}`), nil), cairn.CodeConflict},
		{"whole to whole", c("", snapshot, snapshot), cairn.CodeInternal},
		{"nothing to nothing", c("", nil, nil), cairn.CodeInternal},
		{"a missing entity", missing, cairn.CodeConflict},
		{"another kind", otherKind, cairn.CodeConflict},
	} {
		t.Run(test.name, func(t *testing.T) {
			set, err := s.Write(t.Context(), meta(), func(tx store.Tx) error { return tx.Apply(test.c) })
			wantCode(t, err, test.code)
			if set.Seq != 0 {
				t.Errorf("it became the change set %d", set.Seq)
			}
		})
	}
	for _, ok := range []cairn.Change{
		c("f1", raw("null"), raw("1")), c("f1", raw(" 1"), raw("null")), c("description", text("body"), nil), c("description", nil, text("body")),
		c("", raw(`{"text":"body", "attrs":{"f9":null, "title":"A"}}`), nil),
	} {
		write(t, s, func(tx store.Tx) error { return tx.Apply(ok) })
	}
}

// testUndo: undoing a change set gives back every byte, twice undone is redone.
func testUndo(t *testing.T, p Place) {
	s := p.Open(t)
	e := idea("A")
	e.Text = "one\ntwo"
	e.Attrs["f1"] = json.RawMessage(`[ 1,"\u00e9" ]`)
	e.ID = create(t, s, e)
	doomed := create(t, s, sourced("jira", "1"))
	before := scan(t, s, store.Query{Text: true})
	set := write(t, s, func(tx store.Tx) error {
		now, err := tx.Entity(e.ID)
		if err != nil {
			return err
		}
		delete(now.Attrs, "f1")
		now.Attrs["title"], now.Text = text("B"), "three"
		if err := tx.Put(now); err != nil {
			return err
		}
		now.Attrs["title"] = text("C") // twice in one change set
		if err := tx.Put(now); err != nil {
			return err
		}
		if _, err := tx.Create(idea("new")); err != nil {
			return err
		}
		return tx.Delete(doomed)
	})
	changed := scan(t, s, store.Query{Text: true})
	first := write(t, s, undo(set))
	compareAll(t, "undone", scan(t, s, store.Query{Text: true}), before)
	write(t, s, undo(first))
	compareAll(t, "redone", scan(t, s, store.Query{Text: true}), changed)
}

// compareAll compares two lists of entities but for their versions.
func compareAll(t testing.TB, step string, got, want []cairn.Entity) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d entities, want %d", step, len(got), len(want))
	}
	for i := range got {
		got[i].Version = want[i].Version
		if err := same(got[i], want[i]); err != nil {
			t.Errorf("%s: %v", step, err)
		}
	}
}
