package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// sidebar writes a project's views by section, as a person sees them.
func sidebar(t *testing.T, c *cairntest.Client) string {
	t.Helper()
	var page struct {
		Views []struct {
			Name    string
			Section cairn.ID
		}
		Sections []struct {
			ID, Parent cairn.ID
			Name       string
		}
	}
	c.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
	in := func(section cairn.ID) string {
		var names []string
		for _, v := range page.Views {
			if v.Section == section {
				names = append(names, v.Name)
			}
		}
		return strings.Join(names, " ")
	}
	var write func(parent cairn.ID) string
	write = func(parent cairn.ID) string {
		out := in(parent)
		for _, s := range page.Sections {
			if s.Parent == parent {
				out += fmt.Sprintf(" %s[%s]", s.Name, write(s.ID))
			}
		}
		return strings.TrimSpace(out)
	}
	return write(0)
}

func newSection(c *cairntest.Client, name string, parent cairn.ID) cairn.ID {
	var s struct{ ID cairn.ID }
	c.Do("POST", "/projects/INS/sections", map[string]any{"name": name, "parent": parent}).Want(201).Into(&s)
	return s.ID
}

// lettered makes a blank project with views A, B, C … instead of its first one.
func lettered(w *cairntest.World, letters string) map[string]cairn.ID {
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	var page struct{ Views []struct{ ID cairn.ID } }
	w.Admin.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
	ids := make(map[string]cairn.ID)
	for _, l := range strings.Split(letters, "") {
		ids[l] = newView(w.Admin, map[string]any{"name": l, "kind": "list", "position": 0, "query": map[string]any{}})
	}
	w.Admin.Do("DELETE", "/views/"+page.Views[0].ID.String(), nil).Want(204)
	return ids
}

// SB-1 to SB-5: sections, one level of nesting, places next to each other.
func TestSidebar(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ids := lettered(w, "ABCD")
		expect := func(want string) {
			t.Helper()
			if got := sidebar(t, w.Admin); got != want {
				t.Errorf("the sidebar is %s, want %s", got, want)
			}
		}
		view := func(letter string, body map[string]any) *cairntest.Answer {
			return w.Admin.With("Cairn-Group", "g").Do("PATCH", "/views/"+ids[letter].String(), body)
		}
		expect("A B C D")
		view("D", map[string]any{"before": ids["A"]}).Want(200)
		view("A", map[string]any{"after": ids["C"]}).Want(200)
		expect("D B C A")
		plan, now := newSection(w.Admin, "Plan", 0), newSection(w.Admin, "Now", 0)
		view("B", map[string]any{"section": plan}).Want(200)
		view("A", map[string]any{"before": ids["B"]}).Want(200)
		view("C", map[string]any{"section": now}).Want(200)
		expect("D Plan[A B] Now[C]")
		sub := newSection(w.Admin, "Deep", plan)
		view("D", map[string]any{"section": sub}).Want(200)
		expect("Plan[A B Deep[D]] Now[C]")
		section := func(id cairn.ID, body map[string]any) *cairntest.Answer {
			return w.Admin.Do("PATCH", "/sections/"+id.String(), body)
		}
		section(now, map[string]any{"before": plan, "name": "First"}).Want(200)
		expect("First[C] Plan[A B Deep[D]]")
		refused(t, section(plan, map[string]any{"parent": now}), 422, "sections of its own")
		refused(t, section(now, map[string]any{"parent": sub}), 422, "one level deep")
		refused(t, section(now, map[string]any{"parent": now}), 422, "in itself")
		refused(t, section(now, map[string]any{"name": " "}), 422, "needs a name")
		section(sub, map[string]any{"parent": now}).Want(200)
		expect("First[C Deep[D]] Plan[A B]")
		// What a section holds stays, one level up, and undo brings it back.
		w.Admin.With("Cairn-Group", "del").Do("DELETE", "/sections/"+now.String(), nil).Want(204)
		expect("C Plan[A B] Deep[D]")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "del"}).Want(200)
		expect("First[C Deep[D]] Plan[A B]")
		w.Admin.Do("DELETE", "/sections/"+sub.String(), nil).Want(204)
		expect("First[C D] Plan[A B]")
		refused(t, view("A", map[string]any{"section": ids["B"]}), 404, "section")
		// The place between two is found again and again.
		for range 120 {
			view("A", map[string]any{"section": 0}).Want(200)
			view("A", map[string]any{"before": ids["D"]}).Want(200)
			view("B", map[string]any{"before": ids["D"]}).Want(200)
		}
		expect("First[C A B D] Plan[]")
	})
}

