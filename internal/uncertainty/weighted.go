package uncertainty

import (
	"math"

	"cairn"
	"cairn/internal/formula"
)

// scale is what a weighted score is measured with, draw by draw (UNC-13).
type scale struct {
	inputs             [][]formula.Range
	positive, negative []formula.Range
	divides            bool
}

func newScale(c *Column) *scale {
	s := &scale{inputs: make([][]formula.Range, len(c.Inputs)), positive: make([]formula.Range, Draws), negative: make([]formula.Range, Draws)}
	for k := range s.inputs {
		s.inputs[k] = make([]formula.Range, Draws)
		s.divides = s.divides || c.Formula.Inputs[k].Weight < 0
	}
	return s
}

// measure finds the scales of all weighted scores for the draws of a chunk.
func (e *evaluator) measure(live []int32) {
	for column := range e.run.model.Columns {
		c := &e.run.model.Columns[column]
		if c.Formula != nil && c.Formula.Kind == cairn.FormulaWeighted {
			e.measureOne(column, live)
		}
	}
}

const measureAtOnce = 16

func (e *evaluator) measureOne(column int, live []int32) {
	c, s, w := &e.run.model.Columns[column], e.run.scales[column], e.width()
	values := e.borrow(measureAtOnce * w)
	defer e.release()
	for k, in := range c.Inputs {
		e.extent(s.inputs[k][e.lo:e.hi], live, values, func(rows []int32, dst []float64) { e.fill(in, rows, dst) })
	}
	for _, side := range []struct {
		sign float64
		out  []formula.Range
	}{{1, s.positive}, {-1, s.negative}} {
		if side.sign > 0 || s.divides {
			e.extent(side.out[e.lo:e.hi], live, values, func(rows []int32, dst []float64) {
				e.side(part{column, side.sign, 0}, rows, dst)
			})
		}
	}
}

// extent finds the range of values in each draw, as formula.RangeOf does.
func (e *evaluator) extent(out []formula.Range, rows []int32, values []float64, fill func([]int32, []float64)) {
	w := e.width()
	for d := range out {
		out[d] = formula.Range{Lo: 0, Hi: math.Inf(-1)}
	}
	missing := make([]bool, w)
	for len(rows) > 0 {
		n := min(len(rows), measureAtOnce)
		fill(rows[:n], values[:n*w])
		for i := range n {
			for d, x := range values[i*w : (i+1)*w] {
				switch r := &out[d]; {
				case x-x != 0:
					missing[d] = true
				case x > r.Hi:
					r.Hi = x
					r.Lo = min(r.Lo, x)
				case x < r.Lo:
					r.Lo = x
				}
			}
		}
		rows = rows[n:]
	}
	for d := range out {
		if missing[d] {
			out[d].Hi = max(out[d].Hi, 0)
		}
		if math.IsInf(out[d].Hi, -1) {
			out[d] = formula.Range{}
		}
	}
}

// part is the positive or the negative sum of a weighted score.
type part struct {
	column int
	sign   float64
	depth  int
}

// side adds the normalised, weighted inputs of one sign up.
func (e *evaluator) side(p part, rows []int32, dst []float64) {
	c, s, w := &e.run.model.Columns[p.column], e.run.scales[p.column], e.width()
	clear(dst)
	values := e.borrow(len(rows) * w)
	defer e.release()
	for k, in := range c.Inputs {
		weight := c.Formula.Inputs[k].Weight * p.sign
		if !(weight > 0) {
			continue
		}
		e.fillAt(in, rows, values, p.depth+1)
		for i := range rows {
			out, ranges := dst[i*w:(i+1)*w], s.inputs[k][e.lo:e.hi]
			for d, x := range values[i*w : (i+1)*w] {
				if x-x != 0 {
					x = 0
				}
				out[d] += ranges[d].Normalise(x) * weight
			}
		}
	}
}

// weighted scores rows by the scales that measure has found.
func (e *evaluator) weighted(column int, rows []int32, dst []float64, depth int) {
	s, w, m := e.run.scales[column], e.width(), e.run.model
	e.side(part{column, 1, depth}, rows, dst)
	for i := range dst {
		dst[i] = s.positive[e.lo+i%w].Normalise(dst[i])
	}
	if s.divides {
		by := e.borrow(len(dst))
		e.side(part{column, -1, depth}, rows, by)
		for i := range dst {
			dst[i] /= s.negative[e.lo+i%w].Normalise(by[i])
			if dst[i]-dst[i] != 0 {
				dst[i] = math.NaN()
			}
		}
		e.release()
	}
	for i, row := range rows {
		if m.Live != nil && !m.Live[row] {
			constant(dst[i*w:(i+1)*w], math.NaN())
		}
	}
}
