package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/formula"
)

// outline writes an explanation as indented lines.
func outline(x formula.Explanation) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s → %s [%s]", x.Label, x.Result, x.Status)
	if x.Note != "" {
		b.WriteString(" " + x.Note)
	}
	var walk func(steps []formula.Step, indent string)
	walk = func(steps []formula.Step, indent string) {
		for _, s := range steps {
			fmt.Fprintf(&b, "\n%s%s", indent, s.Label)
			if s.Input != nil {
				fmt.Fprintf(&b, " in %s", formula.FormatNumber(*s.Input))
			}
			if s.Normalised != nil {
				fmt.Fprintf(&b, " norm %s", formula.FormatNumber(*s.Normalised))
			}
			if s.Weight != nil {
				fmt.Fprintf(&b, " × %s", formula.FormatNumber(*s.Weight))
			}
			switch {
			case s.Result != nil:
				fmt.Fprintf(&b, " = %s", formula.FormatNumber(*s.Result))
			case s.Text != "":
				fmt.Fprintf(&b, " = %s", s.Text)
			}
			if s.Note != "" {
				b.WriteString(" (" + s.Note + ")")
			}
			walk(s.Steps, indent+"  ")
		}
	}
	walk(x.Steps, "  ")
	return b.String()
}

// TestExplain checks FML-33: inputs, steps, what is missing and why there is no
// value.
func TestExplain(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct {
		expr string
		row  int
		want []string
	}{
		{"{f1} * {Status} / {Effort} * 10", 0, []string{
			"{Impact} * {Status} / {Effort} * 10 → 150 [ok]", "  Impact = 5", "  Status = 3", "  Effort = 1"}},
		{"Impact / Effort", 1, []string{
			"{Impact} / {Effort} →  [division_by_zero] No value: division by zero in {Impact} / {Effort}.", "  Impact = 3", "  Effort = 0"}},
		{"1 + Impact / Effort", 3, []string{
			"1 + {Impact} / {Effort} →  [division_by_zero] No value: division by zero in {Impact} / {Effort}; Effort is missing.",
			"  {Impact} / {Effort} (division by zero)", "    Impact = 1", "    Effort = 0 (missing, counts as 0)"}},
		{"Impact + Status", 2, []string{
			"{Impact} + {Status} → 0 [incomplete] Incomplete: Impact and Status are missing.",
			"  Impact = 0 (missing, counts as 0)", "  Status = 0 (missing, counts as 0)"}},
		{"Status + 1", 3, []string{
			"{Status} + 1 → 1 [incomplete] Incomplete: Status is missing.", "  Status = 0 (the option has no weight and counts as 0)"}},
		{"if(Effort > 0, Impact / Effort, 7)", 1, []string{
			"if({Effort} > 0, {Impact} / {Effort}, 7) → 7 [ok]", "  {Effort} > 0 = 0", "    Effort = 0",
			"  {Impact} / {Effort} (not used)", "    Impact = 3", "    Effort = 0"}},
		{"{Impact}", 2, []string{"{Impact} →  [missing] No value: Impact is missing.", "  Impact (missing)"}},
		{"if(Impact > 4, 1)", 1, []string{
			"if({Impact} > 4, 1) →  [missing] No value: no case applies.", "  {Impact} > 4 = 0", "    Impact = 3"}},
		{"days_between({Due date}, today())", 0, []string{
			"days_between({Due date}, today()) → 3 [ok]", "  Due date = 2026-11-20", "  today() = 2026-11-23"}},
	} {
		p, errs := formula.Compile(c.expr, rows, formula.Number)
		if errs != nil {
			t.Fatal(errs)
		}
		in := formula.Input{Rows: rows, Lo: c.row, Env: formula.Env{Today: today}}
		if got, want := outline(p.Explain(in, rows)), strings.Join(c.want, "\n"); got != want {
			t.Errorf("row %d of %s:\n%s\nwant\n%s", c.row, c.expr, got, want)
		}
	}
}

func TestExplainIsBounded(t *testing.T) {
	rows := sample(t)
	p, errs := formula.Compile("max("+strings.Repeat("Impact + Effort, ", 500)+"1)", rows, formula.Number)
	if errs != nil {
		t.Fatal(errs)
	}
	x := p.Explain(formula.Input{Rows: rows, Env: formula.Env{Today: today}}, rows)
	if n := len(outline(x)); n > 20_000 {
		t.Errorf("the explanation has %d characters", n)
	}
	if last := x.Steps[len(x.Steps)-1]; last.Label != "…" {
		t.Errorf("the last step is %+v", last)
	}
}

