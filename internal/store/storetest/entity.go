package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

// testEmpty looks at a database in which nothing has been written.
func testEmpty(t *testing.T, p Place) {
	s := p.Open(t)
	if seq, err := s.Seq(t.Context()); seq != 0 || err != nil {
		t.Errorf("sequence number %d, %v", seq, err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("ping: %v", err)
	}
	if all := scan(t, s, store.Query{}); len(all) != 0 {
		t.Errorf("%d entities", len(all))
	}
	if sets := fullLog(t, s, 0); len(sets) != 0 {
		t.Errorf("%d change sets", len(sets))
	}
	if id, err := s.Lookup(t.Context(), cairn.Key{Scope: "email", Name: "a@example.org"}); id != 0 || err != nil {
		t.Errorf("lookup %d, %v", id, err)
	}
	_, err := s.Entity(t.Context(), 1)
	wantCode(t, err, cairn.CodeNotFound)
	_, err = s.Blob(t.Context(), "x")
	wantCode(t, err, cairn.CodeNotFound)
	if _, ok, err := s.Private(t.Context(), "session", "x"); ok || err != nil {
		t.Errorf("private %v, %v", ok, err)
	}
	set := write(t, s, func(store.Tx) error { return nil })
	if set.Seq != 0 || len(set.Changes) != 0 {
		t.Errorf("an empty write became %+v (LOG-4)", set)
	}
}

// testCreate looks at a new entity, its change set and its log (LOG-1, LOG-5).
func testCreate(t *testing.T, p Place) {
	s := p.Open(t)
	before := time.Now().UTC().Truncate(time.Microsecond)
	e := cairn.Entity{
		Kind: cairn.KindComment, Project: project, Parent: 77, Text: "Hello\n<b>world</b>",
		Attrs: cairn.Attrs{"author": json.RawMessage(`3`), "b": json.RawMessage(` { "x" : [1, 2] } `), "gone": json.RawMessage("null")},
	}
	m := store.Meta{Actor: 3, Project: project, Group: "g1", Reason: "why not", Origin: "web"}
	set := writeAs(t, s, m, func(tx store.Tx) (err error) {
		if tx.Seq() != 1 || tx.Now().Before(before) || tx.Now().Location() != time.UTC {
			t.Errorf("sequence number %d at %v", tx.Seq(), tx.Now())
		}
		e.ID, err = tx.Create(e)
		return err
	})
	e.Version = 1
	e.Attrs = cairn.Attrs{"author": json.RawMessage(`3`), "b": json.RawMessage(`{"x":[1,2]}`)}
	if err := same(entity(t, s, e.ID), e); err != nil {
		t.Error(err)
	}
	if set.Seq != 1 || set.Actor != 3 || set.Project != project || set.Group != "g1" || set.Reason != "why not" || set.Origin != "web" || set.At.Before(before) {
		t.Errorf("the change set is %+v", set)
	}
	if len(set.Changes) != 1 || !set.Changes[0].Created() || set.Changes[0].Kind != cairn.KindComment || set.Changes[0].ID != e.ID {
		t.Fatalf("the changes are %+v", set.Changes)
	}
	var snap cairn.Snapshot
	if err := json.Unmarshal(set.Changes[0].New, &snap); err != nil {
		t.Fatal(err)
	}
	if err := same(cairn.Entity{Attrs: snap.Attrs, Parent: snap.Parent, Text: snap.Text}, cairn.Entity{Attrs: e.Attrs, Parent: 77, Text: e.Text}); err != nil {
		t.Error(err)
	}
	wantSets(t, fullLog(t, s, 0), []cairn.ChangeSet{set})
}

// wantSets compares change sets by their JSON, where all their bytes show.
func wantSets(t testing.TB, got, want []cairn.ChangeSet) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d change sets, want %d", len(got), len(want))
	}
	for i := range got {
		a, b := got[i], want[i]
		if len(a.Changes) != len(b.Changes) {
			t.Fatalf("the change set %d has %d changes, want %d", a.Seq, len(a.Changes), len(b.Changes))
		}
		for j := range a.Changes {
			x, y := a.Changes[j], b.Changes[j]
			if x.Kind != y.Kind || x.ID != y.ID || x.Attr != y.Attr || string(x.Old) != string(y.Old) || string(x.New) != string(y.New) {
				t.Errorf("change set %d, change %d:\n got %+v %s → %s\nwant %+v %s → %s", a.Seq, j, x, x.Old, x.New, y, y.Old, y.New)
			}
		}
		if !a.At.Equal(b.At) {
			t.Errorf("the change set %d is of %v, not of %v", a.Seq, a.At, b.At)
		}
		a.Changes, b.Changes, a.At, b.At = nil, nil, time.Time{}, time.Time{}
		if a.Seq != b.Seq || a.Actor != b.Actor || a.Project != b.Project || a.Group != b.Group || a.Reason != b.Reason || a.Origin != b.Origin {
			t.Errorf("the change set is %+v, want %+v", a, b)
		}
	}
}

