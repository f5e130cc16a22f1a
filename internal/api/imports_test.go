package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// insure is a project of the template Product discovery.
func insure(c *cairntest.Client) {
	c.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS", "template": "product-discovery"}).Want(http.StatusCreated)
}

// stage uploads bytes as a file.
func stage(c *cairntest.Client, name string, content []byte) *cairntest.Answer {
	return c.With("Content-Type", "application/octet-stream").Do("POST", "/projects/INS/imports?name="+url.QueryEscape(name), content)
}

// stageSample uploads a file of the sample data.
func stageSample(t *testing.T, c *cairntest.Client, path string) api.ImportDetail {
	t.Helper()
	content, err := os.ReadFile(cairntest.Samples(t, path))
	if err != nil {
		t.Fatal(err)
	}
	var d api.ImportDetail
	stage(c, filepath.Base(path), content).Want(http.StatusCreated).Into(&d)
	return d
}

// commit imports a staged file and waits for the end.
func commit(t *testing.T, w *cairntest.World, d api.ImportDetail) api.ImportDetail {
	t.Helper()
	w.Admin.Do("POST", "/imports/"+d.ID.String()+"/commit", nil).Want(http.StatusAccepted)
	if _, err := w.App.WaitImport(t.Context(), app.System("test"), d.ID, func(cairn.Run) {}); err != nil {
		t.Fatal(err)
	}
	w.Admin.Do("GET", "/imports/"+d.ID.String(), nil).Want(http.StatusOK).Into(&d)
	if d.State != cairn.RunCommitted {
		t.Fatalf("the import is %s: %s", d.State, d.Error)
	}
	return d
}

func dryRun(c *cairntest.Client, d api.ImportDetail) api.ImportDetail {
	c.Do("POST", "/imports/"+d.ID.String()+"/dry-run", nil).Want(http.StatusOK).Into(&d)
	return d
}

// TestImportJira: a whole Jira export, again, and back out (IMP-75, 84, 87).
func TestImportJira(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		insure(w.Admin)
		d := stageSample(t, w.Admin, "jira-csv/planeso-cloud-allfields.csv")
		tried := dryRun(w.Admin, d)
		done := commit(t, w, d)
		want := cairn.RunCounts{Rows: 22, Created: 22, Comments: 17, Fields: 10, Options: 6, People: 3}
		if tried.Counts != want || done.Counts != want {
			t.Errorf("dry run %+v, commit %+v, want %+v", tried.Counts, done.Counts, want)
		}
		again := commit(t, w, stageSample(t, w.Admin, "jira-csv/planeso-cloud-allfields.csv"))
		if want := (cairn.RunCounts{Rows: 22, Unchanged: 22}); again.Counts != want {
			t.Errorf("again: %+v, want %+v", again.Counts, want)
		}
		wantJiraIdea(t, w)
		var undone api.Import
		w.Admin.Do("POST", "/imports/"+again.ID.String()+"/undo", nil).Want(http.StatusOK)
		w.Admin.Do("POST", "/imports/"+d.ID.String()+"/undo", nil).Want(http.StatusOK).Into(&undone)
		if undone.State != cairn.RunUndone || undone.Kept != 0 {
			t.Errorf("undone: %+v", undone)
		}
		if n := total(w.Admin); n != 0 {
			t.Errorf("%d ideas are left", n)
		}
		if p := w.Admin.Do("GET", "/projects/INS", nil).Want(http.StatusOK); strings.Contains(string(p.Raw), "Watchers") {
			t.Error("the fields of the import are left")
		}
	})
}

