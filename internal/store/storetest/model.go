package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/store"
)

// testModel does random things to a store and to a model of it, a map, and
// compares them after each.
func testModel(t *testing.T, p Place) {
	s := p.Open(t)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		// All rounds share the database, each has a project and names of its own.
		round++
		m := &model{t: rt, s: s, prefix: fmt.Sprint(round), ents: map[cairn.ID]cairn.Entity{}, keys: map[cairn.Key]cairn.ID{}}
		if _, err := s.Write(t.Context(), store.Meta{}, func(tx store.Tx) error {
			m.project = tx.NewID()
			return tx.DropPrivate("model", "keeps the id")
		}); err != nil {
			rt.Fatal(err)
		}
		rt.Repeat(map[string]func(*rapid.T){
			"write": func(rt *rapid.T) { m.t = rt; m.write(t) },
			"undo":  func(rt *rapid.T) { m.t = rt; m.undo(t) },
			"":      func(rt *rapid.T) { m.t = rt; m.compare(t) },
		})
	})
	sound(t, s)
}

// model is what one project must hold.
type model struct {
	t       *rapid.T
	s       store.Store
	prefix  string
	project cairn.ID
	ents    map[cairn.ID]cairn.Entity
	keys    map[cairn.Key]cairn.ID
	log     []cairn.ChangeSet
}

var errRefused = errors.New("refused by the function")

// fork copies the model, for a write that may fail.
func (m *model) fork() *model {
	f := *m
	f.ents, f.keys = maps.Clone(m.ents), maps.Clone(m.keys)
	return &f
}

// write makes one change set of several random steps.
func (m *model) write(t *testing.T) {
	f := m.fork()
	fail := rapid.IntRange(0, 4).Draw(m.t, "fail") == 0
	set, err := m.s.Write(t.Context(), store.Meta{Project: m.project, Group: m.prefix}, func(tx store.Tx) error {
		for range rapid.IntRange(1, 6).Draw(m.t, "steps") {
			f.step(tx)
		}
		if fail {
			return errRefused
		}
		return nil
	})
	if fail {
		if !errors.Is(err, errRefused) {
			m.t.Fatalf("the write returned %v", err)
		}
		return
	}
	m.done(f, set, err)
}

// done takes over the forked model after a write that must have succeeded.
func (m *model) done(f *model, set cairn.ChangeSet, err error) {
	if err != nil {
		m.t.Fatalf("the write returned %v", err)
	}
	for id, e := range f.ents {
		if e.Version < 0 { // written in this change set
			e.Version = set.Seq
			f.ents[id] = e
		}
	}
	m.ents, m.keys = f.ents, f.keys
	if set.Seq != 0 {
		m.log = append(m.log, set)
	}
}

// step does one random thing inside a transaction.
func (m *model) step(tx store.Tx) {
	known := slices.Sorted(maps.Keys(m.ents))
	what := rapid.IntRange(0, 9).Draw(m.t, "step")
	if len(known) == 0 {
		what = 0
	}
	switch what {
	case 0, 1, 2:
		e := m.randomEntity(cairn.Entity{Project: m.project, Kind: rapid.SampledFrom([]cairn.Kind{cairn.KindIdea, cairn.KindField, cairn.KindComment}).Draw(m.t, "kind")})
		id, err := tx.Create(e)
		e.ID = id
		m.put(cairn.Entity{}, e, err)
	case 3:
		id := rapid.SampledFrom(known).Draw(m.t, "deleted")
		if err := tx.Delete(id); err != nil {
			m.t.Fatalf("delete %d: %v", id, err)
		}
		m.drop(id)
	default:
		id := rapid.SampledFrom(known).Draw(m.t, "changed")
		e, err := tx.Entity(id)
		want := m.ents[id]
		if want.Version < 0 {
			want.Version = tx.Seq()
		}
		if err == nil {
			err = same(e, want)
		}
		if err != nil {
			m.t.Fatalf("read in the transaction: %v", err)
		}
		next := m.randomEntity(e)
		m.put(m.ents[id], next, tx.Put(next))
	}
}

// randomEntity gives an entity random attributes and a random text.
func (m *model) randomEntity(e cairn.Entity) cairn.Entity {
	e.Attrs = maps.Clone(e.Attrs)
	if e.Attrs == nil {
		e.Attrs = cairn.Attrs{}
	}
	value := rapid.SampledFrom([]string{"null", "1", "2.5", `"a"`, `"<\u00e9>"`, `[1,null]`, `{"x":{}}`})
	for range rapid.IntRange(0, 3).Draw(m.t, "attributes") {
		e.Attrs.Set(rapid.SampledFrom([]string{"f1", "f2", "f10", "x y", "é"}).Draw(m.t, "attribute"), json.RawMessage(value.Draw(m.t, "value")))
	}
	name := text(m.prefix + rapid.SampledFrom([]string{"", "a", "b", "c", "d"}).Draw(m.t, "name"))
	switch e.Kind {
	case cairn.KindField:
		e.Attrs["name"] = name
	default:
		if rapid.Bool().Draw(m.t, "sourced") {
			e.Attrs["source"], e.Attrs["sourceId"] = text("model"), name
		}
		e.Text = rapid.SampledFrom([]string{"", "short", "two\nlines", "日本語 \\ \" "}).Draw(m.t, "text")
	}
	return e
}

