package formula_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cairn/internal/formula"
)

// drawExpr draws the text of an expression that parses, of any types.
func drawExpr(t *rapid.T, depth int) string {
	atoms := []string{"1", "2.5", "1e21", "{Impact}", "{Due date}", "Impact", `"a ""b"" c"`, "2026-11-23", "true", "today()", "me()", "{f3}"}
	kind := rapid.IntRange(0, 8).Draw(t, "kind")
	if depth == 0 || kind == 0 {
		return rapid.SampledFrom(atoms).Draw(t, "atom")
	}
	sub := func() string { return drawExpr(t, depth-1) }
	switch kind {
	case 1:
		return "(" + sub() + ")"
	case 2:
		return rapid.SampledFrom([]string{"-", "+", "not ", "!"}).Draw(t, "sign") + "(" + sub() + ")"
	case 3:
		return "(" + sub() + ")%"
	case 4:
		return rapid.SampledFrom([]string{"max", "if", "coalesce", "concat", "no_such"}).Draw(t, "name") + "(" + sub() + "; " + sub() + ")"
	case 5:
		return "(" + sub() + ") in (" + sub() + ", " + sub() + ")"
	case 6:
		return "(" + sub() + ") is not empty"
	}
	operators := []string{" + ", " - ", " * ", " / ", " % ", "^", " and ", " or ", " = ", " != ", " < ", " <= ", " > ", " >= ", " × ", " ÷ "}
	o := rapid.SampledFrom(operators).Draw(t, "operator")
	left, right := sub(), sub()
	if rapid.Bool().Draw(t, "brackets") {
		left, right = "("+left+")", "("+right+")"
	}
	return left + o + right
}

// TestPrintParse: what is printed parses to the same tree, and prints the same
// (FML-3).
func TestPrintParse(t *testing.T) {
	parsed := 0
	rapid.Check(t, func(t *rapid.T) {
		expr := drawExpr(t, 4)
		text, tree, ok := formula.Canonical(expr)
		if !ok {
			return // chained comparisons
		}
		parsed++
		text2, tree2, ok := formula.Canonical(text)
		if !ok || tree2 != tree {
			t.Fatalf("%q prints as %q, which is another tree:\n%s\n%s", expr, text, tree, tree2)
		}
		if text2 != text {
			t.Fatalf("%q prints as %q and then as %q", expr, text, text2)
		}
	})
	if parsed == 0 {
		t.Error("no drawn expression parsed")
	}
}

// TestPrecedence pins how operators bind (FML-5).
func TestPrecedence(t *testing.T) {
	for in, want := range map[string]string{
		"1+2*3^2":                 "1 + 2 * 3^2",
		"(1+2)*3":                 "(1 + 2) * 3",
		"-2^2":                    "-2^2",
		"(-2)^2":                  "(-2)^2",
		"2^-1":                    "2^-1",
		"2^3^4":                   "2^3^4",
		"(2^3)^4":                 "(2^3)^4",
		"1-(2-3)":                 "1 - (2 - 3)",
		"not a = b":               "not a = b",
		"(not a) = b":             "(not a) = b",
		"a or b and not c":        "a or b and not c",
		"(a or b) and c":          "(a or b) and c",
		"50% * 2":                 "50% * 2",
		"50 % 2":                  "50 % 2",
		"50% % 3":                 "50% % 3",
		"a not in ('x';'y')":      `not a in ("x", "y")`,
		"a is empty":              "is_empty(a)",
		"“typographic”":           `"typographic"`,
		"#2026-11-23#":            "2026-11-23",
		"2026-11-23 - 2026-11-22": "2026-11-23 - 2026-11-22",
		"2026 - 11 - 23":          "2026 - 11 - 23",
		"2026-11-230":             "2026 - 11 - 230",
		"TRUE AND False":          "true and false",
	} {
		if got, _, ok := formula.Canonical(in); !ok || got != want {
			t.Errorf("%s parses as %q, want %q", in, got, want)
		}
	}
}

