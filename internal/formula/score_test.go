package formula_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/formula"
)

var nan = math.NaN()

// TestNormalise checks the published examples (FML-22).
func TestNormalise(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want []float64
	}{
		{"rating", []float64{5, 4}, []float64{100, 80}},
		{"three ratings", []float64{4, 3, 1}, []float64{100, 75, 25}},
		{"mixed signs", []float64{5, 1, -5}, []float64{100, 60, 0}},
		{"positive", []float64{6, 3, 2}, []float64{100, 50, 100.0 / 3}},
		{"all negative", []float64{-4, -2, -1}, []float64{0, 200.0 / 3, 100}},
		{"all negative, the published row corrected", []float64{-5, -2, -1}, []float64{0, 75, 100}},
		{"zero is legal", []float64{5, 0}, []float64{100, 0}},
		{"all the same", []float64{3, 3}, []float64{100, 100}},
		{"all zero", []float64{0, 0}, []float64{0, 0}},
		{"missing counts as 0", []float64{5, nan}, []float64{100, 0}},
		{"missing among negatives", []float64{-4, nan}, []float64{0, 100}},
		{"all the same negative", []float64{-3, -3}, []float64{100, 100}},
		{"beyond the largest number", []float64{1e308, -1e308, 0}, []float64{100, 0, 50}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := formula.RangeOf(c.in, nil)
			for i, x := range c.in {
				if math.IsNaN(x) {
					x = 0
				}
				near(t, c.name, r.Normalise(x), c.want[i])
			}
			var s formula.Scores
			formula.Weighted([][]float64{c.in}, []float64{1}, nil, &s)
			if c.name == "all the same negative" {
				return // the first normalising gives 100 for all, the second 100 again
			}
			for i := range c.in {
				if lowest := formula.RangeOf(c.in, nil).Lo; lowest >= 0 {
					near(t, "weighted alone", s.Num[i], c.want[i])
				}
			}
		})
	}
}

func near(t testing.TB, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// TestWeighted checks FML-23 to FML-26: weights, divisors, missing inputs,
// archived ideas, and the reasons for no value.
func TestWeighted(t *testing.T) {
	impact, goal, effort := []float64{5, 3, 1}, []float64{2, 4, 5}, []float64{1, 2, 4}
	ok := "ok ok ok"
	for _, c := range []struct {
		name    string
		inputs  [][]float64
		weights []float64
		live    []bool
		want    []float64
		status  string
		missing []uint64
	}{
		{"positive", [][]float64{impact, goal}, []float64{.4, .2}, nil, []float64{100, 100 * 40 / 48.0, 100 * 28 / 48.0}, ok, nil},
		{"divided", [][]float64{impact, goal, effort}, []float64{.4, .2, -.4}, nil, []float64{4, 5.0 / 3, 7.0 / 12}, ok, nil},
		{"scale of weights is free", [][]float64{impact, goal}, []float64{40, 20}, nil, []float64{100, 100 * 40 / 48.0, 100 * 28 / 48.0}, ok, nil},
		{"no weight", [][]float64{impact, {nan, nan, nan}}, []float64{1, 0}, nil, []float64{100, 60, 20}, ok, nil},
		{"missing", [][]float64{{5, nan, 1}}, []float64{1}, nil, []float64{100, 0, 20}, "ok incomplete ok", []uint64{0, 1, 0}},
		{"missing second", [][]float64{impact, {2, nan, nan}}, []float64{1, 1}, nil, []float64{100, 30, 10}, "ok incomplete incomplete", []uint64{0, 2, 2}},
		{"archived", [][]float64{{5, 50, 1}}, []float64{1}, []bool{true, false, true}, []float64{100, 0, 20}, "ok archived ok", nil},
		{"division by zero", [][]float64{impact, {0, 2, 4}}, []float64{1, -1}, nil, []float64{0, 60.0 / 50, 20.0 / 100}, "division_by_zero ok ok", nil},
		{"missing divisor", [][]float64{impact, {nan, 2, 4}}, []float64{1, -1}, nil, []float64{0, 60.0 / 50, 20.0 / 100}, "division_by_zero ok ok", []uint64{2, 0, 0}},
		{"divisor all zero", [][]float64{impact, {0, 0, 0}}, []float64{1, -1}, nil, []float64{0, 0, 0}, "division_by_zero division_by_zero division_by_zero", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s formula.Scores
			formula.Weighted(c.inputs, c.weights, c.live, &s)
			var status []string
			for i := range c.want {
				near(t, fmt.Sprintf("row %d", i), s.Num[i], c.want[i])
				status = append(status, s.Status[i].String())
			}
			if got := strings.Join(status, " "); got != c.status {
				t.Errorf("status %s, want %s", got, c.status)
			}
			if fmt.Sprint(s.Missing) != fmt.Sprint(c.missing) && len(s.Missing)+len(c.missing) > 0 {
				t.Errorf("missing %v, want %v", s.Missing, c.missing)
			}
		})
	}
}

// TestSum checks FML-21, the published roll-up among it.
func TestSum(t *testing.T) {
	var s formula.Scores
	formula.Sum([][]float64{{5, nan, nan, 1e308}, {8, 2, nan, 1e308}}, &s)
	got := fmt.Sprint(s.Num, s.Status, s.Missing)
	if want := "[13 2 0 0] [ok incomplete incomplete too_large] [0 1 3 0]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	formula.Sum(nil, &s)
	if len(s.Num) != 0 {
		t.Errorf("a sum of nothing has %d rows", len(s.Num))
	}
}

