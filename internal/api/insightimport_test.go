package api_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// stageOf uploads a file whose rows become what the path says.
func stageOf(c *cairntest.Client, path, name, content string) *cairntest.Answer {
	return c.With("Content-Type", "application/octet-stream").Do("POST", path+"&name="+url.QueryEscape(name), []byte(content))
}

// taking are the imports of one person.
type taking struct {
	w    *cairntest.World
	by   *cairntest.Client
	path string
	name string
}

// stage uploads a table; to names the targets of its columns, none for those that
// are proposed.
func (k taking) stage(t *testing.T, content string, to ...string) api.ImportDetail {
	t.Helper()
	var d api.ImportDetail
	stageOf(k.by, k.path, k.name, content).Want(http.StatusCreated).Into(&d)
	if len(to) > 0 {
		k.by.Do("PUT", "/imports/"+d.ID.String()+"/mapping", map[string]any{"columns": mapped(d, to)}).Want(http.StatusOK).Into(&d)
	}
	return dryRun(k.by, d)
}

func mapped(d api.ImportDetail, to []string) (columns []map[string]any) {
	for i, target := range to {
		m := map[string]any{"column": d.Survey.Columns[i].Key, "target": target}
		if typ, fresh := strings.CutPrefix(target, "new:"); fresh {
			m["target"], m["name"], m["type"] = "new", d.Survey.Columns[i].Name, typ
		}
		if field, ok := strings.CutPrefix(target, "field:"); ok {
			m["target"], m["name"] = "field", field
		}
		columns = append(columns, m)
	}
	return columns
}

// take commits an import, which must do what its dry run said.
func (k taking) take(t *testing.T, d api.ImportDetail) api.ImportDetail {
	t.Helper()
	k.by.Do("POST", "/imports/"+d.ID.String()+"/commit", nil).Want(http.StatusAccepted)
	if _, err := k.w.App.WaitImport(t.Context(), app.System("test"), d.ID, func(cairn.Run) {}); err != nil {
		t.Fatal(err)
	}
	var done api.ImportDetail
	k.by.Do("GET", "/imports/"+d.ID.String(), nil).Want(http.StatusOK).Into(&done)
	if done.State != cairn.RunCommitted {
		t.Fatalf("the import is %s: %s", done.State, done.Error)
	}
	if done.Counts != d.Counts {
		t.Errorf("taken: %+v; the dry run said %+v", done.Counts, d.Counts)
	}
	return done
}

func countsOf(d api.ImportDetail) string {
	c := d.Counts
	return fmt.Sprintf("%d rows: +%d ~%d =%d -%d, %d cells, %d kept, %d customers, %d links", c.Rows, c.Created, c.Updated, c.Unchanged, c.RefusedRows, c.Refused-c.RefusedRows, c.Kept, c.People, c.Links)
}

func targets(d api.ImportDetail) string {
	var out []string
	for _, c := range d.Mapping.Columns {
		out = append(out, string(c.Target))
	}
	return strings.Join(out, ",")
}

const talks = "Feedback;From;E-mail;Company;Date;Priority;Tags;Idea;Ticket;Shoe size\n" +
	"We print every Friday.\\nAll of it.;Cleo;CLEO@acme.example;Acme;05.11.2026;high;print, pdf;INS-1;T-1;41\n" +
	"Dark mode, please;Dan Doe;;Acme;17.11.2026;2;;;T-2;42\n" +
	"Wrong grade;Eve;;;18.11.2026;9;;;T-3;43\n" +
	"No such idea;Eve;;;18.11.2026;;;INS-99;T-4;43\n" +
	"Twice;Eve;;;18.11.2026;;;;T-2;43\n" +
	";Eve;;;18.11.2026;;;;T-6;43\n"

