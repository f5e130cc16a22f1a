package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// TestRanges takes a range through the API: written, shown, filtered, undone,
// exported and retyped (UNC-1, UNC-2, UNC-5, UNC-6, UNC-7).
func TestRanges(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		span := func(low, likely, high float64) map[string]any {
			return map[string]any{"low": low, "likely": likely, "high": high}
		}
		refused := func(patch map[string]any, why string) {
			t.Helper()
			if a := w.Admin.Do("PATCH", "/ideas/INS-2", patch).Want(422); !bytes.Contains(a.Raw, []byte(why)) {
				t.Errorf("refused with %s, want %q", a.Raw, why)
			}
		}
		addIdea(w.Admin, "Wide", map[string]any{f["Effort"]: span(1, 3, 5), f["Impact"]: 4})
		addIdea(w.Admin, "Plain", map[string]any{f["Effort"]: 2})

		refused(map[string]any{"values": map[string]any{f["Effort"]: span(4, 3, 5)}}, "a range ascends from low over likely to high; this one is 4, 3, 5")
		refused(map[string]any{"values": map[string]any{f["Effort"]: span(0, 3, 5)}}, "a rating is a whole number from 1 to 5, not 0")
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"values": map[string]any{f["Effort"]: span(2, 2, 2)}}).Want(200)

		const stored = `{"low":1,"likely":3,"high":5}`
		var idea struct{ Values map[string]json.RawMessage }
		w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Into(&idea)
		if got := string(idea.Values[f["Effort"]]); got != stored {
			t.Errorf("the idea has %s", got)
		}
		w.Admin.Do("GET", "/ideas/INS-2", nil).Want(200).Into(&idea)
		if got := string(idea.Values[f["Effort"]]); got != "2" {
			t.Errorf("a range without width is %s, want 2", got)
		}
		rows := w.Admin.Do("POST", "/projects/INS/query", map[string]any{
			"query":   map[string]any{"filter": map[string]any{"field": f["Effort"], "op": "gte", "value": 3}},
			"columns": []string{f["Effort"]},
		}).Want(200)
		if !bytes.Contains(rows.Raw, []byte(stored)) || bytes.Count(rows.Raw, []byte("INS-")) > 1 {
			t.Errorf("the view's result: %s", rows.Raw)
		}

		export := w.Admin.Do("GET", "/projects/INS/export?format=csv", nil).Want(200)
		table, err := csv.NewReader(bytes.NewReader(export.Raw)).ReadAll()
		if err != nil || !strings.Contains(strings.Join(table[1], "|"), "1–5 (3)") {
			t.Errorf("CSV: %v %v", table, err)
		}
		if a := w.Admin.Do("GET", "/projects/INS/export?format=json", nil).Want(200); !bytes.Contains(a.Raw, []byte(stored)) {
			t.Errorf("JSON: %s", a.Raw)
		}

		retype := func(to string) string {
			return string(w.Admin.Do("POST", "/fields/"+f["Effort"][1:]+"/retype", map[string]any{"type": to, "dryRun": true}).Want(200).Raw)
		}
		for to, want := range map[string]string{
			"number":     `"converted":2,"lost":0`,
			"slider":     `"converted":2,"lost":0`,
			"short_text": `"converted":2,"lost":0`,
			"checkbox":   `“1–5 (3)” is neither yes nor no`,
			"date":       `“1–5 (3)” is not a date`,
		} {
			if got := retype(to); !strings.Contains(got, want) {
				t.Errorf("as %s: %s, want %s", to, got, want)
			}
		}
		w.Admin.Do("POST", "/fields/"+f["Effort"][1:]+"/retype", map[string]any{"type": "short_text"}).Want(200)
		w.Admin.Do("POST", "/fields/"+f["Effort"][1:]+"/retype", map[string]any{"type": "slider"}).Want(200)
		w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Into(&idea)
		if got := string(idea.Values[f["Effort"]]); got != stored {
			t.Errorf("a range that was a text and came back is %s", got)
		}
	})
}
