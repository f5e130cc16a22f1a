package uncertainty

import (
	"cmp"
	"math"
	"slices"

	"cairn"
)

// Move is one idea in two rankings.
type Move struct {
	Place int
	// From and To are its ranks by the first and by the second column, from 1; 0
	// where it has no value.
	From, To int
	// Why is the input whose unusual value makes the difference; "" when there is
	// none. Value is what the idea has there, Usual the median of all.
	Why          cairn.Ref
	Value, Usual float64
}

// Compare ranks the ideas by the likely values of two columns and explains the
// moves of those that moved most (UNC-21).
func (m *Model) Compare(first, second, explain int) []Move {
	out := make([]Move, len(m.Order))
	for place := range out {
		out[place].Place = place
	}
	for i, place := range m.byLikely(first) {
		out[place].From = i + 1
	}
	for i, place := range m.byLikely(second) {
		out[place].To = i + 1
	}
	moved := make([]int, 0, len(out))
	for place, move := range out {
		if move.From != move.To && move.From > 0 && move.To > 0 {
			moved = append(moved, place)
		}
	}
	slices.SortStableFunc(moved, func(a, b int) int { return cmp.Compare(out[b].size(), out[a].size()) })
	x := newExplainer(m, first, second)
	for _, place := range moved[:min(len(moved), explain)] {
		x.explain(&out[place])
	}
	return out
}

func (v *Move) size() float64 { return math.Abs(math.Log(float64(v.From) / float64(v.To))) }

// explainer computes scores anew with one input at its usual value.
type explainer struct {
	m      *Model
	e      *evaluator
	inputs []int
	usual  []float64
	sorted [2][]float64
	column [2]int
}

func newExplainer(m *Model, first, second int) *explainer {
	certain := *m
	certain.Columns = slices.Clone(m.Columns)
	for i := range certain.Columns {
		certain.Columns[i].Low, certain.Columns[i].High = nil, nil
	}
	run := NewRun(&certain)
	x := &explainer{m: &certain, e: run.evaluator(0, 1), column: [2]int{first, second}}
	x.e.measure(run.live)
	for i, column := range x.column {
		for _, place := range certain.byLikely(column) {
			x.sorted[i] = append(x.sorted[i], certain.Columns[column].Likely[certain.Order[place]])
		}
	}
	for _, leaf := range certain.inputsOf(first, second) {
		var values []float64
		for _, row := range certain.Order {
			if v := certain.Columns[leaf].Likely[row]; v == v {
				values = append(values, v)
			}
		}
		if len(values) > 0 {
			slices.Sort(values)
			x.inputs, x.usual = append(x.inputs, leaf), append(x.usual, quantile(values, 0.5))
		}
	}
	return x
}

// inputsOf are all plain inputs of some columns.
func (m *Model) inputsOf(columns ...int) []int {
	seen := make([]bool, len(m.Columns))
	var out []int
	var visit func(int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		if m.Columns[i].Formula == nil {
			out = append(out, i)
		}
		for _, in := range m.Columns[i].Inputs {
			visit(in)
		}
	}
	for _, c := range columns {
		visit(c)
	}
	return out
}

// explain finds the input without whose unusual value the idea would have moved
// least.
func (x *explainer) explain(v *Move) {
	row := x.m.Order[v.Place]
	least := v.size() * 0.85 // what explains hardly anything is no reason
	for k, leaf := range x.inputs {
		own := x.m.Columns[leaf].Likely[row]
		if own == x.usual[k] {
			continue
		}
		x.e.forced, x.e.x = leaf, x.usual[k]
		trial := Move{From: x.rank(0, row), To: x.rank(1, row)}
		if trial.From > 0 && trial.To > 0 && trial.size() < least {
			least = trial.size()
			v.Why, v.Value, v.Usual = x.m.Columns[leaf].Ref, own, x.usual[k]
		}
	}
}

// rank is where the idea would stand by a column.
func (x *explainer) rank(i int, row int32) int {
	value := []float64{0}
	x.e.fill(x.column[i], []int32{row}, value)
	if value[0] != value[0] {
		return 0
	}
	at, _ := slices.BinarySearchFunc(x.sorted[i], value[0], func(a, b float64) int {
		if x.m.Desc {
			return cmp.Compare(b, a)
		}
		return cmp.Compare(a, b)
	})
	return at + 1
}
