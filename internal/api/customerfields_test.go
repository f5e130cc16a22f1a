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

// customerList is the customers that a query finds, each with a value.
func customerList(c *cairntest.Client, query, ref string) []string {
	var list struct {
		Customers []struct {
			Name   string
			Values map[string]any
		}
	}
	c.Do("GET", "/customers"+query, nil).Want(200).Into(&list)
	out := []string{}
	for _, one := range list.Customers {
		out = append(out, fmt.Sprintf("%s %v", one.Name, one.Values[ref]))
	}
	return out
}

// EVD-11, EVD-17, EVD-18: fields of customers are renamed, moved, hidden and made
// others, with their values, in one step for undo.
func TestCustomerFields(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ben := w.Person("Ben")
		field := func(body map[string]any) map[string]any {
			return w.Admin.Do("POST", "/customer-fields", body).Want(201).Map()
		}
		size := field(map[string]any{"of": "company", "name": "Size", "type": "short_text"})
		plan := field(map[string]any{"of": "company", "name": "Plan", "type": "select", "options": []string{"Free", "Paid"}})
		since := field(map[string]any{"of": "company", "name": "Since", "type": "date"})
		refs := []string{size["ref"].(string), plan["ref"].(string), since["ref"].(string)}
		add := func(name string, values ...any) {
			body := map[string]any{}
			for i, v := range values {
				if v != nil {
					body[refs[i]] = v
				}
			}
			w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": name, "values": body}).Want(201)
		}
		add("Acme", "1,200", "Paid", "2024-02-29")
		add("Blob", "many", "Free", "2026-01-01")
		add("Corp", "30 €", "Paid")
		add("Ärzte")
		w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "X", "values": map[string]any{refs[2]: "2025-02-30"}}).Want(422)

		want := func(name, query, ref, what string) {
			t.Helper()
			if got := strings.Join(customerList(w.Admin, query, ref), ", "); got != what {
				t.Errorf("%s: %s\nwant %s", name, got, what)
			}
		}
		where := func(filter string, args ...any) string {
			return "?" + url.Values{"filter": {fmt.Sprintf(filter, args...)}}.Encode()
		}
		want("by day, the latest first, none last", "?sort=-"+refs[2], refs[2], "Blob 2026-01-01, Acme 2024-02-29, Ärzte <nil>, Corp <nil>")
		want("a choice", where(`{"field":%q,"op":"any_of","value":["paid"]}`, refs[1]), refs[1], "Acme Paid, Corp Paid")
		want("a choice since", where(`{"all":[{"field":%q,"op":"any_of","value":["Paid"]},{"field":%q,"op":"after","value":"2023-12-31"}]}`, refs[1], refs[2]), refs[1], "Acme Paid")
		want("one or the other", where(`{"any":[{"field":%q,"op":"any_of","value":["Free"]},{"not":{"any":[{"field":%q,"op":"not_empty"}]}}]}`, refs[1], refs[0]), refs[1], "Ärzte <nil>, Blob Free")
		want("none", where(`{"field":%q,"op":"empty"}`, refs[1]), refs[1], "Ärzte <nil>")
		want("holds", where(`{"field":%q,"op":"contains","value":"AN"}`, refs[0]), refs[0], "Blob many")
		want("by name", where(`{"field":"name","op":"starts_with","value":"ar"}`), refs[0], "Ärzte <nil>")
		want("options in their order, then names turned round", "?sort="+refs[1]+",-name", refs[1], "Blob Free, Corp Paid, Acme Paid, Ärzte <nil>")
		for _, bad := range []string{`{"field":"f999","op":"is","value":"1"}`, `x`, `{"field":%q,"op":"gt","value":1}`, `{"all":[{"field":"name"}],"any":[{"field":"name"}]}`} {
			if strings.Contains(bad, "%q") {
				bad = fmt.Sprintf(bad, refs[0])
			}
			w.Admin.Do("GET", "/customers?"+url.Values{"filter": {bad}}.Encode(), nil).Want(422)
		}
		w.Admin.Do("GET", "/customers?sort=f999", nil).Want(422)

		change := func(f map[string]any, body map[string]any) map[string]any {
			return w.Admin.With("Cairn-Group", "retype").Do("PUT", fmt.Sprint("/customer-fields/", f["id"]), body).Want(200).Map()
		}
		ben.Do("PUT", fmt.Sprint("/customer-fields/", size["id"]), map[string]any{"name": "Seats", "type": "number"}).Want(403)
		ben.Do("DELETE", fmt.Sprint("/customer-fields/", size["id"]), nil).Want(403)
		before := customerList(w.Admin, "", refs[0])
		made := change(size, map[string]any{"name": "Seats", "type": "number", "unit": "seats"})
		if made["lost"] != 1.0 || made["of"] != "company" || made["position"] != size["position"] {
			t.Errorf("made a number: %v", made)
		}
		want("numbers", "?sort=-"+refs[0], refs[0], "Acme 1200, Corp 30, Ärzte <nil>, Blob <nil>")
		want("at least", where(`{"field":%q,"op":"gte","value":100}`, refs[0]), refs[0], "Acme 1200")
		ben.Do("POST", "/undo", map[string]any{"group": "retype"}).Want(403)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "retype"}).Want(200)
		if after := customerList(w.Admin, "", refs[0]); !slices.Equal(before, after) {
			t.Errorf("undone, customers have %v, had %v", after, before)
		}

		made = change(plan, map[string]any{"name": "Plan", "options": []string{"Gratis", "Paid"}, "renamed": map[string]string{"Free": "Gratis"}})
		if _, lost := made["lost"]; lost {
			t.Errorf("an option was renamed: %v", made)
		}
		want("an option was renamed", "", refs[1], "Acme Paid, Ärzte <nil>, Blob Gratis, Corp Paid")
		if made = change(plan, map[string]any{"name": "Plan", "options": []string{"Gratis"}}); made["lost"] != 2.0 {
			t.Errorf("an option was taken away: %v", made)
		}
		made = change(size, map[string]any{"name": "Size", "type": "select", "hidden": true, "position": 0})
		if fmt.Sprint(made["options"]) != "[1,200 many 30 €]" || made["hidden"] != true {
			t.Errorf("made a choice: %v", made)
		}
		var fields struct{ Fields []struct{ Name string } }
		w.Admin.Do("GET", "/customer-fields", nil).Want(200).Into(&fields)
		if fields.Fields[0].Name != "Size" {
			t.Errorf("moved to the front: %v", fields.Fields)
		}
	})
}

