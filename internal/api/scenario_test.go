package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// project makes the project INS from the discovery template and returns its
// fields by name.
func project(t *testing.T, w *cairntest.World) map[string]string {
	t.Helper()
	w.Admin.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS", "template": "product-discovery"}).Want(201)
	return fieldRefs(t, w.Admin, "INS")
}

func fieldRefs(t *testing.T, c *cairntest.Client, key string) map[string]string {
	t.Helper()
	var page struct {
		Fields []struct{ Name, Ref string }
	}
	c.Do("GET", "/projects/"+key, nil).Want(200).Into(&page)
	out := make(map[string]string)
	for _, f := range page.Fields {
		out[f.Name] = f.Ref
	}
	return out
}

func addIdea(c *cairntest.Client, title string, values map[string]any) map[string]any {
	return c.Do("POST", "/projects/INS/ideas", map[string]any{"title": title, "values": values}).Want(201).Map()
}

// changesSince checks which attributes the log says were written after seq.
func changesSince(t *testing.T, w *cairntest.World, seq int64) []string {
	t.Helper()
	sets, err := w.Store.Log(t.Context(), seq, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range sets {
		for _, c := range s.Changes {
			out = append(out, string(c.Kind)+"."+c.Attr)
		}
	}
	return out
}

func position(t *testing.T, w *cairntest.World) int64 {
	t.Helper()
	seq, err := w.Store.Seq(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func TestIdeaLife(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		idea := addIdea(w.Admin, "Quote in a minute", map[string]any{f["Impact"]: 5, f["Effort"]: 2, f["Value"]: 4})
		if idea["key"] != "INS-1" {
			t.Fatalf("first key is %v, want INS-1", idea["key"])
		}
		seq := position(t, w)
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 3}}).Want(200)
		got := strings.Join(changesSince(t, w, seq), " ")
		if want := "idea." + f["Impact"] + " idea.updatedAt"; got != want {
			t.Errorf("changes of an edit: %s, want %s", got, want)
		}
		// What does not change anything writes nothing.
		seq = position(t, w)
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 3}}).Want(200)
		if now := position(t, w); now != seq {
			t.Errorf("an edit without effect moved the log from %d to %d", seq, now)
		}
		var hist struct{ Sets []cairn.ChangeSet }
		w.Admin.Do("GET", "/ideas/INS-1/history", nil).Want(200).Into(&hist)
		if len(hist.Sets) != 2 {
			t.Fatalf("history has %d sets, want 2", len(hist.Sets))
		}
		w.Admin.Do("POST", "/ideas/INS-1/restore", map[string]any{"seq": hist.Sets[0].Seq, "attr": f["Impact"]}).Want(200)
		if v := value(w.Admin, "INS-1", f["Impact"]); v != "5" {
			t.Errorf("restored impact is %s, want 5", v)
		}
		w.Admin.Do("DELETE", "/ideas/INS-1", nil).Want(204)
		w.Admin.Do("GET", "/ideas/INS-1", nil).Want(404)
	})
}

func value(c *cairntest.Client, key, ref string) string {
	var idea struct{ Values, Computed map[string]json.RawMessage }
	c.Do("GET", "/ideas/"+key, nil).Want(200).Into(&idea)
	if v, ok := idea.Values[ref]; ok {
		return string(v)
	}
	return string(idea.Computed[ref])
}

