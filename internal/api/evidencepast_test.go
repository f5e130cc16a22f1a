package api_test

import (
	"fmt"
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
	switch n := l.rng.IntN(14); {
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
		c.Do("PATCH", about, map[string]any{"importance": l.rng.IntN(6), "direction": []string{"", "against"}[l.rng.IntN(2)], "on": "2026-02-02"}).Want(200, 404, 409, 422)
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
		c.Do("DELETE", who, nil).Want(204, 404)
	default:
		ref, value := l.proof.revenue["ref"].(string), any(l.rng.IntN(9))
		c.Do("PATCH", fmt.Sprint("/customers/", l.customer(0)), map[string]any{"values": map[string]any{ref: value}}).Want(200, 404)
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
