package api_test

import (
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"testing"
	"time"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// proofs are what lives are told about their ideas, in the project and in another.
type proofs struct {
	fields              []string // their references
	revenue, plan       map[string]any
	insights, customers []cairn.ID
	links               []cairn.ID
	// told counts insights of the past that were compared, gone those deleted since.
	told, gone int
}

// prove makes the fields that are fed by evidence, and a first few customers.
func (l *lives) prove() {
	c := l.w.Admin
	c.Do("POST", "/projects", map[string]any{"name": "Support", "key": "SUP"}).Want(201)
	l.proof.revenue = c.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Revenue", "type": "number"}).Want(201).Map()
	l.proof.plan = c.Do("POST", "/customer-fields", map[string]any{"of": "person", "name": "Plan", "type": "select", "options": []string{"free", "paid"}}).Want(201).Map()
	revenue, plan := l.proof.revenue["id"], l.proof.plan["id"]
	for _, rule := range []map[string]any{
		{"measure": "insights"}, {"measure": "against"}, {"measure": "people"}, {"measure": "companies"}, {"measure": "demand"},
		{"measure": "sum", "of": revenue, "by": "company"}, {"measure": "sum", "of": revenue, "by": "company", "recorded": true},
		{"measure": "weighted", "of": revenue, "by": "company", "cap": 5}, {"measure": "share", "of": plan, "by": "person", "value": "paid"},
	} {
		made := c.Do("POST", "/projects/INS/fields", map[string]any{"name": fmt.Sprint("Proof ", len(l.proof.fields)), "type": "evidence", "evidence": rule}).Want(201).Map()
		l.proof.fields = append(l.proof.fields, made["ref"].(string))
	}
	for range 4 {
		l.meet(c)
	}
}

// meet adds a company or a person.
func (l *lives) meet(c *cairntest.Client) {
	body := map[string]any{"type": "company", "name": fmt.Sprint("Firm ", len(l.proof.customers)), "values": map[string]any{l.proof.revenue["ref"].(string): l.rng.IntN(9)}}
	if len(l.proof.customers)%2 == 1 {
		body = map[string]any{"type": "person", "name": "Somebody", "values": map[string]any{l.proof.plan["ref"].(string): "paid"}}
	}
	l.proof.customers = append(l.proof.customers, cairn.ID(c.Do("POST", "/customers", body).Want(201).Map()["id"].(float64)))
}

// one is any of some; 0 when there is none.
func (l *lives) one(of []cairn.ID) cairn.ID {
	if len(of) == 0 {
		return 0
	}
	return of[l.rng.IntN(len(of))]
}

// customer is any company (0) or person (1).
func (l *lives) customer(parity int) cairn.ID {
	return l.proof.customers[2*l.rng.IntN(len(l.proof.customers)/2)+parity]
}

// say does one of everything that people do with evidence.
func (l *lives) say(c *cairntest.Client, idea string) {
	p := &l.proof
	about := fmt.Sprint("/insights/", l.one(p.insights))
	who := fmt.Sprint("/customers/", l.one(p.customers))
	switch n := l.rng.IntN(15); {
	case n < 4 || len(p.insights) < 3:
		body := map[string]any{
			"note": fmt.Sprint("Said ", len(p.insights)), "importance": l.rng.IntN(6), "on": fmt.Sprintf("2026-0%d-11", 1+l.rng.IntN(9)),
			"company": l.customer(0), "person": l.customer(1), "direction": []string{"", "", "against"}[l.rng.IntN(3)], "ideas": []map[string]any{{"idea": idea}},
		}
		if l.rng.IntN(3) == 0 {
			delete(body, "company")
		}
		answer := c.Do("POST", "/projects/"+[]string{"INS", "INS", "SUP"}[l.rng.IntN(3)]+"/insights", body)
		if answer.Want(201, 422); answer.Status == 201 { // a customer may be gone
			p.insights = append(p.insights, cairn.ID(answer.Map()["id"].(float64)))
		}
	case n == 4:
		c.Do("PATCH", about, map[string]any{
			"importance": l.rng.IntN(6), "direction": []string{"", "against"}[l.rng.IntN(2)], "on": "2026-02-02",
			"note": fmt.Sprint("Said better ", l.rng.IntN(99)), "labels": []string{"said", fmt.Sprint("l", l.rng.IntN(9))},
		}).Want(200, 404, 409, 422)
	case n == 5:
		c.Do("PATCH", about, map[string]any{"person": l.customer(1), "company": 0}).Want(200, 404, 409, 422)
	case n == 6:
		c.Do("DELETE", about, nil).Want(204, 404, 409, 422)
	case n == 7:
		if answer := c.Do("POST", about+"/links", map[string]any{"idea": idea}); answer.Want(201, 404, 409, 422).Status == 201 {
			for _, link := range answer.Map()["links"].([]any) {
				p.links = append(p.links, cairn.ID(link.(map[string]any)["id"].(float64)))
			}
		}
	case n == 8:
		c.Do("DELETE", fmt.Sprint("/insight-links/", l.one(p.links)), nil).Want(204, 404)
	case n == 9:
		c.Do("PUT", fmt.Sprint(about, "/parts/", l.one(p.insights)), nil).Want(200, 404, 409, 422)
	case n == 10:
		c.Do("DELETE", fmt.Sprint(about, "/parts/", l.one(p.insights)), nil).Want(200, 204, 404, 409, 422)
	case n == 11:
		l.meet(c)
	case n == 12:
		c.Do("PATCH", fmt.Sprint("/insight-links/", l.one(p.links)), map[string]any{"quote": fmt.Sprint("In short ", l.rng.IntN(99))}).Want(200, 404)
	case n == 13:
		c.Do("DELETE", who, nil).Want(204, 404)
	default:
		ref, value := l.proof.revenue["ref"].(string), any(l.rng.IntN(9))
		c.Do("PATCH", fmt.Sprint("/customers/", l.customer(0)), map[string]any{"values": map[string]any{ref: value}}).Want(200, 404)
	}
}

// told are the insights of ideas at a moment, "" for now. An idea that is not there
// any more is left out.
func (l *lives) told(ideas []string, at string) map[string][]map[string]any {
	l.t.Helper()
	out := map[string][]map[string]any{}
	for _, idea := range ideas {
		answer := l.w.Admin.Do("GET", "/ideas/"+idea+"/insights?at="+url.QueryEscape(at), nil)
		if answer.Want(200, 404); answer.Status == 404 {
			continue
		}
		var list struct{ Insights []map[string]any }
		answer.Into(&list)
		out[idea] = bare(list.Insights)
	}
	return out
}

// bare takes out of insights what is counted or named as of today, and what the
// reader may do.
func bare(insights []map[string]any) []map[string]any {
	for _, i := range insights {
		links, _ := i["links"].([]any)
		parts, _ := i["parts"].([]any)
		for _, one := range append(append(links, any(i)), parts...) {
			for _, name := range []string{"version", "may", "personName", "companyName", "comments", "files"} {
				delete(one.(map[string]any), name)
			}
		}
	}
	return insights
}

// toldThen compares the insights of ideas at a moment with what was told then. Of what
// was deleted since only day, importance and direction are there.
func (l *lives) toldThen(want map[string][]map[string]any, at string) {
	l.t.Helper()
	for idea, got := range l.told(slices.Sorted(maps.Keys(want)), at) {
		if len(got) != len(want[idea]) {
			l.t.Fatalf("%s had %d insights at %s, not %d", idea, len(want[idea]), at, len(got))
		}
		for n, one := range want[idea] {
			is := got[n]
			if is["gone"] == true {
				l.proof.gone++
				if is["note"] != "" || is["title"] != "" {
					l.t.Fatal("what a deleted insight said is told:", is)
				}
				is = map[string]any{"id": is["id"], "on": is["on"], "importance": is["importance"], "direction": is["direction"]}
				one = map[string]any{"id": one["id"], "on": one["on"], "importance": one["importance"], "direction": one["direction"]}
			}
			if parts, ok := one["parts"].([]any); ok { // EVD-24: those that are there
				there, _ := is["parts"].([]any)
				parts = slices.DeleteFunc(slices.Clone(parts), func(p any) bool {
					return !slices.ContainsFunc(there, func(q any) bool { return q.(map[string]any)["id"] == p.(map[string]any)["id"] })
				})
				one = maps.Clone(one)
				if one["parts"] = parts; len(parts) == 0 {
					delete(one, "parts")
				}
			}
			if !reflect.DeepEqual(is, one) {
				l.t.Fatalf("an insight of %s at %s was\n%v\nnot\n%v", idea, at, one, is)
			}
			l.proof.told++
		}
	}
}

// SIN-7: what evidence says is as it was, also where nothing but the evidence, or
// the day, became otherwise.
func TestEvidenceThen(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		now := time.Now()
		w := cairntest.NewWith(t, st, cairntest.Config{Now: func() time.Time { return now }})
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Support", "key": "SUP"}).Want(201)
		revenue := w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Revenue", "type": "number"}).Want(201).Map()
		field := func(rule map[string]any) string {
			return w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": fmt.Sprint(rule["measure"]), "type": "evidence", "evidence": rule}).Want(201).Map()["ref"].(string)
		}
		sum, demand := field(map[string]any{"measure": "sum", "of": revenue["id"], "by": "company"}), field(map[string]any{"measure": "demand", "halfLife": 10})
		addIdea(w.Admin, "Export to PDF", nil)
		firm := w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "Firm", "values": map[string]any{revenue["ref"].(string): 100}}).Want(201).Map()
		said := insight(w.Admin, "SUP", map[string]any{"title": "Please", "importance": 4, "company": firm["id"], "ideas": []map[string]any{{"idea": "INS-1"}}})
		then := lastMoment(t, w)
		query := func(at string) []any {
			body := map[string]any{"query": map[string]any{}, "columns": []string{"insights", sum, demand}}
			if at != "" {
				body["at"] = at
			}
			var out struct{ Rows [][]any }
			w.Admin.Do("POST", "/projects/INS/query", body).Want(200).Into(&out)
			return out.Rows[0][5:]
		}
		want := func(name, at, cells string) {
			t.Helper()
			if got := fmt.Sprint(query(at)...); got != cells {
				t.Errorf("%s: %s, want %s", name, got, cells)
			}
		}
		want("now is what was a moment ago", then, "1 100 4")

		w.Admin.Do("PATCH", fmt.Sprint("/customers/", firm["id"]), map[string]any{"values": map[string]any{revenue["ref"].(string): 700}}).Want(200)
		want("now", "", "1 700 4")
		want("before the customer grew", then, "1 100 4")
		grown := lastMoment(t, w)

		w.Admin.Do("PATCH", fmt.Sprint("/insights/", said.ID), map[string]any{"importance": 1}).Want(200)
		want("before the insight, of another project, weighed less", grown, "1 700 4")
		want("and before that", then, "1 100 4")
		want("now it weighs less", "", "1 700 1")

		w.Admin.Do("DELETE", fmt.Sprint("/customers/", firm["id"]), nil).Want(204)
		w.Admin.Do("DELETE", fmt.Sprint("/insights/", said.ID), nil).Want(204)
		want("all gone", "", "<nil> 0 0")
		want("before the customer and the insight were deleted", grown, "1 700 4")

		now = now.Add(240 * time.Hour)
		want("ten days later the demand of then has not faded", grown, "1 700 4")

		var out sinceAnswer
		w.Admin.Do("POST", "/projects/INS/changes", map[string]any{"query": map[string]any{}, "since": grown, "fields": []string{sum}}).Want(200).Into(&out)
		if out.Changed != 1 || len(out.Ideas) != 1 || len(out.Ideas[0].Fields) != 1 || out.Ideas[0].Fields[0].Was != 700.0 {
			t.Errorf("what changed since: %v", out)
		}
	})
}

