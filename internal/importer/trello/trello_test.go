package trello

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/internal/importer"
	"cairn/internal/importer/importertest"
)

const todaysBoard = `{"id":"5f0000000000000000000001","name":"Ideas","idOrganization":"o","shortLink":"AbC","prefs":{"permissionLevel":"private"},"labelNames":{},
"dateLastActivity":"2024-01-01T00:00:00.000Z",
"customFields":[{"id":"cf1","name":"Effort","type":"number"},{"id":"cf2","name":"Size","type":"list","options":[{"id":"op1","value":{"text":"Large"}}]},{"id":"cf3","name":"Sure","type":"checkbox"}],
"cards":[
 {"id":"652f1a000000000000000001","idShort":4,"shortLink":"Crd1","name":"Dark mode","desc":"Please","idList":"l1","pos":1024.5,"closed":false,"email":"secret@boards.example",
  "due":"2024-03-01T12:00:00.000Z","dueComplete":true,"start":"2024-02-01T12:00:00.000Z","dateLastActivity":"2024-02-02T00:00:00.000Z","shortUrl":"https://trello.com/c/Crd1","url":"https://trello.com/c/Crd1/4-dark",
  "labels":[{"id":"a","name":"","color":"lime_dark"},{"id":"b","name":"UI","color":"red"}],"idMembers":["m1","m2","m9"],"idMembersVoted":["m1"],
  "attachments":[{"name":"","url":"https://x.example/a.png","date":"2024-02-02T01:00:00.000Z","idMember":"m1"}],"badges":{"votes":3,"comments":4},
  "customFieldItems":[{"idCustomField":"cf1","value":{"number":"2.5"}},{"idCustomField":"cf2","idValue":"op1","value":null},{"idCustomField":"cf3","value":{"checked":"true"}}]},
 {"id":"652f1a000000000000000002","name":"Old","desc":"","idList":"l2","pos":1,"closed":false,"badges":{"votes":0,"comments":0}},
 {"id":"short","name":"Gone","desc":"x","idList":"l1","pos":2,"closed":true,"badges":{"votes":0,"comments":0}}],
"lists":[{"id":"l1","name":"Next","closed":false},{"id":"l2","name":"Past","closed":true}],
"members":[{"id":"m1","fullName":"Ada Lovelace","username":"ada"},{"id":"m2","fullName":"","username":"bob"}],
"checklists":[{"id":"k1","idCard":"652f1a000000000000000001","name":"Steps","pos":2,"checkItems":[{"name":"second","state":"complete","pos":2},{"name":"first\nline","state":"incomplete","pos":1}]}],
"actions":[{"id":"a2","type":"commentCard","date":"2024-02-03T00:00:00.000Z","memberCreator":{"id":"m2","fullName":"Bob","username":"bob"},"data":{"text":"later","card":{"id":"652f1a000000000000000001"}}},
 {"id":"a1","type":"commentCard","date":"2024-02-02T00:00:00.000Z","memberCreator":{"id":"m1","fullName":"Ada Lovelace"},"data":{"text":"**first**","card":{"id":"652f1a000000000000000001"}}},
 {"id":"a0","type":"createCard","date":"2023-05-05T05:05:05.000Z","data":{"card":{"id":"short"}}}]}`

