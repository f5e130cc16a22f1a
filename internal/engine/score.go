package engine

import (
	"math"

	"cairn"
	"cairn/internal/formula"
)

// weighing is what a weighted score keeps, so that an edit need not compute
// every idea anew.
type weighing struct {
	formula.Weighing
	in formula.Weights
	// owned marks the inputs that are copies, since their column holds no plain
	// numbers.
	owned []bool
}

// score computes a sum or a weighted score over all rows. A weighted score
// measures every idea against all live ones, so that one edit can move all.
func (e *evaluation) score(c *computed) {
	n := len(e.s.ids)
	f := c.program.field.Formula
	switch {
	case len(c.inputs) == 0:
		c.take(formula.Scores{Num: make([]float64, n), Status: make([]formula.Status, n)})
	case f.Kind == cairn.FormulaSum:
		var out formula.Scores
		w := weighing{}
		w.resolve(c.inputs, n)
		formula.Sum(w.in.Inputs, &out)
		c.take(out)
	default:
		w := &weighing{}
		w.resolve(c.inputs, n)
		w.in.Weights = weights(f)
		w.in.Live = e.liveMask(nil, nil)
		w.Compute(w.in)
		c.weighing = w
		c.take(formula.Scores{Num: append([]float64(nil), w.Num...), Status: w.Status, Missing: w.Missing})
	}
}

// rescore brings a weighted score up to date after some rows changed. False
// means that it must be computed anew.
func (e *evaluation) rescore(c *computed, dirty []int32) bool {
	w, n := c.weighing, len(e.s.ids)
	if w == nil || len(dirty) > n/64+8 {
		return false
	}
	w.refresh(c.inputs, dirty, n)
	w.in.Live = e.liveMask(w.in.Live, dirty)
	all := w.Update(w.in, dirty)
	c.status, c.missing = w.Status, nil
	if len(w.Missing) > 0 {
		c.missing = w.Missing
	}
	c.out.vals = resize(c.out.vals, n, math.NaN())
	if !all {
		for _, row := range dirty {
			c.put(e.s.clock, row, w.Num[row])
		}
		return true
	}
	before := c.out.vals
	c.take(formula.Scores{Num: append([]float64(nil), w.Num...), Status: w.Status, Missing: w.Missing})
	c.diff(e.s.clock, before)
	return true
}

// take makes scores the column's values.
func (c *computed) take(out formula.Scores) {
	c.out.vals, c.status, c.missing = out.Num, out.Status, nil
	for i, st := range out.Status {
		if !st.HasValue() {
			c.out.vals[i] = math.NaN()
		}
	}
	if len(out.Missing) > 0 {
		c.missing = out.Missing
	}
}

// put sets one row's value, which counts only when the row's status has one. It
// reports whether the value changed.
func (c *computed) put(clock uint64, row int32, x float64) bool {
	if !c.status[row].HasValue() {
		x = math.NaN()
	}
	before := c.out.vals[row]
	if x == before || (x != x && before != before) {
		return false
	}
	c.out.vals[row] = x
	c.touch(clock, row)
	return true
}

// resolve finds the inputs' numbers, NaN for none.
func (w *weighing) resolve(inputs []*source, rows int) {
	w.in.Inputs, w.owned = make([][]float64, len(inputs)), make([]bool, len(inputs))
	for i, src := range inputs {
		if v, ok := src.data.(*numbers); ok && !v.truth {
			w.in.Inputs[i] = v.vals
			continue
		}
		w.owned[i] = true
		w.in.Inputs[i] = make([]float64, rows)
		at := src.inputAt()
		for row := range w.in.Inputs[i] {
			w.in.Inputs[i][row] = at(int32(row))
		}
	}
}

// refresh takes over the changed rows.
func (w *weighing) refresh(inputs []*source, dirty []int32, rows int) {
	for i, src := range inputs {
		if !w.owned[i] {
			w.in.Inputs[i] = src.data.(*numbers).vals
			continue
		}
		w.in.Inputs[i] = resize(w.in.Inputs[i], rows, math.NaN())
		at := src.inputAt()
		for _, row := range dirty {
			w.in.Inputs[i][row] = at(row)
		}
	}
}

// inputAt is numberAt for an input of a score: people and labels, which have no
// weights, are missing there.
func (src *source) inputAt() func(row int32) float64 {
	if at := src.numberAt(); at != nil {
		return at
	}
	return func(int32) float64 { return math.NaN() }
}

func weights(f *cairn.Formula) []float64 {
	out := make([]float64, len(f.Inputs))
	for i, in := range f.Inputs {
		out[i] = in.Weight
	}
	return out
}

// liveMask marks the ideas that scores are measured against: those that are
// neither deleted nor archived. An earlier mask needs the changed rows only.
func (e *evaluation) liveMask(mask []bool, dirty []int32) []bool {
	live := func(row int32) bool { return e.s.live.has(row) && !e.s.archived.has(row) }
	if mask == nil {
		mask = make([]bool, len(e.s.ids))
		for row := range mask {
			mask[row] = live(int32(row))
		}
		return mask
	}
	mask = resize(mask, len(e.s.ids), false)
	for _, row := range dirty {
		mask[row] = live(row)
	}
	return mask
}