// wantJiraIdea looks at one idea as people see it: repeated columns as a list,
// wiki notation as Markdown, attachments below, comments with their authors.
func wantJiraIdea(t *testing.T, w *cairntest.World) {
	t.Helper()
	var project api.ProjectPage
	w.Admin.Do("GET", "/projects/INS", nil).Want(http.StatusOK).Into(&project)
	lists, sections, comments := 0, 0, 0
	for n := 1; n <= 22; n++ {
		var idea api.Idea
		w.Admin.Do("GET", fmt.Sprintf("/ideas/INS-%d", n), nil).Want(http.StatusOK).Into(&idea)
		// The issue type became the type of the idea (IMP-90).
		if idea.Type == 0 {
			t.Errorf("INS-%d has no type", n)
		}
		for _, f := range project.Fields {
			if f.Name == "Watchers" && bytes.Count(idea.Values[f.Ref], []byte(",")) == 2 {
				lists++
			}
		}
		sections += strings.Count(idea.Description, "### Attachments\n\n- [")
		if strings.Contains(idea.Description, "h2.") || strings.Contains(idea.Description, "{quote}") {
			t.Errorf("%s holds wiki notation: %s", idea.Key, idea.Description)
		}
		if idea.CreatedAt.Year() > 2025 && idea.CreatedAt.After(time.Now().Add(-time.Hour)) {
			t.Errorf("%s was created at the import", idea.Key)
		}
		var list struct{ Comments []api.Comment }
		w.Admin.Do("GET", "/ideas/"+idea.Key+"/comments", nil).Want(http.StatusOK).Into(&list)
		for _, c := range list.Comments {
			comments++
			if c.Author == 0 {
				t.Errorf("a comment of %s has no author", idea.Key)
			}
		}
	}
	if lists == 0 || sections == 0 || comments != 17 {
		t.Errorf("%d ideas have three watchers, %d have attachments, %d comments", lists, sections, comments)
	}
}

// total is how many ideas the project has.
func total(c *cairntest.Client) int {
	var out struct{ Total int }
	c.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}, "limit": 1}).Want(http.StatusOK).Into(&out)
	return out.Total
}

// TestImportSamples: other sources come in whole and a second time change
// nothing.
func TestImportSamples(t *testing.T) {
	for file, rows := range map[string]int{
		"trello/tellybox-ideas-board.json":         206,
		"jira-storypoints/deep-se-13-projects.csv": 17314,
		"messy/simple.xlsx":                        0,
		"messy/utf-16le_encoded.csv":               0,
		"messy/spanish_chars.csv":                  0,
		"messy/simple.psv":                         0,
		"messy/sparse_with_column_errors.csv":      0,
		"messy/excel_pasting.csv":                  0,
		"messy/characters.csv":                     0,
	} {
		t.Run(file, func(t *testing.T) {
			w := cairntest.New(t, cairntest.SQLite(t))
			insure(w.Admin)
			d := stageSample(t, w.Admin, file)
			if rows == 0 {
				rows = d.Survey.Rows
			}
			begun := time.Now()
			done := commit(t, w, d)
			t.Logf("%d rows in %s", done.Counts.Rows, time.Since(begun).Round(time.Millisecond))
			if c := done.Counts; c.Rows != rows || c.Created+c.RefusedRows != rows || c.Created == 0 || total(w.Admin) != c.Created {
				t.Errorf("%d ideas of %d rows: %+v", total(w.Admin), rows, c)
			}
			again := commit(t, w, stageSample(t, w.Admin, file))
			if c := again.Counts; c.Unchanged != done.Counts.Created || c.Created+c.Updated+c.Comments+c.Fields+c.Options+c.People != 0 {
				t.Errorf("again: %+v", c)
			}
		})
	}
}

