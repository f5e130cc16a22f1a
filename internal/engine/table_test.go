package engine_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"cairn"
	"cairn/internal/engine"
)

// EVD-18: what is no idea is filtered and sorted as ideas are.
func TestTable(t *testing.T) {
	rows := []map[cairn.Ref]string{
		{"name": `"Ärzte"`, "size": `3`, "plan": `2`, "since": `"2026-11-01"`},
		{"name": `"zoo"`, "size": `20`, "plan": `1`},
		{"name": `"Bank"`, "plan": `2`, "since": `"2025-01-31"`},
		{"name": `"alpha"`, "size": `20`, "since": `"2026-11-27"`},
	}
	today, _ := cairn.ParseDay("2026-11-28")
	table := engine.Table{Rows: len(rows), Today: today}
	column := func(ref cairn.Ref, typ cairn.FieldType, options ...cairn.Option) {
		table.Columns = append(table.Columns, engine.TableColumn{Ref: ref, Label: string(ref), Type: typ, Options: options, Value: func(row int) json.RawMessage {
			return json.RawMessage(rows[row][ref])
		}})
	}
	column("name", cairn.TypeShortText)
	column("size", cairn.TypeNumber)
	column("plan", cairn.TypeSelect, cairn.Option{ID: 2, Name: "Paid"}, cairn.Option{ID: 1, Name: "Free"})
	column("since", cairn.TypeDate)

	for _, c := range []struct {
		filter string
		sort   []cairn.SortKey
		want   []int32
	}{
		{`{}`, nil, []int32{0, 1, 2, 3}},
		{`{}`, []cairn.SortKey{{Field: "name"}}, []int32{3, 0, 2, 1}},
		{`{}`, []cairn.SortKey{{Field: "size", Desc: true}, {Field: "name", Desc: true}}, []int32{1, 3, 0, 2}},
		{`{}`, []cairn.SortKey{{Field: "plan"}}, []int32{0, 2, 1, 3}},
		{`{"field":"size","op":"between","value":[3,19]}`, nil, []int32{0}},
		{`{"field":"since","op":"past","value":{"n":30,"unit":"day"}}`, []cairn.SortKey{{Field: "since", Desc: true}}, []int32{3, 0}},
		{`{"any":[{"field":"name","op":"starts_with","value":"a"},{"field":"since","op":"empty"}]}`, nil, []int32{0, 1, 3}},
		{`{"not":{"all":[{"field":"plan","op":"any_of","value":[2]},{"field":"size","op":"not_empty"}]}}`, nil, []int32{1, 2, 3}},
	} {
		var filter cairn.Filter
		if err := json.Unmarshal([]byte(c.filter), &filter); err != nil {
			t.Fatal(err)
		}
		if got, err := table.Arrange(filter, c.sort); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s %v: rows %v, %v; want %v", c.filter, c.sort, got, err, c.want)
		}
	}

	for _, bad := range []cairn.Filter{
		{Field: "gone", Op: cairn.OpEmpty},
		{Field: "size", Op: cairn.OpContains, Value: json.RawMessage(`"3"`)},
		{Field: "size", Op: cairn.OpGt, Value: json.RawMessage(`"three"`)},
		{Field: "name", Not: &cairn.Filter{Field: "size"}},
	} {
		if _, err := table.Arrange(bad, nil); cairn.CodeOf(err) != cairn.CodeInvalid {
			t.Errorf("%v: %v", fmt.Sprint(bad), err)
		}
	}
	if _, err := table.Arrange(cairn.Filter{}, []cairn.SortKey{{Field: "gone"}}); cairn.CodeOf(err) != cairn.CodeInvalid {
		t.Errorf("sorted by what is not there: %v", err)
	}
}
