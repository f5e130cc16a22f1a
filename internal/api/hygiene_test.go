package api_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type rot struct {
	Kind           string
	Total, Ignored int
	Items          []struct {
		Target      string
		Idea, Other *struct{ Key string }
		Insight     *struct{ Title string }
		Name        string
		Count       int
		Missing     []string
		Since       string
		Ignored     *struct{ Why string }
	}
	Filter any
}

func hygiene(c *cairntest.Client, query string) map[string]rot {
	var out struct {
		Findings   []rot
		Looked, Of int
	}
	c.Do("GET", "/projects/INS/hygiene"+query, nil).Want(200).Into(&out)
	found := make(map[string]rot)
	for _, f := range out.Findings {
		found[f.Kind] = f
	}
	return found
}

// names are what a finding is about, in order.
func (r rot) names() string {
	var out []string
	for _, i := range r.Items {
		switch {
		case i.Other != nil:
			out = append(out, i.Idea.Key+"="+i.Other.Key)
		case i.Idea != nil:
			out = append(out, i.Idea.Key)
		case i.Insight != nil:
			out = append(out, i.Insight.Title)
		default:
			out = append(out, i.Name)
		}
	}
	return strings.Join(out, " ")
}

// HYG-1 to HYG-10: each kind of rot is found, and only that.
func TestHygiene(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		full := map[string]any{f["Impact"]: 3, f["Value"]: 2, f["Effort"]: 1}
		addIdea(w.Admin, "Export of invoices as a spreadsheet", full)
		addIdea(w.Admin, "Invoices: export as spreadsheet", full)
		addIdea(w.Admin, "Half scored", map[string]any{f["Impact"]: 3, f["Value"]: 2})
		addIdea(w.Admin, "Late", map[string]any{f["Impact"]: 1, f["Value"]: 1, f["Effort"]: 2, f["Project target"]: map[string]any{"start": "2026-01-01", "end": "2026-03-31", "precision": "quarter"}})
		addIdea(w.Admin, "Late and given up", map[string]any{f["Project target"]: map[string]any{"start": "2026-01-01", "end": "2026-03-31"}, f["Roadmap"]: optionNamed(t, w, "Roadmap", "Won't do")})
		for i := range 6 {
			addIdea(w.Admin, fmt.Sprint("Some number ", i*i*7919), map[string]any{f["Impact"]: 1, f["Value"]: 1, f["Effort"]: 1, f["Roadmap"]: optionNamed(t, w, "Roadmap", "Now")})
		}
		// Nobody collects evidence yet: that is no finding.
		if _, there := hygiene(w.Admin, "")["no_evidence"]; there {
			t.Error("a project without insights lacks evidence")
		}
		insight := w.Admin.Do("POST", "/projects/INS/insights", map[string]any{"title": "They asked"}).Want(201).Map()["id"]
		w.Admin.Do("POST", fmt.Sprintf("/insights/%v/links", insight), map[string]any{"idea": "INS-1"}).Want(201)
		w.Admin.Do("POST", "/projects/INS/insights", map[string]any{"title": "Waits"}).Want(201)

		cairntest.Eventually(t, "the comparison", func() bool { return hygiene(w.Admin, "")["duplicates"].Total == 1 })
		found := hygiene(w.Admin, "?limit=50")
		for kind, want := range map[string]string{
			"duplicates": "INS-1=INS-2", "no_score": "INS-3", "past_date": "INS-4", "untouched": "", "stale_score": "", "untriaged": "",
			"no_evidence": "INS-2 INS-3 INS-4 INS-6 INS-7 INS-8 INS-9 INS-10 INS-11",
		} {
			if got := found[kind].names(); got != want || found[kind].Total != len(strings.Fields(want)) {
				t.Errorf("%s: %q (%d), want %q", kind, got, found[kind].Total, want)
			}
		}
		if i := found["no_score"].Items[0]; !slices.Equal(i.Missing, []string{f["Effort"]}) {
			t.Errorf("what the score lacks: %v", i.Missing)
		}
		for _, name := range []string{"Next", "Later"} {
			if !strings.Contains(found["option"].names(), name) || strings.Contains(found["option"].names(), "Now") {
				t.Errorf("options nobody uses: %q", found["option"].names())
			}
		}
		if names := found["field"].names(); !strings.Contains(names, "Labels") || strings.Contains(names, "Impact") || strings.Contains(names, "Roadmap") {
			t.Errorf("fields nobody fills: %q", names)
		}
		// The filter of a finding finds the same ideas.
		var res struct{ Total int }
		w.Admin.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{"filter": found["no_score"].Filter}, "columns": []string{"title"}}).Want(200).Into(&res)
		if res.Total != 1 {
			t.Errorf("the filter of the unscored finds %d", res.Total)
		}
		// Told apart, a pair is none; scored, dated and archived ideas are gone.
		w.Admin.Do("PUT", "/ideas/INS-1/unlike/INS-2", nil).Want(204)
		w.Admin.Do("PATCH", "/ideas/INS-3", map[string]any{"values": map[string]any{f["Effort"]: 2}}).Want(200)
		w.Admin.Do("PATCH", "/ideas/INS-4", map[string]any{"archived": true}).Want(200)
		found = hygiene(w.Admin, "")
		if n := found["duplicates"].Total + found["no_score"].Total + found["past_date"].Total; n != 0 {
			t.Errorf("after the remedies %d are left: %+v", n, found)
		}
	})
}

