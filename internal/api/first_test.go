package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/cairntest"
)

// pagesOnly is a web app of one page.
type pagesOnly struct{}

func (pagesOnly) IsPage(path string) bool { return !strings.Contains(path, ".") }

func (pagesOnly) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Cache-Control", "no-cache")
	io.WriteString(w, "bare") // read by the test
}

func (pagesOnly) ServePage(w http.ResponseWriter, _ *http.Request, first []byte) {
	w.Write(first) // read by the test
}

// firstPage is what a page carries.
type firstPage struct {
	Account   *struct{ Email string }
	Workspace *struct{ Projects []struct{ Key string } }
	Project   *struct {
		Key         string
		Views       []struct{ ID cairn.ID }
		DefaultView cairn.ID
	}
	Result *struct {
		View    cairn.ID
		Columns []string
		Answer  struct {
			Total   int
			Columns []string
			Rows    [][]any
		}
	}
}

// servePages serves an app with pages and returns its address.
func servePages(t *testing.T, w *cairntest.World) string {
	handler := api.New(api.Options{App: w.App, Logger: cairntest.Logger(t), Version: "test", Web: pagesOnly{}})
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		handler.Close()
		server.Close()
	})
	return server.URL
}

// TestFirstView holds SB-11 and, for a board, FP-1.
func TestFirstView(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	url := servePages(t, w)
	ids := lettered(w, "ABCD")
	w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "One"}).Want(201)
	opened := func() (page firstPage) {
		t.Helper()
		w.Admin.Page(url + "/p/INS").Want(200).Into(&page)
		if page.Result == nil {
			t.Fatal("FP-1: the page is without rows")
		}
		return page
	}
	expect := func(why string, want cairn.ID) {
		t.Helper()
		if got := opened().Result.View; got != want {
			t.Errorf("SB-11: %s, the project opens %d, want %d", why, got, want)
		}
	}
	expect("without sections", ids["A"])
	move := func(letter string, section cairn.ID) {
		w.Admin.Do("PATCH", "/views/"+ids[letter].String(), map[string]any{"section": section}).Want(200)
	}
	low := newSection(w.Admin, "Low", 0)
	high := newSection(w.Admin, "High", 0)
	deep := newSection(w.Admin, "Deep", high)
	w.Admin.Do("PATCH", "/sections/"+high.String(), map[string]any{"before": low}).Want(200)
	move("A", low)
	move("B", low)
	move("C", deep)
	expect("with one view outside of sections", ids["D"])
	move("D", low)
	expect("with all of them in sections", ids["C"])
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"defaultView": ids["B"]}).Want(200)
	expect("with a view named as the first", ids["B"])

	var field struct{ Ref cairn.Ref }
	w.Admin.Do("POST", "/projects/INS/fields", map[string]any{"name": "Stage", "type": "select", "options": []any{map[string]any{"name": "Now"}}}).Want(201).Into(&field)
	board := newView(w.Admin, map[string]any{"name": "Board", "kind": "board", "position": 0, "query": map[string]any{}, "layout": map[string]any{"board": map[string]any{"cover": field.Ref}}})
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"defaultView": board}).Want(200)
	if r := opened().Result; r.View != board || len(r.Answer.Rows) != 1 || strings.Join(r.Columns, " ") != "title "+string(field.Ref) {
		t.Errorf("FP-1: a board's rows are %+v", r)
	}
}

// TestFirstPage holds FP-1 to FP-5.
func TestFirstPage(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	url := servePages(t, w)
	const title = `</script><script>alert("Ünï")</script>`
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": title}).Want(201)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	stranger := w.Person("Stan Stranger")

	open := func(c *cairntest.Client, path string) (firstPage, *cairntest.Answer) {
		t.Helper()
		a := c.Page(url + path).Want(200)
		var page firstPage
		if !bytes.Equal(a.Raw, []byte("bare")) {
			if err := json.Unmarshal(a.Raw, &page); err != nil {
				t.Fatalf("%s: %v\n%s", path, err, a.Raw)
			}
		}
		return page, a
	}

	page, a := open(w.Admin, "/p/INS")
	if page.Account == nil || page.Account.Email != "ada@example.com" || page.Workspace == nil || len(page.Workspace.Projects) != 1 {
		t.Errorf("FP-1: the page does not say who and where: %s", a.Raw)
	}
	if page.Project == nil || page.Project.Key != "INS" || page.Result == nil {
		t.Fatalf("FP-1: the page is without project or rows: %s", a.Raw)
	}
	if r := page.Result; r.Answer.Total != 1 || strings.Join(r.Columns, " ") != strings.Join(r.Answer.Columns, " ") || r.Answer.Rows[0][5] != title {
		t.Errorf("FP-1: the rows are %+v", r)
	}
	if bytes.ContainsRune(a.Raw, '<') {
		t.Error("FP-5: a title can end the data block")
	}
	if cache := a.Header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("FP-4: Cache-Control is %q", cache)
	}
	if csp := a.Header.Get("Content-Security-Policy"); csp != w.Admin.Do("GET", "/me", nil).Header.Get("Content-Security-Policy") {
		t.Errorf("FP-5: the page has a policy of its own: %s", csp)
	}
	view := "/p/INS/v/" + strconv.FormatInt(int64(page.Result.View), 10)
	if page, _ := open(w.Admin, view); page.Result == nil || page.Result.Answer.Total != 1 {
		t.Error("FP-1: a view's own address is without rows")
	}
	if page, _ := open(w.Admin, view+"?q=other"); page.Project == nil || page.Result != nil {
		t.Error("FP-1: rows came although the address changes the question")
	}
	if page, _ := open(w.Admin, "/settings/people"); page.Account == nil || page.Project != nil {
		t.Error("FP-1: a page outside of projects carries one")
	}

	for _, path := range []string{"/p/INS", view, "/", "/p/NONE"} {
		if _, a := open(w.Anonymous(), path); string(a.Raw) != "bare" || a.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("FP-2: signed out, %s says %s", path, a.Raw)
		}
	}
	var token struct{ Secret string }
	w.Admin.Do("POST", "/me/tokens", map[string]any{"name": "t", "scope": "read"}).Want(201).Into(&token)
	if _, a := open(w.Anonymous().With("Authorization", "Bearer "+token.Secret), "/p/INS"); string(a.Raw) != "bare" {
		t.Errorf("FP-2: with a token the page says %s", a.Raw)
	}
	_, none := open(stranger, "/p/NONE")
	for _, path := range []string{"/p/INS", view} {
		page, a := open(stranger, path)
		if page.Project != nil || page.Result != nil || bytes.Contains(a.Raw, []byte("Insure")) || !bytes.Equal(a.Raw, none.Raw) {
			t.Errorf("FP-3: a stranger reads at %s: %s", path, a.Raw)
		}
	}
	w.Admin.Do("DELETE", "/session", nil).Want(204)
	if _, a := open(w.Admin, "/p/INS"); string(a.Raw) != "bare" {
		t.Errorf("FP-2: after signing out the page says %s", a.Raw)
	}
}
