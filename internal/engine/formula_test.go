package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/formula"
)

// scored is a small product with formulas of every kind.
func scored(t *testing.T) (*world, map[string]cairn.Ref, []cairn.ID) {
	t.Helper()
	w := newWorld()
	refs := map[string]cairn.Ref{}
	add := func(f cairn.Field) {
		id, c := w.create(cairn.KindField, 0, attrs(t, f))
		w.commit(t, c)
		refs[f.Name] = cairn.FieldRef(id)
	}
	add(cairn.Field{Name: "Impact", Type: cairn.TypeNumber})
	add(cairn.Field{Name: "Effort", Type: cairn.TypeNumber})
	add(cairn.Field{Name: "Ratio", Type: cairn.TypeFormula, Formula: &cairn.Formula{Kind: cairn.FormulaExpression, Expression: "{" + string(refs["Impact"]) + "} / {Effort}"}})
	add(cairn.Field{Name: "Score", Type: cairn.TypeFormula, Formula: &cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: []cairn.FormulaInput{
		{Field: refs["Impact"], Weight: 1}, {Field: refs["Effort"], Weight: -1},
	}}})
	var ids []cairn.ID
	for _, values := range []map[string]any{
		{"title": "First", "number": 1, "rank": "a", string(refs["Impact"]): 5, string(refs["Effort"]): 2},
		{"title": "Second", "number": 2, "rank": "b", string(refs["Impact"]): 3},
		{"title": "Third", "number": 3, "rank": "c", string(refs["Impact"]): 1, string(refs["Effort"]): 4},
	} {
		id, c := w.create(cairn.KindIdea, 0, attrs(t, values))
		w.commit(t, c)
		ids = append(ids, id)
	}
	return w, refs, ids
}

func TestExplain(t *testing.T) {
	w, refs, ids := scored(t)
	x, err := w.state.Explain(ids[0], refs["Ratio"], w.env())
	if err != nil || x.Result != "2.5" || x.Status != "ok" {
		t.Errorf("ratio of the first: %+v, %v", x, err)
	}
	x, err = w.state.Explain(ids[1], refs["Ratio"], w.env())
	if err != nil || x.Value != nil || x.Status != "division_by_zero" || !strings.Contains(x.Note, "Effort is missing") {
		t.Errorf("ratio of the second: %+v, %v", x, err)
	}
	// 5, 3, 1 are 100, 60, 20; 2, 0, 4 are 50, 0, 100: the first has 100 / 50.
	x, err = w.state.Explain(ids[0], refs["Score"], w.env())
	if err != nil || x.Result != "2" || len(x.Steps) < 2 {
		t.Errorf("score of the first: %+v, %v", x, err)
	}
	cells, ok := w.state.Row(ids[0], []cairn.Ref{refs["Score"], refs["Impact"], "f999"}, w.env())
	if !ok || cells[0].Value.Num != *x.Value || cells[1].Value.Num != 5 || !cells[2].Value.IsNull() {
		t.Errorf("row: %+v", cells)
	}
	if _, err := w.state.Explain(ids[0], refs["Impact"], w.env()); cairn.CodeOf(err) != cairn.CodeInvalid {
		t.Errorf("explaining a number field: %v", err)
	}
	if _, err := w.state.Explain(4711, refs["Score"], w.env()); cairn.CodeOf(err) != cairn.CodeNotFound {
		t.Errorf("explaining an unknown idea: %v", err)
	}
	if _, ok := w.state.Row(4711, nil, w.env()); ok {
		t.Error("an unknown idea has a row")
	}
}

func TestCheckFormula(t *testing.T) {
	w, refs, _ := scored(t)
	ratio, _ := w.state.Field(refs["Ratio"])
	expression := func(f cairn.Field, text string) cairn.Field {
		f.Formula = &cairn.Formula{Kind: cairn.FormulaExpression, Expression: text}
		return f
	}
	for _, c := range []struct {
		field cairn.Field
		want  string // part of the error; "" for none
	}{
		{ratio, ""},
		{expression(cairn.Field{Name: "New", Type: cairn.TypeFormula}, "{Ratio} * 2"), ""},
		{expression(ratio, "{Impct} + 1"), `Did you mean {Impact}?`},
		{expression(ratio, "{Impact} +"), "Ratio, at character"},
		{expression(ratio, "{Ratio} + 1"), "goes round in a circle: Ratio uses Ratio"},
		{expression(cairn.Field{Name: "New", Type: cairn.TypeFormula}, "{New} + 1"), `There is no field named "New"`},
		{cairn.Field{Name: "New", Formula: &cairn.Formula{Kind: cairn.FormulaSum}}, "no inputs"},
		{cairn.Field{Name: "New", Formula: &cairn.Formula{Kind: cairn.FormulaSum, Inputs: []cairn.FormulaInput{{Field: cairn.RefTitle}}}}, "gives no number"},
		{cairn.Field{Name: "New"}, "needs a formula"},
	} {
		err := w.state.CheckFormula(c.field)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%+v: %v", c.field.Formula, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%+v: error %v, want %q", c.field.Formula, err, c.want)
		case err != nil && cairn.CodeOf(err) != cairn.CodeInvalid:
			t.Errorf("%v has the code %s", err, cairn.CodeOf(err))
		}
	}
}