// SB-5: people who order at once lose nothing of each other's.
func TestSidebarTogether(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ids := lettered(w, "ABCDEFGH")
		bob := w.Person("Bob Builder")
		var wg sync.WaitGroup
		for _, move := range []struct {
			by              *cairntest.Client
			letter, besides string
		}{{w.Admin, "E", "A"}, {bob, "F", "B"}, {w.Admin, "G", "C"}, {bob, "H", "D"}} {
			wg.Go(func() {
				move.by.Do("PATCH", "/views/"+ids[move.letter].String(), map[string]any{"after": ids[move.besides]}).Want(200)
			})
		}
		wg.Wait()
		if got, want := sidebar(t, bob), "A E B F C G D H"; got != want {
			t.Errorf("after four moves at once: %s, want %s", got, want)
		}
	})
}

// SB-6: favourites are a person's own, ordered, and go with their view.
func TestFavorites(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ids := lettered(w, "ABCD")
		bob := w.Person("Bob Builder")
		letters := make(map[cairn.ID]string)
		for l, id := range ids {
			letters[id] = l
		}
		of := func(c *cairntest.Client) string {
			var page struct{ Favorites []cairn.ID }
			c.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
			out := ""
			for _, id := range page.Favorites {
				out += letters[id]
			}
			return out
		}
		keep := func(c *cairntest.Client, letter string, to map[string]any) {
			t.Helper()
			c.Do("PUT", "/views/"+ids[letter].String()+"/favorite", to).Want(204)
		}
		for _, l := range []string{"A", "B", "C", "A"} {
			keep(w.Admin, l, map[string]any{})
		}
		keep(bob, "D", map[string]any{})
		keep(w.Admin, "C", map[string]any{"before": ids["A"]})
		if a, b := of(w.Admin), of(bob); a != "CAB" || b != "D" {
			t.Errorf("favourites %s and %s, want CAB and D", a, b)
		}
		w.Admin.Do("DELETE", "/views/"+ids["A"].String()+"/favorite", nil).Want(204)
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/views/"+ids["D"].String(), nil).Want(204)
		if a, b := of(w.Admin), of(bob); a != "CB" || b != "" {
			t.Errorf("favourites %s and %q, want CB and none", a, b)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if b := of(bob); b != "D" {
			t.Errorf("the view came back, and Bob's favourites are %q, want D", b)
		}
	})
}

// SB-7: a locked view is changed by project admins only, in whatever way.
func TestLockedView(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	ids := lettered(w, "AB")
	bob := w.Person("Bob Builder")
	idea := ideasNamed(w.Admin, "XY")
	path := "/views/" + ids["A"].String()
	bob.With("Cairn-Group", "mine").Do("PATCH", path, map[string]any{"name": "Bob's"}).Want(200)
	refused(t, bob.Do("PATCH", path, map[string]any{"locked": true}), 403, "change a locked view")
	w.Admin.Do("PATCH", path, map[string]any{"locked": true}).Want(200)
	const why = "change a locked view"
	refused(t, bob.Do("PATCH", path, map[string]any{"name": "Mine"}), 403, why)
	refused(t, bob.Do("PATCH", path, map[string]any{"locked": false}), 403, why)
	refused(t, bob.Do("PUT", path, map[string]any{"name": "Mine", "kind": "list", "position": 1, "query": map[string]any{}}), 403, why)
	refused(t, bob.Do("DELETE", path, nil), 403, why)
	refused(t, bob.Do("POST", "/undo", map[string]any{"group": "mine"}), 403, why)
	refused(t, bob.Do("PATCH", "/ideas/"+idea["X"].String(), map[string]any{"move": map[string]any{"after": idea["Y"], "rank": cairn.RankRef(ids["A"])}}), 403, why)
	// Arranging the sidebar is no change of the view; a copy is its maker's.
	bob.Do("PATCH", path, map[string]any{"after": ids["B"]}).Want(200)
	copied := newView(bob, map[string]any{"name": "Copy", "kind": "list", "position": 0, "locked": true, "query": map[string]any{}})
	bob.Do("PATCH", "/views/"+copied.String(), map[string]any{"name": "My copy"}).Want(200)
	w.Admin.Do("PATCH", path, map[string]any{"locked": false}).Want(200)
	bob.Do("PATCH", path, map[string]any{"name": "Mine"}).Want(200)
}