func drawColumn(t *rapid.T, label string, n int) []float64 {
	cell := rapid.OneOf(rapid.Float64Range(-1e15, 1e15), rapid.Float64Range(0, 5), rapid.Just(0.0), rapid.Just(nan), rapid.Float64())
	return rapid.SliceOfN(cell, n, n).Draw(t, label)
}

// TestWeightedProperties: scores without divisors lie in 0…100 and nothing is
// ever NaN or infinite; raising an input never lowers the own score.
func TestWeightedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		k := rapid.IntRange(1, 4).Draw(t, "k")
		inputs, weights := make([][]float64, k), make([]float64, k)
		divides := false
		for i := range inputs {
			inputs[i] = drawColumn(t, "input", n)
			weights[i] = rapid.Float64Range(-100, 100).Draw(t, "weight")
			divides = divides || weights[i] < 0
		}
		var s formula.Scores
		formula.Weighted(inputs, weights, nil, &s)
		for i, x := range s.Num {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("row %d is %v", i, x)
			}
			if !divides && (x < 0 || x > 100) {
				t.Fatalf("row %d is %v, outside 0…100", i, x)
			}
			if !s.Status[i].HasValue() && x != 0 {
				t.Fatalf("row %d has no value but %v", i, x)
			}
		}
	})
}

func TestWeightedIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 10).Draw(t, "n")
		column := rapid.SliceOfN(rapid.Float64Range(0, 100), n, n).Draw(t, "column")
		other := rapid.SliceOfN(rapid.Float64Range(0, 100), n, n).Draw(t, "other")
		row := rapid.IntRange(0, n-1).Draw(t, "row")
		var before, after formula.Scores
		formula.Weighted([][]float64{column, other}, []float64{2, 1}, nil, &before)
		column[row] += rapid.Float64Range(0, 50).Draw(t, "more")
		formula.Weighted([][]float64{column, other}, []float64{2, 1}, nil, &after)
		if after.Num[row] < before.Num[row]-1e-9 {
			t.Fatalf("raising an input lowered the score from %v to %v", before.Num[row], after.Num[row])
		}
	})
}

func TestCheckFormula(t *testing.T) {
	rows := sample(t)
	in := func(weights ...float64) []cairn.FormulaInput {
		refs := []cairn.Ref{"f1", "f2", "f3", "f4", "f99"}
		var list []cairn.FormulaInput
		for i, w := range weights {
			list = append(list, cairn.FormulaInput{Field: refs[i], Weight: w})
		}
		return list
	}
	for _, c := range []struct {
		name string
		f    cairn.Formula
		want string
	}{
		{"fine", cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: in(1, -1)}, ""},
		{"fine sum", cairn.Formula{Kind: cairn.FormulaSum, Inputs: in(0, 0, 0)}, ""},
		{"expression", cairn.Formula{Kind: cairn.FormulaExpression, Expression: "{Impact} / {Effort}"}, ""},
		{"bad expression", cairn.Formula{Kind: cairn.FormulaExpression, Expression: "{Title}"}, "0-7 Here stands text where a number is needed. number(…) reads a number from text."},
		{"none", cairn.Formula{Kind: cairn.FormulaSum}, "0-1 The formula has no inputs. Add at least one field."},
		{"text", cairn.Formula{Kind: cairn.FormulaSum, Inputs: in(1, 1, 1, 1)}, "3-4 Field Title gives no number. Choose number, rating, slider, checkbox, select or formula fields."},
		{"gone", cairn.Formula{Kind: cairn.FormulaSum, Inputs: []cairn.FormulaInput{{Field: "f99"}}}, "0-1 Input f99 does not exist any more. Remove it, or restore the field."},
		{"twice", cairn.Formula{Kind: cairn.FormulaSum, Inputs: append(in(1), in(1)...)}, "1-2 Field Impact is an input twice. Remove one of the two, and raise the weight of the other."},
		{"not positive", cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: in(-1, 0)}, "0-1 No input has a positive weight, so every score would be 0. Give at least one input a weight above 0."},
		{"too heavy", cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: in(1e7)}, "0-1 The weight of Impact is too large. Weights go from −1,000,000 to 1,000,000; only their proportion matters."},
		{"not a number", cairn.Formula{Kind: cairn.FormulaWeighted, Inputs: in(nan, 1)}, "0-1 The weight of Impact is too large. Weights go from −1,000,000 to 1,000,000; only their proportion matters."},
		{"unknown kind", cairn.Formula{Kind: "magic"}, "0-0 A formula is a sum, a weighted score or an expression. Choose one of the three."},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, e := range formula.CheckFormula(&c.f, rows) {
				got = append(got, describe(e))
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func BenchmarkWeighted100k(b *testing.B) {
	d := numbersTable(100_000, 0.05)
	var inputs [][]float64
	for i := range d.columns {
		v := d.columns[i].vec
		column := make([]float64, d.rows)
		for r := range column {
			if column[r] = v.Num[r]; v.Null[r] {
				column[r] = nan
			}
		}
		inputs = append(inputs, column)
	}
	var s formula.Scores
	b.ReportAllocs()
	for b.Loop() {
		formula.Weighted(inputs, []float64{40, 30, 20, -10}, nil, &s)
	}
}
