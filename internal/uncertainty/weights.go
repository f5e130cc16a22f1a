package uncertainty

import (
	"math"
	"slices"

	"cairn"
	"cairn/internal/formula"
)

// Weight says how far one weight of a weighted score may move, alone, before
// the top N of likely values changes (UNC-19).
type Weight struct {
	Input  cairn.Ref
	Weight float64
	// Low and High bound the weights with which the top N stays; NaN where it
	// stays however far the weight moves, down to 0 or up.
	Low, High float64
	// Below and Above are the places that swap beyond them: who leaves, who comes.
	Below, Above [2]int
}

// Sensitivity finds the play of each weight. ok is false when the ideas are not
// ranked by a weighted score.
func (m *Model) Sensitivity(top int) (out []Weight, ok bool) {
	c := &m.Columns[m.Target]
	if c.Formula == nil || c.Formula.Kind != cairn.FormulaWeighted {
		return nil, false
	}
	w := newWeighing(m, top)
	for k, in := range c.Formula.Inputs {
		one := Weight{Input: in.Field, Weight: in.Weight, Low: math.NaN(), High: math.NaN()}
		if in.Weight != 0 && len(w.places) > top {
			if w.divides {
				w.search(k, &one)
			} else {
				w.breakpoints(k, &one)
			}
		}
		out = append(out, one)
	}
	return out, true
}

// byLikely returns the places of the order that have a value, best first, ties
// in the order of the view.
func (m *Model) byLikely(column int) []int {
	likely := m.Columns[column].Likely
	var places []int
	for place, row := range m.Order {
		if x := likely[row]; x == x {
			places = append(places, place)
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		x, y := likely[m.Order[a]], likely[m.Order[b]]
		switch {
		case x == y:
			return 0
		case (x > y) == m.Desc:
			return -1
		}
		return 1
	})
	return places
}

type weighing struct {
	m       *Model
	top     int
	places  []int
	inputs  [][]float64
	weights []float64
	divides bool
}

func newWeighing(m *Model, top int) weighing {
	c := &m.Columns[m.Target]
	w := weighing{m: m, top: top, places: m.byLikely(m.Target)}
	for _, in := range c.Inputs {
		w.inputs = append(w.inputs, m.Columns[in].Likely)
	}
	for _, in := range c.Formula.Inputs {
		w.weights = append(w.weights, in.Weight)
		w.divides = w.divides || in.Weight < 0
	}
	return w
}

// Reweigh gives the places of the likely top N, best first, as it is and as it
// would be with other weights; inputs that are not named keep theirs. ok is false
// when the ideas are not ranked by a weighted score.
func (m *Model) Reweigh(top int, weights map[cairn.Ref]float64) (was, now []int, ok bool) {
	c := &m.Columns[m.Target]
	if c.Formula == nil || c.Formula.Kind != cairn.FormulaWeighted {
		return nil, nil, false
	}
	w := newWeighing(m, top)
	was = w.ranked(w.weights)
	other := slices.Clone(w.weights)
	for k, in := range c.Formula.Inputs {
		if x, named := weights[in.Field]; named {
			other[k] = x
		}
	}
	return was, w.ranked(other), true
}

// breakpoints solves for the weights at which an idea of the top N and one
// below it have the same sum: the score is linear in each weight.
func (w *weighing) breakpoints(k int, out *Weight) {
	sums, parts := make([]float64, len(w.places)), make([]float64, len(w.places))
	for i, column := range w.inputs {
		r := formula.RangeOf(column, w.m.Live)
		for p, place := range w.places {
			x := column[w.m.Order[place]]
			if x != x {
				x = 0
			}
			x = r.Normalise(x)
			if !w.m.Desc {
				x = -x
			}
			sums[p] += x * w.weights[i]
			if i == k {
				parts[p] = x
			}
		}
	}
	up, down := math.Inf(1), math.Inf(-1)
	for a := range w.top {
		for b := w.top; b < len(sums); b++ {
			lead, gain := max(sums[a]-sums[b], 0), parts[b]-parts[a]
			switch d := lead / gain; {
			case gain > 0 && d < up:
				up, out.Above = d, [2]int{w.places[a], w.places[b]}
			case gain < 0 && d > down:
				down, out.Below = d, [2]int{w.places[a], w.places[b]}
			}
		}
	}
	if !math.IsInf(up, 0) {
		out.High = out.Weight + up
	}
	if out.Weight+down >= 0 {
		out.Low = out.Weight + down
	}
}

// search looks for the first change by steps and halves it, since a score with
// a divisor is not linear.
func (w *weighing) search(k int, out *Weight) {
	size := 0.0
	for _, x := range w.weights {
		size += math.Abs(x)
	}
	was := w.set(k, w.weights[k])
	sign := math.Copysign(1, w.weights[k])
	for _, way := range []struct {
		to   float64
		out  *float64
		pair *[2]int
	}{{0, &out.Low, &out.Below}, {sign * 10 * size, &out.High, &out.Above}} {
		const steps, halvings = 40, 30
		same := w.weights[k]
		for i := 1; i <= steps; i++ {
			share := float64(i) / steps
			x := w.weights[k] + (way.to-w.weights[k])*share*share
			if x == 0 || slices.Equal(w.set(k, x), was) {
				same = x
				continue
			}
			for range halvings {
				if mid := (same + x) / 2; slices.Equal(w.set(k, mid), was) {
					same = mid
				} else {
					x = mid
				}
			}
			*way.out, *way.pair = x, swapped(was, w.set(k, x))
			break
		}
	}
	if sign < 0 { // the divisor's weights grow downwards
		out.Low, out.High, out.Below, out.Above = out.High, out.Low, out.Above, out.Below
	}
}

// set is the top N with another weight, in ascending places.
func (w *weighing) set(k int, x float64) []int {
	weights := slices.Clone(w.weights)
	weights[k] = x
	places := w.ranked(weights)
	slices.Sort(places)
	return places
}

// ranked is the top N with those weights, best first.
func (w *weighing) ranked(weights []float64) []int {
	var out formula.Scores
	formula.Weighted(w.inputs, weights, w.m.Live, &out)
	trial := *w.m
	trial.Columns, trial.Target = []Column{{Likely: out.Num}}, 0
	for i, st := range out.Status {
		if !st.HasValue() {
			out.Num[i] = math.NaN()
		}
	}
	places := trial.byLikely(0)
	return places[:min(len(places), w.top)]
}

// swapped finds who leaves and who comes between two sets.
func swapped(was, now []int) [2]int {
	out := [2]int{-1, -1}
	for _, place := range was {
		if !slices.Contains(now, place) {
			out[0] = place
		}
	}
	for _, place := range now {
		if !slices.Contains(was, place) {
			out[1] = place
		}
	}
	return out
}
