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

// TestFirstPage holds FP-1 to FP-5.
func TestFirstPage(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	handler := api.New(api.Options{App: w.App, Logger: cairntest.Logger(t), Version: "test", Web: pagesOnly{}})
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		handler.Close()
		server.Close()
	})
	const title = `</script><script>alert("Ünï")</script>`
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS"}).Want(201)
	w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": title}).Want(201)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	stranger := w.Person("Stan Stranger")

	open := func(c *cairntest.Client, path string) (firstPage, *cairntest.Answer) {
		t.Helper()
		a := c.Page(server.URL + path).Want(200)
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
