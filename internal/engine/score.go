package engine

import (
	"math"

	"cairn"
	"cairn/internal/formula"
)

// score computes a sum or a weighted score over all rows. A weighted score
// measures every idea against all live ones, so that one edit can move all.
func (e *evaluation) score(c *computed) {
	n := len(e.s.ids)
	inputs := e.numericInputs(c)
	var out formula.Scores
	f := c.program.field.Formula
	switch {
	case len(inputs) == 0:
		out.Num, out.Status = make([]float64, n), make([]formula.Status, n)
	case f.Kind == cairn.FormulaSum:
		formula.Sum(inputs, &out)
	default:
		c.scale = formula.Weighted(inputs, weights(f), e.liveMask(), &out)
	}
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

func weights(f *cairn.Formula) []float64 {
	out := make([]float64, len(f.Inputs))
	for i, in := range f.Inputs {
		out[i] = in.Weight
	}
	return out
}

// liveMask marks the ideas that scores are measured against: those that are
// neither deleted nor archived.
func (e *evaluation) liveMask() []bool {
	live := make([]bool, len(e.s.ids))
	for i := range live {
		live[i] = e.s.live.has(int32(i)) && !e.s.archived.has(int32(i))
	}
	return live
}
