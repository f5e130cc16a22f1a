package api_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// told is an insight as these tests look at it.
type told struct {
	ID, Project            cairn.ID
	Version                int64
	Title, Note            string
	Person, Company        cairn.ID
	Importance             int
	Direction              string
	ParkedUntil, Dismissed string
	Recorded, Today        map[string]any
	May                    bool
	Links                  []struct {
		ID    cairn.ID
		Quote string
		Idea  struct {
			Key    string
			Hidden bool
		}
	}
}

func (i told) String() string {
	var at []string
	for _, l := range i.Links {
		at = append(at, l.Idea.Key)
	}
	return fmt.Sprintf("%s@%s", i.Title, strings.Join(at, "+"))
}

func insight(c *cairntest.Client, project string, body map[string]any) told {
	var out told
	c.Do("POST", "/projects/"+project+"/insights", body).Want(201).Into(&out)
	return out
}

func wantInsights(t *testing.T, c *cairntest.Client, path, want string) {
	t.Helper()
	var out struct{ Insights []told }
	c.Do("GET", path, nil).Want(200).Into(&out)
	var got []string
	for _, i := range out.Insights {
		got = append(got, i.String())
	}
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s has %q; want %q", path, s, want)
	}
}

// cellOf is the value of a field on an idea.
func cellOf(c *cairntest.Client, idea, ref string) any {
	values, _ := c.Do("GET", "/ideas/"+idea, nil).Want(200).Map()["computed"].(map[string]any)
	return values[ref]
}

// EVD-1, EVD-2, EVD-5, EVD-7, EVD-8, EVD-20.
func TestInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "Export to PDF", nil)
		addIdea(w.Admin, "Dark mode", nil)
		inbox := insight(w.Admin, "INS", map[string]any{"note": "# We print **everything**\n\nEvery Friday.", "on": "2026-03-01"})
		if inbox.Title != "We print **everything**" {
			t.Errorf("the title is %q", inbox.Title)
		}
		both := insight(w.Admin, "INS", map[string]any{
			"title": "Both please", "importance": 2, "on": "2026-01-01",
			"ideas": []any{map[string]any{"idea": "INS-1", "quote": "PDF"}, map[string]any{"idea": "ins-2"}},
		})
		insight(w.Admin, "INS", map[string]any{"title": "Urgent", "importance": 5, "on": "2025-01-01", "ideas": []any{map[string]any{"idea": "INS-1"}}})
		insight(w.Admin, "INS", map[string]any{"title": "Later", "importance": 2, "on": "2026-02-01", "ideas": []any{map[string]any{"idea": "INS-1"}}})
		wantInsights(t, w.Admin, "/ideas/INS-1/insights", "Urgent@INS-1, Later@INS-1, Both please@INS-1+INS-2")
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=inbox", "We print **everything**@")
		wantInsights(t, w.Admin, "/projects/INS/insights?q=friday", "We print **everything**@")

		id := fmt.Sprint(inbox.ID)
		for _, bad := range []map[string]any{
			{"title": "x", "importance": 6}, {"title": "x", "on": "yesterday"}, {"title": "x", "url": "javascript:alert(1)"}, {"title": " "},
			{"title": "x", "person": 12345}, {"title": "x", "ideas": []any{map[string]any{"idea": "INS-99"}}},
		} {
			if s := w.Admin.Do("POST", "/projects/INS/insights", bad).Status; s != 422 && s != 404 {
				t.Errorf("%v gives %d", bad, s)
			}
		}
		w.Admin.Do("POST", "/insights/"+id+"/links", map[string]any{"idea": "INS-2", "quote": "everything"}).Want(201)
		w.Admin.Do("POST", "/insights/"+id+"/links", map[string]any{"idea": "INS-2"}).Want(409)
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=inbox", "")
		w.Admin.Do("DELETE", fmt.Sprintf("/insight-links/%d", both.Links[1].ID), nil).Want(204)
		wantInsights(t, w.Admin, "/ideas/INS-2/insights", "We print **everything**@INS-2")
		var hist struct{ Sets []cairn.ChangeSet }
		w.Admin.Do("GET", "/ideas/INS-2/history", nil).Want(200).Into(&hist)
		told := 0
		for _, s := range hist.Sets {
			for _, c := range s.Changes {
				if c.Kind == cairn.KindEvidence {
					told++
				}
			}
		}
		if told != 3 {
			t.Errorf("the history of INS-2 tells %d links and unlinks of insights; want 3", told)
		}

		// Parked and dismissed leave the inbox, unlinked ones only.
		spare := fmt.Sprint(insight(w.Admin, "INS", map[string]any{"title": "Spare"}).ID)
		w.Admin.Do("PATCH", "/insights/"+spare, map[string]any{"parkedUntil": "2999-01-01"}).Want(200)
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=parked", "Spare@")
		w.Admin.Do("PATCH", "/insights/"+spare, map[string]any{"parkedUntil": "2020-01-01"}).Want(200)
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=inbox", "Spare@")
		w.Admin.Do("PATCH", "/insights/"+spare, map[string]any{"dismissed": "Not our market"}).Want(200)
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=dismissed", "Spare@")

		// Deleting an idea leaves the insight; undo links it again.
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/ideas/INS-2", nil).Want(204)
		wantInsights(t, w.Admin, "/projects/INS/insights?stage=inbox", "We print **everything**@")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		wantInsights(t, w.Admin, "/ideas/INS-2/insights", "We print **everything**@INS-2")
	})
}