// EVD-19: many customers are changed in one step; what cannot be is left and named.
func TestManyCustomers(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ben := w.Person("Ben")
		w.Anonymous().Do("PATCH", "/customers", map[string]any{"customers": []any{}}).Want(401)
		field := w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "person", "name": "Role", "type": "select", "options": []string{"Buyer", "User"}}).Want(201).Map()
		role := field["ref"].(string)
		id := func(body map[string]any) any { return ben.Do("POST", "/customers", body).Want(201).Map()["id"] }
		acme := id(map[string]any{"type": "company", "name": "Acme"})
		ann := id(map[string]any{"type": "person", "name": "Ann", "email": "ann@acme.example"})
		bob := id(map[string]any{"type": "person", "name": "Bob"})
		cy := id(map[string]any{"type": "person", "name": "Cy"})
		var done struct {
			Changed  int
			Problems []struct {
				ID      float64
				Message string
			}
		}
		ben.With("Cairn-Group", "paste").Do("PATCH", "/customers", map[string]any{"customers": []any{
			map[string]any{"id": ann, "companyName": "ACME", "values": map[string]any{role: "user"}},
			map[string]any{"id": bob, "companyName": "New Co", "email": "ann@acme.example"},
			map[string]any{"id": cy, "companyName": " New  Co ", "email": "cy@new.example", "values": map[string]any{role: "Buyer"}},
			map[string]any{"id": acme, "companyName": "Other"},
			map[string]any{"id": 999999, "name": "Nobody"},
		}}).Want(200).Into(&done)
		if done.Changed != 2 || len(done.Problems) != 3 || done.Problems[0].ID != bob || !strings.Contains(done.Problems[0].Message, "ann@acme.example") || done.Problems[1].ID != acme {
			t.Errorf("changed %+v", done)
		}
		list := func(query string) string {
			var page struct {
				Customers []struct{ Name, CompanyName string }
			}
			w.Admin.Do("GET", "/customers"+query, nil).Want(200).Into(&page)
			out := ""
			for _, c := range page.Customers {
				out += c.Name + " " + c.CompanyName + "; "
			}
			return out
		}
		if got := list("?sort=-company,name"); got != "Cy New Co; Ann Acme; Acme ; Bob ; New Co ; " {
			t.Errorf("by company: %s", got)
		}
		if got := list("?sort=email&type=person"); got != "Ann Acme; Cy New Co; Bob ; " {
			t.Errorf("by e-mail: %s", got)
		}
		if got := list("?" + url.Values{"filter": {`{"field":"company","op":"is","value":"new co"}`}}.Encode()); got != "Cy New Co; " {
			t.Errorf("of a company: %s", got)
		}
		ben.Do("POST", "/undo", map[string]any{"group": "paste"}).Want(200)
		if got := list(""); got != "Acme ; Ann ; Bob ; Cy ; " {
			t.Errorf("undone: %s", got)
		}
		ben.Do("PATCH", "/customers", map[string]any{"customers": make([]any, 2001)}).Want(422)

		gone := map[string]any{"customers": []any{ann, bob}}
		ben.Do("POST", "/customers/delete", gone).Want(403)
		w.Admin.Do("POST", "/customers/delete", map[string]any{"customers": []any{ann, 999999}}).Want(404)
		w.Admin.With("Cairn-Group", "gone").Do("POST", "/customers/delete", gone).Want(204)
		if got := list(""); got != "Acme ; Cy ; " {
			t.Errorf("deleted: %s", got)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if got := list(""); got != "Acme ; Ann ; Bob ; Cy ; " {
			t.Errorf("back again: %s", got)
		}
	})
}
