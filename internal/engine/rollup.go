package engine

import (
	"math"
	"slices"
	"strings"

	"cairn"
)

// RollupValue is one summary over the ideas of a group or of the whole view.
type RollupValue struct {
	Field cairn.Ref
	Op    cairn.RollupOp
	// Value is a number, or a day for the smallest and largest date; null when
	// no idea has a value.
	Value cairn.Value
}

// rollup is one roll-up of a query, resolved.
type rollup struct {
	ref cairn.Ref
	op  cairn.RollupOp
	// isNull is set for filled and empty.
	isNull func(row int32) bool
	// at is the number to summarise, NaN for none; a day for dates.
	at func(row int32) float64
	// end is the other number that bounds an interval from above.
	end  func(row int32) float64
	days bool
}

func rollupOps() []cairn.RollupOp {
	return []cairn.RollupOp{
		cairn.RollupCount, cairn.RollupFilled, cairn.RollupEmpty, cairn.RollupSum, cairn.RollupAverage,
		cairn.RollupMedian, cairn.RollupMin, cairn.RollupMax, cairn.RollupRange,
	}
}

func (e *evaluation) rollup(r cairn.Rollup) (*rollup, error) {
	if !slices.Contains(rollupOps(), r.Op) {
		return nil, cairn.Invalid("rollups", "%q is no roll-up; use count, filled, empty, sum, average, median, min, max or range", r.Op)
	}
	out := &rollup{ref: r.Field, op: r.Op}
	if r.Op == cairn.RollupCount && r.Field == "" {
		return out, nil
	}
	src, err := e.source(r.Field, "Roll-up")
	if err != nil {
		return nil, err
	}
	switch r.Op {
	case cairn.RollupCount:
		return out, nil
	case cairn.RollupFilled, cairn.RollupEmpty:
		out.isNull = src.data.isNull
		return out, nil
	}
	return e.rollupOf(src, r.Op)
}

// rollupOf is a roll-up that computes with the values.
func (e *evaluation) rollupOf(src *source, op cairn.RollupOp) (*rollup, error) {
	out := &rollup{ref: src.ref, op: op}
	if out.at = src.numberAt(); out.at != nil {
		return out, nil
	}
	out.days = true
	switch v := src.data.(type) {
	case *days:
		out.at = dayNumber(v.vals)
	case *spans:
		out.at, out.end = dayNumber(v.start), dayNumber(v.end)
	case *moments:
		out.at = func(row int32) float64 {
			if v.vals[row] == noMoment {
				return math.NaN()
			}
			return float64(dayOfMoment(v.vals[row]))
		}
	}
	switch {
	case out.at == nil:
		return nil, cairn.Invalid(string(src.ref), "Roll-up: %s of %s is not possible, because it is of type %s. Use count, filled or empty",
			op, src.label, strings.ToLower(src.info.Label))
	case op == cairn.RollupSum || op == cairn.RollupAverage || op == cairn.RollupMedian:
		return nil, cairn.Invalid(string(src.ref), "Roll-up: %s of %s is not possible, because it holds dates. Use count, filled, empty, min, max or range", op, src.label)
	}
	return out, nil
}

// numberAt gives a row's number: the value, the option's weight, the sum of the
// options' weights. Nil when the source has no numbers.
func (src *source) numberAt() func(row int32) float64 {
	if !src.info.Numeric {
		return nil
	}
	switch v := src.data.(type) {
	case *numbers:
		if v.truth {
			return func(row int32) float64 {
				if v.isNull(row) {
					return 0
				}
				return 1
			}
		}
		return func(row int32) float64 { return v.vals[row] }
	case *codes:
		weights := weightsOf(src.field, v.dict)
		return func(row int32) float64 {
			if c := v.vals[row]; c >= 0 {
				return weights[c]
			}
			return math.NaN()
		}
	case *lists:
		weights := weightsOf(src.field, v.dict)
		return func(row int32) float64 {
			sum, some := 0.0, false
			for _, c := range v.at(row) {
				if w := weights[c]; w == w {
					sum, some = sum+w, true
				}
			}
			if !some {
				return math.NaN()
			}
			return sum
		}
	}
	return nil
}