// EVD-27: of those that match, the ones that are asked for, or what they are part of,
// with how many there are in all.
func TestSomeInsightsOfAList(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Support", "key": "SUP"}).Want(201)
		var ids []cairn.ID
		for _, title := range []string{"One", "Two", "Three", "Four"} {
			ids = append(ids, insight(w.Admin, "INS", map[string]any{"title": title}).ID)
		}
		far := insight(w.Admin, "SUP", map[string]any{"title": "Elsewhere"}).ID
		w.Admin.Do("PATCH", fmt.Sprint("/insights/", ids[1]), map[string]any{"dismissed": "No"}).Want(200)
		w.Admin.Do("PUT", fmt.Sprint("/insights/", ids[0], "/parts/", ids[3]), nil).Want(200)
		only := func(query string) string {
			var out struct {
				Insights []told
				Total    int
				Counts   map[string]int
			}
			w.Admin.Do("GET", "/projects/INS/insights?"+query, nil).Want(200).Into(&out)
			return fmt.Sprint(out.Insights, " of ", out.Total, " ", out.Counts["dismissed"])
		}
		for query, want := range map[string]string{
			fmt.Sprintf("stage=inbox&only=%d", ids[2]):                     "[Three@] of 2 1",
			fmt.Sprintf("stage=inbox&only=%d,%d", ids[1], far):             "[] of 2 1",
			fmt.Sprintf("stage=inbox&only=%d, %d", ids[3], ids[2]):         "[Three@ One@] of 2 1",
			fmt.Sprintf("stage=all&q=two&only=%d,%d,9999", ids[1], ids[2]): "[Two@] of 1 1",
		} {
			if got := only(strings.ReplaceAll(query, " ", "%20")); got != want {
				t.Errorf("%s: %s, want %s", query, got, want)
			}
		}
		w.Admin.Do("GET", "/projects/INS/insights?only=INS-1", nil).Want(422)
	})
}