// put follows a Create or Put that returned err: it must have failed exactly
// when a key is taken.
func (m *model) put(old, e cairn.Entity, err error) {
	taken := false
	for _, k := range e.Keys() {
		if owner, ok := m.keys[k]; ok && owner != e.ID {
			taken = true
		}
	}
	if taken != (cairn.CodeOf(err) == cairn.CodeConflict) || !taken && err != nil {
		m.t.Fatalf("a key is taken: %v; the store says %v", taken, err)
	}
	if taken {
		return
	}
	compare := e
	compare.Version = old.Version
	if old.ID != 0 && same(old, compare) == nil {
		return // nothing differs: the version stays
	}
	m.drop(old.ID)
	for _, k := range e.Keys() {
		m.keys[k] = e.ID
	}
	e.Version = -1
	m.ents[e.ID] = e
}

func (m *model) drop(id cairn.ID) {
	for _, k := range m.ents[id].Keys() {
		delete(m.keys, k)
	}
	delete(m.ents, id)
}

// undo undoes a random change set of the past; it must succeed exactly when all
// it changed is as it left it.
func (m *model) undo(t *testing.T) {
	if len(m.log) == 0 {
		m.t.Skip("nothing to undo")
	}
	f := m.fork()
	old := rapid.SampledFrom(m.log).Draw(m.t, "undone")
	possible := f.invert(old)
	set, err := m.s.Write(t.Context(), store.Meta{Project: m.project}, undo(old))
	if !possible {
		if cairn.CodeOf(err) != cairn.CodeConflict {
			m.t.Fatalf("the undo of %d, which cannot be, returned %v", old.Seq, err)
		}
		return
	}
	m.done(f, set, err)
}

// invert undoes a change set in the model; false when something stands in the
// way.
func (m *model) invert(set cairn.ChangeSet) bool {
	for _, c := range set.Inverse() {
		now, there := m.ents[c.ID]
		was, ok := store.Applied(cairn.Entity{}, &cairn.ChangeSet{Project: m.project}, cairn.Change{Kind: c.Kind, ID: c.ID, New: c.Old})
		if c.Attr != "" {
			was, ok = store.Applied(now, &cairn.ChangeSet{}, cairn.Change{Kind: c.Kind, ID: c.ID, Attr: c.Attr, New: c.Old})
		}
		was.Version = now.Version
		switch {
		case c.Created() && there, !c.Created() && (!there || !ok || same(now, was) != nil):
			return false
		case c.Deleted():
			m.drop(c.ID)
			continue
		}
		next, _ := store.Applied(now, &cairn.ChangeSet{Project: m.project, Seq: -1}, c)
		for _, k := range next.Keys() {
			if owner, ok := m.keys[k]; ok && owner != next.ID {
				return false
			}
		}
		m.drop(c.ID)
		for _, k := range next.Keys() {
			m.keys[k] = next.ID
		}
		m.ents[c.ID] = next
	}
	return true
}

// compare checks that the store holds what the model holds, and that the log
// adds up to it (LOG-1).
func (m *model) compare(t *testing.T) {
	got := scan(t, m.s, store.Query{Project: m.project, Text: true})
	if want := slices.Sorted(maps.Keys(m.ents)); !slices.Equal(ids(got), append([]cairn.ID{}, want...)) {
		m.t.Fatalf("the store has the entities %v, want %v", ids(got), want)
	}
	for _, e := range got {
		if err := same(e, m.ents[e.ID]); err != nil {
			m.t.Fatal(err)
		}
	}
	// One key each time; the check at the end compares them all.
	for k, id := range m.keys {
		if got, err := m.s.Lookup(t.Context(), k); got != id || err != nil {
			m.t.Fatalf("the key %v belongs to %d, %v; want %d", k, got, err, id)
		}
		break
	}
	replayed := map[cairn.ID]cairn.Entity{}
	for i := range m.log {
		for _, c := range m.log[i].Changes {
			if c.Deleted() {
				delete(replayed, c.ID)
				continue
			}
			replayed[c.ID], _ = store.Applied(replayed[c.ID], &m.log[i], c)
		}
	}
	if len(replayed) != len(m.ents) {
		m.t.Fatalf("the log adds up to %d entities, want %d", len(replayed), len(m.ents))
	}
	for id, e := range replayed {
		if err := same(e, m.ents[id]); err != nil {
			m.t.Fatalf("in the log: %v", err)
		}
	}
}