// TestLimits checks FML-2: length, nesting and number of fields.
func TestLimits(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct{ name, expr, want string }{
		{"long", strings.Repeat("é", 10_001), "The expression has 10001 characters; at most 10000 fit"},
		{"brackets", strings.Repeat("(", 300) + "1" + strings.Repeat(")", 300), "The expression is nested more than 200 deep"},
		{"signs", strings.Repeat("-", 300) + "1", "The expression is nested more than 200 deep"},
		{"powers", strings.Repeat("2^", 300) + "1", "The expression is nested more than 200 deep"},
		{"calls", strings.Repeat("abs(", 300) + "1" + strings.Repeat(")", 300), "The expression is nested more than 200 deep"},
	} {
		_, errs := formula.Compile(c.expr, rows, formula.Null)
		if len(errs) != 1 || errs[0].Message != c.want {
			t.Errorf("%s: got %v, want %q", c.name, errs, c.want)
		}
	}
	chain := strings.Repeat("1+", 4_000) + "1"
	if got := evaluate(rows, chain, formula.Number, formula.Env{}); !strings.HasPrefix(got, "4001 |") {
		t.Errorf("a chain of 4,001 numbers gives %.40s", got)
	}
	many := &table{}
	var names []string
	for i := range 70 {
		many.addColumn(t, fmt.Sprintf("n%d", i), "number", []string{"1"})
		names = append(names, fmt.Sprintf("n%d", i))
	}
	if got := evaluate(many, strings.Join(names[:63], "+"), formula.Number, formula.Env{}); got != "63" {
		t.Errorf("63 fields give %s", got)
	}
	_, errs := formula.Compile(strings.Join(names, "+"), many, formula.Number)
	if len(errs) == 0 || errs[0].Message != "The expression uses more than 63 fields" {
		t.Errorf("70 fields: %v", errs)
	}
}

func TestNearest(t *testing.T) {
	names := []string{"Impact", "Effort", "Status", "Story points", "Reach", "Status category changed", "Status of delivery"}
	for in, want := range map[string]string{
		"impatc": "Impact", "Efort": "Effort", "story": "Story points", "storypoints": "Story points",
		"xyz": "", "": "", "Reaches": "Reach", "Statu": "Status", "status c": "Status",
		strings.Repeat("x", 100): "",
	} {
		if got := formula.Nearest(in, names); got != want {
			t.Errorf("nearest to %q is %q, want %q", in, got, want)
		}
	}
}

// examples is a table with every field that the functions' examples name.
func examples(tb testing.TB) *table {
	t := &table{}
	for kind, names := range map[string][]string{
		"number": {"Effort", "Impact", "Goal", "Fit", "Reach", "Score", "Change", "T-shirt size"},
		"text":   {"Title", "Owner", "Link", "Area", "Story points"},
		"option": {"Status", "Priority"}, "list": {"Labels"}, "date": {"Due date", "Created"}, "interval": {"Timeline"},
	} {
		cell := map[string]string{"number": "2", "text": "7", "option": "Now=3", "list": "x,y", "date": "2026-11-23", "interval": "2026-10-01..2026-12-31"}[kind]
		for _, n := range names {
			t.addColumn(tb, n, kind, []string{cell, "_"})
		}
	}
	return t
}

// TestFunctions: every function has help, its example compiles and gives a
// value for an idea with all fields (FML-20).
func TestFunctions(t *testing.T) {
	rows := examples(t)
	seen := map[string]bool{}
	for _, f := range formula.Functions() {
		if f.Name == "" || f.Help == "" || !strings.HasPrefix(f.Signature, f.Name+"(") || seen[f.Name] {
			t.Errorf("function %+v is not described, or twice", f)
		}
		seen[f.Name] = true
		if !strings.Contains(f.Example, f.Name+"(") {
			t.Errorf("the example of %s does not show it: %s", f.Name, f.Example)
		}
		got := evaluate(rows, f.Example, formula.Null, formula.Env{Today: today, Viewer: "Ana"})
		if first, _, _ := strings.Cut(got, " |"); first == "" || strings.ContainsAny(first[:1], "!_") || strings.HasPrefix(got, "does not") {
			t.Errorf("%s gives %s", f.Example, got)
		}
	}
	if len(seen) < 50 {
		t.Errorf("%d functions", len(seen))
	}
}

