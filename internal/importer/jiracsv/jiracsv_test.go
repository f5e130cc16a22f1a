package jiracsv

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

func read(t *testing.T, csv string) (*importer.Survey, []importer.Row) {
	t.Helper()
	return importertest.Read(t, Leaf(), importer.BytesSource("jira.csv", []byte(csv)), importer.Options{})
}

func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, time.UTC)
}

// IMP-17, IMP-20, IMP-21: columns by name, repeated ones as lists, people with their ids.
func TestRepeatedColumns(t *testing.T) {
	s, rows := read(t, "\ufeffIssue key,Labels,Summary,Labels,Watchers,Watchers Id,Watchers,Watchers Id,Labels\n"+
		"A-1,x,First,,Ada,1,Bob,2,z\nA-2,,Second,,,,,,\n")
	got := importertest.Cells(s, rows[0])
	if got["Summary"] != "First" || got["Labels"] != "x|z" || got["Watchers"] != "Ada|Bob" || got["Watchers Id"] != "1|2" {
		t.Errorf("cells %q", got)
	}
	if c := s.Column("Labels"); c.Repeated() != 3 || c.Filled != 1 || c.Target.Kind != importer.ToLabels {
		t.Errorf("labels %+v", c)
	}
	if c := s.Column("Watchers"); c.Twin != "Watchers Id" || s.Column("Watchers Id").Target.Kind != importer.ToNothing {
		t.Errorf("watchers %+v", c)
	}
	if rows[0].SourceID != "A-1" || s.Column("Summary").Target.Kind != importer.ToTitle {
		t.Error("the byte order mark hides the first column")
	}
}

// IMP-22: comments are date;author;body, cut at the first two semicolons only.
func TestComments(t *testing.T) {
	_, rows := read(t, "Summary,Issue key,Creator,Creator Id,Comment,Comment,Comment\n"+
		"T,A-1,Ada Lovelace,712020:ab,25/Feb/26 4:38 PM;712020:ab;one; two; *three*,25/Jun/20 12:44;fred;hi [~accountid:712020:ab],no form at all\n")
	c := rows[0].Comments
	if len(c) != 3 {
		t.Fatalf("%d comments", len(c))
	}
	if c[0].Body != "one; two; **three**" || !c[0].At.Equal(at(2026, 2, 25, 16, 38)) || c[0].Author != (importer.Person{ID: "712020:ab", Name: "Ada Lovelace"}) {
		t.Errorf("first %+v", c[0])
	}
	if c[1].Body != "hi @Ada Lovelace" || !c[1].At.Equal(at(2020, 6, 25, 12, 44)) || c[1].Author.Name != "fred" {
		t.Errorf("second %+v", c[1])
	}
	if c[2].Body != "no form at all" || !c[2].At.IsZero() || len(rows[0].Problems) != 1 || rows[0].Problems[0].Code != "comment_form" {
		t.Errorf("third %+v, %+v", c[2], rows[0].Problems)
	}
	if c[0].SourceID == c[1].SourceID || c[0].SourceID == "" {
		t.Error("comments are not told apart")
	}
}

// IMP-23: the time zone is the one chosen, since the file names none.
func TestTimeZone(t *testing.T) {
	src := importer.BytesSource("j.csv", []byte("Summary,Issue key,Comment\nT,A-1,25/Feb/26 4:38 PM;x;y\n"))
	_, rows := importertest.Read(t, Leaf(), src, importer.Options{TimeZone: "Europe/Berlin"})
	if got := rows[0].Comments[0].At; !got.Equal(at(2026, 2, 25, 15, 38)) {
		t.Errorf("read as %v", got)
	}
}