// EVD-3, EVD-4, EVD-5: a private project leaks nothing through a shared insight.
func TestInsightsAcrossProjects(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Secret", "key": "SEC", "template": "blank", "access": "private"}).Want(201)
		addIdea(w.Admin, "Public idea", nil)
		w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "Secret idea"}).Want(201)
		ben := w.Person("Ben")
		shared := insight(w.Admin, "SEC", map[string]any{
			"title": "Shared", "note": "words", "ideas": []any{map[string]any{"idea": "SEC-1"}, map[string]any{"idea": "INS-1", "quote": "for you"}},
		})
		own := insight(w.Admin, "SEC", map[string]any{"title": "Hidden", "ideas": []any{map[string]any{"idea": "SEC-1"}}})
		wantInsights(t, w.Admin, "/ideas/INS-1/insights", "Shared@SEC-1+INS-1")
		wantInsights(t, ben, "/ideas/INS-1/insights", "Shared@INS-1")
		var seen told
		raw := ben.Do("GET", fmt.Sprintf("/insights/%d", shared.ID), nil).Want(200)
		raw.Into(&seen)
		if seen.Project != 0 || seen.May || len(seen.Links) != 1 {
			t.Errorf("Ben sees %+v", seen)
		}
		ben.Do("GET", fmt.Sprintf("/insights/%d", own.ID), nil).Want(404)
		ben.Do("GET", fmt.Sprintf("/insights/%d/suggestions", own.ID), nil).Want(404)
		// Ideas are suggested to him as far as he reads them, wherever the insight is at home.
		addIdea(w.Admin, "Shared calendars of the clinic", nil)
		w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "Shared secrets of the board"}).Want(201)
		var offered struct {
			Suggestions []struct {
				Idea struct{ Key string }
			}
		}
		ben.Do("GET", fmt.Sprintf("/insights/%d/suggestions", shared.ID), nil).Want(200).Into(&offered)
		if got := fmt.Sprint(offered.Suggestions); got != "[{{INS-2}}]" {
			t.Errorf("Ben is offered %s, want INS-2 alone", got)
		}
		ben.Do("GET", "/projects/SEC/insights", nil).Want(404)
		ben.Do("POST", "/projects/SEC/insights", map[string]any{"title": "x"}).Want(404)
		ben.Do("PATCH", fmt.Sprintf("/insights/%d", shared.ID), map[string]any{"title": "x"}).Want(403)
		ben.Do("DELETE", fmt.Sprintf("/insights/%d", shared.ID), nil).Want(403)
		ben.Do("POST", fmt.Sprintf("/insights/%d/links", own.ID), map[string]any{"idea": "INS-1"}).Want(404)
		ben.Do("PATCH", fmt.Sprintf("/insight-links/%d", own.Links[0].ID), map[string]any{"quote": "x"}).Want(404)
		ben.Do("DELETE", fmt.Sprintf("/insight-links/%d", own.Links[0].ID), nil).Want(404)
		ben.Do("POST", fmt.Sprintf("/insights/%d/links", shared.ID), map[string]any{"idea": "SEC-1"}).Want(404)
		// EVD-50: nobody makes the server fetch for a project that is not theirs, nor from inside.
		ben.Do("POST", "/projects/SEC/page-info", map[string]any{"url": "http://127.0.0.1/"}).Want(404)
		w.Admin.Do("POST", "/projects/INS/page-info", map[string]any{"url": "http://127.0.0.1:8080/"}).Want(422)

		// EVD-26: a search finds what one may see, where one sees it.
		w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "Wordsmiths"}).Want(201)
		found := func(c *cairntest.Client, q string) string {
			var out struct {
				Insights  []struct{ Title, Project, Idea string }
				Customers []struct{ Name string }
			}
			c.Do("GET", "/search?all=true&q="+q, nil).Want(200).Into(&out)
			return fmt.Sprint(out.Insights, out.Customers)
		}
		for _, q := range []struct {
			by        *cairntest.Client
			text, got string
		}{
			{w.Admin, "words", "[{Shared SEC }] [{Wordsmiths}]"}, {ben, "words", "[{Shared  INS-1}] [{Wordsmiths}]"},
			{w.Admin, "hidden", "[{Hidden SEC }] []"}, {ben, "hidden", "[] []"},
		} {
			if got := found(q.by, q.text); got != q.got {
				t.Errorf("%q finds %s; want %s", q.text, got, q.got)
			}
		}
		if ben.Do("GET", "/search?q=words", nil).Want(200).Map()["insights"] != nil {
			t.Error("insights are told unasked")
		}

		// Deleting reaches over both projects, and so does the undo.
		w.Admin.With("Cairn-Group", "bye").Do("DELETE", fmt.Sprintf("/insights/%d", shared.ID), nil).Want(204)
		wantInsights(t, ben, "/ideas/INS-1/insights", "")
		w.Admin.Do("POST", "/undo", map[string]any{"group": "bye"}).Want(200)
		wantInsights(t, ben, "/ideas/INS-1/insights", "Shared@INS-1")
		wantInsights(t, w.Admin, "/ideas/SEC-1/insights", "Shared@SEC-1+INS-1, Hidden@SEC-1")
	})
}

