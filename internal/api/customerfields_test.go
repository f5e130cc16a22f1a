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
		where := func(conditions ...string) string {
			return "?" + url.Values{"where": {strings.Join(conditions, "\n")}}.Encode()
		}
		want("by day, the latest first, none last", "?sort=-"+refs[2], refs[2], "Blob 2026-01-01, Acme 2024-02-29, Ärzte <nil>, Corp <nil>")
		want("a choice", where(refs[1]+"=paid"), refs[1], "Acme Paid, Corp Paid")
		want("a choice since", where(refs[1]+"=Paid", refs[2]+">=2024-01-01"), refs[1], "Acme Paid")
		want("none", where(refs[1]+"="), refs[1], "Ärzte <nil>")
		want("holds", where(refs[0]+"~an"), refs[0], "Blob many")
		for _, bad := range []string{"f999=1", "x", refs[0] + ">1"} {
			w.Admin.Do("GET", "/customers"+where(bad), nil).Want(422)
		}

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
		want("at least", where(refs[0]+">=100"), refs[0], "Acme 1200")
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
