package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// customersBy lists all customers by a column, with their values.
func customersBy(c *cairntest.Client, sort string) string {
	var list struct {
		Customers []struct {
			Name   string
			Values map[string]any
		}
	}
	c.Do("GET", "/customers?sort="+sort, nil).Want(200).Into(&list)
	out := ""
	for _, one := range list.Customers {
		out += one.Name
		for _, v := range one.Values {
			out += fmt.Sprint(" ", v)
		}
		out += "; "
	}
	return out
}

// EVD-16, EVD-12, IMP-75, IMP-87.
func TestImportCustomers(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		ben := w.Person("Ben")
		k := taking{w, w.Admin, "/customers/imports?subject=companies", "crm.csv"}
		text := "Company;Revenue;Segment;Id\nAcme;1.234,50 €;Big;a1\n\nBlob;many;small;b1\n;5;small;c1\nCare;7;BIG;d1\nCARE;8;small;e1\n"
		to := []string{"name", "new:number", "new:select", "external_id"}
		var d api.ImportDetail
		stageOf(ben, k.path, k.name, text).Want(201).Into(&d)
		if targets(d) != "name,ignore,ignore,external_id" {
			t.Errorf("for others than administrators the columns go to %s", targets(d))
		}
		ben.Do("PUT", "/imports/"+d.ID.String()+"/mapping", map[string]any{"columns": mapped(d, to)}).Want(403) // new fields are the administrators'

		tried := k.stage(t, text)
		if targets(tried) != "name,new,new,external_id" {
			t.Errorf("the columns go to %s", targets(tried))
		}
		tried = k.stage(t, text, to...)
		if want := "5 rows: +3 ~0 =0 -2, 1 cells, 0 kept, 0 customers, 0 links"; countsOf(tried) != want || tried.Counts.Fields != 2 || tried.Counts.Options != 2 {
			t.Errorf("the dry run says %s, %+v; want %s", countsOf(tried), tried.Counts, want)
		}
		if customersBy(w.Admin, "name") != "" {
			t.Error("a dry run adds customers")
		}
		done := k.take(t, tried)
		if p := done.Result.Problems; len(p) != 3 || p[0].Line != 4 || p[0].Value != "many" || p[1].Line != 5 || !strings.Contains(p[2].Reason, "Row 4") {
			t.Errorf("the problems are %v", p)
		}
		if again := k.stage(t, text); countsOf(again) != "5 rows: +0 ~0 =3 -2, 1 cells, 0 kept, 0 customers, 0 links" || again.Counts.Fields != 0 {
			t.Errorf("the same once more: %s", countsOf(again))
		}

		// Found by id and by name; an empty cell changes nothing, and the file has the
		// last word on what it has.
		next := taking{w, ben, k.path, "next.csv"}
		update := next.stage(t, "id,name,Revenue\na1,Acme Corp,\nx,CARE,8\n")
		if targets(update) != "external_id,name,field" || countsOf(update) != "2 rows: +0 ~2 =0 -0, 0 cells, 0 kept, 0 customers, 0 links" {
			t.Errorf("%s: %s", targets(update), countsOf(update))
		}
		next.take(t, update)
		ref := revenueRef(t, w)
		if got := values(w.Admin, ref); got != "Acme Corp 1234.5; Blob <nil>; CARE 8; " {
			t.Errorf("customers are %s", got)
		}
		if clash := next.stage(t, "id,name\nb1,Acme Corp\n"); clash.Counts.RefusedRows != 1 || !strings.Contains(clash.Result.Problems[0].Reason, "Acme Corp") {
			t.Errorf("two customers of one name: %s %v", countsOf(clash), clash.Result.Problems)
		}

		// The import of others is theirs and the administrators'.
		ben.Do("POST", "/imports/"+done.ID.String()+"/undo", nil).Want(403)
		w.Anonymous().Do("GET", "/customers/imports", nil).Want(401)
		ben.Do("GET", "/customers/imports", nil).Want(200)
		ben.Do("POST", "/imports/"+update.ID.String()+"/undo", nil).Want(200)
		if got := values(w.Admin, ref); got != "Acme 1234.5; Blob <nil>; Care 7; " {
			t.Errorf("after an undo customers are %s", got)
		}
		// Whom somebody names by now stays, with the field that holds something of theirs.
		project(t, w)
		var acme struct{ Customers []struct{ ID cairn.ID } }
		w.Admin.Do("GET", "/customers?q=Acme", nil).Want(200).Into(&acme)
		w.Admin.Do("POST", "/projects/INS/insights", map[string]any{"title": "Said", "company": acme.Customers[0].ID}).Want(201)
		var undone api.Import
		w.Admin.Do("POST", "/imports/"+done.ID.String()+"/undo", nil).Want(200).Into(&undone)
		if got := values(w.Admin, ref); got != "Acme 1234.5; " || undone.Kept < 2 {
			t.Errorf("after the undo of all customers are %s; %d things are kept", got, undone.Kept)
		}
	})
}

func revenueRef(t *testing.T, w *cairntest.World) string {
	t.Helper()
	var list struct{ Fields []struct{ Ref, Name string } }
	w.Admin.Do("GET", "/customer-fields", nil).Want(200).Into(&list)
	for _, f := range list.Fields {
		if f.Name == "Revenue" {
			return f.Ref
		}
	}
	t.Fatalf("there is no field Revenue among %v", list.Fields)
	return ""
}

func values(c *cairntest.Client, ref string) string {
	var list struct {
		Customers []struct {
			Name   string
			Values map[string]any
		}
	}
	c.Do("GET", "/customers?sort=name", nil).Want(200).Into(&list)
	out := ""
	for _, one := range list.Customers {
		out += fmt.Sprintf("%s %v; ", one.Name, one.Values[ref])
	}
	return out
}

// EVD-16: people with their companies, known again also without an address.
func TestImportPeople(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	k := taking{w, w.Person("Ben"), "/customers/imports?subject=people", "people.csv"}
	text := "name,company,e-mail\nAnn,New Co,ann@new.example\nBo,New Co,\nBo,Old Co,\nCy,,none\nBo,new co,\n"
	d := k.stage(t, text)
	if targets(d) != "name,company,email" || countsOf(d) != "5 rows: +3 ~0 =0 -2, 0 cells, 0 kept, 2 customers, 0 links" {
		t.Errorf("%s: %s", targets(d), countsOf(d))
	}
	k.take(t, d)
	if got := customersBy(w.Admin, "name"); got != "Ann; Bo; Bo; New Co; Old Co; " {
		t.Errorf("customers are %s", got)
	}
	if again := k.stage(t, text); countsOf(again) != "5 rows: +0 ~0 =3 -2, 0 cells, 0 kept, 0 customers, 0 links" {
		t.Errorf("again: %s", countsOf(again))
	}
	w.Admin.Do("POST", "/imports/"+d.ID.String()+"/undo", nil).Want(200)
	if got := customersBy(w.Admin, "name"); got != "" {
		t.Errorf("after an undo customers are %s", got)
	}
}
