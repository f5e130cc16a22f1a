package cairn

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestIdeaEntity: the stored form that is written by hand is the one that
// encoding/json makes of the attributes.
func TestIdeaEntity(t *testing.T) {
	zone := time.FixedZone("east", 5*3600)
	moments := []time.Time{{}, time.Date(2026, 11, 28, 3, 4, 5, 0, time.UTC), time.Date(2026, 11, 28, 3, 4, 5, 123456000, zone), time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)}
	texts := []string{"", "Plain", "a \"quoted\" \\ text\n<b>&", "日本語 \u2028", "bad \xff"}
	rapid.Check(t, func(t *rapid.T) {
		text := func(name string) string { return rapid.SampledFrom(texts).Draw(t, name) }
		at := func(name string) time.Time { return rapid.SampledFrom(moments).Draw(t, name) }
		id := func(name string) ID { return ID(rapid.Int64Range(0, 3).Draw(t, name)) }
		i := Idea{
			Number: rapid.Int64().Draw(t, "number"), Title: text("title"), CreatedAt: at("created"), CreatedBy: id("by"), UpdatedAt: at("updated"), UpdatedBy: id("last"),
			Rank: text("rank"), Archived: rapid.Bool().Draw(t, "archived"), Type: id("type"), ParentIdea: id("parent"), Source: text("source"), SourceID: text("sourceId"),
		}
		want, wantErr := AttrsOf(ideaAttrs{
			i.Number, i.Title, i.CreatedAt.UTC(), i.CreatedBy, i.UpdatedAt.UTC(), i.UpdatedBy,
			i.Rank, i.Archived, i.Type, i.ParentIdea, i.Cover, i.Source, i.SourceID,
		})
		got, err := i.Entity()
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("error %v, want %v", err, wantErr)
		}
		if err != nil {
			return
		}
		if len(got.Attrs) != len(want) {
			t.Fatalf("%v, want %v", got.Attrs, want)
		}
		for name := range want {
			var x, y any
			if json.Unmarshal(got.Attrs[name], &x) != nil || json.Unmarshal(want[name], &y) != nil || x != y {
				t.Fatalf("%s is %s, want %s", name, got.Attrs[name], want[name])
			}
			if s, ok := x.(string); ok && got.Attrs.Text(name) != s {
				t.Fatalf("the text of %s is %q, want %q", name, got.Attrs.Text(name), s)
			}
		}
	})
}

// TestInKeys: a change of an attribute that is not in the keys leaves them.
func TestInKeys(t *testing.T) {
	names := []string{"source", "sourceId", "title", "email", "key", "user", "name", "deleted", "to", "type", "field", "f7"}
	values := []json.RawMessage{nil, json.RawMessage(`"a"`), json.RawMessage(`"b"`), json.RawMessage("3"), json.RawMessage("true")}
	var kinds []Kind
	for _, k := range Kinds() {
		kinds = append(kinds, k.Kind)
	}
	rapid.Check(t, func(t *rapid.T) {
		e := Entity{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Project: 1, Attrs: Attrs{}}
		for _, name := range names {
			e.Attrs.Set(name, rapid.SampledFrom(values).Draw(t, name))
		}
		before := e.Keys()
		name := rapid.SampledFrom(names).Draw(t, "changed")
		e.Attrs.Set(name, rapid.SampledFrom(values).Draw(t, "to"))
		if !e.Kind.InKeys(name) && !slices.Equal(before, e.Keys()) {
			t.Fatalf("a change of %s moves the keys of a %s from %v to %v", name, e.Kind, before, e.Keys())
		}
	})
}
