package template

import (
	"encoding/json"
	"regexp"
	"strconv"
	"testing"

	"cairn"
)

// Ids of the source stand out, so that none is taken for a number: 9001 the
// project, 9002 to 9010 fields, 9020s options, 9030 a type, 9040s sections,
// 9050s views.
const source = `{
	"from": 9001, "description": "Seven ideas", "icon": "🏠", "defaultView": 9051,
	"fields": [
		{"id": 9002, "def": {"name": "Roadmap", "type": "select", "position": 1, "pinned": true, "description": "When",
			"options": [{"id": 9020, "name": "Now", "color": "green", "weight": 3}, {"id": 9021, "name": "Later", "color": "red"}],
			"rules": {"onCreate": true, "default": 9020},
			"formats": [{"op": "any_of", "value": [9020, 9021], "color": "red", "whole": true}, {"op": "empty", "icon": "flag"}]}},
		{"id": 9003, "def": {"name": "Impact", "type": "rating", "position": 2, "formats": [{"op": "gte", "value": 4, "color": "green"}],
			"rules": {"before": {"field": "f9002", "options": [9021, 9020]}, "default": 3}}},
		{"id": 9004, "def": {"name": "Effort", "type": "number", "position": 3, "hidden": true, "number": {"unit": "weeks", "min": 0, "max": 9020}}},
		{"id": 9005, "def": {"name": "Score", "type": "formula", "position": 4, "formula": {"kind": "expression", "expression": "sum(children.{f9003}) + {f9003} / {f9004} + if(\"{f9003}\" = title, 1, 0)"}}},
		{"id": 9006, "def": {"name": "Sum", "type": "formula", "position": 5, "formula": {"kind": "weighted", "inputs": [{"field": "f9003", "weight": 2}, {"field": "f9004", "weight": -1}]}}},
		{"id": 9007, "def": {"name": "Votes", "type": "votes", "position": 6, "votes": {"budget": 9}}},
		{"id": 9008, "def": {"name": "Needs", "type": "connection", "position": 7, "connection": {"projects": [9001, 77], "types": [9030, 78]}}},
		{"id": 9009, "def": {"name": "Areas", "type": "multi_select", "position": 8, "openToContributors": true, "options": [{"id": 9022, "name": "A"}], "rules": {"default": [9022]}}},
		{"id": 9010, "def": {"name": "Owner", "type": "person", "position": 9, "rules": {"default": "me"}}}
	],
	"types": [{"id": 9030, "def": {"name": "Solution", "icon": "rocket", "color": "blue", "template": "Why?", "root": true, "position": 1}}],
	"sections": [{"id": 9040, "def": {"name": "Plan", "position": 1}}, {"id": 9041, "def": {"name": "Inner", "position": 1, "parent": 9040}}],
	"views": [
		{"id": 9050, "def": {"name": "All", "kind": "board", "position": 1, "section": 9041, "autosave": true, "icon": "map", "description": "**Read**",
			"query": {
				"filter": {"all": [{"field": "f9002", "op": "any_of", "value": [9020]}, {"not": {"field": "type", "op": "none_of", "value": [9030]}},
					{"any": [{"field": "f9003", "op": "gt", "value": 5}, {"field": "f9010", "op": "any_of", "value": ["me", 12]}, {"field": "f9002", "op": "empty"}]}]},
				"where": "{f9003} > 2 and {f9005} < 9", "sort": [{"field": "f9005", "desc": true}, {"field": "title"}], "rank": "r9051",
				"group": [{"field": "f9002", "showEmpty": true, "order": [9021, null], "hidden": [9020]}, {"field": "f9003", "order": [5, 1]}],
				"rollups": [{"field": "f9003", "op": "average"}]},
			"columns": [{"field": "f9003", "width": 240}, {"field": "children.sum.f9004"}, {"field": "updatedAt"}],
			"colors": [{"when": {"field": "f9009", "op": "all_of", "value": [9022]}, "color": "red", "field": "f9003"}],
			"colorBy": {"field": "f9002", "style": "highlight"}, "rowHeight": "compact",
			"layout": {
				"board": {"card": "detailed", "cover": "f9009", "groups": [{"field": "f9002", "key": 9020, "limit": 3, "block": true}, {"field": "f9003", "key": 4, "collapsed": true}]},
				"matrix": {"x": {"field": "f9004", "log": true}, "y": {"field": "f9003"}, "size": "f9005", "color": "f9002", "quadrants": {"x": 3, "lowHigh": "Yes"}},
				"timeline": {"start": "createdAt", "end": "updatedAt", "markers": [{"name": "Launch", "date": "2027-01-31"}], "load": {"field": "f9004", "capacity": 9}},
				"tree": {"direction": "down", "rollups": [{"field": "f9004", "op": "sum"}]}
			}}},
		{"id": 9051, "def": {"name": "Locked", "kind": "list", "position": 2, "locked": true, "query": {}}}
	]}`

