package formula

import "math"

// Weighing is a weighted score that can be brought up to date when a few rows
// changed, without computing the others again.
type Weighing struct {
	Scores
	Scale Scale

	positive, negative []float64
}

// Weights are what a weighted score is computed from.
type Weights struct {
	// Inputs are columns of equal length with NaN where a value is missing.
	Inputs [][]float64
	// Weights has one weight per input.
	Weights []float64
	// Live marks the rows that are measured; nil marks all.
	Live []bool
}

// Compute scores all rows; Weighted says how.
func (w *Weighing) Compute(in Weights) {
	w.Scale = Scale{Inputs: make([]Range, len(in.Inputs))}
	n := 0
	if len(in.Inputs) > 0 {
		n = len(in.Inputs[0])
	}
	w.size(n)
	w.positive = sized(w.positive, n)
	clear(w.positive)
	w.negative = w.negative[:0]
	for k, column := range in.Inputs {
		w.Scale.Inputs[k] = RangeOf(column, in.Live)
		switch {
		case in.Weights[k] > 0:
			w.accumulate(w.positive, k, column, factor{w.Scale.Inputs[k], in.Weights[k]})
		case in.Weights[k] < 0:
			if !w.Scale.Divides {
				w.Scale.Divides = true
				w.negative = sized(w.negative, n)
				clear(w.negative)
			}
			w.accumulate(w.negative, k, column, factor{w.Scale.Inputs[k], -in.Weights[k]})
		}
	}
	w.Scale.Positive, w.Scale.Negative = w.sumRanges(in.Live)
	for row := range n {
		w.finish(row, in.Live)
	}
}

// Update scores anew after those rows changed, or were added at the end. all
// says that other rows may have changed with them, because what they are
// measured against did.
func (w *Weighing) Update(in Weights, rows []int32) (all bool) {
	for k, column := range in.Inputs {
		if RangeOf(column, in.Live) != w.Scale.Inputs[k] {
			w.Compute(in)
			return true
		}
	}
	w.extend(len(in.Inputs[0]))
	for _, row := range rows {
		w.sum(in, int(row))
	}
	positive, negative := w.sumRanges(in.Live)
	if positive == w.Scale.Positive && negative == w.Scale.Negative {
		for _, row := range rows {
			w.finish(int(row), in.Live)
		}
		return false
	}
	w.Scale.Positive, w.Scale.Negative = positive, negative
	for row := range w.Num {
		w.finish(row, in.Live)
	}
	return true
}

func (w *Weighing) sumRanges(live []bool) (positive, negative Range) {
	positive = RangeOf(w.positive, live)
	if w.Scale.Divides {
		negative = RangeOf(w.negative, live)
	}
	return positive, negative
}

// extend makes room for rows added at the end.
func (w *Weighing) extend(n int) {
	more := n - len(w.Num)
	if more <= 0 {
		return
	}
	w.Num = append(w.Num, make([]float64, more)...)
	w.Status = append(w.Status, make([]Status, more)...)
	w.positive = append(w.positive, make([]float64, more)...)
	if w.Scale.Divides {
		w.negative = append(w.negative, make([]float64, more)...)
	}
	if len(w.Missing) > 0 {
		w.Missing = append(w.Missing, make([]uint64, more)...)
	}
}

// sum adds one row's inputs up, in the order in which Compute does.
func (w *Weighing) sum(in Weights, row int) {
	w.Status[row] = StatusOK
	if len(w.Missing) > 0 {
		w.Missing[row] = 0
	}
	w.positive[row] = 0
	if w.Scale.Divides {
		w.negative[row] = 0
	}
	for k, column := range in.Inputs {
		sums, weight := w.positive, in.Weights[k]
		if weight < 0 {
			sums, weight = w.negative, -weight
		}
		if weight == 0 || weight != weight {
			continue
		}
		x := column[row]
		if x-x != 0 {
			w.note(row, k)
			x = 0
		}
		f := factor{w.Scale.Inputs[k], weight}
		sums[row] += f.weigh(x)
	}
}

// weigh is one normalised and weighted value, as accumulate computes it.
func (f factor) weigh(x float64) float64 {
	width := f.Hi - f.Lo
	if per := 100 / width * f.weight; width > 0 && !math.IsInf(width, 0) && finite(per) {
		return (x - f.Lo) * per
	}
	return f.Normalise(x) * f.weight
}

// finish turns a row's sums into its score.
func (w *Weighing) finish(row int, live []bool) {
	if live != nil && !live[row] {
		w.fail(row, StatusArchived)
		return
	}
	if w.Status[row] > StatusIncomplete { // from an earlier round
		w.Status[row] = StatusOK
		if len(w.Missing) > 0 && w.Missing[row] != 0 {
			w.Status[row] = StatusIncomplete
		}
	}
	w.Num[row] = w.Scale.Positive.Normalise(w.positive[row])
	if w.Scale.Divides {
		w.divide(row, w.Scale.Negative.Normalise(w.negative[row]))
	}
}