// SIN-8: the insights beside an idea of the past are those of then. What was deleted
// since, or is not the reader's any more, is told by nobody.
func TestInsightsThen(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Support", "key": "SUP", "access": "private"}).Want(201)
		addIdea(w.Admin, "Export to PDF", nil)
		addIdea(w.Admin, "Print", nil)
		uma := w.Person("Uma")
		ideas := func(keys ...string) []map[string]any {
			var list []map[string]any
			for _, key := range keys {
				list = append(list, map[string]any{"idea": key, "quote": "for " + key})
			}
			return list
		}
		changed := insight(w.Admin, "INS", map[string]any{"title": "Print it", "note": "On *paper*", "importance": 5, "ideas": ideas("INS-1", "INS-2")})
		lent := insight(w.Admin, "SUP", map[string]any{"title": "Said in private", "importance": 3, "ideas": ideas("INS-1")})
		insight(w.Admin, "INS", map[string]any{"title": "Oh no", "importance": 1, "direction": "against", "ideas": ideas("INS-1")})
		then := lastMoment(t, w)

		w.Admin.Do("PATCH", fmt.Sprint("/insights/", changed.ID), map[string]any{"title": "Print everything", "note": "", "importance": 0}).Want(200)
		w.Admin.Do("PATCH", fmt.Sprint("/insight-links/", changed.Links[0].ID), map[string]any{"quote": "another"}).Want(200)
		w.Admin.Do("DELETE", fmt.Sprint("/insight-links/", lent.Links[0].ID), nil).Want(204)
		insight(w.Admin, "INS", map[string]any{"title": "Later", "ideas": ideas("INS-1")})
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"title": "Print, renamed"}).Want(200)
		w.Admin.Do("POST", "/ideas/INS-2/merge", map[string]any{"ideas": []string{"INS-1"}}).Want(200)

		list := func(c *cairntest.Client, key, at string) []map[string]any {
			var out struct{ Insights []map[string]any }
			c.Do("GET", "/ideas/"+key+"/insights?at="+url.QueryEscape(at), nil).Want(200).Into(&out)
			return out.Insights
		}
		words := func(list []map[string]any) (out []string) {
			for _, i := range list {
				var links []string
				for _, l := range i["links"].([]any) {
					links = append(links, fmt.Sprint(l.(map[string]any)["idea"].(map[string]any)["title"], ": ", l.(map[string]any)["quote"]))
				}
				out = append(out, fmt.Sprint(i["title"], "/", i["note"], "/", i["importance"], i["direction"], " ", links, " ", i["gone"]))
			}
			return out
		}
		// The idea is part of another by now; in the past it is itself.
		for _, who := range []struct {
			name string
			c    *cairntest.Client
			lent string
		}{
			{"who sees all", w.Admin, "Said in private//3 [Export to PDF: for INS-1] <nil>"},
			{"who saw one by its link only", uma, "//3 [] true"},
		} {
			want := []string{"Print it/On *paper*/5 [Export to PDF: for INS-1 Print: for INS-2] <nil>", who.lent, "Oh no//1against [Export to PDF: for INS-1] <nil>"}
			if got := words(list(who.c, "INS-1", then)); !slices.Equal(got, want) {
				t.Errorf("%s reads\n%q, want\n%q", who.name, got, want)
			}
		}
		if title := w.Admin.Do("GET", "/ideas/INS-1?at="+url.QueryEscape(then), nil).Want(200).Map()["title"]; title != "Export to PDF" {
			t.Error("the idea of the past leads to", title)
		}
		if now, is := bare(list(uma, "INS-2", "")), bare(list(uma, "INS-2", lastMoment(t, w))); len(now) != 3 || !reflect.DeepEqual(now, is) {
			t.Errorf("as of now is\n%v, now\n%v", is, now)
		}
		w.Admin.Do("GET", "/ideas/INS-1/insights?at=2001-01-01", nil).Want(404)
		w.Admin.Do("GET", "/ideas/INS-1/insights?at=yesterday", nil).Want(422)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		uma.Do("GET", "/ideas/INS-1/insights?at="+url.QueryEscape(then), nil).Want(404)
		w.Anonymous().Do("GET", "/ideas/INS-1/insights?at="+url.QueryEscape(then), nil).Want(401)
	})
}