func TestTwoPeopleOneIdea(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		addIdea(w.Admin, "Shared", nil)
		bob := w.Person("Bob Builder")
		// Different fields: nothing is lost.
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 4}}).Want(200)
		bob.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Effort"]: 2}}).Want(200)
		if i, e := value(bob, "INS-1", f["Impact"]), value(bob, "INS-1", f["Effort"]); i != "4" || e != "2" {
			t.Errorf("impact %s and effort %s, want 4 and 2", i, e)
		}
		// The same field: the later wins, the earlier is in the history.
		bob.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 1}}).Want(200)
		if i := value(w.Admin, "INS-1", f["Impact"]); i != "1" {
			t.Errorf("impact is %s, want the later 1", i)
		}
		var hist struct{ Sets []cairn.ChangeSet }
		w.Admin.Do("GET", "/ideas/INS-1/history?limit=1", nil).Want(200).Into(&hist)
		if c := hist.Sets[0].Changes[0]; string(c.Old) != "4" || string(c.New) != "1" || hist.Sets[0].Actor != bob.ID {
			t.Errorf("newest change is %s → %s by %d, want 4 → 1 by %d", c.Old, c.New, hist.Sets[0].Actor, bob.ID)
		}
		// Who says what they saw is refused when it is stale.
		bob.With("If-Match", `"1"`).Do("PATCH", "/ideas/INS-1", map[string]any{"title": "Late"}).Want(409)
	})
}

func TestUndoAndRedo(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		for i := range 3 {
			addIdea(w.Admin, fmt.Sprintf("Idea %d", i), nil)
		}
		editor := w.Admin.With("Cairn-Group", "edit-1")
		res := editor.Do("POST", "/projects/INS/ideas/bulk", map[string]any{
			"query": map[string]any{}, "patch": map[string]any{"values": map[string]any{f["Impact"]: 2}},
		}).Want(200).Map()
		if res["changed"] != 3.0 {
			t.Fatalf("bulk changed %v, want 3", res["changed"])
		}
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"values": map[string]any{f["Impact"]: 5}}).Want(200)
		undone := w.Admin.With("Cairn-Group", "undo-1").Do("POST", "/undo", map[string]any{"group": "edit-1"}).Want(200).Map()
		if undone["changes"] != 2.0 || undone["kept"] != 1.0 {
			t.Errorf("undo: %v, want 2 changes and 1 kept", undone)
		}
		if v := value(w.Admin, "INS-1", f["Impact"]); v != "" {
			t.Errorf("impact after undo is %s, want none", v)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "undo-1"}).Want(200)
		if v := value(w.Admin, "INS-1", f["Impact"]); v != "2" {
			t.Errorf("impact after redo is %s, want 2", v)
		}
		bob := w.Person("Bob Builder")
		bob.Do("POST", "/undo", map[string]any{"group": "edit-1"}).Want(403)
	})
}

func TestWeightedScore(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	made := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{
		"name": "Norm", "type": "formula", "formula": map[string]any{"kind": "weighted", "inputs": []map[string]any{{"field": f["Impact"], "weight": 1}}},
	}).Want(201).Map()
	for _, impact := range []int{4, 3, 1} {
		addIdea(w.Admin, fmt.Sprint("Impact ", impact), map[string]any{f["Impact"]: impact})
	}
	res := queryRows(t, w.Admin, map[string]any{"sort": []map[string]any{{"field": made["ref"], "desc": true}}}, made["ref"])
	if want := "[100 75 25]"; fmt.Sprint(res) != want {
		t.Errorf("normalised 4, 3, 1: %v, want %s", res, want)
	}
	// A formula that goes round in a circle is refused when it is saved.
	ref := made["ref"].(string)
	a := w.Admin.Do("PATCH", "/fields/"+ref[1:], map[string]any{"formula": map[string]any{"kind": "expression", "expression": "{Norm} + 1"}}).Want(422)
	if !strings.Contains(string(a.Raw), "Norm") {
		t.Errorf("the refusal of a cycle does not name the field: %s", a.Raw)
	}
}

