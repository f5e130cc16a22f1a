package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/store"
)

func user(email string) cairn.Entity {
	return cairn.Entity{Kind: cairn.KindUser, Attrs: cairn.Attrs{"email": text(email), "name": text("x")}}
}

func field(name string) cairn.Entity {
	return cairn.Entity{Kind: cairn.KindField, Project: project, Attrs: cairn.Attrs{"name": text(name)}}
}

func sourced(source, id string) cairn.Entity {
	e := idea("imported")
	e.Attrs["source"], e.Attrs["sourceId"] = text(source), text(id)
	return e
}

// owner asks the store and a transaction, which must agree.
func owner(t testing.TB, s store.Store, k cairn.Key) cairn.ID {
	t.Helper()
	id, err := s.Lookup(t.Context(), k)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, func(tx store.Tx) error {
		inside, err := tx.Lookup(k)
		if inside != id {
			t.Errorf("the key %v belongs to %d, inside a transaction to %d", k, id, inside)
		}
		return err
	})
	return id
}

// testKeys: a key has one owner, and who comes second is told which it is
// (LOG-12).
func testKeys(t *testing.T, p Place) {
	s := p.Open(t)
	member := func(who cairn.ID) cairn.Entity {
		return cairn.Entity{Kind: cairn.KindMember, Project: project, Attrs: cairn.Attrs{"user": []byte(who.String())}}
	}
	for _, test := range []struct {
		e    cairn.Entity
		key  cairn.Key
		word string
	}{
		{user("ada@example.org"), cairn.Key{Scope: cairn.ScopeEmail, Name: "ada@example.org"}, "ada@example.org is already in use"},
		{cairn.Entity{Kind: cairn.KindProject, Attrs: cairn.Attrs{"key": text("INS")}}, cairn.Key{Scope: cairn.ScopeProject, Name: "INS"}, "INS is already used by another project"},
		{field(" Impact "), cairn.FieldNameKey(project, "impact"), "already a field named Impact"},
		{member(9), cairn.MemberKey(project, 9), "already a member"},
		{sourced("jira", "X-1"), cairn.SourceKey(project, cairn.KindIdea, "jira", "X-1"), "idea from jira with the id X-1"},
	} {
		first := create(t, s, test.e)
		if got := owner(t, s, test.key); got != first {
			t.Errorf("%v belongs to %d, want %d", test.key, got, first)
		}
		_, err := s.Write(t.Context(), store.Meta{Project: test.e.Project}, func(tx store.Tx) error {
			_, err := tx.Create(test.e)
			return err
		})
		wantCode(t, err, cairn.CodeConflict, test.word)
		if e, ok := errors.AsType[*cairn.Error](err); ok && (len(e.Details) != 1 || e.Details[0].Field == "") {
			t.Errorf("%v: the details are %+v", test.key, e.Details)
		}
		if n := len(scan(t, s, store.Query{Kinds: []cairn.Kind{test.e.Kind}})); n != 1 {
			t.Errorf("there are %d of kind %s", n, test.e.Kind)
		}
	}
}

