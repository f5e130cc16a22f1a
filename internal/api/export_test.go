package api_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// An export holds what the view shows, guards what a spreadsheet would run, and
// is refused to who may not read the project.
func TestExport(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{
			"title": `=HYPERLINK("http://evil")`, "description": "Line one\n\nLine two",
			"values": map[string]any{f["Impact"]: 4, f["Labels"]: []string{"mobile", "web"}},
		}).Want(201)
		addIdea(w.Admin, "Плановщик 日本語", nil)
		a := w.Admin.Do("GET", "/projects/INS/export?format=csv", nil).Want(200)
		if !strings.Contains(a.Header.Get("Content-Disposition"), "INS-Insure.csv") {
			t.Errorf("file name: %s", a.Header.Get("Content-Disposition"))
		}
		rows, err := csv.NewReader(bytes.NewReader(a.Raw)).ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%d rows, %v\n%s", len(rows), err, a.Raw)
		}
		got := make(map[string]string)
		for i, name := range rows[0] {
			got[name] = rows[1][i]
		}
		for name, want := range map[string]string{
			"Key": "INS-1", "Title": `'=HYPERLINK("http://evil")`, "Impact": "4", "Labels": "mobile; web", "Created by": "Ada Admin",
		} {
			if got[name] != want {
				t.Errorf("%s is %q, want %q", name, got[name], want)
			}
		}
		if !strings.Contains(got["Description"], "Line two") {
			t.Errorf("description: %q", got["Description"])
		}
		for _, format := range []string{"xlsx", "json", "md"} {
			if a := w.Admin.Do("GET", "/projects/INS/export?format="+format, nil).Want(200); len(a.Raw) == 0 {
				t.Errorf("%s is empty", format)
			}
		}
		w.Admin.Do("GET", "/projects/INS/export?format=pdf", nil).Want(422)
		narrowed := w.Admin.Do("GET", "/projects/INS/export?where="+"Impact%20%3E%203", nil).Want(200)
		if n := strings.Count(string(narrowed.Raw), "INS-"); n != 1 {
			t.Errorf("%d ideas with an impact above 3, want 1", n)
		}
		olga := w.Person("Olga Outside")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		olga.Do("GET", "/projects/INS/export", nil).Want(404)
		w.Anonymous().Do("GET", "/projects/INS/export", nil).Want(401)
	})
}
