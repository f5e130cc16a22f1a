package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/formula"
)

// TestProgram: a program says its kind and the columns it reads, in the order
// of the bits in Missing.
func TestProgram(t *testing.T) {
	rows := sample(t)
	p, errs := formula.Compile("if({Effort} > 0, Impact / Effort, length(Title))", rows, formula.Null)
	if errs != nil {
		t.Fatal(errs)
	}
	if got := fmt.Sprint(p.Kind(), p.Refs()); got != fmt.Sprint(formula.Number, []cairn.Ref{"f2", "f1", "f4"}) {
		t.Errorf("kind and columns: %s", got)
	}
	if got := fmt.Sprint(p.MissingRefs(0b101)); got != "[f2 f4]" {
		t.Errorf("bits 0 and 2 are %s", got)
	}
}

// TestWanted: what an expression gives must fit what is wanted.
func TestWanted(t *testing.T) {
	rows := sample(t)
	for _, c := range []struct {
		expr string
		want formula.Kind
		bad  string
	}{
		{"Status", formula.Text, ""}, {"Status", formula.Number, ""}, {"Done", formula.Number, ""}, {"Labels", formula.Number, ""},
		{`"2026-11-23"`, formula.Date, ""}, {"{Due date}", formula.Date, ""}, {"Done", formula.Bool, ""},
		{"Impact", formula.Text, "Here stands a number where text is needed"},
		{"Impact", formula.Date, "Here stands a number where a date is needed"},
		{"Plan", formula.Number, "Here stands an interval where a number is needed"},
		{"{Due date}", formula.Number, "Here stands a date where a number is needed"},
		{"Labels", formula.Bool, "Here stands a list where a condition is needed"},
		{"Impact", formula.Interval, "The expression gives a number; an interval is needed"},
	} {
		p, errs := formula.Compile(c.expr, rows, c.want)
		switch {
		case c.bad == "" && (errs != nil || p.Kind() != c.want && !(c.want == formula.Text && p.Kind() == formula.Option)):
			t.Errorf("%s as %d: %v", c.expr, c.want, errs)
		case c.bad != "" && (len(errs) != 1 || errs[0].Message != c.bad):
			t.Errorf("%s as %d: %v, want %q", c.expr, c.want, errs, c.bad)
		}
	}
}

// TestTooLong: nested functions cannot build texts without a bound.
func TestTooLong(t *testing.T) {
	rows := &table{}
	rows.addColumn(t, "T", "text", []string{strings.Repeat("x", cairn.MaxLongText/2)})
	if got := evaluate(rows, "length(concat(T, T))", formula.Number, formula.Env{}); got != fmt.Sprint(cairn.MaxLongText) && got != "1048576" {
		t.Errorf("two halves give %.40s", got)
	}
	if got := evaluate(rows, "length(concat(T, T, T))", formula.Number, formula.Env{}); got != "!too_long" {
		t.Errorf("three halves give %.40s", got)
	}
}

func TestStatusWords(t *testing.T) {
	seen := map[string]bool{}
	for s := formula.StatusOK; s <= formula.StatusArchived; s++ {
		if seen[s.String()] || s != formula.StatusOK && s.Text() == "" {
			t.Errorf("status %d is %q, %q", s, s, s.Text())
		}
		seen[s.String()] = true
	}
	if s := formula.Status(200); s.String() != "unknown" || s.Text() != "unknown" || s.HasValue() {
		t.Errorf("an unknown status is %q", s)
	}
	if e := (formula.Error{Message: "Bad", Pos: 4, Remedy: "Mend it."}); e.Error() != "Bad (character 5). Mend it." {
		t.Errorf("an error reads %q", e.Error())
	}
}
