package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"cairn"
	"cairn/internal/app"
)

// WebApp serves the files and pages of the web app.
type WebApp interface {
	http.Handler
	// IsPage tells whether a path is the address of a page, not of a file.
	IsPage(path string) bool
	// ServePage answers with the page of an address and, inside it, the JSON of
	// the answers that the app would ask for first.
	ServePage(w http.ResponseWriter, r *http.Request, first []byte)
}

// firstAnswers is what the web app asks for before it can show anything, so that
// it need not ask: see docs/spec/first-page.md. What is absent is asked for.
type firstAnswers struct {
	Account   *Account     `json:"account,omitempty"`
	Workspace *Workspace   `json:"workspace,omitempty"`
	Project   *ProjectPage `json:"project,omitempty"`
	Result    *firstResult `json:"result,omitempty"`
}

// firstResult is the first window of the view that the address opens, with the
// question that it answers.
type firstResult struct {
	View    cairn.ID          `json:"view"`
	Query   cairn.Query       `json:"query"`
	Columns []cairn.Ref       `json:"columns"`
	Colors  []cairn.ColorRule `json:"colors"`
	ColorBy cairn.Ref         `json:"colorBy,omitempty"`
	Answer  json.RawMessage   `json:"answer"`
}

// webPage serves the web app. Pages carry the first answers for whoever is signed
// in with the browser's cookie; everybody else gets the bare page.
func (s *server) webPage(w http.ResponseWriter, r *http.Request) {
	web := s.opts.Web
	if r.Method != http.MethodGet || !web.IsPage(r.URL.Path) || r.Header.Get("Authorization") != "" {
		web.ServeHTTP(w, r)
		return
	}
	info := requestInfoOf(r.Context())
	s.identify(r, info)
	if info.caller.User == 0 {
		web.ServeHTTP(w, r)
		return
	}
	first, err := json.Marshal(s.first(r.Context(), r.URL))
	if err != nil { // the page works without
		s.logger.ErrorContext(r.Context(), "first answers", "err", err)
		web.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	// Within a script element only "<" can end the JSON early.
	web.ServePage(w, r, bytes.ReplaceAll(first, []byte("<"), []byte(`\u003c`)))
}

// first asks the use cases what the routes of the API would ask them; what they
// refuse is left out, and the app hears why when it asks itself.
func (s *server) first(ctx context.Context, at *url.URL) firstAnswers {
	var out firstAnswers
	if account, err := s.getAccount(ctx, &none{}); err == nil {
		out.Account = &account.Body
	}
	if workspace, err := s.getWorkspace(ctx, &none{}); err == nil {
		out.Workspace = &workspace.Body
	}
	key, view := viewAddress(at.Path)
	if key == "" {
		return out
	}
	project, err := s.getProject(ctx, &ProjectIn{Project: key})
	if err != nil || project.Body.Key != key {
		return out
	}
	out.Project = &project.Body
	if at.RawQuery == "" { // otherwise the address changes the question
		out.Result = s.firstResult(ctx, out.Project, view)
	}
	return out
}

// viewAddress takes the address of a view apart: /p/INS, which opens the
// project's first view, and /p/INS/v/17. The key is "" for other addresses.
func viewAddress(path string) (key string, view cairn.ID) {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case parts[0] != "p":
	case len(parts) == 2:
		return parts[1], 0
	case len(parts) == 4 && parts[2] == "v":
		if n, err := strconv.ParseInt(parts[3], 10, 64); err == nil && n > 0 {
			return parts[1], cairn.ID(n)
		}
	}
	return "", 0
}

// firstResult is the first window of a list or a board; other kinds of views show
// all their ideas and ask for them.
func (s *server) firstResult(ctx context.Context, p *ProjectPage, wanted cairn.ID) *firstResult {
	v, ok := viewOf(p, wanted)
	if !ok || v.Kind != cairn.ViewList && v.Kind != cairn.ViewBoard {
		return nil
	}
	out := &firstResult{View: v.ID, Query: v.Query, Columns: shownOf(p, v.View), Colors: v.Colors, ColorBy: v.ColorBy.Field}
	res, err := s.result(ctx, callerOf(ctx), p.ID, app.QueryRequest{
		Query: out.Query, Columns: out.Columns, Colors: out.Colors, ColorBy: out.ColorBy, Limit: defaultWindow,
	})
	if err != nil {
		return nil
	}
	out.Answer = res.Body
	return out
}

// viewOf is the view that an address opens: the one it names, else the project's
// default, else the first in the sidebar.
func viewOf(p *ProjectPage, wanted cairn.ID) (View, bool) {
	for _, id := range []cairn.ID{wanted, p.DefaultView} {
		at := slices.IndexFunc(p.Views, func(v View) bool { return v.ID == id })
		if at >= 0 {
			return p.Views[at], true
		}
		if id != 0 && id == wanted {
			return View{}, false
		}
	}
	return firstInSidebar(p, 0)
}

// firstInSidebar is the topmost view of a section, or of the whole sidebar when
// the section is 0; see SB-11. What lies in a section that is not there stands
// outside of all.
func firstInSidebar(p *ProjectPage, section cairn.ID) (View, bool) {
	holder := func(id cairn.ID) cairn.ID {
		if slices.ContainsFunc(p.Sections, func(s Section) bool { return s.ID == id }) {
			return id
		}
		return 0
	}
	first, found := View{}, false
	for _, v := range p.Views {
		if holder(v.Section) == section && (!found || cmp.Or(cmp.Compare(v.Position, first.Position), cmp.Compare(v.ID, first.ID)) < 0) {
			first, found = v, true
		}
	}
	if found {
		return first, true
	}
	inside := slices.DeleteFunc(slices.Clone(p.Sections), func(s Section) bool { return holder(s.Parent) != section })
	slices.SortFunc(inside, func(a, b Section) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	for _, s := range inside {
		if first, found := firstInSidebar(p, s.ID); found {
			return first, true
		}
	}
	return View{}, false
}

// shownOf is the fields of which a list or a board draws something, as the app
// asks for them: the title, the columns, the groups and a board's cover, without
// the key, which every row has.
func shownOf(p *ProjectPage, v cairn.View) []cairn.Ref {
	out := []cairn.Ref{cairn.RefTitle}
	add := func(ref cairn.Ref) {
		own := strings.HasPrefix(string(ref), "f") && !slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Ref == ref })
		if ref != cairn.RefKey && !own && !slices.Contains(out, ref) {
			out = append(out, ref)
		}
	}
	for _, column := range v.Columns {
		add(column.Field)
	}
	for _, group := range v.Query.Group {
		add(group.Field)
	}
	if v.Kind == cairn.ViewBoard && v.Layout.Board != nil {
		for _, ref := range v.Layout.Board.Refs() {
			add(ref)
		}
	}
	return out
}
