package api_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type tookInsights struct {
	Rows, Created, Updated, Unchanged, Customers, Links, Skipped int
	Columns                                                      []struct{ Name, To string }
	Problems                                                     []struct {
		Line    int
		Message string
	}
	Group string
}

func (o tookInsights) String() string {
	return fmt.Sprintf("%d rows: +%d ~%d =%d -%d, %d customers, %d links", o.Rows, o.Created, o.Updated, o.Unchanged, o.Skipped, o.Customers, o.Links)
}

func (o tookInsights) to() []string {
	var out []string
	for _, c := range o.Columns {
		out = append(out, c.To)
	}
	return out
}

// takeInsights imports a table; to nil only looks.
func takeInsights(c *cairntest.Client, data string, to []string) tookInsights {
	body := map[string]any{"name": "talks.csv", "data": []byte(data)}
	if to != nil {
		body["to"] = to
	}
	var out tookInsights
	c.Do("POST", "/projects/INS/insights/import", body).Want(200).Into(&out)
	return out
}

// EVD-60 to EVD-65.
func TestImportInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "Export to PDF", nil)
		w.Admin.Do("POST", "/customers", map[string]any{"type": "person", "name": "Cleo Chan", "email": "cleo@acme.example"}).Want(201)
		table := "Feedback;From;E-mail;Company;Date;Priority;Tags;Idea;Ticket;Shoe size\n" +
			"We print every Friday.\\nAll of it.;Cleo;CLEO@acme.example;Acme;05.11.2026;high;print, pdf;INS-1;T-1;41\n" +
			"Dark mode, please;Dan Doe;;Acme;17.11.2026;2;;;T-2;42\n" +
			"Wrong grade;Eve;;;18.11.2026;9;;;T-3;43\n" +
			"No such idea;Eve;;;18.11.2026;;;INS-99;T-4;43\n" +
			"Twice;Eve;;;18.11.2026;;;;T-2;43\n"

		look := takeInsights(bob, table, nil)
		if got := strings.Join(look.to(), ","); got != "note,person,email,company,on,importance,labels,ideas,id," {
			t.Errorf("the columns go to %q", got)
		}
		if want := "5 rows: +2 ~0 =0 -3, 2 customers, 1 links"; look.String() != want {
			t.Errorf("a look says %q; want %q", look, want)
		}
		wantInsights(t, bob, "/projects/INS/insights", "")

		took := takeInsights(bob.With("Cairn-Group", "import"), table, look.to())
		if took.String() != look.String() {
			t.Errorf("taken: %q; a look said %q", took, look)
		}
		if len(took.Problems) != 3 || took.Problems[0].Line != 4 || !strings.Contains(took.Problems[1].Message, "INS-99") {
			t.Errorf("the problems are %v", took.Problems)
		}
		wantInsights(t, bob, "/projects/INS/insights?q=friday", "We print every Friday.\\nAll of it.@INS-1")
		var list struct {
			Insights []struct {
				PersonName, CompanyName, On string
				Importance                  int
				Labels                      []string
			}
		}
		bob.Do("GET", "/projects/INS/insights?q=friday", nil).Want(200).Into(&list)
		if got := fmt.Sprint(list.Insights[0]); got != "{Cleo Chan Acme 2026-11-05 4 [print pdf]}" {
			t.Errorf("the insight is %s", got)
		}

		// Again, nothing happens; corrected, only what was corrected does.
		if again := takeInsights(bob, table, look.to()); again.String() != "5 rows: +0 ~0 =2 -3, 0 customers, 0 links" {
			t.Errorf("the same once more: %q", again)
		}
		fixed := strings.Replace(strings.Replace(table, "Dark mode, please", "Dark mode, at night", 1), "18.11.2026;9", "18.11.2026;5", 1)
		if again := takeInsights(bob, fixed, look.to()); again.String() != "5 rows: +1 ~1 =1 -2, 1 customers, 0 links" {
			t.Errorf("corrected: %q", again)
		}
		wantInsights(t, bob, "/projects/INS/insights?q=night", "Dark mode, at night@")

		// Undone as a whole, customers included, but for what was changed since.
		bob.Do("POST", "/undo", map[string]any{"group": "import"}).Want(200)
		wantInsights(t, bob, "/projects/INS/insights?q=friday", "")

		for _, bad := range []map[string]any{
			{"name": "x.csv", "data": []byte("")},
			{"name": "x.csv", "data": []byte("a,b\n1,2\n"), "to": []string{"title"}},
			{"name": "x.csv", "data": []byte("a,b\n1,2\n"), "to": []string{"title", "weather"}},
			{"name": "x.csv", "data": []byte("a,b\n1,2\n"), "to": []string{"", ""}},
			{"name": "x.png", "data": []byte("\x89PNG\r\n\x1a\n\x00\x00")},
		} {
			w.Admin.Do("POST", "/projects/INS/insights/import", bad).Want(422)
		}
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		bob.Do("POST", "/projects/INS/insights/import", map[string]any{"name": "x.csv", "data": []byte(table)}).Want(404)
		w.Anonymous().Do("POST", "/projects/INS/insights/import", map[string]any{"name": "x.csv", "data": []byte(table)}).Want(401)
	})
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
		{"messy/simple.xlsx", 200, -1}, {"messy/skip_initials.csv", 200, 2}, {"messy/utf-16le_encoded.csv", 200, -1},
		{"messy/excel_pasting.csv", 200, -1}, {"messy/spanish_chars.csv", 200, -1}, {"messy/simple.psv", 200, -1},
		{"messy/encrypted_no_password.xls", 422, 0}, {"messy/simple.xls", 422, 0},
	} {
		data, err := os.ReadFile(cairntest.Samples(t, c.file))
		if err != nil {
			t.Fatal(err)
		}
		a := w.Admin.Do("POST", "/projects/INS/insights/import", map[string]any{"name": c.file, "data": data}).Want(c.status)
		if c.status != 200 {
			continue
		}
		var look tookInsights
		a.Into(&look)
		if look.Created == 0 || c.created >= 0 && look.Created != c.created || look.Created+look.Skipped != look.Rows {
			t.Errorf("%s: %s", c.file, look)
		}
		if took := takeFile(w.Admin, c.file, data, look.to()); took.Created != look.Created {
			t.Errorf("%s: a look says %s, taken are %s", c.file, look, took)
		}
		if again := takeFile(w.Admin, c.file, data, look.to()); again.Created != 0 || again.Unchanged != look.Created {
			t.Errorf("%s once more: %s", c.file, again)
		}
	}
}

func takeFile(c *cairntest.Client, name string, data []byte, to []string) (out tookInsights) {
	c.Do("POST", "/projects/INS/insights/import", map[string]any{"name": name, "data": data, "to": to}).Want(200).Into(&out)
	return out
}
