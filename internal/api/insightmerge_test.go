package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// EVD-22 to EVD-25: one insight becomes part of another and comes out again as it was.
func TestMergeInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank"}).Want(201)
		addIdea(w.Admin, "Export to PDF", nil)
		addIdea(w.Admin, "Print", nil)
		w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Reports"}).Want(201)
		field := func(measure string) string {
			return w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": measure, "type": "evidence", "evidence": map[string]any{"measure": measure}}).Want(201).Map()["ref"].(string)
		}
		insights, people := field("insights"), field("people")
		person := func(name string) any {
			return w.Admin.Do("POST", "/customers", map[string]any{"type": "person", "name": name}).Want(201).Map()["id"]
		}
		at := func(keys ...string) (out []any) {
			for _, k := range keys {
				out = append(out, map[string]any{"idea": k})
			}
			return out
		}
		whole := insight(w.Admin, "INS", map[string]any{"title": "We print invoices every Friday", "on": "2026-02-01", "person": person("Ann"), "ideas": at("INS-1")})
		part := insight(w.Admin, "INS", map[string]any{"title": "Friday is for printing", "note": "Invoices, all of the weekly ones.", "on": "2026-02-02", "person": person("Bob"), "url": "https://example.org/b", "ideas": at("INS-1", "INS-2", "OTH-1")})
		spare := insight(w.Admin, "INS", map[string]any{"title": "Dark mode at night", "on": "2026-02-03"})
		strange := insight(w.Admin, "OTH", map[string]any{"title": "Printing invoices on a Friday"})
		numbers := func(idea string) string {
			return fmt.Sprintf("%v insights of %v people", cellOf(w.Admin, idea, insights), cellOf(w.Admin, idea, people))
		}
		want := func(what, got, want string) {
			t.Helper()
			if got != want {
				t.Errorf("%s: %s; want %s", what, got, want)
			}
		}
		want("INS-1 before", numbers("INS-1"), "2 insights of 2 people")

		// It is suggested by the words that both have; those of other projects are not.
		var alike struct {
			Insights []struct {
				Title, PersonName string
				Terms             []string
			}
		}
		w.Admin.Do("GET", fmt.Sprintf("/insights/%d/suggestions", part.ID), nil).Want(200).Into(&alike)
		if len(alike.Insights) != 1 || alike.Insights[0].PersonName != "Ann" || !strings.Contains(strings.Join(alike.Insights[0].Terms, " "), "friday") {
			t.Errorf("suggested are %+v", alike.Insights)
		}

		merged := fmt.Sprintf("/insights/%d/parts/%d", whole.ID, part.ID)
		w.Admin.With("Cairn-Group", "merge").Do("PUT", merged, nil).Want(200)
		wantInsights(t, w.Admin, "/projects/INS/insights", "Dark mode at night@, We print invoices every Friday@INS-1+INS-2+OTH-1")
		wantInsights(t, w.Admin, "/projects/INS/insights?q=weekly", "We print invoices every Friday@INS-1+INS-2+OTH-1")
		wantInsights(t, w.Admin, "/ideas/INS-2/insights", "We print invoices every Friday@INS-1+INS-2+OTH-1")
		want("INS-1 merged", numbers("INS-1"), "1 insights of 2 people")
		want("INS-2 merged", numbers("INS-2"), "1 insights of 2 people")
		var got struct {
			told
			Parts []struct{ Title, Note, URL, PersonName, On string }
		}
		w.Admin.Do("GET", fmt.Sprintf("/insights/%d", part.ID), nil).Want(200).Into(&got)
		if got.ID != whole.ID || fmt.Sprint(got.Parts) != "[{Friday is for printing Invoices, all of the weekly ones. https://example.org/b Bob 2026-02-02}]" {
			t.Errorf("the part's id leads to %d with %v", got.ID, got.Parts)
		}
		w.Admin.Do("PATCH", fmt.Sprintf("/insights/%d", part.ID), map[string]any{"title": "x"}).Want(409)
		w.Admin.Do("DELETE", fmt.Sprintf("/insights/%d", part.ID), nil).Want(409)
		w.Admin.Do("POST", fmt.Sprintf("/insights/%d/links", whole.ID), map[string]any{"idea": "INS-2"}).Want(409)

		// Refused: circles, twice, other projects, and who may not edit both.
		for _, path := range []string{
			fmt.Sprintf("/insights/%d/parts/%d", part.ID, whole.ID), fmt.Sprintf("/insights/%d/parts/%d", whole.ID, whole.ID),
			fmt.Sprintf("/insights/%d/parts/%d", whole.ID, strange.ID), fmt.Sprintf("/insights/%d/parts/%d", spare.ID, part.ID),
			fmt.Sprintf("/insights/%d/parts/%d", whole.ID, 99999),
		} {
			if s := w.Admin.Do("PUT", path, nil).Status; s != 422 && s != 409 && s != 404 {
				t.Errorf("%s gives %d", path, s)
			}
		}
		ben := w.Person("Ben")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
		w.Admin.Do("PUT", "/projects/INS/members/"+ben.ID.String(), map[string]any{"role": "contributor"}).Want(200)
		own := insight(ben, "INS", map[string]any{"title": "Ben's own", "on": "2026-01-01"})
		ben.Do("PUT", fmt.Sprintf("/insights/%d/parts/%d", whole.ID, own.ID), nil).Want(403)
		ben.Do("PUT", fmt.Sprintf("/insights/%d/parts/%d", own.ID, spare.ID), nil).Want(403)
		ben.Do("DELETE", merged, nil).Want(403)
		w.Anonymous().Do("PUT", merged, nil).Want(401)

		// A whole goes into another; what is undone in between comes out exactly.
		w.Admin.With("Cairn-Group", "second").Do("PUT", fmt.Sprintf("/insights/%d/parts/%d", spare.ID, whole.ID), nil).Want(200)
		wantInsights(t, w.Admin, "/ideas/INS-1/insights", "Dark mode at night@INS-1+INS-2+OTH-1")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "merge"}).Want(200)
		wantInsights(t, w.Admin, "/ideas/INS-1/insights", "Dark mode at night@INS-1, Friday is for printing@INS-1+INS-2+OTH-1")
		w.Admin.Do("DELETE", fmt.Sprintf("/insights/%d/parts/%d", spare.ID, whole.ID), nil).Want(200)
		wantInsights(t, w.Admin, "/projects/INS/insights", "Dark mode at night@, Friday is for printing@INS-1+INS-2+OTH-1, We print invoices every Friday@INS-1, Ben's own@")
		want("INS-1 taken apart", numbers("INS-1"), "2 insights of 2 people")
		want("INS-2 taken apart", numbers("INS-2"), "1 insights of 1 people")
		w.Admin.Do("DELETE", fmt.Sprintf("/insights/%d/parts/%d", spare.ID, whole.ID), nil).Want(404)

		// Off an idea goes all of it, and a whole that is deleted comes back with its parts.
		w.Admin.Do("PUT", merged, nil).Want(200)
		w.Admin.With("Cairn-Group", "off").Do("DELETE", fmt.Sprintf("/insight-links/%d", whole.Links[0].ID), nil).Want(204)
		wantInsights(t, w.Admin, "/ideas/INS-1/insights", "")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "off"}).Want(200)
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", fmt.Sprintf("/insights/%d", whole.ID), nil).Want(204)
		wantInsights(t, w.Admin, "/ideas/OTH-1/insights", "")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		wantInsights(t, w.Admin, "/ideas/INS-2/insights", "We print invoices every Friday@INS-1+INS-2+OTH-1")
		want("INS-1 at the end", numbers("INS-1"), "1 insights of 2 people")
	})
}

