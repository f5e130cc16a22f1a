package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

func merge(c *cairntest.Client, whole string, parts ...string) *cairntest.Answer {
	return c.Do("POST", "/ideas/"+whole+"/merge", map[string]any{"ideas": parts})
}

func unmerge(c *cairntest.Client, whole, part string) *cairntest.Answer {
	return c.Do("POST", "/ideas/"+whole+"/parts/"+part+"/unmerge", nil)
}

// titles are the ideas that a view of the project shows, archived ones included.
func titles(c *cairntest.Client, query map[string]any) string {
	var out struct {
		Rows [][]any
	}
	c.Do("POST", "/projects/INS/query", map[string]any{"query": query, "columns": []string{"title"}}).Want(200).Into(&out)
	var keys []string
	for _, r := range out.Rows {
		keys = append(keys, fmt.Sprint("INS-", r[1]))
	}
	return strings.Join(keys, " ")
}

// MRG-1 to MRG-7, MRG-9, MRG-11, MRG-12, MRG-17.
func TestMerge(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob"), w.Person("Cy")
		votes := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Pull", "type": "votes"}).Want(201).Map()["ref"].(string)
		needs := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Needs", "type": "connection"}).Want(201).Map()["ref"].(string)
		ids := map[string]cairn.ID{}
		for i, title := range []string{"Export invoices", "Rechnungsexport für die Buchhaltung", "Dark mode", "Child", "Other"} {
			made := addIdea(w.Admin, title, nil)
			ids[fmt.Sprint("INS-", i+1)] = cairn.ID(made["id"].(float64))
		}
		vote := func(c *cairntest.Client, idea string, n int) {
			c.Do("PUT", "/ideas/"+idea+"/votes/"+votes, map[string]any{"amount": n}).Want(200)
		}
		vote(w.Admin, "INS-1", 2)
		vote(w.Admin, "INS-2", 5)
		vote(bob, "INS-2", 1)
		w.Admin.Do("POST", "/ideas/INS-2/comments", map[string]any{"body": "Wichtig"}).Want(201)
		w.Admin.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "Important"}).Want(201)
		w.Admin.Do("PATCH", "/ideas/INS-4", map[string]any{"parent": ids["INS-2"]}).Want(200)
		w.Admin.Do("PATCH", "/ideas/INS-5", map[string]any{"values": map[string]any{needs: []cairn.ID{ids["INS-2"]}}}).Want(200)
		link(w.Admin, "INS-2", "finish_start", "INS-3").Want(201)
		link(w.Admin, "INS-1", "relates", "INS-2").Want(201)

		cy.Do("PUT", "/ideas/INS-2/watch", nil).Want(200, 204)

		preview := w.Admin.Do("POST", "/ideas/INS-1/merge-preview", map[string]any{"ideas": []string{"INS-2"}}).Want(200).Map()
		for name, want := range map[string]float64{"parts": 1, "comments": 1, "links": 1, "children": 1, "connections": 1, "voters": 2, "both": 1} {
			if preview[name] != want {
				t.Errorf("the preview counts %v %s; want %v", preview[name], name, want)
			}
		}
		if got := titles(w.Admin, map[string]any{}); got != "INS-1 INS-2 INS-3 INS-4 INS-5" {
			t.Fatalf("after the preview there are %s", got)
		}
		group := merge(w.Admin, "INS-1", "INS-2").Want(200).Map()["group"].(string)

		if got := fmt.Sprint(w.Admin.Do("GET", "/ideas/INS-1/watchers", nil).Want(200).Map()["watchers"]); !strings.Contains(got, cy.ID.String()) {
			t.Errorf("who watched the part does not watch the whole: %s", got)
		}
		whole := func() {
			t.Helper()
			if got := titles(w.Admin, map[string]any{"archived": "all"}); got != "INS-1 INS-3 INS-4 INS-5" {
				t.Errorf("views show %s", got)
			}
			for _, ref := range []string{"INS-2", ids["INS-2"].String()} {
				if got := w.Admin.Do("GET", "/ideas/"+ref, nil).Want(200).Map(); got["key"] != "INS-1" {
					t.Errorf("%s leads to %v", ref, got["key"])
				}
			}
			idea := w.Admin.Do("GET", "/ideas/INS-1", nil).Map()
			if got := idea["computed"].(map[string]any)[votes]; got != 6.0 {
				t.Errorf("the whole has %v votes; want 5 of one and 1 of another person", got)
			}
			if got := titles(w.Admin, map[string]any{"filter": map[string]any{"field": "comments", "op": "eq", "value": 2}}); got != "INS-1" {
				t.Errorf("two comments have %q", got)
			}
			wantLinks(t, w.Admin, "/ideas/INS-1/links", "INS-1 finish_start+0 INS-3")
			if got := w.Admin.Do("GET", "/ideas/INS-4", nil).Map()["parent"]; got != float64(ids["INS-1"]) {
				t.Errorf("the child stands below %v", got)
			}
			if got := w.Admin.Do("GET", "/ideas/INS-5", nil).Map()["values"].(map[string]any)[needs]; fmt.Sprint(got) != fmt.Sprint([]any{float64(ids["INS-1"])}) {
				t.Errorf("the connection holds %v", got)
			}
		}
		whole()
		var parts struct {
			Parts []struct{ Key, Title, Description string }
		}
		w.Admin.Do("GET", "/ideas/INS-1/parts", nil).Want(200).Into(&parts)
		if len(parts.Parts) != 1 || parts.Parts[0].Title != "Rechnungsexport für die Buchhaltung" {
			t.Errorf("parts are %v", parts)
		}
		var hits struct{ Hits []struct{ Key string } }
		for _, q := range []string{"Buchhaltung", "INS-2"} {
			w.Admin.Do("GET", "/search?q="+q, nil).Want(200).Into(&hits)
			if len(hits.Hits) != 1 || hits.Hits[0].Key != "INS-1" {
				t.Errorf("searching for %s finds %v", q, hits)
			}
		}
		if got := alikeKeys(findAlike(w.Admin, map[string]any{"title": "Buchhaltung"})); got != "INS-1" {
			t.Errorf("alike by the words of a part: %q", got)
		}
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"title": "x"}).Want(409)
		w.Admin.Do("DELETE", "/ideas/INS-2", nil).Want(409)
		w.Admin.Do("PATCH", "/ideas/INS-3", map[string]any{"parent": ids["INS-2"]}).Want(409)
		w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{"ids": []cairn.ID{ids["INS-2"]}, "patch": map[string]any{"archived": false}}).Want(409)
		w.Admin.Do("POST", "/ideas/INS-2/comments", map[string]any{"body": "Said since"}).Want(201)
		vote(bob, "INS-2", 3) // a vote for the whole, which stays

		unmerge(w.Admin, "INS-1", "INS-2").Want(200)
		count := func(path, list string, want int) {
			t.Helper()
			if got := len(w.Admin.Do("GET", path, nil).Want(200).Map()[list].([]any)); got != want {
				t.Errorf("%s has %d; want %d", path, got, want)
			}
		}
		count("/ideas/INS-1/comments", "comments", 2)
		count("/ideas/INS-2/comments", "comments", 1)
		count("/ideas/INS-1/parts", "parts", 0)
		wantLinks(t, w.Admin, "/ideas/INS-2/links", "INS-2 finish_start+0 INS-3, INS-1 relates+0 INS-2")
		if got := w.Admin.Do("GET", "/ideas/INS-1", nil).Map()["computed"].(map[string]any)[votes]; got != 5.0 {
			t.Errorf("the whole has %v votes; want 2 as before and 3 given since", got)
		}
		if got := w.Admin.Do("GET", "/ideas/INS-2", nil).Map()["computed"].(map[string]any)[votes]; got != 6.0 {
			t.Errorf("the part has %v votes; want its 6", got)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": group}).Want(409) // it is not merged any more

		// The history of the whole has both.
		history := fmt.Sprint(w.Admin.Do("GET", "/ideas/INS-1/history", nil).Want(200).Map())
		if n := strings.Count(history, "Rechnungsexport"); n != 2 {
			t.Errorf("the history names the part %d times: %s", n, history)
		}
	})
}