// EVD-60 to EVD-64, IMP-75, IMP-84, IMP-87.
func TestImportInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "Export to PDF", nil)
		w.Admin.Do("POST", "/customers", map[string]any{"type": "person", "name": "Cleo Chan", "email": "cleo@acme.example"}).Want(201)
		k := taking{w, bob, "/projects/INS/imports?subject=insights", "talks.csv"}

		tried := k.stage(t, talks)
		if got := targets(tried); got != "note,person,email,company,on,importance,labels,ideas,external_id,ignore" {
			t.Errorf("the columns go to %q", got)
		}
		// A cell that cannot be taken is left out alone; a row that says nothing, or
		// has an id that another has, as a whole.
		if want := "6 rows: +4 ~0 =0 -2, 2 cells, 0 kept, 3 customers, 1 links"; countsOf(tried) != want {
			t.Errorf("the dry run says %q; want %q", countsOf(tried), want)
		}
		wantInsights(t, bob, "/projects/INS/insights", "")
		done := k.take(t, tried)
		if p := done.Result.Problems; len(p) != 4 || p[0].Line != 4 || p[0].Column != "Priority" || !strings.Contains(p[1].Reason, "INS-99") || p[2].Column != "" {
			t.Errorf("the problems are %v", p)
		}
		wantInsights(t, bob, "/projects/INS/insights?q=friday", "We print every Friday.\\nAll of it.@INS-1")
		var list struct {
			Insights []struct {
				ID                          cairn.ID
				PersonName, CompanyName, On string
				Importance                  int
				Labels                      []string
			}
		}
		bob.Do("GET", "/projects/INS/insights?q=friday", nil).Want(200).Into(&list)
		if got := fmt.Sprint(list.Insights[0].PersonName, list.Insights[0].CompanyName, list.Insights[0].On, list.Insights[0].Importance, list.Insights[0].Labels); got != "Cleo ChanAcme2026-11-054 [print pdf]" {
			t.Errorf("the insight is %s", got)
		}

		// Again, nothing happens; corrected, only what was corrected does, and what
		// somebody changed since stays.
		if again := k.stage(t, talks); countsOf(again) != "6 rows: +0 ~0 =4 -2, 2 cells, 0 kept, 0 customers, 0 links" {
			t.Errorf("the same once more: %q", countsOf(again))
		}
		bob.Do("PATCH", fmt.Sprintf("/insights/%d", list.Insights[0].ID), map[string]any{"importance": 1}).Want(200)
		fixed := strings.Replace(strings.Replace(talks, "Dark mode, please", "Dark mode, at night", 1), "18.11.2026;9", "18.11.2026;5", 1)
		again := k.stage(t, fixed)
		if countsOf(again) != "6 rows: +0 ~2 =2 -2, 1 cells, 1 kept, 0 customers, 0 links" {
			t.Errorf("corrected: %q", countsOf(again))
		}
		k.take(t, again)
		wantInsights(t, bob, "/projects/INS/insights?q=night", "Dark mode, at night@")

		// Undone as a whole, customers included.
		bob.Do("POST", "/imports/"+again.ID.String()+"/undo", nil).Want(200)
		wantInsights(t, bob, "/projects/INS/insights?q=night", "")
		var back api.Import
		bob.Do("POST", "/imports/"+done.ID.String()+"/undo", nil).Want(200).Into(&back)
		wantInsights(t, bob, "/projects/INS/insights", "")
		if n := w.Admin.Do("GET", "/customers", nil).Want(200).Map()["total"]; n != 1.0 || back.State != cairn.RunUndone {
			t.Errorf("%v customers are left of an import that is %s", n, back.State)
		}
		// And once more.
		k.take(t, dryRun(bob, done))
		wantInsights(t, bob, "/projects/INS/insights?q=friday", "We print every Friday.\\nAll of it.@INS-1")
	})
}

// HEAR-8: an import of insights is one notice to the project's watchers.
func TestImportInsightsIsHeard(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	k := taking{w, w.Person("Bob"), "/projects/INS/imports?subject=insights", "talks.csv"}
	w.Admin.Do("PUT", "/projects/INS/watch", nil).Want(204)
	k.take(t, k.stage(t, talks))
	got := inbox(t, w, w.Admin, "")
	if len(got.Notices) != 1 || got.Notices[0].Kind != string(cairn.NoticeVoices) || got.Notices[0].Count != 4 {
		t.Errorf("the watcher hears %+v", got.Notices)
	}
}

// EVD-66: fields of customers in a file of insights.
func TestImportInsightsWithCustomerFields(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	w.Admin.Do("POST", "/customer-fields", map[string]any{"of": "company", "name": "Revenue", "type": "number"}).Want(201)
	companies := taking{w, w.Admin, "/customers/imports?subject=companies", "crm.csv"}
	companies.take(t, companies.stage(t, "Name,Revenue\nAcme,100\nBlob,\n"))
	k := taking{w, w.Person("Bob"), "/projects/INS/imports?subject=insights", "talks.csv"}
	d := k.stage(t, "Note,Company,Revenue\nOne,Acme,90\nTwo,Blob,50\nThree,Care,7\nFour,,8\nFive,Care,seven\n")
	if targets(d) != "note,company,field" || countsOf(d) != "5 rows: +5 ~0 =0 -0, 2 cells, 1 kept, 1 customers, 0 links" {
		t.Errorf("%s: %s", targets(d), countsOf(d))
	}
	k.take(t, d)
	if got := customersBy(w.Admin, "name"); got != "Acme 100; Blob 50; Care 7; " {
		t.Errorf("the customers are %s", got)
	}
	var list struct {
		Insights []struct {
			Title    string
			Recorded map[string]any
		}
	}
	k.by.Do("GET", "/projects/INS/insights", nil).Want(200).Into(&list)
	var got []string
	for _, i := range list.Insights {
		for _, v := range i.Recorded {
			got = append(got, fmt.Sprint(i.Title, " ", v))
		}
	}
	slices.Sort(got)
	if fmt.Sprint(got) != "[Five 7 One 90 Three 7 Two 50]" {
		t.Errorf("recorded are %v", got)
	}
	if again := k.stage(t, "Note,Company,Revenue\nOne,Acme,90\nTwo,Blob,50\nThree,Care,7\nFour,,8\nFive,Care,seven\n"); again.Counts.Unchanged != 5 {
		t.Errorf("again: %s", countsOf(again))
	}
}