// EVD-10 to EVD-15, EVD-30, EVD-33 to EVD-38: fields follow insights and
// customers at once.
func TestEvidenceFields(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "Export", nil)
		ben := w.Person("Ben")
		ben.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Revenue", "type": "number"}).Want(403)
		revenue := w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Revenue", "type": "number", "unit": "EUR"}).Want(201).Map()
		segment := w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Segment", "type": "select", "options": []string{"SMB", "Enterprise"}}).Want(201).Map()
		w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "revenue", "type": "number"}).Want(409)
		rev, seg := revenue["ref"].(string), segment["ref"].(string)
		company := func(name string, r float64, s string) string {
			return fmt.Sprint(ben.Do("POST", "/customers", map[string]any{"type": "company", "name": name, "values": map[string]any{rev: r, seg: s}}).Want(201).Map()["id"])
		}
		acme, blob := company("Acme", 1000, "enterprise"), company("Blob", 100, "SMB")
		ben.Do("POST", "/customers", map[string]any{"type": "company", "name": "ACME"}).Want(409)
		ben.Do("POST", "/customers", map[string]any{"type": "company", "name": "X", "values": map[string]any{seg: "None of them"}}).Want(422)
		ann := fmt.Sprint(ben.Do("POST", "/customers", map[string]any{"type": "person", "name": "Ann", "email": "Ann@acme.example", "company": json.Number(acme)}).Want(201).Map()["id"])
		ben.Do("POST", "/customers", map[string]any{"type": "person", "name": "Ann 2", "email": "ann@ACME.example"}).Want(409)
		ben.Do("DELETE", "/customers/"+ann, nil).Want(403)

		field := func(name string, rule map[string]any) string {
			return w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": name, "type": "evidence", "evidence": rule}).Want(201).Map()["ref"].(string)
		}
		w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Bad", "type": "evidence"}).Want(422)
		w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Bad", "type": "evidence", "evidence": map[string]any{"measure": "sum"}}).Want(422)
		of := revenue["id"]
		refs := map[string]string{
			"n": field("N", map[string]any{"measure": "insights"}), "against": field("Against", map[string]any{"measure": "against"}),
			"people": field("People", map[string]any{"measure": "people"}), "companies": field("Companies", map[string]any{"measure": "companies"}),
			"sum":      field("Sum", map[string]any{"measure": "sum", "of": of, "by": "company"}),
			"then":     field("Then", map[string]any{"measure": "sum", "of": of, "by": "company", "recorded": true}),
			"weighted": field("Weighted", map[string]any{"measure": "weighted", "of": of, "by": "company", "cap": 500}),
			"share":    field("Share", map[string]any{"measure": "share", "of": segment["id"], "by": "company", "value": "smb"}),
		}
		want := func(expect string) {
			t.Helper()
			got := ""
			for _, name := range []string{"n", "against", "people", "companies", "sum", "then", "weighted", "share"} {
				got += fmt.Sprintf("%s=%v ", name, cellOf(w.Admin, "INS-1", refs[name]))
			}
			if strings.TrimSpace(got) != expect {
				t.Errorf("INS-1 has %s; want %s", got, expect)
			}
		}
		want("n=0 against=0 people=0 companies=0 sum=0 then=0 weighted=0 share=<nil>")
		say := func(body map[string]any) told {
			body["ideas"] = []any{map[string]any{"idea": "INS-1"}}
			return insight(ben, "INS", body)
		}
		first := say(map[string]any{"title": "A", "person": json.Number(ann), "importance": 5})
		if fmt.Sprint(first.Company) != acme {
			t.Errorf("the company of Ann's insight is %d", first.Company)
		}
		say(map[string]any{"title": "B", "company": json.Number(acme), "importance": 1})
		say(map[string]any{"title": "C", "company": json.Number(blob), "importance": 2})
		no := say(map[string]any{"title": "D", "company": json.Number(blob), "importance": 5, "direction": "against"})
		want("n=4 against=1 people=1 companies=2 sum=1100 then=1100 weighted=540 share=50")
		// Customers change; what was recorded stays.
		ben.Do("PATCH", "/customers/"+blob, map[string]any{"values": map[string]any{rev: 300, seg: nil}}).Want(200)
		want("n=4 against=1 people=1 companies=2 sum=1300 then=1100 weighted=620 share=0")
		var c told
		w.Admin.Do("GET", fmt.Sprintf("/insights/%d", no.ID), nil).Want(200).Into(&c)
		if c.Recorded[rev] != 100.0 || c.Today[rev] != 300.0 {
			t.Errorf("recorded %v, today %v", c.Recorded, c.Today)
		}
		// Formulas and filters read it like any number.
		formula := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "F", "type": "formula", "formula": map[string]any{"kind": "expression", "expression": "{Sum} / {N}"}}).Want(201).Map()["ref"].(string)
		if got := cellOf(w.Admin, "INS-1", formula); got != 325.0 {
			t.Errorf("the formula gives %v", got)
		}
		ben.Do("PATCH", fmt.Sprintf("/insights/%d", no.ID), map[string]any{"direction": ""}).Want(200)
		want("n=4 against=0 people=1 companies=2 sum=1300 then=1100 weighted=800 share=0")
		w.Admin.Do("DELETE", fmt.Sprintf("/insights/%d", first.ID), nil).Want(204)
		want("n=3 against=0 people=0 companies=2 sum=1300 then=1100 weighted=400 share=0")
	})
}