func saved(t *testing.T, text string) Saved {
	t.Helper()
	var s Saved
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t *testing.T, s Saved) string {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TPL-6: every id of the form is made anew wherever it stands, each once, and
// nothing else changes. The oracle replaces them in the text.
func TestAnew(t *testing.T) {
	in := saved(t, source)
	before := written(t, in)
	ids := map[string]string{"9001": "500"}
	next := cairn.ID(70_000)
	out := in.Anew(500, func() cairn.ID { next++; return next })
	if written(t, in) != before {
		t.Error("the form that was saved has changed")
	}
	// What became of each id is told by where it is defined.
	for i, f := range in.Fields {
		ids[f.ID.String()] = out.Fields[i].ID.String()
		for o, option := range f.Def.Options {
			ids[option.ID.String()] = out.Fields[i].Def.Options[o].ID.String()
		}
	}
	for i, p := range in.Types {
		ids[p.ID.String()] = out.Types[i].ID.String()
	}
	for i, p := range in.Sections {
		ids[p.ID.String()] = out.Sections[i].ID.String()
	}
	for i, p := range in.Views {
		ids[p.ID.String()] = out.Views[i].ID.String()
	}
	seen := make(map[string]bool)
	for old, id := range ids {
		if n, _ := strconv.Atoi(id); seen[id] || (n <= 70_000 && old != "9001") {
			t.Errorf("%s became %s, which is not its own", old, id)
		}
		seen[id] = true
	}
	// A largest value and a text in a formula are no ids.
	keep := regexp.MustCompile(`"max":9020|\\"\{f9003\}\\"`)
	place := regexp.MustCompile(keep.String() + `|90\d\d`)
	want := place.ReplaceAllStringFunc(before, func(s string) string {
		if keep.MatchString(s) {
			return s
		}
		return ids[s]
	})
	if got := written(t, out); got != want {
		t.Errorf("the form became\n%s\nwant\n%s", got, want)
	}
	for _, f := range out.Fields {
		if err := f.Def.Validate(); err != nil {
			t.Error(err)
		}
	}
	for _, v := range out.Views {
		if err := v.Def.Validate(); err != nil {
			t.Error(err)
		}
	}
}

// TPL-7: what names something that is not in the form is left out, so that
// nothing of the old project or of another is meant by chance.
func TestAnewLeavesOut(t *testing.T) {
	in := saved(t, `{
		"from": 9001, "defaultView": 66,
		"fields": [
			{"id": 9002, "def": {"name": "Roadmap", "type": "select", "position": 1, "options": [{"id": 9020, "name": "Now"}],
				"rules": {"default": 66}, "formats": [{"op": "any_of", "value": [66], "color": "red"}, {"op": "any_of", "value": [66, 9020], "color": "blue"}]}},
			{"id": 9003, "def": {"name": "Impact", "type": "rating", "position": 2, "rules": {"before": {"field": "f66", "options": [9020]}}}},
			{"id": 9008, "def": {"name": "Needs", "type": "connection", "position": 3, "rules": {"default": [66]}}}
		],
		"views": [{"id": 9050, "def": {"name": "All", "kind": "list", "position": 1, "section": 66,
			"query": {"filter": {"all": [{"field": "parent", "op": "any_of", "value": [66]}, {"field": "f9008", "op": "any_of", "value": [66]},
					{"any": [{"field": "f66", "op": "empty"}]}, {"field": "f9002", "op": "any_of", "value": [66, 9020]}]},
				"sort": [{"field": "f66"}, {"field": "f9003"}], "rank": "r66", "rollups": [{"field": "f66", "op": "sum"}],
				"group": [{"field": "f66"}, {"field": "f9002", "hidden": [66]}]},
			"columns": [{"field": "f66"}, {"field": "children.sum.f66"}, {"field": "f9003"}],
			"colors": [{"when": {"field": "f66", "op": "empty"}, "color": "red"}, {"when": {"field": "f9003", "op": "empty"}, "color": "red", "field": "f66"}],
			"colorBy": {"field": "f66"},
			"layout": {"board": {"cover": "f66", "groups": [{"field": "f66", "key": 1}, {"field": "f9002", "key": 66}]},
				"matrix": {"x": {"field": "f66"}, "y": {"field": "f9003"}}, "timeline": {"start": "f66", "end": "updatedAt", "load": {"field": "f66"}},
				"tree": {"rollups": [{"field": "f66", "op": "sum"}]}}}}]}`)
	next := cairn.ID(0)
	got := written(t, in.Anew(500, func() cairn.ID { next++; return next }))
	want := written(t, saved(t, `{
		"from": 500,
		"fields": [
			{"id": 1, "def": {"name": "Roadmap", "type": "select", "position": 1, "options": [{"id": 2, "name": "Now"}],
				"rules": {}, "formats": [{"op": "any_of", "value": [2], "color": "blue"}]}},
			{"id": 3, "def": {"name": "Impact", "type": "rating", "position": 2, "rules": {}}},
			{"id": 4, "def": {"name": "Needs", "type": "connection", "position": 3, "rules": {}}}
		],
		"views": [{"id": 5, "def": {"name": "All", "kind": "list", "position": 1,
			"query": {"filter": {"all": [{"field": "f1", "op": "any_of", "value": [2]}]}, "sort": [{"field": "f3"}], "group": [{"field": "f1"}]},
			"columns": [{"field": "f3"}],
			"layout": {"board": {}, "matrix": {"y": {"field": "f3"}}, "timeline": {}, "tree": {}}}}]}`))
	if got != want {
		t.Errorf("the form became\n%s\nwant\n%s", got, want)
	}
}