func optionNamed(t *testing.T, w *cairntest.World, field, option string) int {
	t.Helper()
	var page struct {
		Fields []struct {
			Name    string
			Options []struct {
				ID   int
				Name string
			}
		}
	}
	w.Admin.Do("GET", "/projects/INS", nil).Want(200).Into(&page)
	for _, f := range page.Fields {
		for _, o := range f.Options {
			if f.Name == field && o.Name == option {
				return o.ID
			}
		}
	}
	t.Fatalf("no option %s of %s", option, field)
	return 0
}

// HYG-5, HYG-6 and HYG-8: what nobody touches for half a year is old; a score whose
// inputs were set meanwhile is not.
func TestHygieneOld(t *testing.T) {
	st := cairntest.SQLite(t)
	w := cairntest.New(t, st)
	f := project(t, w)
	full := map[string]any{f["Impact"]: 3, f["Value"]: 2, f["Effort"]: 1}
	addIdea(w.Admin, "Old", full)
	addIdea(w.Admin, "Unscored", nil)
	w.Admin.Do("POST", "/projects/INS/insights", map[string]any{"title": "Waits"}).Want(201)
	later := cairntest.NewWith(t, st, cairntest.Config{Now: func() time.Time { return time.Now().AddDate(0, 7, 0) }})
	found := hygiene(later.SignIn("ada@example.com"), "")
	for kind, want := range map[string]string{"untouched": "INS-1 INS-2", "stale_score": "INS-1", "untriaged": "Waits"} {
		if got := found[kind].names(); got != want {
			t.Errorf("%s after seven months: %q, want %q", kind, got, want)
		}
	}
}

// HYG-11: what is put aside is gone for everybody until its day, with its reason;
// viewers put nothing aside, and outsiders see nothing.
func TestHygieneAside(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		bob := w.Person("Bob Builder")
		target := hygiene(bob, "")["no_score"].Items[0].Target
		at := "/projects/INS/hygiene/no_score/" + target + "/ignored"
		for body, status := range map[string]int{`{"days":0}`: 422, `{"days":400}`: 422} {
			w.Admin.Do("PUT", at, body).Want(status)
		}
		w.Admin.Do("PUT", "/projects/INS/hygiene/nonsense/"+target+"/ignored", map[string]any{"days": 5}).Want(422)
		w.Admin.Do("PUT", "/projects/INS/hygiene/no_score/x/ignored", map[string]any{"days": 5}).Want(422)
		bob.Do("PUT", at, map[string]any{"days": 30, "why": "  on \n purpose "}).Want(204)
		for _, c := range []*cairntest.Client{bob, w.Admin} {
			if r := hygiene(c, "")["no_score"]; r.Total != 1 || r.Ignored != 1 || r.Items[0].Target == target {
				t.Errorf("put aside: %+v", r)
			}
		}
		if r := hygiene(bob, "?kind=no_score&ignored=true")["no_score"]; r.Total != 1 || r.Items[0].Ignored == nil || r.Items[0].Ignored.Why != "on purpose" {
			t.Errorf("what was put aside: %+v", r)
		}
		w.Admin.Do("DELETE", at, nil).Want(204)
		if r := hygiene(bob, "")["no_score"]; r.Total != 2 || r.Ignored != 0 {
			t.Errorf("brought back: %+v", r)
		}
		// What the project says itself.
		bob.Do("PUT", "/projects/INS/hygiene", map[string]any{"months": 3}).Want(403)
		w.Admin.Do("PUT", "/projects/INS/hygiene", map[string]any{"score": "title"}).Want(422)
		w.Admin.Do("PUT", "/projects/INS/hygiene", map[string]any{"months": 3, "off": []string{"no_score"}}).Want(204)
		if _, there := hygiene(bob, "")["no_score"]; there {
			t.Error("a kind that is off is looked for")
		}
		for _, test := range []struct {
			access string
			status int
		}{{"limited", 403}, {"private", 404}} {
			w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": test.access}).Want(200)
			bob.Do("PUT", at, map[string]any{"days": 30}).Want(test.status)
		}
		bob.Do("GET", "/projects/INS/hygiene", nil).Want(404)
		w.Anonymous().Do("GET", "/projects/INS/hygiene", nil).Want(401)
	})
}