// Who may import insights, and touch an import that is there.
func TestImportInsightsPermission(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "limited"}).Want(200)
	bob, cem := w.Person("Bob"), w.Person("Cem")
	k := taking{w, bob, "/projects/INS/imports?subject=insights", "talks.csv"}
	d := k.stage(t, talks)
	at := "/imports/" + d.ID.String()
	// Another contributor looks and leaves it alone.
	cem.Do("GET", at, nil).Want(200)
	cem.Do("GET", "/projects/INS/imports?subject=insights", nil).Want(200)
	cem.Do("GET", "/projects/INS/imports", nil).Want(403)
	cem.Do("PUT", at+"/mapping", map[string]any{"columns": []any{}}).Want(403)
	cem.Do("POST", at+"/dry-run", nil).Want(403)
	cem.Do("POST", at+"/commit", nil).Want(403)
	k.take(t, d)
	cem.Do("POST", at+"/undo", nil).Want(403)
	cem.Do("DELETE", at, nil).Want(403)
	w.Admin.Do("POST", at+"/undo", nil).Want(200)
	bob.Do("DELETE", at, nil).Want(204)
	// Contributors import no ideas, and nobody takes one subject for another.
	stageOf(bob, "/projects/INS/imports?subject=ideas", "x.csv", talks).Want(403)
	stageOf(bob, "/projects/INS/imports?subject=people", "x.csv", talks).Want(422)
	stageOf(bob, "/customers/imports?subject=insights", "x.csv", talks).Want(422)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	stageOf(bob, k.path, "x.csv", talks).Want(404)
	stageOf(w.Anonymous(), k.path, "x.csv", talks).Want(401)
	for _, bad := range []string{"", "\x89PNG\r\n\x1a\n\x00\x00"} {
		stageOf(w.Admin, k.path, "x.csv", bad).Want(422)
	}
	stageOf(w.Admin, k.path, "x.csv", "a,b\n1,2\n").Want(201).Into(&d)
	for _, to := range [][]string{{"title", "weather"}, {"ignore", "ignore"}, {"title", "title"}, {"title", "description"}, {"title", "field:Weather"}} {
		w.Admin.Do("PUT", "/imports/"+d.ID.String()+"/mapping", map[string]any{"columns": mapped(d, to)}).Want(422)
	}
}

// EVD-60: tables as they come, workbooks among them, are read or refused with a
// reason, and never half.
func TestImportMessyInsights(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	for _, c := range []struct {
		file    string
		status  int
		created int
	}{
		{"messy/simple.xlsx", 201, -1}, {"messy/skip_initials.csv", 201, 2}, {"messy/utf-16le_encoded.csv", 201, -1},
		{"messy/excel_pasting.csv", 201, -1}, {"messy/spanish_chars.csv", 201, -1}, {"messy/simple.psv", 201, -1},
		{"messy/characters.csv", 201, -1}, {"messy/large.xlsx", 201, -1}, {"user-stories/g02-federalspending.txt", 201, -1},
		{"messy/encrypted_no_password.xls", 422, 0}, {"messy/simple.xls", 422, 0},
	} {
		data, err := os.ReadFile(cairntest.Samples(t, c.file))
		if err != nil {
			t.Fatal(err)
		}
		k := taking{w, w.Admin, "/projects/INS/imports?subject=insights", filepath.Base(c.file)}
		a := stageOf(k.by, k.path, k.name, string(data)).Want(c.status)
		if c.status != 201 {
			continue
		}
		var d api.ImportDetail
		a.Into(&d)
		tried := dryRun(k.by, d)
		if n := tried.Counts; n.Created == 0 || c.created >= 0 && n.Created != c.created || n.Created+n.RefusedRows != n.Rows {
			t.Errorf("%s: %s", c.file, countsOf(tried))
		}
		k.take(t, tried)
		if again := k.stage(t, string(data)); again.Counts.Created != 0 || again.Counts.Unchanged != tried.Counts.Created {
			t.Errorf("%s once more: %s", c.file, countsOf(again))
		}
		t.Logf("%s: %s", c.file, countsOf(tried))
	}
}