// TestPublishedScores: the published results of weighted scores come out of a
// project, through the API.
func TestPublishedScores(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	cases := []struct {
		inputs  [][]float64 // by field, a value per idea
		weights []float64
		want    []float64
	}{
		{[][]float64{{5, 4}}, []float64{1}, []float64{100, 80}},
		{[][]float64{{4, 3, 1}}, []float64{1}, []float64{100, 75, 25}},
		{[][]float64{{5, 1, -5}}, []float64{1}, []float64{100, 60, 0}},
		{[][]float64{{6, 3, 2}}, []float64{1}, []float64{100, 50, 33.33}},
		{[][]float64{{-4, -2, -1}}, []float64{1}, []float64{0, 66.67, 100}},
		{[][]float64{{5, 3, 1}, {2, 4, 5}}, []float64{0.4, 0.2}, []float64{100, 83.33, 58.33}},
		{[][]float64{{5, 3, 1}, {2, 4, 5}, {1, 2, 4}}, []float64{0.4, 0.2, -0.4}, []float64{4, 1.667, 0.583}},
	}
	for n, c := range cases {
		key := fmt.Sprintf("S%d", n)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Scores", "key": key}).Want(201)
		var inputs []map[string]any
		for i, weight := range c.weights {
			f := w.Admin.Do("POST", "/projects/"+key+"/fields", map[string]any{"name": fmt.Sprint("Input ", i), "type": "number"}).Want(201).Map()
			inputs = append(inputs, map[string]any{"field": f["ref"], "weight": weight})
		}
		score := w.Admin.Do("POST", "/projects/"+key+"/fields", map[string]any{
			"name": "Score", "type": "formula", "formula": map[string]any{"kind": "weighted", "inputs": inputs},
		}).Want(201).Map()["ref"].(string)
		for row := range c.want {
			values := map[string]any{}
			for i := range inputs {
				values[inputs[i]["field"].(string)] = c.inputs[i][row]
			}
			w.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": fmt.Sprint("Idea ", row), "values": values}).Want(201)
		}
		for row, want := range c.want {
			var idea struct{ Computed map[string]any }
			w.Admin.Do("GET", fmt.Sprintf("/ideas/%s-%d", key, row+1), nil).Want(200).Into(&idea)
			if got, ok := idea.Computed[score].(float64); !ok || math.Abs(got-want) > 0.005 {
				t.Errorf("%v by %v: idea %d scores %v, want %v", c.inputs, c.weights, row, idea.Computed[score], want)
			}
		}
	}
}

// TestIncompleteScores: a missing input counts as 0 and is named; a division by
// zero has no value and says why.
func TestIncompleteScores(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	ratio := w.Admin.Do("POST", "/projects/INS/fields", map[string]any{
		"name": "Ratio", "type": "formula", "formula": map[string]any{"kind": "expression", "expression": "{Impact} / ({Effort} - 2)"},
	}).Want(201).Map()["ref"].(string)
	addIdea(w.Admin, "Without effort", map[string]any{f["Impact"]: 4, f["Value"]: 3})
	addIdea(w.Admin, "By zero", map[string]any{f["Impact"]: 4, f["Value"]: 3, f["Effort"]: 2})
	var idea struct{ Computed map[string]json.RawMessage }
	w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Into(&idea)
	if got := string(idea.Computed[f["Impact score"]]); !strings.Contains(got, `"missing":["`+f["Effort"]+`"]`) && !strings.Contains(got, "error") {
		t.Errorf("the score without an effort is %s", got)
	}
	w.Admin.Do("GET", "/ideas/INS-2", nil).Want(200).Into(&idea)
	if got := string(idea.Computed[ratio]); !strings.Contains(strings.ToLower(got), "zero") || !strings.Contains(got, "error") {
		t.Errorf("4 / (2 - 2) is %s", got)
	}
	a := w.Admin.Do("GET", "/ideas/INS-2/explain/"+ratio, nil).Want(200).Map()
	if note := fmt.Sprint(a["note"]); a["status"] != "division_by_zero" || !strings.Contains(note, "zero") {
		t.Errorf("the explanation reads %v: %s", a["status"], note)
	}
}

// queryRows returns one column of a query's result.
func queryRows(t *testing.T, c *cairntest.Client, query map[string]any, column any) []any {
	t.Helper()
	var res struct{ Rows [][]any }
	c.Do("POST", "/projects/INS/query", map[string]any{"query": query, "columns": []any{column}}).Want(200).Into(&res)
	var out []any
	for _, r := range res.Rows {
		out = append(out, r[5])
	}
	return out
}

