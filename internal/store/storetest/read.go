package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"cairn"
	"cairn/internal/store"
)

// testScan tries every part of a query.
func testScan(t *testing.T, p Place) {
	s := p.Open(t)
	const p1, p2 cairn.ID = project, project + 1
	add := func(kind cairn.Kind, in, parent cairn.ID) cairn.ID {
		e := cairn.Entity{Kind: kind, Project: in, Parent: parent, Attrs: cairn.Attrs{"n": json.RawMessage("1")}}
		if info, _ := kind.Info(); info.Long != "" {
			e.Text = "body"
		}
		return create(t, s, e)
	}
	var u, i, c []cairn.ID
	u = append(u, add(cairn.KindUser, 0, 0))
	i = append(i, add(cairn.KindIdea, p1, 0), add(cairn.KindIdea, p2, 0))
	c = append(c, add(cairn.KindComment, p1, i[0]), add(cairn.KindComment, p2, i[1]))
	i = append(i, add(cairn.KindIdea, p1, 0))
	c = append(c, add(cairn.KindComment, p1, i[0]))
	u = append(u, add(cairn.KindUser, 0, 0))
	kinds := func(k ...cairn.Kind) []cairn.Kind { return k }
	for _, test := range []struct {
		name string
		q    store.Query
		want []cairn.ID
	}{
		{"all", store.Query{}, []cairn.ID{u[0], i[0], i[1], c[0], c[1], i[2], c[2], u[1]}},
		{"a kind", store.Query{Kinds: kinds(cairn.KindIdea)}, []cairn.ID{i[0], i[1], i[2]}},
		{"kinds in order", store.Query{Kinds: kinds(cairn.KindUser, cairn.KindComment, cairn.KindIdea)}, []cairn.ID{u[0], u[1], c[0], c[1], c[2], i[0], i[1], i[2]}},
		{"a project", store.Query{Project: p1}, []cairn.ID{i[0], c[0], i[2], c[2]}},
		{"a kind of a project", store.Query{Kinds: kinds(cairn.KindIdea), Project: p1}, []cairn.ID{i[0], i[2]}},
		{"a parent", store.Query{Parent: i[0]}, []cairn.ID{c[0], c[2]}},
		{"kinds of a parent", store.Query{Kinds: kinds(cairn.KindComment, cairn.KindIdea), Parent: i[0]}, []cairn.ID{c[0], c[2]}},
		{"after", store.Query{After: c[0]}, []cairn.ID{c[1], i[2], c[2], u[1]}},
		{"a kind after", store.Query{Kinds: kinds(cairn.KindIdea), After: i[0]}, []cairn.ID{i[1], i[2]}},
		{"limit", store.Query{Limit: 3}, []cairn.ID{u[0], i[0], i[1]}},
		{"limit over kinds", store.Query{Kinds: kinds(cairn.KindUser, cairn.KindComment), Limit: 3}, []cairn.ID{u[0], u[1], c[0]}},
		{"limit within a kind", store.Query{Kinds: kinds(cairn.KindUser, cairn.KindComment), Limit: 1}, []cairn.ID{u[0]}},
		{"everything", store.Query{Kinds: kinds(cairn.KindComment), Project: p1, Parent: i[0], After: c[0], Limit: 5, Text: true}, []cairn.ID{c[2]}},
		{"none", store.Query{Kinds: kinds("unknown")}, []cairn.ID{}},
	} {
		got := scan(t, s, test.q)
		if !slices.Equal(ids(got), test.want) {
			t.Errorf("%s: %v, want %v", test.name, ids(got), test.want)
		}
		for _, e := range got {
			info, _ := e.Kind.Info()
			if (e.Text != "") != (test.q.Text && info.Long != "") || string(e.Attrs["n"]) != "1" {
				t.Errorf("%s: %+v", test.name, e)
			}
		}
		write(t, s, func(tx store.Tx) error {
			var inside []cairn.Entity
			err := tx.Scan(test.q, func(e cairn.Entity) error { inside = append(inside, e); return nil })
			if !slices.Equal(ids(inside), test.want) {
				t.Errorf("%s, inside a transaction: %v, want %v", test.name, ids(inside), test.want)
			}
			return err
		})
	}
	stop := errors.New("stop")
	if _, err := s.Scan(t.Context(), store.Query{}, func(cairn.Entity) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("the scan passes on %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Scan(ctx, store.Query{}, func(cairn.Entity) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled scan returns %v", err)
	}
}