// testPut looks at the changes that a new version of an entity becomes (LOG-6).
func testPut(t *testing.T, p Place) {
	s := p.Open(t)
	e := idea("A")
	e.Attrs["f1"], e.Attrs["f2"], e.Text = json.RawMessage("1"), json.RawMessage(`"x"`), "first"
	e.ID = create(t, s, e)
	change := func(attr, old, new string) cairn.Change {
		c := cairn.Change{Kind: cairn.KindIdea, ID: e.ID, Attr: attr}
		if old != "" {
			c.Old = json.RawMessage(old)
		}
		if new != "" {
			c.New = json.RawMessage(new)
		}
		return c
	}
	for _, step := range []struct {
		name string
		edit func(*cairn.Entity)
		want []cairn.Change
	}{
		{"nothing", func(*cairn.Entity) {}, nil},
		{"only spaces", func(e *cairn.Entity) { e.Attrs["f1"] = json.RawMessage(" 1 ") }, nil},
		{"one", func(e *cairn.Entity) { e.Attrs["f1"] = json.RawMessage("2") }, []cairn.Change{change("f1", "1", "2")}},
		{"several", func(e *cairn.Entity) {
			e.Attrs["f1"] = json.RawMessage("null")
			delete(e.Attrs, "f2")
			e.Attrs["f3"] = json.RawMessage(`[1,2]`)
			e.Attrs["title"] = text("B")
		}, []cairn.Change{change("f1", "2", ""), change("f2", `"x"`, ""), change("f3", "", "[1,2]"), change("title", `"A"`, `"B"`)}},
		{"text", func(e *cairn.Entity) { e.Text = "second\n\"line\"" }, []cairn.Change{change("description", `"first"`, `"second\n\"line\""`)}},
		{"no text", func(e *cairn.Entity) { e.Text = "" }, []cairn.Change{change("description", `"second\n\"line\""`, "")}},
	} {
		before := entity(t, s, e.ID)
		next := entity(t, s, e.ID)
		step.edit(&next)
		set := write(t, s, func(tx store.Tx) error { return tx.Put(next) })
		if step.want == nil {
			if set.Seq != 0 || entity(t, s, e.ID).Version != before.Version {
				t.Errorf("%s: became the change set %+v", step.name, set)
			}
			continue
		}
		wantSets(t, []cairn.ChangeSet{{Seq: set.Seq, At: set.At, Actor: 3, Project: project, Changes: set.Changes}},
			[]cairn.ChangeSet{{Seq: before.Version + 1, At: set.At, Actor: 3, Project: project, Changes: step.want}})
		after := before
		for _, c := range set.Changes {
			after, _ = store.Applied(after, &set, c)
		}
		if err := same(entity(t, s, e.ID), after); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
	}
	_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error { return tx.Put(cairn.Entity{ID: 12345, Kind: cairn.KindIdea}) })
	wantCode(t, err, cairn.CodeNotFound)
	_, err = s.Write(t.Context(), meta(), func(tx store.Tx) error { e.Parent = 5; return tx.Put(e) })
	wantCode(t, err, cairn.CodeInternal, "parent")
}

// testDelete looks at what remains of a deleted entity.
func testDelete(t *testing.T, p Place) {
	s := p.Open(t)
	e := idea("A")
	e.Text = "body"
	e.ID = create(t, s, e)
	before := entity(t, s, e.ID)
	set := write(t, s, func(tx store.Tx) error {
		if err := tx.Delete(e.ID); err != nil {
			return err
		}
		_, err := tx.Entity(e.ID)
		wantCode(t, err, cairn.CodeNotFound, "idea")
		wantCode(t, tx.Delete(e.ID), cairn.CodeNotFound)
		return nil
	})
	if len(set.Changes) != 1 || !set.Changes[0].Deleted() {
		t.Fatalf("the changes are %+v", set.Changes)
	}
	_, err := s.Entity(t.Context(), e.ID)
	wantCode(t, err, cairn.CodeNotFound)
	inverse := set.Inverse()
	again := write(t, s, func(tx store.Tx) error { return tx.Apply(inverse[0]) })
	before.Version = again.Seq
	if err := same(entity(t, s, e.ID), before); err != nil {
		t.Error(err)
	}
}