// TestImportRefusedFiles: files that cannot be read say why (IMP-5), and nothing
// is kept of them.
func TestImportRefusedFiles(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	insure(w.Admin)
	read := func(path string) []byte {
		content, err := os.ReadFile(cairntest.Samples(t, path))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	for _, c := range []struct {
		name    string
		content []byte
		says    string
	}{
		{"empty.csv", nil, "is empty"},
		{"simple.xls", read("messy/simple.xls"), ".xlsx"},
		{"encrypted_no_password.xls", read("messy/encrypted_no_password.xls"), "password"},
		{"cut.xlsx", read("messy/simple.xlsx")[:2000], "cut.xlsx"},
		{"picture.png", []byte("\x89PNG\r\n\x1a\n\x00\x00"), "holds nothing that can be imported"},
		{"", []byte("Title\nOne\n"), "name"},
	} {
		a := stage(w.Admin, c.name, c.content)
		if a.Status != http.StatusUnprocessableEntity || !strings.Contains(string(a.Raw), c.says) {
			t.Errorf("%s: status %d, want %q in %s", c.name, a.Status, c.says, a.Raw)
		}
	}
	var list struct{ Imports []api.Import }
	w.Admin.Do("GET", "/projects/INS/imports", nil).Want(http.StatusOK).Into(&list)
	if len(list.Imports) != 0 {
		t.Errorf("%d imports are kept", len(list.Imports))
	}
}

// TestUploadLimit: a file beyond the limit is refused with the limit (IMP-71).
func TestUploadLimit(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	insure(w.Admin)
	small := httptest.NewServer(api.New(api.Options{App: w.App, Logger: cairntest.Logger(t), Version: "test", MaxUpload: 1 << 10}))
	defer small.Close()
	c := w.At(small.URL)
	for size, want := range map[int]int{1 << 10: http.StatusCreated, 1<<10 + 1: http.StatusRequestEntityTooLarge} {
		content := []byte("Title\n" + strings.Repeat("x", size-6))
		a := stage(c, "large.csv", content)
		if a.Status != want || want == http.StatusRequestEntityTooLarge && !strings.Contains(string(a.Raw), "1 KiB") {
			t.Errorf("%d bytes: status %d, want %d: %s", size, a.Status, want, a.Raw)
		}
	}
}

// TestImportAccess: project admins import, and nobody else.
func TestImportAccess(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	insure(w.Admin)
	var d api.ImportDetail
	stage(w.Admin, "one.csv", []byte("Title\nOne\n")).Want(http.StatusCreated).Into(&d)
	id := d.ID.String()
	editor := w.Person("Eve Editor") // the project is open: everybody edits
	mapping := map[string]any{"columns": []any{}}
	calls := []struct {
		method, path string
		body         any
	}{
		{"POST", "/projects/INS/imports?name=two.csv", []byte("Title\nTwo\n")},
		{"GET", "/projects/INS/imports", nil},
		{"GET", "/imports/" + id, nil},
		{"PUT", "/imports/" + id + "/mapping", mapping},
		{"POST", "/imports/" + id + "/dry-run", nil},
		{"POST", "/imports/" + id + "/commit", nil},
		{"POST", "/imports/" + id + "/undo", nil},
		{"GET", "/imports/" + id + "/report.csv", nil},
		{"GET", "/projects/INS/mappings", nil},
		{"POST", "/projects/INS/mappings", map[string]any{"name": "M", "format": "table", "columns": []any{}}},
		{"DELETE", "/projects/INS/mappings/" + id, nil},
		{"DELETE", "/imports/" + id, nil},
	}
	for _, c := range calls {
		editor.Do(c.method, c.path, c.body).Want(http.StatusForbidden)
		w.Anonymous().Do(c.method, c.path, c.body).Want(http.StatusUnauthorized)
	}
	// A token that can only read sees what its owner sees, and changes nothing.
	reader := token(w, w.Admin, "read")
	for _, c := range calls {
		want := []int{http.StatusForbidden}
		if c.method == "GET" {
			want = []int{http.StatusOK, http.StatusNotFound} // there is no report before a dry run
		}
		reader.Do(c.method, c.path, c.body).Want(want...)
	}
	editor.Do("POST", "/undo", map[string]any{"group": d.Group}).Want(http.StatusForbidden)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(http.StatusOK)
	for _, c := range calls {
		editor.Do(c.method, c.path, c.body).Want(http.StatusNotFound)
	}
	w.Admin.Do("GET", "/imports/"+id, nil).Want(http.StatusOK)
	w.Admin.Do("DELETE", "/imports/"+id, nil).Want(http.StatusNoContent)
	w.Admin.Do("GET", "/imports/"+id, nil).Want(http.StatusNotFound)
}

// TestImportStream: who watches a project hears how far an import is, and undo by
// its group takes it back.
func TestImportStream(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		insure(w.Admin)
		var d api.ImportDetail
		stage(w.Admin, "few.csv", []byte("Title,Wörter\nOne,a\nTwo,b\n")).Want(http.StatusCreated).Into(&d)
		events := w.Admin.Stream(t.Context(), "/stream?project=INS")
		<-events // hello
		done := commit(t, w, d)
		var states []string
		for e := range events {
			if !strings.Contains(e.Data, `"group":"`+d.Group+`"`) {
				continue
			}
			for _, s := range []string{"committing", "committed"} {
				if strings.Contains(e.Data, `"new":"`+s+`"`) {
					states = append(states, s)
				}
			}
			if strings.Contains(e.Data, `"new":"committed"`) {
				break
			}
		}
		if strings.Join(states, " ") != "committing committed" {
			t.Errorf("the stream told of %q", states)
		}
		report := w.Admin.Do("GET", "/imports/"+done.ID.String()+"/report.csv", nil).Want(http.StatusOK)
		if got := report.Header.Get("Content-Disposition"); !strings.Contains(got, "few report.csv") {
			t.Errorf("the report is called %s", got)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": d.Group}).Want(http.StatusOK)
		if n := total(w.Admin); n != 0 {
			t.Errorf("%d ideas are left", n)
		}
	})
}