func TestExplainScore(t *testing.T) {
	rows := sample(t)
	inputs := [][]float64{{5, 3, 1}, {2, nan, 5}, {1, 2, 0}}
	weighted := &cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: []cairn.FormulaInput{
		{Field: "f1", Weight: 40}, {Field: "f2", Weight: 20}, {Field: "f10", Weight: -40},
	}}
	var s formula.Scores
	scale := formula.Weighted(inputs, []float64{40, 20, -40}, nil, &s)
	values := func(row int) []float64 { return []float64{inputs[0][row], inputs[1][row], inputs[2][row]} }
	for _, c := range []struct {
		name     string
		f        *cairn.Formula
		row      int
		archived bool
		want     []string
	}{
		{"weighted", weighted, 0, false, []string{
			"Weighted score of {Impact}, {Effort}, {Today} → 2 [ok]",
			"  Impact in 5 norm 100 × 40 = 4000",
			"  Effort in 2 norm 40 × 20 = 800",
			"  Today in 1 norm 50 × −40 = 2000 (divides the score)",
			"  Weighted sum in 4800 norm 100 = 100 (on the scale from 0 to 4800 over all live ideas)",
			"  Divided by in 2000 norm 50 = 50 (on the scale from 0 to 4000 over all live ideas)"}},
		{"missing", weighted, 1, false, []string{
			"Weighted score of {Impact}, {Effort}, {Today} → 0.5 [incomplete] Incomplete: Effort is missing.",
			"  Impact in 3 norm 60 × 40 = 2400",
			"  Effort norm 0 × 20 = 0 (missing, counts as 0)",
			"  Today in 2 norm 100 × −40 = 4000 (divides the score)",
			"  Weighted sum in 2400 norm 50 = 50 (on the scale from 0 to 4800 over all live ideas)",
			"  Divided by in 4000 norm 100 = 100 (on the scale from 0 to 4000 over all live ideas)"}},
		{"zero", weighted, 2, false, []string{
			"Weighted score of {Impact}, {Effort}, {Today} →  [division_by_zero] No value: division by zero.",
			"  Impact in 1 norm 20 × 40 = 800",
			"  Effort in 5 norm 100 × 20 = 2000",
			"  Today in 0 norm 0 × −40 = 0 (divides the score)",
			"  Weighted sum in 2800 norm 58.3333 = 58.3333 (on the scale from 0 to 4800 over all live ideas)",
			"  Divided by in 0 norm 0 = 0 (on the scale from 0 to 4000 over all live ideas)"}},
		{"archived", weighted, 0, true, []string{
			"Weighted score of {Impact}, {Effort}, {Today} →  [archived] No value: archived ideas are not scored.",
			"  Impact in 5 norm 100 × 40 = 4000",
			"  Effort in 2 norm 40 × 20 = 800",
			"  Today in 1 norm 50 × −40 = 2000 (divides the score)"}},
		{"sum", &cairn.Formula{Kind: cairn.FormulaSum, Inputs: weighted.Inputs}, 1, false, []string{
			"{Impact} + {Effort} + {Today} → 5 [incomplete] Incomplete: Effort is missing.",
			"  Impact in 3 = 3", "  Effort = 0 (missing, counts as 0)", "  Today in 2 = 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := formula.ExplainScore(formula.Scored{Formula: c.f, Values: values(c.row), Scale: scale, Archived: c.archived}, rows)
			if got, want := outline(x), strings.Join(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if c.f == weighted && !c.archived && x.Value != nil {
				near(t, "explained and computed", *x.Value, s.Num[c.row])
			}
		})
	}
}

func TestFormatNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 1.0 / 3: "0.333333", 12.34567: "12.3457", 12345.678: "12345.68", -2.5: "−2.5", 1e20: "1e+20", 1e-9: "1e-09", 100: "100",
	} {
		if got := formula.FormatNumber(x); got != want {
			t.Errorf("%v is written %q, want %q", x, got, want)
		}
	}
}