// IMP-24: links, attachments and parents.
func TestLinks(t *testing.T) {
	s, rows := read(t, "Summary,Issue key,Issue id,Outward issue link (Blocks),Outward issue link (Blocks),Inward issue link (Cloners),Attachment,Attachment,Parent,Parent key\n"+
		"T,A-2,102,A-3,A-4,A-5,25/Feb/26 10:17 PM;ada;a;b.png,25/Feb/26 10:17 PM;712020:x;shot;1.png;https://x.example/1,101,A-1\n")
	want := []importer.Link{{Type: "Blocks", Ref: "A-3", Out: true}, {Type: "Blocks", Ref: "A-4", Out: true}, {Type: "Cloners", Ref: "A-5"}}
	if !reflect.DeepEqual(rows[0].Links, want) || s.Totals.Links != 3 {
		t.Errorf("links %+v", rows[0].Links)
	}
	if !reflect.DeepEqual(rows[0].Parent, []string{"A-1", "101"}) || !reflect.DeepEqual(rows[0].Aliases, []string{"102"}) {
		t.Errorf("parent %q, aliases %q", rows[0].Parent, rows[0].Aliases)
	}
	a := rows[0].Attachments
	if len(a) != 2 || a[0].URL != "b.png" || a[1].Name != "shot" || a[1].URL != "1.png;https://x.example/1" {
		t.Errorf("attachments %+v", a)
	}
}

// IMP-25: what Jira writes for nothing, ranks, internal objects, categories.
func TestNoise(t *testing.T) {
	s, rows := read(t, "Summary,Issue key,Status,Status Category,Custom field (Development),Custom field (Rank),Custom field (Approvals),Custom field (Story Points),Project name,Custom field (Impact),Custom field (Impact)\n"+
		"T,A-1,Doing,In Progress,{},0|i02m2f:,com.a.b.ApprovalsCFValue@21c2fe6f,4.0,P,3,5\n"+
		"U,A-2,Shipped,Done,{},0|i02m3f:,com.a.b.ApprovalsCFValue@21c2fe70,,P,,\n")
	want := map[string]importer.Target{
		"Custom field (Development)":  {Kind: importer.ToNothing},
		"Custom field (Rank)":         {Kind: importer.ToRank},
		"Custom field (Approvals)":    {Kind: importer.ToNothing},
		"Custom field (Story Points)": importer.Field(importer.Number),
		"Project name":                {Kind: importer.ToNothing},
		"Status":                      importer.Field(importer.Select),
		"Status Category":             {Kind: importer.ToNothing},
	}
	for key, target := range want {
		if c := s.Column(key); c.Target != target {
			t.Errorf("%s goes to %+v (%s)", key, c.Target, c.Why)
		}
	}
	if c := s.Column("Custom field (Story Points)"); c.Label != "Story Points" {
		t.Errorf("label %q", c.Label)
	}
	for _, v := range s.Column("Status").Values {
		if v.Category != map[string]string{"Doing": "active", "Shipped": "done"}[v.Value] {
			t.Errorf("status %+v", v)
		}
	}
	if !importertest.HasNote(s, "java_objects") || !importertest.HasNote(s, "same_name") {
		t.Errorf("notes %+v", s.Notes)
	}
	if got := importertest.Cells(s, rows[0]); got["Custom field (Impact)"] != "3|5" || got["Custom field (Development)"] != "" {
		t.Errorf("cells %q", got)
	}
}

func TestWikiText(t *testing.T) {
	s, rows := read(t, "Summary,Issue key,Description,Custom field (Steps)\nT,A-1,\"h2. Why\n\n*b*\",\"# one\n# two\"\n")
	got := importertest.Cells(s, rows[0])
	if got["Description"] != "## Why\n\n**b**" || got["Custom field (Steps)"] != "1. one\n1. two" {
		t.Errorf("cells %q", got)
	}
}