func TestRoles(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	addIdea(w.Admin, "Secret plan", nil)
	outsider, viewer, contributor := w.Person("Olga Outside"), w.Person("Vic Viewer"), w.Person("Connie Contributor")
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	for c, role := range map[*cairntest.Client]string{viewer: "viewer", contributor: "contributor"} {
		w.Admin.Do("PUT", fmt.Sprintf("/projects/INS/members/%d", c.ID), map[string]any{"role": role}).Want(200, 201, 204)
	}
	for _, who := range []*cairntest.Client{outsider, w.Anonymous()} {
		want := 404
		if who.ID == 0 {
			want = 401
		}
		for _, path := range []string{"/projects/INS", "/ideas/INS-1", "/ideas/INS-1/history", "/ideas/INS-1/comments", "/search?q=secret&project=INS", "/stream?project=INS"} {
			who.Do("GET", path, nil).Want(want)
		}
		who.Do("PATCH", "/ideas/INS-1", map[string]any{"title": "Mine"}).Want(want)
		who.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}}).Want(want)
	}
	if hits := outsider.Do("GET", "/search?q=secret", nil).Want(200); strings.Contains(string(hits.Raw), "Secret") {
		t.Errorf("search shows an outsider %s", hits.Raw)
	}
	viewer.Do("GET", "/ideas/INS-1", nil).Want(200)
	viewer.Do("PATCH", "/ideas/INS-1", map[string]any{"title": "Mine"}).Want(403)
	viewer.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "Hi"}).Want(403)
	contributor.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "Hi"}).Want(201)
	contributor.Do("POST", "/projects/INS/ideas", map[string]any{"title": "From a contributor"}).Want(201)
	contributor.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 3}}).Want(403)
	contributor.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Labels"]: []string{"mine"}}}).Want(200)
	contributor.Do("POST", "/projects/INS/fields", map[string]any{"name": "X", "type": "number"}).Want(403)
}

func TestIdempotency(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	c := w.Admin.With("Idempotency-Key", "k-1")
	first := c.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Once"}).Want(201)
	again := c.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Once"}).Want(201)
	if strings.TrimSpace(string(first.Raw)) != strings.TrimSpace(string(again.Raw)) {
		t.Errorf("the repeated request was answered differently:\n%s\n%s", first.Raw, again.Raw)
	}
	if rows := queryRows(t, w.Admin, map[string]any{}, "title"); len(rows) != 1 {
		t.Errorf("%d ideas after a repeated create, want 1", len(rows))
	}
	c.Do("POST", "/projects/INS/ideas", map[string]any{"title": "Other"}).Want(409)
}

func TestStreamTellsOthers(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		addIdea(w.Admin, "Watched", nil)
		bob := w.Person("Bob Builder")
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		events := bob.Stream(ctx, "/stream?project=INS")
		if e := <-events; e.Event != "hello" {
			t.Fatalf("first event is %q, want hello", e.Event)
		}
		w.Admin.With("Cairn-Group", "g-7").Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 4}}).Want(200)
		var set cairn.ChangeSet
		e := <-events
		if err := json.Unmarshal([]byte(e.Data), &set); err != nil || e.Event != "change" {
			t.Fatalf("event %q: %v %s", e.Event, err, e.Data)
		}
		if set.Group != "g-7" || set.Changes[0].Attr != f["Impact"] || string(set.Changes[0].New) != "4" {
			t.Errorf("the change reads %s", e.Data)
		}
		// A reader that comes back goes on where it was.
		again := bob.Stream(ctx, fmt.Sprintf("/stream?project=INS&from=%d", set.Seq-1))
		<-again
		if e := <-again; e.ID != fmt.Sprint(set.Seq) {
			t.Errorf("resumed at %s, want %d", e.ID, set.Seq)
		}
		// Who loses the right to a project hears no more of it.
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"title": "Hidden"}).Want(200)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH"}).Want(201)
		cancel()
		for e := range events {
			if strings.Contains(e.Data, "Hidden") {
				t.Errorf("an outsider heard %s", e.Data)
			}
		}
	})
}