// MRG-8, MRG-10, MRG-15, MRG-16 and the wrong person.
func TestMergeRefused(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	var ids []cairn.ID
	for i := range 5 {
		ids = append(ids, cairn.ID(addIdea(w.Admin, fmt.Sprint("Idea ", i+1), nil)["id"].(float64)))
	}
	w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"parent": ids[0]}).Want(200)
	link(w.Admin, "INS-3", "finish_start", "INS-4").Want(201)
	link(w.Admin, "INS-4", "finish_start", "INS-5").Want(201)
	says := func(a *cairntest.Answer, status int, words string) {
		t.Helper()
		if got := fmt.Sprint(a.Want(status).Map()); !strings.Contains(got, words) {
			t.Errorf("the refusal says %q; want %q", got, words)
		}
	}
	says(merge(w.Admin, "INS-1", "INS-1"), 422, "itself")
	says(merge(w.Admin, "INS-2", "INS-1"), 409, "INS-1 → INS-2")
	says(merge(w.Admin, "INS-3", "INS-5"), 409, "circle")
	merge(w.Admin, "INS-1", "INS-99").Want(404)
	merge(w.Admin, "INS-1").Want(422)
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank", "access": "private"}).Want(201)
	w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Elsewhere"}).Want(201)
	says(merge(w.Admin, "INS-1", "OTH-1"), 422, "one project")

	bob := w.Person("Bob")
	merge(bob, "INS-1", "OTH-1").Want(404)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
	merge(bob, "INS-1", "INS-5").Want(403)
	bob.Do("POST", "/ideas/INS-1/merge-preview", map[string]any{"ideas": []string{"INS-5"}}).Want(403)
	group := merge(w.Admin, "INS-1", "INS-5").Want(200).Map()["group"]
	unmerge(bob, "INS-1", "INS-5").Want(403)
	bob.Do("GET", "/ideas/INS-1/parts", nil).Want(200)
	bob.Do("POST", "/undo", map[string]any{"group": group}).Want(403)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	merge(bob, "INS-1", "INS-3").Want(404)
	unmerge(bob, "INS-1", "INS-5").Want(404)
	bob.Do("GET", "/ideas/INS-1/parts", nil).Want(404)

	says(merge(w.Admin, "INS-3", "INS-5"), 409, "INS-1")
	unmerge(w.Admin, "INS-1", "INS-3").Want(404)
	w.Admin.Do("DELETE", "/links/"+linksOf(w.Admin, "/ideas/INS-4/links")[1].ID.String(), nil).Want(204)
	merge(w.Admin, "INS-3", "INS-1").Want(200)
	says(unmerge(w.Admin, "INS-3", "INS-5"), 404, "INS-5") // a part of a part is taken out of its own whole

	// Undoing the taking apart merges again; deleting a whole deletes its parts.
	back := unmerge(w.Admin, "INS-3", "INS-1").Want(200).Map()["group"]
	w.Admin.Do("POST", "/undo", map[string]any{"group": back}).Want(200)
	if got := w.Admin.Do("GET", "/ideas/INS-5", nil).Want(200).Map()["key"]; got != "INS-3" {
		t.Errorf("merged again, INS-5 leads to %v", got)
	}
	gone := w.Admin.With("Idempotency-Key", "gone")
	gone.Do("DELETE", "/ideas/INS-3", nil).Want(204)
	for _, key := range []string{"INS-1", "INS-3", "INS-5"} {
		w.Admin.Do("GET", "/ideas/"+key, nil).Want(404)
	}
}