// naughty are texts that have broken other programs.
func naughty() []string {
	return []string{
		"", " ", "\t\r\n", "null", `"`, `\`, `\"`, `\\`, `'; DROP TABLE entity; --`, "<script>&amp;</script>", "?", "$1", "%s",
		"Ünïcödé", "日本語", "مرحبا", "👩‍👩‍👧‍👦", "\u2028\u2029", "\u202e reversed", "\ufeff bom", "\x01\x1f\x7f", "\ufffd", "a\u0301",
		strings.Repeat("long ", 40_000),
	}
}

// testValues stores texts and values that need care and gets the same bytes
// back, from the entity and from the log (LOG-7).
func testValues(t *testing.T, p Place) {
	s := p.Open(t)
	raws := []string{
		`true`, `false`, `0`, `-0`, `1.0`, `1e5`, `-1.5E-10`, `12345678901234567890`, `""`, `"\u003c"`, `"<"`, `"\/"`, `"\u0000"`,
		`"\ud83d\ude00"`, `"\ud800"`, `[]`, `{}`, `[null]`, `{"a":null}`, `[[],{"]":"}"}]`, `{"a\"b":"\\"}`,
	}
	for _, n := range naughty() {
		raws = append(raws, string(text(n)))
	}
	e := idea("A")
	for i, raw := range raws {
		e.Attrs["f"+cairn.ID(i+1).String()] = json.RawMessage(raw)
	}
	for _, n := range naughty() {
		e.Text = n
		e.ID = 0
		e.ID = create(t, s, e)
		got := entity(t, s, e.ID)
		e.Version = got.Version
		if err := same(got, e); err != nil {
			t.Errorf("%.40q: %v", n, err)
		}
		sets, err := s.EntityLog(t.Context(), e.ID, 0, 10)
		if err != nil || len(sets) != 1 {
			t.Fatalf("%.40q: %d change sets, %v", n, len(sets), err)
		}
		logged, ok := store.Applied(cairn.Entity{}, &sets[0], sets[0].Changes[0])
		if !ok {
			t.Fatalf("%.40q: the log cannot be applied", n)
		}
		if err := same(logged, e); err != nil {
			t.Errorf("%.40q: in the log: %v", n, err)
		}
	}
}

// testRefusedValues tries what no database can hold.
func testRefusedValues(t *testing.T, p Place) {
	s := p.Open(t)
	with := func(edit func(*cairn.Entity)) func(store.Tx) error {
		return func(tx store.Tx) error {
			e := idea("A")
			edit(&e)
			_, err := tx.Create(e)
			return err
		}
	}
	for _, test := range []struct {
		name string
		code cairn.Code
		word string
		fn   func(store.Tx) error
	}{
		{"no JSON", cairn.CodeInvalid, "f1", with(func(e *cairn.Entity) { e.Attrs["f1"] = json.RawMessage("{") })},
		{"two values", cairn.CodeInvalid, "f1", with(func(e *cairn.Entity) { e.Attrs["f1"] = json.RawMessage("1 2") })},
		{"bad UTF-8 in JSON", cairn.CodeInvalid, "f1", with(func(e *cairn.Entity) { e.Attrs["f1"] = json.RawMessage("\"\xff\"") })},
		{"bad UTF-8", cairn.CodeInvalid, "description", with(func(e *cairn.Entity) { e.Text = "a\xff" })},
		{"U+0000", cairn.CodeInvalid, "byte 1", with(func(e *cairn.Entity) { e.Text = "a\x00" })},
		{"no name", cairn.CodeInternal, "", with(func(e *cairn.Entity) { e.Attrs[""] = text("x") })},
		{"the long one", cairn.CodeInternal, "description", with(func(e *cairn.Entity) { e.Attrs["description"] = text("x") })},
		{"no long one", cairn.CodeInternal, "field", with(func(e *cairn.Entity) { e.Kind, e.Text = cairn.KindField, "x" })},
		{"negative id", cairn.CodeInternal, "", with(func(e *cairn.Entity) { e.ID = -1 })},
		{"private without a value", cairn.CodeInternal, "", func(tx store.Tx) error { return tx.PutPrivate(store.Private{Scope: "s", Key: "k"}) }},
		{"private with U+0000", cairn.CodeInternal, "", func(tx store.Tx) error {
			return tx.PutPrivate(store.Private{Scope: "s", Key: "\x00", Value: text("x")})
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := s.Write(t.Context(), meta(), test.fn)
			wantCode(t, err, test.code, test.word)
		})
	}
	for _, m := range []store.Meta{{Project: project, Group: "\x00"}, {Project: project, Reason: "\xff"}, {Project: project, Origin: "\x00"}} {
		_, err := s.Write(t.Context(), m, with(func(*cairn.Entity) {}))
		wantCode(t, err, cairn.CodeInvalid)
	}
	if all := scan(t, s, store.Query{}); len(all) != 0 {
		t.Errorf("%d entities remain of what was refused", len(all))
	}
}

