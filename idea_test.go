package cairn_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"cairn"
)

// TestIdeaOf: an idea comes back from its stored form, and from every other form
// that encoding/json would read.
func TestIdeaOf(t *testing.T) {
	at := time.Date(2026, 11, 3, 10, 11, 12, 345_678_000, time.UTC)
	idea := cairn.Idea{
		ID: 7, Project: 3, Version: 9, Number: 12, Title: "Say \"yes\"\\no – 日本 \u2028", Description: "A\nB",
		CreatedAt: at, CreatedBy: 5, UpdatedAt: at.Add(time.Hour), UpdatedBy: 6, Rank: "a0V", Archived: true,
		Source: "jira", SourceID: "OLD-1", Values: map[cairn.Ref]json.RawMessage{"f17": json.RawMessage(`[1,2]`)},
	}
	e, err := idea.Entity()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := cairn.IdeaOf(e); err != nil || !reflect.DeepEqual(got, idea) {
		t.Errorf("%+v, %v; want %+v", got, err, idea)
	}
	e.Attrs["archived"], e.Attrs["title"], e.Attrs["createdBy"] = json.RawMessage("false"), json.RawMessage(` "spaced" `), json.RawMessage("null")
	idea.Archived, idea.Title, idea.CreatedBy = false, "spaced", 0
	if got, err := cairn.IdeaOf(e); err != nil || !reflect.DeepEqual(got, idea) {
		t.Errorf("%+v, %v; want %+v", got, err, idea)
	}
	e.Attrs["number"] = json.RawMessage(`"12"`)
	if got, err := cairn.IdeaOf(e); err == nil {
		t.Errorf("a number that is a text becomes %d", got.Number)
	}
}