// EVD-22: voices that share only how they are put are not suggested as the same;
// those that speak of one thing are.
func TestSameIsMoreThanPhrasing(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	var ids []int
	for _, note := range []string{
		"As a user I want to be able to use Unicode so that I can use any language I like",
		"As a user I want to have the application respond quickly to my actions so that I don't get bored",
		"As a user I want to see sensible and predictable URLs so that the application feels logical",
		"As a moderator I want to copy paste stories from a spreadsheet so that I can get started more quickly",
		"As a moderator I want to import stories from a spreadsheet so that I don't have to copy and paste each individually",
		"As a participant I want to be able to change my estimate up until the last person selects a card",
	} {
		ids = append(ids, int(insight(w.Admin, "INS", map[string]any{"note": note}).ID))
	}
	alike := func(at int) (out []string) {
		var got struct{ Insights []struct{ Title string } }
		w.Admin.Do("GET", fmt.Sprintf("/insights/%d/suggestions", ids[at]), nil).Want(200).Into(&got)
		for _, i := range got.Insights {
			out = append(out, i.Title)
		}
		return out
	}
	if got := alike(0); len(got) != 0 {
		t.Errorf("the same as Unicode are suggested %q", got)
	}
	if got := alike(3); len(got) != 1 || !strings.Contains(got[0], "import stories from a spreadsheet") {
		t.Errorf("the same as copying from a spreadsheet are suggested %q", got)
	}
}