// testOwnWrites: a transaction sees what it wrote, and nobody else does before
// it commits.
func testOwnWrites(t *testing.T, p Place) {
	s := p.Open(t)
	old := create(t, s, idea("old"))
	var kept func() error
	write(t, s, func(tx store.Tx) error {
		id, err := tx.Create(idea("new"))
		if err != nil {
			return err
		}
		e, err := tx.Entity(id)
		if err != nil || e.Version != tx.Seq() || e.Attrs.Text("title") != "new" {
			t.Errorf("the new one reads %+v, %v", e, err)
		}
		e.Attrs["title"] = text("newer")
		e.Text = "body"
		if err := tx.Put(e); err != nil {
			return err
		}
		o, err := tx.Entity(old)
		if err != nil {
			return err
		}
		o.Attrs["title"] = text("changed")
		if err := tx.Put(o); err != nil {
			return err
		}
		again, err := tx.Entity(old)
		if err != nil || again.Attrs.Text("title") != "changed" || again.Version != tx.Seq() {
			t.Errorf("the changed one reads %+v, %v", again, err)
		}
		if seen := entity(t, s, old); seen.Attrs.Text("title") != "old" {
			t.Errorf("outside, the changed one reads %+v", seen)
		}
		if _, err := s.Entity(t.Context(), id); cairn.CodeOf(err) != cairn.CodeNotFound {
			t.Errorf("outside, the new one reads %v", err)
		}
		// A caller's later edits of what it was given or gave are not writes.
		e.Attrs["title"] = text("meddled")
		again.Attrs["title"] = text("meddled")
		if e, err = tx.Entity(id); err != nil || e.Attrs.Text("title") != "newer" || e.Text != "body" {
			t.Errorf("the new one reads %+v, %v", e, err)
		}
		kept = func() error { _, err := tx.Create(idea("late")); return err }
		return nil
	})
	if err := kept(); err == nil {
		t.Error("a transaction can be used after its function has returned")
	}
	if n := len(scan(t, s, store.Query{})); n != 2 {
		t.Errorf("%d entities, want 2", n)
	}
}

// testOwnScan: a scan inside a transaction joins what is stored with what the
// transaction has written so far, also while it goes on writing.
func testOwnScan(t *testing.T, p Place) {
	s := p.Open(t)
	var stored []cairn.ID
	write(t, s, func(tx store.Tx) error {
		for range 600 { // more than one page
			id, err := tx.Create(idea("stored"))
			if err != nil {
				return err
			}
			stored = append(stored, id)
		}
		return nil
	})
	stop := errors.New("stop")
	_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
		want := slices.Clone(stored)
		if err := tx.Delete(stored[5]); err != nil {
			return err
		}
		want = slices.DeleteFunc(want, func(id cairn.ID) bool { return id == stored[5] })
		back := entity(t, s, stored[7])
		if err := tx.Delete(back.ID); err != nil {
			return err
		}
		if _, err := tx.Create(back); err != nil {
			return err
		}
		id, err := tx.Create(idea("own"))
		if err != nil {
			return err
		}
		want = append(want, id)
		if _, err := tx.Create(cairn.Entity{Kind: cairn.KindUser, Attrs: cairn.Attrs{"name": text("x")}}); err != nil {
			return err
		}
		var got []cairn.ID
		err = tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindIdea}, Project: project}, func(e cairn.Entity) error {
			got = append(got, e.ID)
			e.Attrs["title"] = text("seen")
			if e.ID == stored[10] {
				want = slices.DeleteFunc(want, func(id cairn.ID) bool { return id == stored[11] })
				return tx.Delete(stored[11])
			}
			return tx.Put(e)
		})
		if err != nil {
			return err
		}
		if !slices.Equal(got, want) {
			t.Errorf("the scan saw %v, want %v", got, want)
		}
		n := 0
		err = tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindUser, cairn.KindIdea}, Limit: 300}, func(e cairn.Entity) error {
			if n++; (e.Kind == cairn.KindUser) != (n == 1) {
				t.Errorf("entity %d of the scan is a %s", n, e.Kind)
			}
			return nil
		})
		if err != nil || n != 300 {
			t.Errorf("a scan of 300 saw %d, %v", n, err)
		}
		if err := tx.Scan(store.Query{}, func(cairn.Entity) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("the scan passes on %v", err)
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if got := ids(scan(t, s, store.Query{})); !slices.Equal(got, stored) {
		t.Errorf("after a failed write there are %d entities, want %d", len(got), len(stored))
	}
}