// testKeysMove: keys follow from the attributes, through every way to change
// them, inside one transaction and after it.
func testKeysMove(t *testing.T, p Place) {
	s := p.Open(t)
	a, b := create(t, s, field("A")), create(t, s, field("B"))
	rename := func(id cairn.ID, name string) func(store.Tx) error {
		return func(tx store.Tx) error {
			e, err := tx.Entity(id)
			if err != nil {
				return err
			}
			e.Attrs["name"] = text(name)
			return tx.Put(e)
		}
	}
	want := func(step string, owners map[string]cairn.ID) {
		t.Helper()
		for name, id := range owners {
			if got := owner(t, s, cairn.FieldNameKey(project, name)); got != id {
				t.Errorf("%s: %s belongs to %d, want %d", step, name, got, id)
			}
		}
	}
	_, err := s.Write(t.Context(), meta(), rename(a, "b"))
	wantCode(t, err, cairn.CodeConflict, "b")
	want("refused", map[string]cairn.ID{"a": a, "b": b})

	write(t, s, func(tx store.Tx) error { // swap, by way of a third name
		for _, fn := range []func(store.Tx) error{rename(a, "C"), rename(b, "A"), rename(a, "B")} {
			if err := fn(tx); err != nil {
				return err
			}
		}
		return nil
	})
	want("swapped", map[string]cairn.ID{"a": b, "b": a, "c": 0})

	set := write(t, s, func(tx store.Tx) error {
		if err := tx.Delete(a); err != nil {
			return err
		}
		if id, err := tx.Lookup(cairn.FieldNameKey(project, "B")); id != 0 || err != nil {
			t.Errorf("the deleted one still has its key: %d, %v", id, err)
		}
		return rename(b, "B")(tx)
	})
	want("deleted", map[string]cairn.ID{"a": 0, "b": b})

	write(t, s, func(tx store.Tx) error {
		for _, c := range set.Inverse() {
			if err := tx.Apply(c); err != nil {
				return err
			}
		}
		return nil
	})
	want("undone", map[string]cairn.ID{"a": b, "b": a})

	write(t, s, func(tx store.Tx) error { // a hidden field gives its name away
		e, err := tx.Entity(a)
		if err != nil {
			return err
		}
		e.Attrs["deleted"] = []byte("true")
		return tx.Put(e)
	})
	want("hidden", map[string]cairn.ID{"b": 0})
	c := create(t, s, field("b"))
	_, err = s.Write(t.Context(), meta(), func(tx store.Tx) error {
		return tx.Apply(cairn.Change{Kind: cairn.KindField, ID: a, Attr: "deleted", Old: []byte("true")})
	})
	wantCode(t, err, cairn.CodeConflict, "already a field")
	want("taken meanwhile", map[string]cairn.ID{"b": c})
}

// testLongKeys: names of any length and any characters are keys.
func testLongKeys(t *testing.T, p Place) {
	s := p.Open(t)
	long := strings.Repeat("x", 100_000)
	names := append(naughty()[1:], long, long+"y", "y"+long, strings.Repeat("é", 5000), "a\x00b", "ab")
	for _, name := range names {
		id := create(t, s, sourced(name, name))
		if got := owner(t, s, cairn.SourceKey(project, cairn.KindIdea, name, name)); got != id {
			t.Errorf("%.40q belongs to %d, want %d", name, got, id)
		}
	}
	if got := owner(t, s, cairn.SourceKey(project, cairn.KindIdea, long, long+"z")); got != 0 {
		t.Errorf("an unknown long name belongs to %d", got)
	}
}

// testKeysAtOnce: owners that were read together are those that are read one by
// one, and second owners are refused all the same (LOG-12).
func testKeysAtOnce(t *testing.T, p Place) {
	s := p.Open(t)
	scope := cairn.SourceKey(project, cairn.KindIdea, "jira", "").Scope
	var names []string
	for i := range 75 {
		names = append(names, fmt.Sprintf("X-%d", i), strings.Repeat("long ", 200)+fmt.Sprint(i))
	}
	for _, name := range names[:len(names)/3] {
		create(t, s, sourced("jira", name))
	}
	want := make(map[string]cairn.ID)
	for _, name := range names {
		want[name] = owner(t, s, cairn.Key{Scope: scope, Name: name})
	}
	write(t, s, func(tx store.Tx) error {
		if err := tx.Prefetch(scope, nil); err != nil {
			return err
		}
		if err := tx.Prefetch(scope, append(names, names...)); err != nil {
			return err
		}
		for _, name := range names {
			if id, err := tx.Lookup(cairn.Key{Scope: scope, Name: name}); err != nil || id != want[name] {
				t.Errorf("%.20s belongs to %d, want %d; %v", name, id, want[name], err)
			}
		}
		_, err := tx.Create(sourced("jira", names[0]))
		wantCode(t, err, cairn.CodeConflict, "X-0")
		for _, name := range names {
			if want[name] != 0 {
				continue
			}
			if want[name], err = tx.Create(sourced("jira", name)); err != nil {
				return err
			}
		}
		return nil
	})
	for _, name := range names {
		if id := owner(t, s, cairn.Key{Scope: scope, Name: name}); id != want[name] || id == 0 {
			t.Errorf("%.20s belongs to %d afterwards, want %d", name, id, want[name])
		}
	}
}
