package importer

import (
	"strings"
	"testing"
)

// TestRangeCells: UNC-3, UNC-4 and UNC-5.
func TestRangeCells(t *testing.T) {
	for _, c := range []struct {
		kind              FieldType
		cell              string
		hints             Hints
		low, likely, high float64
		refused           string
	}{
		{Number, "3–8", Hints{}, 3, 5.5, 8, ""},
		{Number, "3–8 (5)", Hints{}, 3, 5, 8, ""},
		{Number, "1,5–2,5", Hints{Decimal: ","}, 1.5, 2, 2.5, ""},
		{Number, "4–4", Hints{}, 0, 4, 0, ""},
		{Number, "8–3", Hints{}, 0, 0, 0, "does not ascend"},
		{Number, "about 3", Hints{}, 0, 0, 0, "or a range such as 3–8"},
		{Rating, "2–5", Hints{}, 2, 4, 5, ""},
		{Rating, "4 ±2", Hints{}, 2, 4, 5, ""},
		{Rating, "2–6", Hints{}, 0, 0, 0, "no rating"},
		{Rating, "2–4.5", Hints{}, 0, 0, 0, "no rating"},
		{Rating, "6 ±1", Hints{}, 0, 0, 0, "no rating"},
		{Slider, "95 ±10", Hints{}, 85, 95, 100, ""},
		{Slider, "-5 ±10", Hints{Low: -8, High: 8}, -8, -5, 5, ""},
		{Slider, "90–110", Hints{}, 0, 0, 0, "outside the slider's range 0 to 100"},
	} {
		v, problems := Convert(c.kind, []string{c.cell}, c.hints)
		switch {
		case c.refused != "":
			if len(problems) != 1 || !strings.Contains(problems[0].Reason, c.refused) || !v.Empty {
				t.Errorf("%s %q: %v %v, want %q", c.kind, c.cell, v, problems, c.refused)
			}
		case len(problems) > 0 || v.Low != c.low || v.Number != c.likely || v.High != c.high:
			t.Errorf("%s %q = %v %v %v (%v), want %v %v %v", c.kind, c.cell, v.Low, v.Number, v.High, problems, c.low, c.likely, c.high)
		}
	}
}

// TestRangeColumns: UNC-5, what a column of such cells is taken for.
func TestRangeColumns(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  FieldType
	}{
		{"Effort", []string{"3–8 (5)", "4", "12.5", "5 ±2"}, Number},
		{"Impact rating", []string{"3", "4–5 (4)", "1"}, Rating},
		{"Impact rating", []string{"3", "4–8 (5)", "1"}, Number},
		{"Version", []string{"3-8", "3-9", "4-1"}, ShortText},
	} {
		s := Survey{Columns: []Column{{Key: "t", Name: "Title"}, {Key: "c", Name: c.name}}}
		p := NewProfiler(s.Columns)
		for i, cell := range c.cells {
			p.Add([][]string{{"Idea " + strings.Repeat("x", i)}, {cell}})
			s.Rows++
		}
		p.Propose(&s)
		if got := s.Columns[1].Target; got != Field(c.want) {
			t.Errorf("%s %v: %v, want %v", c.name, c.cells, got, c.want)
		}
	}
}