func TestTodaysBoard(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importer.BytesSource("board.json", []byte(todaysBoard)), importer.Options{})
	if s.Name != "Ideas" || s.SourceKey != "trello-json:5f0000000000000000000001" || s.Totals.Archived != 2 || s.Totals.Comments != 2 || s.Totals.CommentsMissing != 2 {
		t.Errorf("survey %+v", s.Totals)
	}
	if !importertest.HasNote(s, "comments_missing") || !importertest.HasNote(s, "archived") {
		t.Errorf("notes %+v", s.Notes)
	}
	want := map[string]string{"name": "Dark mode", "desc": "Please\n\n### Steps\n\n- [ ] first line\n- [x] second", "list": "Next", "labels": "lime dark|UI",
		"owner": "Ada Lovelace", "contributors": "bob|m9", "created": "2023-10-17T23:34:24Z", "start": "2024-02-01T12:00:00.000Z", "due": "2024-03-01T12:00:00.000Z",
		"dueComplete": "true", "votes": "3", "url": "https://trello.com/c/Crd1", "pos": "1024.5", "closed": "", "custom:cf1": "2.5", "custom:cf2": "Large", "custom:cf3": "true"}
	got := importertest.Cells(s, rows[0])
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s = %q, want %q", k, got[k], v)
		}
	}
	c := rows[0].Comments
	if len(c) != 2 || c[0].Body != "**first**" || c[0].Author.Name != "Ada Lovelace" || c[1].SourceID != "a2" || !c[1].At.Equal(time.Date(2024, 2, 3, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("comments %+v", c)
	}
	a := rows[0].Attachments
	if len(a) != 1 || a[0].Name != "https://x.example/a.png" || a[0].Author.Name != "Ada Lovelace" {
		t.Errorf("attachments %+v", a)
	}
	if got := importertest.Cells(s, rows[1]); got["closed"] != "true" {
		t.Error("a card in an archived list is not archived")
	}
	if got := importertest.Cells(s, rows[2]); got["closed"] != "true" || got["created"] != "2023-05-05T05:05:05Z" {
		t.Errorf("created from the action: %q", got["created"])
	}
}

// IMP-42: an e-mail address of a card never leaves the file.
func TestNoEmail(t *testing.T) {
	s, rows := importertest.Read(t, Leaf(), importer.BytesSource("board.json", []byte(todaysBoard)), importer.Options{})
	for _, r := range rows {
		for k, v := range importertest.Cells(s, r) {
			if strings.Contains(v, "secret@") {
				t.Errorf("%s holds the address", k)
			}
		}
	}
}

// Data check 5: 206 ideas in 21 groups, made on one afternoon.
func TestPublicBoard(t *testing.T) {
	src := importertest.Sample(t, "trello/tellybox-ideas-board.json")
	s, rows := importertest.Read(t, Leaf(), src, importer.Options{})
	list := s.Column("list")
	if len(rows) != 206 || list.Distinct != 21 || list.Target != importer.Field(importer.Select) {
		t.Errorf("%d rows in %d lists", len(rows), list.Distinct)
	}
	from, to := time.Date(2016, 9, 26, 13, 23, 0, 0, time.UTC), time.Date(2016, 9, 26, 19, 47, 0, 0, time.UTC)
	for _, r := range rows {
		v, problems := importer.Convert(importer.Instant, r.Cells[colCreated], importer.Hints{})
		if len(problems) > 0 || v.At.Before(from) || v.At.After(to) {
			t.Fatalf("row %d made at %v", r.Number, v.At)
		}
	}
	head, err := importer.Head(src)
	if err != nil {
		t.Fatal(err)
	}
	if m := Leaf().Detect(head, "trello.json"); m.Confidence < 90 {
		t.Errorf("detect: %+v", m)
	}
}

func TestBrokenBoards(t *testing.T) {
	cut := todaysBoard[:strings.Index(todaysBoard, `{"id":"652f1a000000000000000002"`)+20]
	s, rows := importertest.Read(t, Leaf(), importer.BytesSource("b.json", []byte(cut)), importer.Options{})
	if last := rows[len(rows)-1]; len(rows) != 2 || !last.Refused || !strings.Contains(last.Problems[0].Reason, "cut off") || s.Totals.Refused != 1 {
		t.Errorf("cut off: %+v", rows)
	}
	odd := strings.Replace(todaysBoard, `"name":"Old"`, `"name":["Old"]`, 1)
	_, rows = importertest.Read(t, Leaf(), importer.BytesSource("b.json", []byte(odd)), importer.Options{})
	if len(rows) != 3 || !rows[1].Refused || rows[2].Refused {
		t.Errorf("odd card: %+v", rows)
	}
	for _, in := range []string{`{"id":"x","name":"y"}`, `[1]`, `{"a`, ``} {
		_, err := Leaf().Inspect(context.Background(), importer.BytesSource("b.json", []byte(in)), importer.Options{})
		var r *importer.Refusal
		if !errors.As(err, &r) || r.Code != "no_cards" {
			t.Errorf("%q: %v", in, err)
		}
	}
}