// SB-8: two people change different parts of a view and lose nothing; the same
// part is a conflict that names who was first.
func TestPatchViewTogether(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ids := lettered(w, "AB")
		bob := w.Person("Bob Builder")
		path := "/views/" + ids["A"].String()
		var seen struct{ Version int64 }
		w.Admin.Do("PATCH", path, map[string]any{"autosave": true}).Want(200).Into(&seen)
		bob.Do("PATCH", path, map[string]any{"query": map[string]any{"search": "x"}, "version": seen.Version}).Want(200)
		w.Admin.Do("PATCH", path, map[string]any{"columns": []any{map[string]any{"field": "key"}}, "version": seen.Version}).Want(200)
		w.Admin.Do("PATCH", path, map[string]any{"after": ids["B"], "version": seen.Version}).Want(200)
		refused(t, w.Admin.Do("PATCH", path, map[string]any{"query": map[string]any{"search": "y"}, "version": seen.Version}), 409, "Bob Builder changed this view meanwhile")
		var v struct {
			Query   cairn.Query
			Columns []cairn.Column
		}
		var page struct{ Views []any }
		w.Admin.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
		w.Admin.Do("PATCH", path, map[string]any{}).Want(200).Into(&v)
		if v.Query.Search != "x" || len(v.Columns) != 1 {
			t.Errorf("query %+v and columns %+v: something was lost", v.Query, v.Columns)
		}
		refused(t, w.Admin.Do("PATCH", path, map[string]any{"name": " "}), 422, "needs a name")
		refused(t, w.Admin.Do("PATCH", path, map[string]any{"columns": []any{map[string]any{"field": "f999"}}}), 422, "f999")
	})
}

// SB-9: comments on a view are apart from those on ideas, and go with the view.
func TestViewComments(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ids := lettered(w, "AB")
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Reader")
		path := "/views/" + ids["A"].String() + "/comments"
		var c struct{ ID, View, Idea cairn.ID }
		bob.Do("POST", path, map[string]any{"body": "Why this filter? walrus"}).Want(201).Into(&c)
		if c.View != ids["A"] || c.Idea != 0 {
			t.Errorf("the comment is about view %d and idea %d, want view %d", c.View, c.Idea, ids["A"])
		}
		refused(t, bob.Do("POST", path, map[string]any{"body": " "}), 422, "some text")
		refused(t, eve.Do("PATCH", "/comments/"+c.ID.String(), map[string]any{"body": "no"}), 403, "edit this comment")
		bob.Do("PATCH", "/comments/"+c.ID.String(), map[string]any{"body": "Why this order? walrus"}).Want(200)
		count := func() int {
			var list struct{ Comments []struct{ Body string } }
			eve.Do("GET", path, nil).Want(200).Into(&list)
			return len(list.Comments)
		}
		if n := count(); n != 1 {
			t.Errorf("%d comments, want 1", n)
		}
		var found struct{ Hits []any }
		eve.Do("GET", "/search?q=walrus", nil).Want(200).Into(&found)
		if len(found.Hits) != 0 {
			t.Errorf("the search for ideas finds a comment on a view: %v", found.Hits)
		}
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/views/"+ids["A"].String(), nil).Want(204)
		eve.Do("GET", path, nil).Want(404)
		eve.Do("DELETE", "/comments/"+c.ID.String(), nil).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if n := count(); n != 1 {
			t.Errorf("%d comments after the view came back, want 1", n)
		}
		bob.Do("DELETE", "/comments/"+c.ID.String(), nil).Want(204)
	})
}

// Nobody reaches views, sections and comments of a project that is not theirs,
// and those who may only read change nothing but their favourites.
func TestSidebarRights(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	ids := lettered(w, "AB")
	section := newSection(w.Admin, "Plan", 0)
	bob, eve := w.Person("Bob Builder"), w.Person("Eve Reader")
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	w.Admin.Do("PUT", "/projects/INS/members/"+eve.ID.String(), map[string]any{"role": "viewer"}).Want(200, 204)
	view := "/views/" + ids["A"].String()
	for _, c := range []struct {
		method, path  string
		body          any
		reader, other int
	}{
		{"PATCH", view, map[string]any{"name": "X"}, 403, 404},
		{"PATCH", view, map[string]any{"after": ids["B"]}, 403, 404},
		{"POST", "/projects/INS/sections", map[string]any{"name": "X"}, 403, 404},
		{"PATCH", "/sections/" + section.String(), map[string]any{"name": "X"}, 403, 404},
		{"DELETE", "/sections/" + section.String(), nil, 403, 404},
		{"POST", view + "/comments", map[string]any{"body": "X"}, 403, 404},
		{"GET", view + "/comments", nil, 200, 404},
		{"PUT", view + "/favorite", map[string]any{}, 204, 404},
		{"DELETE", view + "/favorite", nil, 204, 404},
	} {
		eve.Do(c.method, c.path, c.body).Want(c.reader)
		bob.Do(c.method, c.path, c.body).Want(c.other)
		w.Anonymous().Do(c.method, c.path, c.body).Want(401, 403, 404)
	}
}