// Formulas on a circle, which undo can bring about, say so (VQ-72).
func TestCircle(t *testing.T) {
	w, refs, ids := scored(t)
	ratio, _ := refs["Ratio"].FieldID()
	w.commit(t, w.set(ratio, "formula", raw(`{"kind":"expression","expression":"{Score} + 1"}`)))
	score, _ := refs["Score"].FieldID()
	w.commit(t, w.set(score, "formula", raw(`{"kind":"expression","expression":"{Ratio} + 1"}`)))
	cells, _ := w.state.Row(ids[0], []cairn.Ref{refs["Ratio"], refs["Score"]}, w.env())
	for _, c := range cells {
		if !strings.Contains(c.Error, "round in a circle") || !c.Value.IsNull() {
			t.Errorf("cell on a circle: %+v", c)
		}
	}
	x, err := w.state.Explain(ids[0], refs["Score"], w.env())
	if err != nil || !strings.Contains(x.Note, "Ratio, which uses Score") {
		t.Errorf("explanation: %+v, %v", x, err)
	}
}

// A view outlives the fields that it shows (VQ-7).
func TestDeletedField(t *testing.T) {
	w, refs, _ := scored(t)
	impact, _ := refs["Impact"].FieldID()
	w.commit(t, w.set(impact, "deleted", raw("true")))
	q := cairn.Query{Sort: []cairn.SortKey{{Field: refs["Impact"]}}, Group: []cairn.GroupBy{{Field: refs["Impact"]}}, Rollups: []cairn.Rollup{{Field: refs["Impact"], Op: cairn.RollupSum}}}
	res := evaluate(t, w.state, engine.Request{Query: q, Columns: []cairn.Ref{refs["Impact"], cairn.RefTitle}, Limit: -1,
		Colors: []cairn.ColorRule{{When: cairn.Filter{Field: refs["Impact"], Op: cairn.OpEmpty}, Color: "red"}}})
	if len(res.Columns) != 1 || res.Total != 3 || len(res.Groups) != 0 || len(res.Warnings) != 5 {
		t.Errorf("columns %v, groups %v, warnings %q", res.Columns, res.Groups, res.Warnings)
	}
	_, err := w.state.Eval(engine.Request{Query: cairn.Query{Filter: cairn.Filter{Field: refs["Impact"], Op: cairn.OpEmpty}}})
	if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(err.Error(), `the field "Impact" was deleted`) {
		t.Errorf("filter: %v", err)
	}
	if _, ok := w.state.Field(refs["Impact"]); ok {
		t.Error("a deleted field is there")
	}
}

func TestSchemaKnowsChoices(t *testing.T) {
	s, _ := load(t, 100)
	x := s.SchemaFor(&names{byID: map[cairn.ID]string{11: "Zoe", 12: "Adam", 13: "Ben", 14: "Cleo"}})
	ref, ok := x.Resolve("rOADmap")
	if !ok || x.Kind(ref) != formula.Option || x.Name(ref) != "Roadmap" {
		t.Fatalf("Roadmap is %s, %v", ref, ok)
	}
	choices, ok := x.(formula.Choices)
	if !ok {
		t.Fatal("the schema knows no choices")
	}
	if got := strings.Join(choices.Choices(ref), ","); got != "Now,Next,Later,Won't do" {
		t.Errorf("options: %s", got)
	}
	owner, _ := x.Resolve("Owner")
	if got := strings.Join(choices.Choices(owner), ","); got != "Adam,Ben,Cleo,Zoe" {
		t.Errorf("people: %s", got)
	}
	if name, ok := choices.Choice(owner, 13); !ok || name != "Ben" {
		t.Errorf("person 13: %q %v", name, ok)
	}
	if _, ok := x.Resolve("description"); !ok || x.Kind(cairn.RefDescription) != formula.Null {
		t.Error("the description has values in formulas")
	}
}

func raw(s string) json.RawMessage { return json.RawMessage(s) }
