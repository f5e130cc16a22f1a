package api_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// HEAR-22: who watches an insight, or an idea that it belongs to, hears of its edits,
// once and with the reason; nobody hears of their own.
func TestInsightNews(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Support", "key": "SUP", "access": "private"}).Want(201)
		addIdea(w.Admin, "Faster", nil)
		addIdea(w.Admin, "Brighter", nil)
		firm := w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "Acme"}).Want(201).Map()["id"]
		near := insight(w.Admin, "INS", map[string]any{"title": "Too slow", "ideas": []any{map[string]any{"idea": "INS-1"}, map[string]any{"idea": "INS-2"}}})
		far := insight(w.Admin, "SUP", map[string]any{"title": "Said in private", "ideas": []any{map[string]any{"idea": "INS-1"}}})
		uma, vic, bob := w.Person("Uma"), w.Person("Vic"), w.Person("Bob")
		watch := func(c *cairntest.Client, path string) {
			c.Do("PUT", path+"/watch", map[string]any{"on": true}).Want(200, 204)
		}
		watch(uma, fmt.Sprint("/insights/", near.ID))
		for _, key := range []string{"INS-1", "INS-2"} {
			watch(uma, "/ideas/"+key)
			watch(vic, "/ideas/"+key)
		}
		watch(bob, "/projects/INS")
		heard := func(c *cairntest.Client) (out []string) {
			for _, n := range inbox(t, w, c, "open").Notices {
				var words []string
				for _, change := range n.Changes {
					words = append(words, strings.TrimSpace(fmt.Sprint(change.Name, " ", change.Old, "→", change.New)))
				}
				out = append(out, fmt.Sprintf("%s %s %q: %s (%s)", n.Kind, n.On, n.Excerpt, strings.Join(words, ", "), n.Reason))
			}
			slices.Sort(out)
			return out
		}
		before := map[string]int{"admin": len(heard(w.Admin)), "bob": len(heard(bob))}

		w.Admin.With("Cairn-Reason", url.PathEscape("Two more said so")).Do("PATCH", fmt.Sprint("/insights/", near.ID), map[string]any{
			"importance": 4, "direction": "against", "company": firm, "labels": []string{"speed", "print"}, "note": strings.Repeat("Long. ", 200),
		}).Want(200)
		for _, one := range []struct {
			who  string
			c    *cairntest.Client
			kind string
		}{{"who watches the insight and its ideas", uma, `changed insight ""`}, {"who watches its ideas", vic, `evidence idea "Too slow"`}} {
			got := heard(one.c)
			if len(got) != 1 || !strings.HasPrefix(got[0], one.kind) || !strings.HasSuffix(got[0], "(Two more said so)") {
				t.Fatalf("%s hears %q", one.who, got)
			}
			for _, words := range []string{"Company →Acme", "Direction Supports→Speaks against", "Importance →4 of 5", "Labels →speed, print", "What was said or seen →"} {
				if !strings.Contains(got[0], words) {
					t.Errorf("%s does not hear %q but %q", one.who, words, got[0])
				}
			}
		}

		// Triage concerns who watches the insight itself.
		w.Admin.Do("PATCH", fmt.Sprint("/insights/", near.ID), map[string]any{"parkedUntil": "2999-01-01"}).Want(200)
		if u, v := len(heard(uma)), len(heard(vic)); u != 2 || v != 1 {
			t.Errorf("after parking they have %d and %d notices, want 2 and 1", u, v)
		}
		// An insight of a project that one does not see is told of by the idea.
		w.Admin.With("Cairn-Reason", url.PathEscape("They rang again")).Do("PATCH", fmt.Sprint("/insights/", far.ID), map[string]any{"title": "Said aloud", "dismissed": "No"}).Want(200)
		if got := heard(vic); !slices.Contains(got, `evidence idea "Said aloud": Title Said in private→Said aloud (They rang again)`) || len(got) != 2 {
			t.Errorf("of an insight from elsewhere one hears %q", got)
		}
		w.Admin.Do("PATCH", fmt.Sprint("/insights/", far.ID), map[string]any{"dismissed": ""}).Want(200)
		if got := heard(vic); len(got) != 2 {
			t.Errorf("of its triage one hears %q", got)
		}
		// Nobody else hears, and nobody of what they did.
		if a, b := len(heard(w.Admin)), len(heard(bob)); a != before["admin"] || b != before["bob"] {
			t.Errorf("the one who edited hears %d more, who watches the project %d", a-before["admin"], b-before["bob"])
		}
		// Neither does somebody who may not read the project any more.
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PATCH", fmt.Sprint("/insights/", near.ID), map[string]any{"importance": 1}).Want(200)
		if got := heard(uma); len(got) != 0 {
			t.Errorf("who may not read it hears %q", got)
		}
	})
}

// HEAR-22: what edits very many at once is told to nobody.
func TestManyInsightsEdited(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	addIdea(w.Admin, "Faster", nil)
	vic := w.Person("Vic")
	vic.Do("PUT", "/ideas/INS-1/watch", map[string]any{"on": true}).Want(200, 204)
	edit := func(group string, many int) {
		for n := range many {
			i := insight(w.Admin, "INS", map[string]any{"title": fmt.Sprint("Said ", n), "ideas": []any{map[string]any{"idea": "INS-1"}}})
			w.Admin.With("Cairn-Group", group).Do("PATCH", fmt.Sprint("/insights/", i.ID), map[string]any{"importance": 3}).Want(200)
		}
	}
	for group, many := range map[string]int{"few": 3, "many": 12} {
		edit(group, many)
		told := len(inbox(t, w, vic, "open").Notices)
		w.Admin.Do("POST", "/undo", map[string]any{"group": group}).Want(200) // in one step
		want := 0
		if many <= 10 {
			want = many
		}
		if got := len(inbox(t, w, vic, "open").Notices) - told; got != want {
			t.Errorf("of %d insights edited in one step there are %d notices, want %d", many, got, want)
		}
	}
}
