package engine

import (
	"math"

	"cairn"
)

// numbers holds numbers, NaN for none; with truth set it holds true as 1 and
// everything else as none.
type numbers struct {
	vals  []float64
	truth bool
	// ranges has the ends of those numbers that are ranges, whose likely value
	// stands in vals. Nil when there are none: plain numbers cost nothing.
	ranges map[int32]ends
}

// ends are the outer parts of a range.
type ends struct{ low, high float64 }

func (v *numbers) grow(rows int) { v.vals = resize(v.vals, rows, math.NaN()) }

func (v *numbers) set(row int32, raw []byte) bool {
	if v.ranges != nil {
		delete(v.ranges, row)
	}
	x, ok := math.NaN(), true
	switch {
	case isNull(raw):
	case v.truth:
		var b bool
		if b, ok = parseBool(raw); b {
			x = 1
		}
	case raw[0] == '{':
		x, ok = v.setRange(row, raw)
	default:
		x, ok = parseNumber(raw)
	}
	v.vals[row] = x
	return ok
}

// setRange keeps the ends and returns the likely value.
func (v *numbers) setRange(row int32, raw []byte) (likely float64, ok bool) {
	r, ok := cairn.ParseRange(raw)
	if !ok {
		return math.NaN(), false
	}
	if r.Low < r.High {
		v.putRange(row, ends{r.Low, r.High})
	}
	return r.Likely, true
}

func (v *numbers) putRange(row int32, e ends) {
	if v.ranges == nil {
		v.ranges = map[int32]ends{}
	}
	v.ranges[row] = e
}

func (v *numbers) isNull(row int32) bool { return v.vals[row] != v.vals[row] }

func (v *numbers) appendJSON(dst []byte, row int32) []byte {
	x := v.vals[row]
	if x != x {
		return append(dst, "null"...)
	}
	if v.truth {
		return append(dst, "true"...)
	}
	if e, ok := v.ranges[row]; ok {
		return cairn.Range{Low: e.low, Likely: x, High: e.high}.AppendJSON(dst)
	}
	return appendNumber(dst, x)
}

func (v *numbers) value(row int32) cairn.Value {
	switch x := v.vals[row]; {
	case x != x:
		return cairn.Value{}
	case v.truth:
		return cairn.Value{Kind: cairn.KindBool, Num: x}
	default:
		e := v.ranges[row]
		return cairn.Value{Kind: cairn.KindNumber, Num: x, Low: e.low, High: e.high}
	}
}

func (v *numbers) gather(rows []int32) vector {
	return &numbers{pick(v.vals, rows), v.truth, v.rangesOf(rows)}
}

func (v *numbers) keep(rows []int32) {
	v.vals, v.ranges = pick(v.vals, rows), v.rangesOf(rows)
}

// rangesOf has the ends of those rows under their new places.
func (v *numbers) rangesOf(rows []int32) map[int32]ends {
	if len(v.ranges) == 0 {
		return nil
	}
	var out map[int32]ends
	for i, row := range rows {
		if e, ok := v.ranges[row]; ok {
			if out == nil {
				out = map[int32]ends{}
			}
			out[int32(i)] = e
		}
	}
	return out
}

func (v *numbers) nulls(dst bitmap) {
	fillOf(dst, v.vals, func(x float64) bool { return x != x })
}