// TestComplete checks FML-34; the cursor stands at "|".
func TestComplete(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct{ in, want string }{
		{"imp|", "field {Impact} 0-3"},
		{"{imp|", "field {Impact} 0-4"},
		{"{Imp|act} + 1", "field {Impact} 0-8"},
		{"1 + {due|", "field {Due date} 4-8"},
		{"date|", `function date( 0-4, function date_add( 0-4, field {Due date} 0-4`},
		{"med|ian", "function median( 0-6"},
		{"Status = |", `option "Now" 9-9`},
		{`{Status} = "n|"`, `option "Now" 11-14, option "Next" 11-14`},
		{`Status in ("Now", "L|`, `option "Later" 18-20`},
		{`Status not in (|`, `option "Now" 15-15`},
		{`has(Labels, "be|`, `option "beta" 12-15`},
		{`has(Labels, "beta", "m|`, `option "mobile" 20-22`},
		{`Title = "x|`, ``},
		{`"imp|`, ``},
		{"Impact |", "word and 7-7, word or 7-7, word in 7-7, word is empty 7-7, word is not empty 7-7"},
		{"Impact an|", "word and 7-9"},
		{"Impact + e|", "field {Effort} 9-10, function exp( 9-10, function ends_with( 9-10, function end( 9-10, function is_empty( 9-10"},
		{"tod|", "field {Today} 0-3, function today() 0-3"},
	} {
		cursor := strings.Index(c.in, "|")
		got := formula.Complete(strings.Replace(c.in, "|", "", 1), len([]rune(c.in[:cursor])), rows)
		var words []string
		for _, k := range got {
			words = append(words, fmt.Sprintf("%s %s %d-%d", k.Kind, k.Insert, k.From, k.To))
		}
		list := strings.Join(words, ", ")
		if list != c.want && !(len(c.want) > 0 && strings.HasPrefix(list, c.want+", ")) {
			t.Errorf("%s offers %s\nwant %s", c.in, list, c.want)
		}
	}
	if got := formula.Complete("", 0, rows); len(got) < 40 || got[0].Label != "Impact" {
		t.Errorf("an empty expression offers %d, first %+v", len(got), got[:1])
	}
	for _, k := range formula.Complete("Status = N", 10, rows) {
		if k.Kind == "option" && strings.HasPrefix(k.Label, "N") {
			return
		}
	}
	t.Error("Status = N offers none of its options")
}