// testScanMoment: a scan sees one moment, over all its kinds, and says which
// (LOG-14), while others write.
func testScanMoment(t *testing.T, p Place) {
	s := p.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	started := make(chan struct{})
	wg.Go(func() {
		for n := 0; ctx.Err() == nil; n++ {
			// Each change set adds an idea and a field: a scan that mixes moments
			// finds more of one.
			_, err := s.Write(t.Context(), meta(), func(tx store.Tx) error {
				_, err := tx.Create(idea(fmt.Sprint(n)))
				_, err2 := tx.Create(field(fmt.Sprint(n)))
				return errors.Join(err, err2)
			})
			if err != nil {
				t.Error(err)
				return
			}
			if n == 0 {
				close(started)
			}
		}
	})
	<-started
	for range 50 {
		count := map[cairn.Kind]int64{}
		seq, err := s.Scan(t.Context(), store.Query{Kinds: []cairn.Kind{cairn.KindField, cairn.KindIdea}}, func(e cairn.Entity) error {
			count[e.Kind]++
			return nil
		})
		if err != nil || count[cairn.KindIdea] != seq || count[cairn.KindField] != seq {
			t.Fatalf("at %d there were %v, %v", seq, count, err)
		}
	}
	cancel()
	wg.Wait()
}

// testEntityLog: every change set that touches an entity is found, newest
// first, with that entity's changes only (LOG-15), also after its end.
func testEntityLog(t *testing.T, p Place) {
	s := p.Open(t)
	other := create(t, s, idea("other"))
	var id cairn.ID
	edit := func(tx store.Tx, id cairn.ID, title string) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		e.Attrs["title"] = text(title)
		return tx.Put(e)
	}
	var want []int64
	step := func(fn func(store.Tx) error) cairn.ChangeSet {
		set := write(t, s, fn)
		want = append(want, set.Seq)
		return set
	}
	check := func(name string) {
		t.Helper()
		var got []int64
		before := int64(0)
		for { // in pages of two
			sets, err := s.EntityLog(t.Context(), id, before, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, set := range sets {
				got = append(got, set.Seq)
				if len(set.Changes) == 0 {
					t.Errorf("%s: the change set %d has no changes", name, set.Seq)
				}
				for _, c := range set.Changes {
					if c.ID != id {
						t.Errorf("%s: the change set %d has a change of %d", name, set.Seq, c.ID)
					}
				}
				before = set.Seq
			}
			if len(sets) < 2 {
				break
			}
		}
		slices.Reverse(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
	check("unknown")
	step(func(tx store.Tx) (err error) { id, err = tx.Create(idea("A")); return err })
	check("created")
	step(func(tx store.Tx) error {
		return errors.Join(edit(tx, id, "B"), edit(tx, other, "x"), edit(tx, id, "C"))
	})
	check("changed")
	write(t, s, func(tx store.Tx) error { return edit(tx, other, "y") })
	check("not touched")
	end := step(func(tx store.Tx) error { return tx.Delete(id) })
	check("deleted")
	step(undo(end))
	check("brought back")
	step(func(tx store.Tx) error { return errors.Join(edit(tx, id, "D"), tx.Delete(id)) })
	check("changed and deleted")
	step(func(tx store.Tx) error {
		_, err := tx.Create(cairn.Entity{ID: id, Kind: cairn.KindIdea, Project: project, Attrs: cairn.Attrs{"title": text("E")}})
		return err
	})
	step(func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := tx.Delete(id); err != nil {
			return err
		}
		_, err = tx.Create(e)
		return err
	})
	check("deleted and created at once")
	id = 0
	want = nil
	step(func(tx store.Tx) (err error) {
		if id, err = tx.Create(idea("short-lived")); err != nil {
			return err
		}
		return tx.Delete(id)
	})
	check("created and deleted at once")
}

// testGroupLog: the change sets of a group are found, in order.
func testGroupLog(t *testing.T, p Place) {
	s := p.Open(t)
	for _, g := range []string{"a", "b", "", "a", "A", "a"} {
		writeAs(t, s, store.Meta{Project: project, Group: g}, func(tx store.Tx) error { _, err := tx.Create(idea("x")); return err })
	}
	for g, want := range map[string][]int64{"a": {1, 4, 6}, "b": {2}, "A": {5}, "": nil, "c": nil} {
		sets, err := s.GroupLog(t.Context(), g)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, set := range sets {
			got = append(got, set.Seq)
			if set.Group != g {
				t.Errorf("the change set %d is of the group %q", set.Seq, set.Group)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("group %q: %v, want %v", g, got, want)
		}
	}
}

// testLogOf: the change sets of a project or a person are found, whole, in either
// order (LOG-22).
func testLogOf(t *testing.T, p Place) {
	s := p.Open(t)
	for i, m := range []store.Meta{
		{Project: project, Actor: 5}, {Project: project + 1, Actor: 5}, {Actor: 6}, {Project: project}, {Project: project, Actor: 6}, {Project: project, Actor: 5},
	} {
		writeAs(t, s, m, func(tx store.Tx) error {
			if m.Project == 0 {
				_, err := tx.Create(cairn.Entity{Kind: cairn.KindUser, Attrs: cairn.Attrs{"name": []byte(`"x"`)}})
				return err
			}
			for range i + 1 {
				e := idea("x")
				e.Project = m.Project
				if _, err := tx.Create(e); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for _, one := range []struct {
		query store.LogQuery
		want  []int64
	}{
		{store.LogQuery{}, []int64{1, 2, 3, 4, 5, 6}},
		{store.LogQuery{Project: project}, []int64{1, 4, 5, 6}},
		{store.LogQuery{Project: project, Newest: true}, []int64{6, 5, 4, 1}},
		{store.LogQuery{Project: project, Newest: true, Limit: 2}, []int64{6, 5}},
		{store.LogQuery{Project: project, After: 1, Limit: 2}, []int64{4, 5}},
		{store.LogQuery{Project: project, Newest: true, Before: 6, After: 1}, []int64{5, 4}},
		{store.LogQuery{Actor: 5}, []int64{1, 2, 6}},
		{store.LogQuery{Actor: 6, Project: project}, []int64{5}},
		{store.LogQuery{Shared: true}, []int64{3}},
		{store.LogQuery{Shared: true, After: 3}, nil},
		{store.LogQuery{Actor: 5, Newest: true, Limit: 9}, []int64{6, 2, 1}},
		{store.LogQuery{Actor: 5, Newest: true, Limit: 2}, []int64{6, 2}},
		{store.LogQuery{Actor: 5, Newest: true, Limit: 9, Before: 6, After: 1}, []int64{2}},
		{store.LogQuery{Actor: 6, Newest: true, Limit: 9}, []int64{5, 3}},
		{store.LogQuery{Actor: 7, Newest: true, Limit: 9}, nil},
		{store.LogQuery{Actor: 7}, nil},
		{store.LogQuery{Project: project + 2}, nil},
	} {
		sets, err := s.LogOf(t.Context(), one.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, set := range sets {
			got = append(got, set.Seq)
			if int64(len(set.Changes)) != set.Seq && set.Seq != 3 {
				t.Errorf("the change set %d has %d changes", set.Seq, len(set.Changes))
			}
		}
		if !slices.Equal(got, one.want) {
			t.Errorf("%+v: %v, want %v", one.query, got, one.want)
		}
	}
}