// weightsOf returns the weight of each code, NaN for none.
func weightsOf(f *cairn.Field, d *dict) []float64 {
	weights := make([]float64, d.len())
	for c, id := range d.ids {
		weights[c] = math.NaN()
		if o, ok := f.Option(id); ok && o.Weight != nil {
			weights[c] = float64(*o.Weight)
		}
	}
	return weights
}

func dayNumber(vals []cairn.Day) func(row int32) float64 {
	return func(row int32) float64 {
		if vals[row] == cairn.NoDay {
			return math.NaN()
		}
		return float64(vals[row])
	}
}

func rollUp(rows []int32, rollups []*rollup) []RollupValue {
	if len(rollups) == 0 {
		return nil
	}
	out := make([]RollupValue, len(rollups))
	for i, r := range rollups {
		out[i] = RollupValue{r.ref, r.op, r.over(rows)}
	}
	return out
}

// over summarises the rows.
func (r *rollup) over(rows []int32) cairn.Value {
	switch {
	case r.op == cairn.RollupCount:
		return numberValue(float64(len(rows)))
	case r.isNull != nil:
		empty := 0
		for _, row := range rows {
			if r.isNull(row) {
				empty++
			}
		}
		if r.op == cairn.RollupFilled {
			empty = len(rows) - empty
		}
		return numberValue(float64(empty))
	case r.op == cairn.RollupMedian:
		return r.median(rows)
	}
	return r.fold(rows)
}

// fold computes sum, average, min, max and range in one pass. The sum carries
// the rounding errors along (Neumaier), so that it does not depend on the order.
func (r *rollup) fold(rows []int32) cairn.Value {
	n, sum, lost := 0, 0.0, 0.0
	low, high := math.Inf(1), math.Inf(-1)
	for _, row := range rows {
		x := r.at(row)
		if x != x {
			continue
		}
		n++
		t := sum + x
		if math.Abs(sum) >= math.Abs(x) {
			lost += sum - t + x
		} else {
			lost += x - t + sum
		}
		sum = t
		low, high = min(low, x), max(high, x)
		if r.end != nil {
			high = max(high, r.end(row))
		}
	}
	if n == 0 {
		return cairn.Value{}
	}
	switch r.op {
	case cairn.RollupSum:
		return numberValue(sum + lost)
	case cairn.RollupAverage:
		return numberValue((sum + lost) / float64(n))
	case cairn.RollupRange:
		return numberValue(high - low)
	case cairn.RollupMin:
		return r.extreme(low)
	}
	return r.extreme(high)
}

func (r *rollup) extreme(x float64) cairn.Value {
	if r.days {
		return cairn.Value{Kind: cairn.KindDate, Day: cairn.Day(x)}
	}
	return numberValue(x)
}

func (r *rollup) median(rows []int32) cairn.Value {
	vals := make([]float64, 0, len(rows))
	for _, row := range rows {
		if x := r.at(row); x == x {
			vals = append(vals, x)
		}
	}
	if len(vals) == 0 {
		return cairn.Value{}
	}
	mid := len(vals) / 2
	upper := nth(vals, mid)
	if len(vals)%2 == 1 {
		return numberValue(upper)
	}
	return numberValue(slices.Max(vals[:mid])/2 + upper/2)
}

// nth moves the element of rank k to its place, smaller ones before it, and
// returns it.
func nth(vals []float64, k int) float64 {
	low, high := 0, len(vals)-1
	for low < high {
		pivot := vals[low+(high-low)/2]
		i, j := low, high
		for i <= j {
			for vals[i] < pivot {
				i++
			}
			for vals[j] > pivot {
				j--
			}
			if i <= j {
				vals[i], vals[j] = vals[j], vals[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return vals[k]
		}
	}
	return vals[k]
}

func numberValue(x float64) cairn.Value { return cairn.Value{Kind: cairn.KindNumber, Num: x} }
