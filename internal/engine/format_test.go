package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/engine"
)

// Formats of a field mark its cells or whole rows, the first that holds, after
// the rules of the view (RULE-6).
func TestFieldFormats(t *testing.T) {
	w := newWorld()
	f := cairn.Field{Name: "Impact", Type: cairn.TypeNumber, Position: 1, Formats: []cairn.FieldFormat{
		{Op: cairn.OpGte, Value: json.RawMessage("5"), Color: "green", Icon: "flame"},
		{Op: cairn.OpGte, Value: json.RawMessage("3"), Color: "amber"},
		{Op: cairn.OpLt, Value: json.RawMessage("0"), Color: "red", Icon: "alert", Whole: true},
		{Op: cairn.OpEmpty, Icon: "clock"},
	}}
	if err := f.Validate(); err != nil {
		t.Fatal(err)
	}
	id, c := w.create(cairn.KindField, 0, attrs(t, f))
	w.commit(t, c)
	ref := string(cairn.FieldRef(id))
	for i, value := range []string{"7", "3", "1", "-2", ""} {
		a := attrs(t, map[string]any{"title": "Idea", "number": i + 1, "rank": string(rune('a' + i))})
		if value != "" {
			a.Set(ref, json.RawMessage(value))
		}
		_, c := w.create(cairn.KindIdea, 0, a)
		w.commit(t, c)
	}
	marks := func(columns []cairn.Ref, rules ...cairn.ColorRule) []string {
		res, err := w.state.Eval(engine.Request{Columns: columns, Colors: rules, Limit: -1, Env: w.env()})
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Rows [][]json.RawMessage }
		if err := json.Unmarshal(res.AppendJSON(nil), &answer); err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, row := range answer.Rows {
			out = append(out, strings.ReplaceAll(string(row[3]), ref, "F"))
		}
		return out
	}
	want := []string{
		`{"cells":{"F":"green"},"icons":{"F":"flame"}}`, `{"cells":{"F":"amber"}}`, "null",
		`{"row":"red","cells":{},"icons":{"F":"alert"}}`, `{"cells":{},"icons":{"F":"clock"}}`,
	}
	if got := marks([]cairn.Ref{cairn.Ref(ref)}); strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("marks are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	// A view that does not show the field is not marked; a rule of the view wins.
	if got := strings.Join(marks([]cairn.Ref{cairn.RefTitle}), " "); got != "null null null null null" {
		t.Errorf("marks without the column: %s", got)
	}
	rule := cairn.ColorRule{When: cairn.Filter{Field: cairn.Ref(ref), Op: cairn.OpGt, Value: json.RawMessage("0")}, Color: "blue", Field: cairn.Ref(ref)}
	if got := marks([]cairn.Ref{cairn.Ref(ref)}, rule)[0]; got != `{"cells":{"F":"blue"}}` {
		t.Errorf("with a rule of the view the first row is %s, want its blue", got)
	}
	// A format that does not fit any more marks nothing.
	w.commit(t, w.set(id, "type", json.RawMessage(`"short_text"`)))
	if got := marks([]cairn.Ref{cairn.Ref(ref)})[0]; strings.Contains(got, "green") {
		t.Errorf("after a change of type the first row is still %s", got)
	}
}

// Formats that cannot be shown are refused, naming which.
func TestFormatsRefused(t *testing.T) {
	for name, f := range map[string]cairn.FieldFormat{
		"does not fit":       {Op: cairn.OpContains, Color: "red"},
		"a colour or an ico": {Op: cairn.OpEmpty},
		"not a colour":       {Op: cairn.OpEmpty, Color: "mauve"},
		"not one of the ico": {Op: cairn.OpEmpty, Icon: "skull"},
		"choose one":         {Op: cairn.OpEmpty, Icon: "flag", Whole: true},
	} {
		field := cairn.Field{Name: "Impact", Type: cairn.TypeNumber, Formats: []cairn.FieldFormat{f}}
		if err := field.Validate(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("a format %+v gives %v, want a refusal with %q", f, err, name)
		}
	}
}
