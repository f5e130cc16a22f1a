package githubjson

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"cairn/internal/importer"
	"cairn/internal/importer/importertest"
)

const restIssue = `{"number":7,"node_id":"N7","title":"Dark mode","body":"It is\r\nbright","state":"open","html_url":"https://github.com/acme/app/issues/7",
"repository_url":"https://api.github.com/repos/acme/app","user":{"login":"ada"},"assignee":{"login":"bob"},"assignees":[{"login":"bob"},{"login":"cy"}],
"labels":[{"name":"ui"},"old"],"milestone":{"title":"1.0","due_on":"2026-03-01T00:00:00Z"},"created_at":"2026-01-02T03:04:05Z","updated_at":"2026-02-02T03:04:05Z",
"closed_at":null,"comments":3,"reactions":{"total_count":9,"+1":5,"heart":4}}`

func TestRESTIssues(t *testing.T) {
	pr := strings.Replace(restIssue, `"number":7`, `"number":8,"pull_request":{"url":"x"}`, 1)
	src := importer.BytesSource("issues.json", []byte("["+restIssue+"]["+pr+"]"))
	s, rows := importertest.Read(t, Leaf(), src, importer.Options{})
	if s.Rows != 1 || s.Totals.Skipped != 1 || s.Totals.CommentsMissing != 3 || s.Name != "acme/app" || s.SourceKey != "github-json:acme/app" {
		t.Errorf("survey %+v", s)
	}
	if !importertest.HasNote(s, "pull_requests") || !importertest.HasNote(s, "comments_missing") {
		t.Errorf("notes %+v", s.Notes)
	}
	want := map[string]string{"title": "Dark mode", "key": "acme/app#7", "body": "It is\nbright", "state": "open", "labels": "ui|old", "assignees": "bob|cy", "user": "ada",
		"created_at": "2026-01-02T03:04:05Z", "closed_at": "", "milestone": "1.0", "milestone_due_on": "2026-03-01T00:00:00Z", "votes": "5", "reactions": "9",
		"html_url": "https://github.com/acme/app/issues/7", "repository": "acme/app"}
	got := importertest.Cells(s, rows[0])
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s = %q, want %q", k, got[k], v)
		}
	}
	if rows[0].SourceID != "acme/app#7" || !reflect.DeepEqual(rows[0].Aliases, []string{"#7", "https://github.com/acme/app/issues/7", "N7"}) {
		t.Errorf("ids %q %q", rows[0].SourceID, rows[0].Aliases)
	}
}

func TestCommandLineIssues(t *testing.T) {
	src := importer.BytesSource("issues.json", []byte(`[{"number":3,"title":"T","state":"CLOSED","stateReason":"NOT_PLANNED","url":"https://github.com/acme/app/issues/3",
"author":{"login":"ada"},"labels":[{"name":"x"}],"createdAt":"2026-01-02T03:04:05Z","closedAt":"2026-01-03T00:00:00Z","milestone":null,
"comments":[{"id":"IC1","author":{"login":"bob"},"body":"Yes; *please*","createdAt":"2026-01-02T05:00:00Z"}],
"reactionGroups":[{"content":"THUMBS_UP","users":{"totalCount":2}},{"content":"HEART","users":{"totalCount":1}}]}]`))
	s, rows := importertest.Read(t, Leaf(), src, importer.Options{})
	got := importertest.Cells(s, rows[0])
	if got["state"] != "closed" || got["state_reason"] != "not_planned" || got["votes"] != "2" || got["reactions"] != "3" || got["key"] != "acme/app#3" {
		t.Errorf("cells %q", got)
	}
	want := importer.Comment{SourceID: "IC1", At: time.Date(2026, 1, 2, 5, 0, 0, 0, time.UTC), Author: importer.Person{ID: "bob", Name: "bob"}, Body: "Yes; *please*"}
	if len(rows[0].Comments) != 1 || rows[0].Comments[0] != want || s.Totals.Comments != 1 || s.Totals.CommentsMissing != 0 {
		t.Errorf("comments %+v", rows[0].Comments)
	}
	if c := s.Column("state"); c.Values[0].Category != "done" {
		t.Errorf("closed counts as %q", c.Values[0].Category)
	}
}

func TestBrokenLists(t *testing.T) {
	for name, tt := range map[string]struct {
		in      string
		refused int
		rows    int
	}{
		"cut off":       {"[" + restIssue + ",\n{\"number\":9,\"ti", 1, 2},
		"wrong element": {"[" + restIssue + `,{"number":"nine","title":"x","state":"open"}]`, 1, 2},
		"deep":          {"[" + restIssue + `,{"number":9,"x":` + strings.Repeat("[", 70) + strings.Repeat("]", 70) + "}]", 1, 2},
	} {
		s, rows := importertest.Read(t, Leaf(), importer.BytesSource("i.json", []byte(tt.in)), importer.Options{})
		last := rows[len(rows)-1]
		if s.Totals.Refused != tt.refused || len(rows) != tt.rows || !last.Refused || len(last.Problems) != 1 || last.Line < 1 {
			t.Errorf("%s: %+v", name, rows)
		}
	}
	_, err := Leaf().Inspect(context.Background(), importer.BytesSource("i.json", []byte(`{"a":1}`)), importer.Options{})
	var r *importer.Refusal
	if !errors.As(err, &r) || r.Code != "no_issues" {
		t.Errorf("no issues: %v", err)
	}
}

func TestSamples(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importertest.Sample(t, "github-rest/issues.json"), importer.Options{})
	if len(rows) != 1 || s.Totals.Skipped != 1 || s.Name != "simonw/datasette" || rows[0].SourceID != "simonw/datasette#572" {
		t.Errorf("issues: %d of %s, %s", len(rows), s.Name, rows[0].SourceID)
	}
	if got := importertest.Cells(s, rows[0]); got["labels"] != "plugins" || got["milestone"] != "Custom templates edition" {
		t.Errorf("cells %q", got)
	}
	s, rows = importertest.Read(t, Leaf(), importertest.Sample(t, "github-rest/pull_requests.json"), importer.Options{})
	if len(rows) != 0 || s.Totals.Skipped == 0 {
		t.Errorf("pull requests: %d rows, %d skipped", len(rows), s.Totals.Skipped)
	}
}

func TestDetect(t *testing.T) {
	for name, tt := range map[string]struct {
		in       string
		from, to int
	}{
		"issues":     {"[" + restIssue + "]", 90, 100},
		"other JSON": {`[{"name":"x"}]`, 0, 0},
		"text":       {"number,title,state,labels\n", 0, 0},
		"look-alike": {`[{"number":1,"title":"x","state":"open","labels":[]}]`, 1, 60},
	} {
		if m := Leaf().Detect([]byte(tt.in), "x.json"); m.Confidence < tt.from || m.Confidence > tt.to {
			t.Errorf("%s: %+v", name, m)
		}
	}
}