// TestFilterExpr checks FML-30: the text of a filter, and that it compiles and
// holds for the expected ideas.
func TestFilterExpr(t *testing.T) {
	rows := sample(t)
	cmp := func(ref cairn.Ref, op cairn.FilterOp, value string) cairn.Filter {
		return cairn.Filter{Field: ref, Op: op, Value: []byte(value)}
	}
	now, next := fmt.Sprint(idOf("Now")), fmt.Sprint(idOf("Next"))
	high := cmp("f1", cairn.OpGte, "3")
	for _, c := range []struct {
		f           cairn.Filter
		want, holds string
	}{
		{cairn.Filter{}, "true", "1111"},
		{high, "{Impact} >= 3", "1100"},
		{cmp("f1", cairn.OpNe, "3"), "{Impact} != 3", "1011"},
		{cmp("f1", cairn.OpBetween, "[1,3]"), "{Impact} >= 1 and {Impact} <= 3", "0101"},
		{cmp("f3", cairn.OpAnyOf, "["+now+","+next+"]"), `{Status} in ("Now", "Next")`, "1100"},
		{cmp("f3", cairn.OpNoneOf, "["+now+"]"), `not {Status} in ("Now")`, "0111"},
		{cmp("f3", cairn.OpAnyOf, "[]"), "false", "0000"},
		{cmp("f3", cairn.OpNoneOf, "[]"), "true", "1111"},
		{cmp("f3", cairn.OpAnyOf, "[1]"), "false", "0000"},
		{cmp("f5", cairn.OpAnyOf, `["mobile","api"]`), `has({Labels}, "mobile", "api")`, "1001"},
		{cmp("f5", cairn.OpAllOf, `["mobile","beta"]`), `has({Labels}, "mobile") and has({Labels}, "beta")`, "1000"},
		{cmp("f5", cairn.OpNoneOf, `["beta"]`), `not has({Labels}, "beta")`, "0011"},
		{cmp("f9", cairn.OpAnyOf, `["me"]`), `{Owner} in (me())`, "1000"},
		{cmp("f4", cairn.OpContains, `"A""P"`), "false", "0000"},
		{cmp("f4", cairn.OpContains, `"a"`), `contains({Title}, "a")`, "1001"},
		{cmp("f4", cairn.OpNotContains, `"a"`), `not contains({Title}, "a")`, "0110"},
		{cmp("f4", cairn.OpIs, `"SYNC"`), `{Title} = "SYNC"`, "0100"},
		{cmp("f4", cairn.OpIsNot, `"sync"`), `{Title} != "sync"`, "1011"},
		{cmp("f4", cairn.OpIs, `""`), `is_empty({Title})`, "0010"},
		{cmp("f4", cairn.OpStartsWith, `"s"`), `starts_with({Title}, "s")`, "0101"},
		{cmp("f4", cairn.OpEndsWith, `"\""`), `ends_with({Title}, """")`, "0000"},
		{cmp("f8", cairn.OpIs, "true"), "{Done}", "1001"},
		{cmp("f8", cairn.OpIs, "false"), "not {Done}", "0110"},
		{cmp("f6", cairn.OpOn, `"2026-11-23"`), "{Due date} = 2026-11-23", "0100"},
		{cmp("f6", cairn.OpBefore, `"today"`), "{Due date} < today()", "1000"},
		{cmp("f6", cairn.OpAfter, `"today+7"`), "{Due date} > today() + 7", "0001"},
		{cmp("f6", cairn.OpAfter, `"today-30"`), "{Due date} > today() - 30", "1101"},
		{cmp("f6", cairn.OpBetween, `["today-3","2026-11-30"]`), "{Due date} >= today() - 3 and {Due date} <= 2026-11-30", "1100"},
		{cmp("f6", cairn.OpPast, `{"n":7,"unit":"day"}`), `in_past({Due date}, 7, "day")`, "1100"},
		{cmp("f6", cairn.OpNext, `{"n":2,"unit":"month"}`), `in_next({Due date}, 2, "month")`, "0101"},
		{cmp("f6", cairn.OpThis, `"week"`), `in_this({Due date}, "week")`, "0100"},
		{cmp("f6", cairn.OpOverdue, ``), `{Due date} < today()`, "1000"},
		{cmp("f7", cairn.OpStartsBefore, `"2026-10-01"`), `start({Plan}) < 2026-10-01`, "0100"},
		{cmp("f7", cairn.OpStartsAfter, `"2026-10-01"`), `start({Plan}) > 2026-10-01`, "0001"},
		{cmp("f7", cairn.OpEndsBefore, `"today"`), `end({Plan}) < today()`, "0100"},
		{cmp("f7", cairn.OpEndsAfter, `"today"`), `end({Plan}) > today()`, "1001"},
		{cmp("f7", cairn.OpOverlaps, `["2026-12-31","2027-01-01"]`), `overlaps({Plan}, 2026-12-31, 2027-01-01)`, "1001"},
		{cmp("f7", cairn.OpThis, `"quarter"`), `in_this({Plan}, "quarter")`, "1000"},
		{cmp("f7", cairn.OpEmpty, ``), `is_empty({Plan})`, "0010"},
		{cmp("f7", cairn.OpNotEmpty, ``), `is_filled({Plan})`, "1101"},
		{cairn.Filter{All: []cairn.Filter{high, {Any: []cairn.Filter{cmp("f8", cairn.OpIs, "false"), high}}}}, "{Impact} >= 3 and (not {Done} or {Impact} >= 3)", "1100"},
		{cairn.Filter{Any: []cairn.Filter{high, {All: []cairn.Filter{high, high}}}}, "{Impact} >= 3 or {Impact} >= 3 and {Impact} >= 3", "1100"},
		{cairn.Filter{Not: &cairn.Filter{All: []cairn.Filter{high, high}}}, "not ({Impact} >= 3 and {Impact} >= 3)", "0011"},
		{cairn.Filter{Not: &high}, "not ({Impact} >= 3)", "0011"},
		{cairn.Filter{All: []cairn.Filter{high}}, "{Impact} >= 3", "1100"},
	} {
		got := formula.FilterExpr(c.f, rows)
		if got != c.want {
			t.Errorf("%+v is written %s\nwant %s", c.f, got, c.want)
		}
		holds := strings.NewReplacer(" | ", "", "true", "1", "false", "0").Replace(
			evaluate(rows, got, formula.Bool, formula.Env{Today: today, Viewer: "Ana"}))
		if holds != c.holds {
			t.Errorf("%s holds for %s, want %s", got, holds, c.holds)
		}
	}
}