func TestCutOffAndBad(t *testing.T) {
	s, rows := read(t, "Summary,Issue key,Description\nT,A-1,x\nU,A-2,\"cut off here\nand on")
	if len(rows) != 2 || !rows[1].Refused || rows[1].Problems[0].Line != 3 || rows[1].Problems[0].Column != "Description" || s.Totals.Refused != 1 || !importertest.HasNote(s, "unclosed_quote") {
		t.Errorf("rows %+v", rows)
	}
	_, err := Leaf().Inspect(context.Background(), importer.BytesSource("x.csv", []byte("a,b\n1,2\n")), importer.Options{})
	var r *importer.Refusal
	if !errors.As(err, &r) || r.Code != "no_header" {
		t.Errorf("no header: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Leaf().Inspect(ctx, importer.BytesSource("x.csv", []byte("Summary,Issue key\n1,2\n")), importer.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func convert(t *testing.T, s *importer.Survey, r importer.Row, key string) importer.Value {
	t.Helper()
	for i, c := range s.Columns {
		if c.Key == key {
			v, problems := importer.Convert(c.Target.ValueType(), r.Cells[i], importer.HintsFor(s, r, i))
			if len(problems) > 0 {
				t.Fatalf("%s: %+v", key, problems)
			}
			return v
		}
	}
	t.Fatalf("no column %s", key)
	return importer.Value{}
}

// Data check 1: a Cloud export with 22 issues, 17 comments, up to 3 watchers.
func TestCloudSample(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importertest.Sample(t, "jira-csv/planeso-cloud-allfields.csv"), importer.Options{})
	if len(rows) != 22 || s.Totals.Comments != 17 || s.Title != "Jira CSV (Cloud)" || s.Name != "TestAutoGen" {
		t.Errorf("%d rows, %d comments, %s", len(rows), s.Totals.Comments, s.Title)
	}
	used, watchers := 0, 0
	for _, c := range s.Columns {
		if c.Target.Kind != importer.ToNothing {
			used++
		}
	}
	for _, r := range rows {
		watchers = max(watchers, len(convert(t, s, r, "Watchers").People))
		for _, c := range r.Comments {
			if c.At.IsZero() || strings.Contains(c.Body, "[~accountid") {
				t.Errorf("comment %+v", c)
			}
		}
	}
	if watchers != 3 {
		t.Errorf("%d watchers", watchers)
	}
	if used > 22 {
		t.Errorf("%d of the columns are proposed as fields", used)
	}
	if p := convert(t, s, rows[1], "Assignee").People; len(p) != 1 || p[0].ID != "712020:00000000-0000-4000-8000-000000000002" || p[0].Name != "Person 01" {
		t.Errorf("assignee %+v", p)
	}
	if v := convert(t, s, rows[0], "Created"); !v.At.Equal(at(2025, 9, 22, 9, 26)) {
		t.Errorf("created %v", v.At)
	}
}

// Data check 2: Server exports, 24-hour dates, two descriptions of several lines.
func TestServerSamples(t *testing.T) {
	for _, name := range []string{"poinz-server-allfields.csv", "poinz-server-consensus.csv"} {
		s, rows := importertest.Read(t, Leaf(), importertest.Sample(t, "jira-csv/"+name), importer.Options{})
		long := 0
		for _, r := range rows {
			if strings.Contains(importertest.Cells(s, r)["Description"], "\n\n") {
				long++
			}
		}
		if len(rows) != 4 || long != 2 || s.Title != "Jira CSV (Server or Data Center)" {
			t.Errorf("%s: %d rows, %d long, %s", name, len(rows), long, s.Title)
		}
		if v := convert(t, s, rows[1], "Updated"); !v.At.Equal(at(2020, 6, 12, 10, 59)) {
			t.Errorf("updated %v", v.At)
		}
		if p := convert(t, s, rows[0], "Reporter").People; len(p) != 1 || p[0].Email == "" {
			t.Errorf("reporter %+v", p)
		}
	}
}

// Data check 3: a site with product discovery, 155 headers, parents by id.
func TestDiscoverySample(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importertest.Sample(t, "jira-csv/jpd-site-allfields-excerpt.csv"), importer.Options{})
	headers := 0
	for _, c := range s.Columns {
		headers += c.Repeated()
	}
	if len(rows) != 3 || headers != 155 {
		t.Errorf("%d rows, %d headers", len(rows), headers)
	}
	if !reflect.DeepEqual(rows[0].Parent, []string{"DI-86", "43403", "Support"}) || len(rows[2].Parent) != 0 {
		t.Errorf("parents %q, %q", rows[0].Parent, rows[2].Parent)
	}
	if a := rows[0].Attachments; len(a) != 1 || a[0].Name != "image-20251204-235900.png" || !strings.HasPrefix(a[0].URL, "https://") {
		t.Errorf("attachments %+v", a)
	}
	if v := convert(t, s, rows[0], "Custom field (Story point estimate)"); v.Number != 4 {
		t.Errorf("story points %v", v.Number)
	}
}
