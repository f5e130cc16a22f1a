package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// orderOf returns the titles that a query finds, in order.
func orderOf(t *testing.T, c *cairntest.Client, query map[string]any) string {
	t.Helper()
	var res struct {
		Columns []string
		Rows    [][]any
	}
	c.Do("POST", "/projects/INS/query", map[string]any{"query": query, "columns": []string{"title"}}).Want(200).Into(&res)
	var out []string
	for _, row := range res.Rows {
		out = append(out, fmt.Sprint(row[5]))
	}
	return strings.Join(out, "")
}

// ideasNamed adds one idea per letter and returns their ids.
func ideasNamed(c *cairntest.Client, letters string) map[string]cairn.ID {
	ids := make(map[string]cairn.ID)
	for _, l := range strings.Split(letters, "") {
		var idea struct{ ID cairn.ID }
		c.Do("POST", "/projects/INS/ideas", map[string]any{"title": l}).Want(201).Into(&idea)
		ids[l] = idea.ID
	}
	return ids
}

// refused fails the test unless the answer is a refusal that says those words.
func refused(t *testing.T, a *cairntest.Answer, status int, words string) {
	t.Helper()
	if a.Status != status || !strings.Contains(string(a.Raw), words) {
		t.Errorf("status %d, want %d with %q\n%s", a.Status, status, words, a.Raw)
	}
}

func newView(c *cairntest.Client, body map[string]any) cairn.ID {
	var v struct{ ID cairn.ID }
	c.Do("POST", "/projects/INS/views", body).Want(201).Into(&v)
	return v.ID
}

// VQ-43: a view's own order, apart from the project's, kept through undo, copies
// and deletion.
func TestOwnRank(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		ids := ideasNamed(w.Admin, "ABCDE")
		view := newView(w.Admin, map[string]any{"name": "Mine", "kind": "list", "position": 0, "query": map[string]any{}})
		own := string(cairn.RankRef(view))
		w.Admin.Do("PUT", "/views/"+view.String(), map[string]any{"name": "Mine", "kind": "list", "position": 9, "query": map[string]any{"rank": own}}).Want(200)
		mine, all := map[string]any{"rank": own}, map[string]any{}
		move := func(letter string, to map[string]any) {
			t.Helper()
			to["rank"] = own
			w.Admin.With("Cairn-Group", "g"+letter).Do("PATCH", fmt.Sprintf("/ideas/%v", ids[letter]), map[string]any{"move": to}).Want(200)
		}
		expect := func(what, wantMine, wantAll string) {
			t.Helper()
			if a, b := orderOf(t, w.Admin, mine), orderOf(t, w.Admin, all); a != wantMine || b != wantAll {
				t.Errorf("%s: its own order is %s and the project's %s, want %s and %s", what, a, b, wantMine, wantAll)
			}
		}
		expect("before any move", "ABCDE", "ABCDE")
		move("E", map[string]any{"after": ids["B"]})
		expect("E behind B", "ABECD", "ABCDE")
		move("A", map[string]any{"before": ids["D"]})
		expect("A before D", "BECAD", "ABCDE")
		// The project's order goes its own way, and new ideas come last.
		w.Admin.Do("PATCH", fmt.Sprintf("/ideas/%v", ids["D"]), map[string]any{"move": map[string]any{"before": ids["A"]}}).Want(200)
		addIdea(w.Admin, "F", nil)
		expect("D first in the project", "BECADF", "DABCEF")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gA"}).Want(200)
		expect("undone, with what had to be filled in", "ABEDCF", "DABCEF")
		// A copy has the same order, and one of its own.
		copied := newView(w.Admin, map[string]any{"name": "Copy", "kind": "list", "position": 0, "query": mine})
		theirs := map[string]any{"rank": string(cairn.RankRef(copied))}
		if a, b := orderOf(t, w.Admin, mine), orderOf(t, w.Admin, theirs); a != b {
			t.Errorf("the copy's order is %s, want %s", b, a)
		}
		before := orderOf(t, w.Admin, theirs)
		move("E", map[string]any{"before": ids["B"]})
		if got := orderOf(t, w.Admin, theirs); got != before {
			t.Errorf("a move in the first view changed the copy: %s, want %s", got, before)
		}
		// Another view's order is no view's.
		refused(t, w.Admin.Do("PUT", "/views/"+copied.String(), map[string]any{"name": "Copy", "kind": "list", "position": 1, "query": mine}), 422, "own")
		refused(t, w.Admin.Do("PATCH", fmt.Sprintf("/ideas/%v", ids["A"]), map[string]any{"move": map[string]any{"after": ids["B"], "rank": "r999999"}}), 404, "view")
		leaks(t, w, view, own, mine)
	})
}

// leaks deletes the view and looks for what is left of its order.
func leaks(t *testing.T, w *cairntest.World, view cairn.ID, own string, mine map[string]any) {
	t.Helper()
	placed := func() int {
		n := 0
		if _, err := w.Store.Scan(t.Context(), store.Query{Kinds: []cairn.Kind{cairn.KindIdea}}, func(e cairn.Entity) error {
			if e.Attrs[own] != nil {
				n++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	order, had := orderOf(t, w.Admin, mine), placed()
	w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/views/"+view.String(), nil).Want(204)
	if n := placed(); n != 0 || had == 0 {
		t.Errorf("%d of %d places stayed behind after the view was deleted", n, had)
	}
	if a, b := orderOf(t, w.Admin, mine), orderOf(t, w.Admin, map[string]any{}); a != b {
		t.Errorf("without the view the order is %s, want the project's %s", a, b)
	}
	w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
	if got := orderOf(t, w.Admin, mine); got != order {
		t.Errorf("the view came back with the order %s, want %s", got, order)
	}
}

// Ideas that move together stand as they were given, wherever they stood.
func TestMoveTogether(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	ids := ideasNamed(w.Admin, "ABCDEF")
	view := newView(w.Admin, map[string]any{"name": "Mine", "kind": "list", "position": 0, "query": map[string]any{}})
	own := string(cairn.RankRef(view))
	for _, c := range []struct {
		rank, letters string
		move          map[string]any
		want          string
	}{
		{"", "FAD", map[string]any{"after": ids["B"]}, "BFADCE"},
		{"", "EBE", map[string]any{"before": ids["A"]}, "FEBADC"},
		{own, "CB", map[string]any{"after": ids["A"]}, "FEACBD"},
		{own, "FE", map[string]any{"before": ids["B"]}, "ACFEBD"},
	} {
		var list []any
		for _, l := range strings.Split(c.letters, "") {
			list = append(list, ids[l])
		}
		c.move["rank"] = c.rank
		w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{"ids": list, "patch": map[string]any{"move": c.move}}).Want(200)
		if got := orderOf(t, w.Admin, map[string]any{"rank": c.rank}); got != c.want {
			t.Errorf("%s moved in %q: %s, want %s", c.letters, c.rank, got, c.want)
		}
	}
	refused(t, w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{
		"ids": []any{ids["A"], ids["B"]}, "patch": map[string]any{"move": map[string]any{"after": ids["B"]}},
	}), 422, "another idea")
}
