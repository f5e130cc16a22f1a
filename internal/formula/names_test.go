package formula_test

import (
	"testing"

	"cairn"
	"cairn/internal/formula"
)

// sample is a table of four ideas with a field of each kind.
func sample(tb testing.TB) *table {
	t := &table{}
	for _, c := range []struct {
		name, kind string
		cells      []string
	}{
		{"Impact", "number", []string{"5", "3", "_", "1"}},
		{"Effort", "number", []string{"1", "0", "4", "_"}},
		{"Status", "option", []string{"Now=3", "Next=2", "_", "Later"}},
		{"Title", "text", []string{"Maps", "Sync", "_", "Search"}},
		{"Labels", "list", []string{"beta,mobile", "beta", "_", "api"}},
		{"Due date", "date", []string{"2026-11-20", "2026-11-23", "_", "2026-12-24"}},
		{"Plan", "interval", []string{"2026-10-01..2026-12-31", "2026-01-01..2026-03-31", "_", "2027-01-01..2027-01-31"}},
		{"Done", "bool", []string{"true", "false", "false", "true"}},
		{"Owner", "text", []string{"Ana", "Bo", "_", "Cy"}},
		{"Today", "number", []string{"1", "2", "3", "4"}},
	} {
		t.addColumn(tb, c.name, c.kind, c.cells)
	}
	return t
}

// TestStoreAndShow checks FML-31: names become references and come back.
func TestStoreAndShow(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct{ typed, stored, shown string }{
		{"{Impact} / {Effort}", "{f1} / {f2}", "{Impact} / {Effort}"},
		{"impact/ EFFORT", "{f1}/ {f2}", "{Impact}/ {Effort}"},
		{"{ due DATE } < today()", "{f6} < today()", "{Due date} < today()"},
		{"today + {nothing}", "{f10} + {nothing}", "{Today} + {nothing}"},
		{`"{Impact}" = {f4}`, `"{Impact}" = {f4}`, `"{Impact}" = {Title}`},
		{"round(Impact)", "round({f1})", "round({Impact})"},
		{"Title is empty and not done", "{f4} is empty and not {f8}", "{Title} is empty and not {Done}"},
		{"{f77} + 1", "{f77} + 1", "{deleted field f77} + 1"},
		{"{deleted field f77} + 1", "{f77} + 1", "{deleted field f77} + 1"},
		{`Impact + "open`, `{f1} + "open`, `{Impact} + "open`},
		{"", "", ""},
	} {
		stored := formula.Store(c.typed, rows)
		if stored != c.stored {
			t.Errorf("Store(%q) = %q, want %q", c.typed, stored, c.stored)
		}
		if shown := formula.Show(stored, rows); shown != c.shown {
			t.Errorf("Show(%q) = %q, want %q", stored, shown, c.shown)
		}
		if again := formula.Store(c.shown, rows); again != stored {
			t.Errorf("Store(%q) = %q, want %q again", c.shown, again, stored)
		}
	}
}

// TestRename: a stored expression means the same after fields were renamed,
// even when a name now looks like another field's reference.
func TestRename(t *testing.T) {
	rows := sample(t)
	stored := formula.Store("{Impact} - {Effort}", rows)
	rows.find("f1").name, rows.find("f2").name = "Effort", "f1"
	if got, want := evaluate(rows, stored, formula.Number, formula.Env{}), "4 | 3 | -4 ~ Effort | 1 ~ f1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := formula.Show(stored, rows), "{Effort} - {f2}"; got != want {
		t.Errorf("Show gives %s, want %s", got, want)
	}
}

func TestUses(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct {
		f    cairn.Formula
		want string
	}{
		{cairn.Formula{Kind: cairn.FormulaExpression, Expression: "max(Impact, {f2}) + {Impact} + {f77}"}, "f1 f2 f77"},
		{cairn.Formula{Kind: cairn.FormulaExpression, Expression: "1 +"}, ""},
		{cairn.Formula{Kind: cairn.FormulaSum, Inputs: []cairn.FormulaInput{{Field: "f2"}, {Field: "f1"}, {Field: "f2"}}}, "f2 f1"},
	} {
		got := ""
		for _, ref := range formula.Uses(&c.f, rows) {
			got += " " + string(ref)
		}
		if got != "" {
			got = got[1:]
		}
		if got != c.want {
			t.Errorf("%+v uses %q, want %q", c.f, got, c.want)
		}
	}
}

// TestOrder checks FML-32.
func TestOrder(t *testing.T) {
	names := map[cairn.Ref]string{"f1": "Score", "f2": "Value", "f3": "Cost"}
	name := func(r cairn.Ref) string { return names[r] }
	type graph = map[cairn.Ref][]cairn.Ref
	for _, c := range []struct {
		uses graph
		want string
	}{
		{graph{"f1": {"f2", "f9"}, "f2": {"f3"}, "f3": {"f8"}}, "f3 f2 f1"},
		{graph{"f1": {"f2", "f3"}, "f2": {"f3"}, "f3": nil}, "f3 f2 f1"},
		{graph{}, ""},
		{graph{"f1": {"f1"}}, "The formula of Score uses Score itself. Take it out"},
		{graph{"f1": {"f2"}, "f2": {"f1"}}, "Formulas cannot go round in a circle: Score uses Value, which uses Score. Take one of these uses out"},
		{graph{"f1": {"f2"}, "f2": {"f3"}, "f3": {"f2"}}, "Formulas cannot go round in a circle: Value uses Cost, which uses Value. Take one of these uses out"},
		{graph{"f1": {"f2"}, "f2": {"f3"}, "f3": {"f1"}}, "Formulas cannot go round in a circle: Score uses Value, which uses Cost, which uses Score. Take one of these uses out"},
	} {
		order, err := formula.Order(c.uses, name)
		got := ""
		for i, ref := range order {
			if i > 0 {
				got += " "
			}
			got += string(ref)
		}
		if err != nil {
			got = err.Error()
			if cairn.CodeOf(err) != cairn.CodeInvalid {
				t.Errorf("code %s", cairn.CodeOf(err))
			}
		}
		if got != c.want {
			t.Errorf("%v: got %q, want %q", c.uses, got, c.want)
		}
	}
}

// TestTemplates: every template compiles with fields in its roles, and says
// which role is empty.
func TestTemplates(t *testing.T) {
	for _, tmpl := range formula.Templates() {
		t.Run(tmpl.ID, func(t *testing.T) {
			rows := &table{}
			fields := map[string]cairn.Ref{}
			for _, r := range tmpl.Roles {
				if _, err := tmpl.Fill(fields); err == nil || err.Error() != tmpl.Name+" needs a field for "+r.Name {
					t.Errorf("without %s: %v", r.Name, err)
				}
				rows.addColumn(t, "My "+r.Name, "number", []string{"2"})
				fields[r.Name] = rows.columns[len(rows.columns)-1].ref
			}
			f, err := tmpl.Fill(fields)
			if err != nil {
				t.Fatal(err)
			}
			if errs := formula.CheckFormula(&f, rows); errs != nil {
				t.Errorf("%+v: %v", f, errs)
			}
			if got := len(formula.Uses(&f, rows)); got != len(tmpl.Roles) {
				t.Errorf("the formula uses %d fields, not %d", got, len(tmpl.Roles))
			}
		})
	}
	if got := evaluate(sample(t), "{Impact} / {Effort}", formula.Number, formula.Env{}); got[:1] != "5" {
		t.Errorf("value ÷ effort gives %s", got)
	}
}