// TestImportTwoNodes: what one node imported, another shows and takes back.
func TestImportTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		first := cairntest.New(t, one)
		insure(first.Admin)
		second := cairntest.New(t, two)
		second.Admin = second.SignIn("ada@example.com")
		here, there := first.Admin.Stream(t.Context(), "/stream?project=INS"), second.Admin.Stream(t.Context(), "/stream?project=INS")
		d := commit(t, first, stageSample(t, first.Admin, "trello/tellybox-ideas-board.json"))
		hear(t, there, `"new":"committed"`)
		if n := total(second.Admin); n != 206 {
			t.Errorf("the second node shows %d ideas", n)
		}
		second.Admin.Do("POST", "/imports/"+d.ID.String()+"/undo", nil).Want(http.StatusOK)
		hear(t, here, `"new":"undone"`)
		if n := total(first.Admin); n != 0 {
			t.Errorf("the first node shows %d ideas after the undo", n)
		}
	})
}

// hear reads a stream until an event holds a text.
func hear(t *testing.T, events <-chan cairntest.Event, text string) {
	t.Helper()
	for e := range events {
		if strings.Contains(e.Data, text) {
			return
		}
	}
	t.Fatalf("the stream ended without %s", text)
}

// TestGuardedTextsComeBack: what an export guards against spreadsheets is read
// back as it was, from CSV and from a workbook (IMP-18).
func TestGuardedTextsComeBack(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	w.Admin.Do("POST", "/projects", map[string]any{"name": "From", "key": "FROM"}).Want(http.StatusCreated)
	titles := []string{"=cmd|' /C calc'!A0", "+49 30 1234", "-1 day", "@ada asks", "＝1", "'=1", "''+1", "' '=1", "'quoted'", "plain", "#1 wish"}
	for _, title := range titles {
		w.Admin.Do("POST", "/projects/FROM/ideas", map[string]any{"title": title}).Want(http.StatusCreated)
	}
	insure(w.Admin)
	for _, format := range []string{"csv", "xlsx"} {
		file := w.Admin.Do("GET", "/projects/FROM/export?format="+format, nil).Want(http.StatusOK)
		if format == "csv" && !strings.Contains(string(file.Raw), "'=cmd") {
			t.Errorf("the file is not guarded: %s", file.Raw)
		}
		var d api.ImportDetail
		stage(w.Admin, "from."+format, file.Raw).Want(http.StatusCreated).Into(&d)
		d = commit(t, w, d)
		if d.Counts.Created != len(titles) || d.Counts.RefusedRows != 0 {
			t.Errorf("%s: %+v", format, d.Counts)
		}
		var res struct{ Rows [][]any }
		w.Admin.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}, "columns": []string{"title"}, "limit": -1}).Want(http.StatusOK).Into(&res)
		var got []string
		for _, row := range res.Rows {
			got = append(got, fmt.Sprint(row[5]))
		}
		if !slices.Equal(got, titles) {
			t.Errorf("%s: %q came back as %q", format, titles, got)
		}
		w.Admin.Do("POST", "/imports/"+d.ID.String()+"/undo", nil).Want(http.StatusOK)
	}
}