// TestStreamStartsOver: a reader who was away for longer than the log is kept in
// memory is told to start over, or gets every change; never a gap. What is no
// position is refused.
func TestStreamStartsOver(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	addIdea(w.Admin, "Watched", nil)
	from := position(t, w)
	for i := range 30 {
		w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 1 + i%5}}).Want(200)
	}
	now := position(t, w)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	bob := w.Person("Bob Builder")
	last := from
	for e := range bob.With("Last-Event-ID", fmt.Sprint(from)).Stream(ctx, "/stream?project=INS") {
		if e.Event == "change" {
			if e.ID != fmt.Sprint(last+1) {
				t.Fatalf("after %d comes %s", last, e.ID)
			}
			last++
		}
		if last == now {
			break
		}
	}
	w.Admin.With("Last-Event-ID", "yesterday").Do("GET", "/stream", nil).Want(422)
	w.Anonymous().Do("GET", "/stream", nil).Want(401)
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	bob.Do("GET", "/stream?project=INS", nil).Want(404)
}

func TestBadInputIsExplained(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	f := project(t, w)
	addIdea(w.Admin, "Target", nil)
	cases := []struct {
		what   string
		method string
		path   string
		body   any
		status int
		says   string
	}{
		{"no title", "POST", "/projects/INS/ideas", map[string]any{"title": "  "}, 422, "An idea needs a title"},
		{"long title", "POST", "/projects/INS/ideas", map[string]any{"title": strings.Repeat("x", 10_000)}, 422, "10000 characters"},
		{"rating", "PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 9}}, 422, "Impact: a rating is a whole number from 1 to 5"},
		{"unknown field", "PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{"f999999": 1}}, 422, "no field f999999"},
		{"computed", "PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact score"]: 1}}, 422, "Impact score is computed"},
		{"unknown member", "PATCH", "/ideas/INS-1", map[string]any{"tilte": "x"}, 422, "tilte"},
		{"not JSON", "PATCH", "/ideas/INS-1", []byte(`{"title":`), 400, ""},
		{"filter", "POST", "/projects/INS/query", map[string]any{"query": map[string]any{"filter": map[string]any{"field": f["Impact"], "op": "contains", "value": "x"}}}, 422, "Impact"},
		{"where", "POST", "/projects/INS/query", map[string]any{"query": map[string]any{"where": "Impac > 3"}}, 422, "Impact"},
		{"no such route", "GET", "/nothing", nil, 404, "/api/docs"},
		{"too large", "POST", "/projects/INS/ideas", map[string]any{"title": "x", "description": strings.Repeat("x", 9<<20)}, 413, "larger than 8 MiB"},
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			seq := position(t, w)
			a := w.Admin.Do(c.method, c.path, c.body).Want(c.status)
			var p struct{ Detail, Code, RequestID string }
			a.Into(&p)
			if !strings.Contains(p.Detail, c.says) || p.Code == "" || p.RequestID == "" {
				t.Errorf("problem %s does not say %q with a code and a request id", a.Raw, c.says)
			}
			if now := position(t, w); now != seq {
				t.Error("refused input changed something")
			}
		})
	}
}

func TestCrossOriginAndHeaders(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	w.Admin.With("Sec-Fetch-Site", "cross-site").Do("POST", "/projects/INS/ideas", map[string]any{"title": "Evil"}).Want(403)
	a := w.Admin.Do("GET", "/workspace", nil).Want(200)
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	} {
		if got := a.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s is %q, want %q in it", name, got, want)
		}
	}
	if csp := a.Header.Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") {
		t.Errorf("the policy allows something unsafe: %s", csp)
	}
}