// checkRun compiles and evaluates anything; it fails on what must never happen.
func checkRun(t interface{ Fatalf(string, ...any) }, rows *table, expr string) {
	for _, want := range []formula.Kind{formula.Null, formula.Number, formula.Bool} {
		p, errs := formula.Compile(expr, rows, want)
		for _, e := range errs {
			if e.Message == "" || e.Pos < 0 || e.End < e.Pos || e.End > utf8.RuneCountInString(expr) {
				t.Fatalf("%q: error without a place: %+v", expr, e)
			}
		}
		if (p == nil) == (len(errs) == 0) {
			t.Fatalf("%q: program %v with errors %v", expr, p != nil, errs)
		}
		if p == nil {
			continue
		}
		in := formula.Input{Rows: rows, Hi: rows.Len(), Env: formula.Env{Today: today, Viewer: "Ana"}}
		var r formula.Result
		p.Eval(in, &r)
		for i := range r.Status {
			if len(r.Num) > 0 && (r.Num[i]-r.Num[i] != 0 || !r.Status[i].HasValue() && r.Num[i] != 0) {
				t.Fatalf("%q: row %d is %v with status %s", expr, i, r.Num[i], r.Status[i])
			}
			in.Lo = i
			if x := p.Explain(in, rows); x.Status != r.Status[i].String() || x.Value != nil && *x.Value != r.Num[i] {
				t.Fatalf("%q: row %d is %v %s but explained as %+v", expr, i, r.Num, r.Status[i], x)
			}
		}
	}
	stored := formula.Store(expr, rows)
	if again := formula.Store(formula.Show(stored, rows), rows); again != stored {
		t.Fatalf("%q is stored as %q, shown and stored again as %q", expr, stored, again)
	}
	for _, c := range formula.Complete(expr, len([]rune(expr))/2, rows) {
		if c.From < 0 || c.To < c.From || c.To > len([]rune(expr)) {
			t.Fatalf("%q: completion %+v lies outside", expr, c)
		}
	}
}

// TestAnyExpression: whatever parses compiles or is refused with a place, and
// gives no NaN.
func TestAnyExpression(t *testing.T) {
	rows := sample(t)
	rapid.Check(t, func(t *rapid.T) { checkRun(t, rows, drawExpr(t, 4)) })
}

// TestTypedExpression draws expressions of numbers that always compile.
func TestTypedExpression(t *testing.T) {
	rows := sample(t)
	var number func(t *rapid.T, depth int) string
	number = func(t *rapid.T, depth int) string {
		if depth == 0 {
			return rapid.SampledFrom([]string{"{Impact}", "{Effort}", "{Status}", "{Done}", "0", "2", "1e300", "-0.5", "length({Title})", "count({Labels})", "weight({Labels})", "days({Plan})"}).Draw(t, "leaf")
		}
		a, b := number(t, depth-1), number(t, depth-1)
		form := rapid.SampledFrom([]string{
			"(%s + %s)", "(%s - %s)", "(%s * %s)", "(%s / %s)", "((%s) %% (%s))", "((%s)^(%s))", "min(%s, %s)", "avg(%s, %s)", "median(%s, %s, 1)",
			"if(%s > %s, 1, {Effort})", "coalesce(%s, %s)", "round(%s, %s)", "log(%s, %s)", "sqrt(%s) + %s", "ifs(%s = 1, 2, %s != 1, {Impact})",
			"switch(%s, 1, 2, %s, {Effort})", "clamp(%s, 0, %s)", "sum(%s, %s)", "exp(%s) * %s", "if(not (%s < 1 or %s >= 2), {Impact})",
		}).Draw(t, "form")
		return fmt.Sprintf(form, a, b)
	}
	rapid.Check(t, func(t *rapid.T) {
		expr := number(t, 3)
		if _, errs := formula.Compile(expr, rows, formula.Number); errs != nil {
			t.Fatalf("%s: %v", expr, errs)
		}
		checkRun(t, rows, expr)
	})
}

// TestBlocks: a long table gives the same in blocks as row by row.
func TestBlocks(t *testing.T) {
	d := numbersTable(2500, 0.2)
	for _, expr := range []string{rice, "coalesce(effort, impact) + round(reach / impact, 2)", "concat(reach, \"-\", impact)", "reach in (1, 2, effort)", "switch(reach, 1, impact, 2, effort)"} {
		p, errs := formula.Compile(expr, d, formula.Null)
		if errs != nil {
			t.Fatal(errs)
		}
		var all, one formula.Result
		p.Eval(formula.Input{Rows: d, Hi: d.Len()}, &all)
		for i := range d.Len() {
			p.Eval(formula.Input{Rows: d, Lo: i, Hi: i + 1}, &one)
			if got, want := show(&d.table, p, &all, i), show(&d.table, p, &one, 0); got != want {
				t.Fatalf("%s: row %d is %s in a block and %s alone", expr, i, got, want)
			}
		}
	}
}

func FuzzCompileAndEval(f *testing.F) {
	for _, s := range []string{"", "{Impact} / {Effort}", rice, `concat("a", Title) in ("x")`, "2026-11-23 + 3", "((((", "1 % % 2", "{deleted field f77}",
		"switch(Status, \"Now\", 1, 2)", "is empty", "not not not true", "“x”", "#2026#", "\x00\xff", "if(1/0>0,1)", "date_add(today(), 1e99, \"year\")"} {
		f.Add(s)
	}
	rows := sample(f)
	f.Fuzz(func(t *testing.T, expr string) { checkRun(t, rows, expr) })
}