// testNumbers: each number is given out once per project.
func testNumbers(t *testing.T, p Place) {
	s := p.Open(t)
	take := func(project cairn.ID, n int, fail error) (first int64) {
		_, err := s.Write(t.Context(), store.Meta{Project: project}, func(tx store.Tx) (err error) {
			if first, err = tx.Numbers(project, n); err != nil {
				return err
			}
			return fail
		})
		if !errors.Is(err, fail) {
			t.Fatal(err)
		}
		return first
	}
	refused := errors.New("refused")
	for i, step := range []struct {
		project cairn.ID
		n       int
		fail    error
		want    int64
	}{{1, 1, nil, 1}, {1, 3, nil, 2}, {2, 2, nil, 1}, {1, 5, refused, 5}, {1, 1, nil, 5}, {1, 0, nil, 6}, {2, 1, nil, 3}} {
		if got := take(step.project, step.n, step.fail); got != step.want {
			t.Errorf("step %d: the first number is %d, want %d", i, got, step.want)
		}
	}
	write(t, s, func(tx store.Tx) error {
		a, err := tx.Numbers(1, 2)
		b, err2 := tx.Numbers(1, 1)
		if a != 6 || b != 8 {
			t.Errorf("numbers %d and %d, want 6 and 8", a, b)
		}
		x, y := tx.NewID(), tx.NewID()
		if x == y || x <= 0 {
			t.Errorf("ids %d and %d", x, y)
		}
		return errors.Join(err, err2)
	})
}

// testProjects: a change set holds what the log can replay (LOG-3).
func testProjects(t *testing.T, p Place) {
	s := p.Open(t)
	var own cairn.ID
	set := writeAs(t, s, store.Meta{}, func(tx store.Tx) (err error) {
		if own, err = tx.Create(cairn.Entity{Kind: cairn.KindProject, Attrs: cairn.Attrs{"key": text("INS")}}); err != nil {
			return err
		}
		tx.InProject(own)
		_, err = tx.Create(cairn.Entity{Kind: cairn.KindIdea, Project: own, Attrs: cairn.Attrs{"title": text("A")}})
		return err
	})
	if set.Project != own {
		t.Errorf("the change set belongs to project %d, want %d", set.Project, own)
	}
	user := create(t, s, cairn.Entity{Kind: cairn.KindUser, Attrs: cairn.Attrs{"name": text("Ada")}})
	for _, test := range []struct {
		name    string
		project cairn.ID
		ok      bool
		fn      func(store.Tx) error
	}{
		{"an idea of another project", own, false, func(tx store.Tx) error { _, err := tx.Create(idea("A")); return err }},
		{"an idea of no project", 0, false, func(tx store.Tx) error { _, err := tx.Create(idea("A")); return err }},
		{"a person in a project's set", own, false, func(tx store.Tx) error { _, err := tx.Create(cairn.Entity{Kind: cairn.KindUser}); return err }},
		{"a change of a person", own, true, func(tx store.Tx) error {
			e, err := tx.Entity(user)
			if err != nil {
				return err
			}
			e.Attrs["name"] = text("Grace")
			return tx.Put(e)
		}},
		{"the end of a person", own, false, func(tx store.Tx) error { return tx.Delete(user) }},
	} {
		_, err := s.Write(t.Context(), store.Meta{Project: test.project}, test.fn)
		if test.ok && err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if !test.ok {
			wantCode(t, err, cairn.CodeInternal, "change set of project")
		}
	}
}
