package engine

import (
	"math"
	"slices"
	"time"

	"cairn"
)

// vector is one attribute of all rows, in the shape of its kind.
type vector interface {
	// grow makes room for that many rows; new ones have no value.
	grow(rows int)
	// set reads a value from its JSON form; null clears. False means that the
	// JSON is not of this kind, and the row has no value then.
	set(row int32, raw []byte) bool
	isNull(row int32) bool
	// appendJSON appends the value's JSON form.
	appendJSON(dst []byte, row int32) []byte
	value(row int32) cairn.Value
	// gather copies the rows, in that order, into a vector that later changes
	// of this one do not reach.
	gather(rows []int32) vector
	// clone copies all rows into a vector that goes its own way.
	clone() vector
	// keep drops all rows but those, which become rows 0, 1, 2 …
	keep(rows []int32)
	// nulls sets the bits of the rows without a value, and clears the others.
	nulls(dst bitmap)
}

// newVector makes the empty vector for a kind of values.
func newVector(kind cairn.ValueKind) vector {
	switch kind {
	case cairn.KindNumber:
		return &numbers{}
	case cairn.KindBool:
		return &numbers{truth: true}
	case cairn.KindDate:
		return &days{}
	case cairn.KindInterval:
		return &spans{}
	case cairn.KindRefID:
		return &codes{dict: newDict()}
	case cairn.KindRefIDs:
		return &lists{dict: newDict(), arena: []int32{0}}
	case cairn.KindTexts:
		return &lists{dict: newTextDict(), arena: []int32{0}}
	case cairn.KindMoment:
		return &moments{}
	}
	return &texts{}
}

// pick copies the elements at those rows.
func pick[T any](vals []T, rows []int32) []T {
	out := make([]T, len(rows))
	for i, r := range rows {
		out[i] = vals[r]
	}
	return out
}

// resize extends vals to n elements, filled with null. Room is made for half as
// many again, between the waste of doubling and the copying of append.
func resize[T any](vals []T, n int, null T) []T {
	if n > cap(vals) {
		vals = slices.Grow(vals, max(n, cap(vals)+cap(vals)/2, 64)-len(vals))
	}
	for len(vals) < n {
		vals = append(vals, null)
	}
	return vals
}

// days holds calendar days, cairn.NoDay for none.
type days struct{ vals []cairn.Day }

func (v *days) grow(rows int) { v.vals = resize(v.vals, rows, cairn.NoDay) }

func (v *days) set(row int32, raw []byte) bool {
	d, ok := cairn.NoDay, true
	if !isNull(raw) {
		d, ok = parseDayJSON(raw)
	}
	v.vals[row] = d
	return ok
}

func (v *days) isNull(row int32) bool { return v.vals[row] == cairn.NoDay }

func (v *days) appendJSON(dst []byte, row int32) []byte {
	if v.isNull(row) {
		return append(dst, "null"...)
	}
	return appendDayJSON(dst, v.vals[row])
}

func (v *days) value(row int32) cairn.Value {
	if v.isNull(row) {
		return cairn.Value{}
	}
	return cairn.Value{Kind: cairn.KindDate, Day: v.vals[row]}
}

func (v *days) gather(rows []int32) vector { return &days{pick(v.vals, rows)} }
func (v *days) keep(rows []int32)          { v.vals = pick(v.vals, rows) }
func (v *days) nulls(dst bitmap) {
	fillOf(dst, v.vals, func(d cairn.Day) bool { return d == cairn.NoDay })
}

// spans holds intervals; start is cairn.NoDay for none. Precision is an index
// into cairn.Precisions.
type spans struct {
	start, end []cairn.Day
	precision  []uint8
}

func (v *spans) grow(rows int) {
	v.start = resize(v.start, rows, cairn.NoDay)
	v.end = resize(v.end, rows, cairn.NoDay)
	v.precision = resize(v.precision, rows, 0)
}

func (v *spans) set(row int32, raw []byte) bool {
	iv, p, ok := cairn.Interval{Start: cairn.NoDay, End: cairn.NoDay}, uint8(0), true
	if !isNull(raw) {
		if iv, p, ok = parseInterval(raw); !ok {
			iv.Start, iv.End, p = cairn.NoDay, cairn.NoDay, 0
		}
	}
	v.start[row], v.end[row], v.precision[row] = iv.Start, iv.End, p
	return ok
}

func (v *spans) isNull(row int32) bool { return v.start[row] == cairn.NoDay }

func (v *spans) appendJSON(dst []byte, row int32) []byte {
	if v.isNull(row) {
		return append(dst, "null"...)
	}
	dst = appendDayJSON(append(dst, `{"start":`...), v.start[row])
	dst = appendDayJSON(append(dst, `,"end":`...), v.end[row])
	dst = append(dst, `,"precision":"`...)
	dst = append(dst, cairn.Precisions()[v.precision[row]]...)
	return append(dst, `"}`...)
}

func (v *spans) value(row int32) cairn.Value {
	if v.isNull(row) {
		return cairn.Value{}
	}
	return cairn.Value{Kind: cairn.KindInterval, Interval: cairn.Interval{
		Start: v.start[row], End: v.end[row], Precision: cairn.Precisions()[v.precision[row]],
	}}
}

func (v *spans) gather(rows []int32) vector {
	return &spans{pick(v.start, rows), pick(v.end, rows), pick(v.precision, rows)}
}

func (v *spans) keep(rows []int32) {
	v.start, v.end, v.precision = pick(v.start, rows), pick(v.end, rows), pick(v.precision, rows)
}

func (v *spans) nulls(dst bitmap) {
	fillOf(dst, v.start, func(d cairn.Day) bool { return d == cairn.NoDay })
}

// moments holds times in microseconds since 1970 UTC, noMoment for none.
type moments struct{ vals []int64 }

const noMoment = math.MinInt64

// microsPerDay turns moments into days.
const microsPerDay = 24 * 3600 * 1_000_000

// dayOfMoment returns the UTC day of a moment.
func dayOfMoment(m int64) cairn.Day {
	if m == noMoment {
		return cairn.NoDay
	}
	d := m / microsPerDay
	if m%microsPerDay < 0 {
		d--
	}
	return cairn.Day(d)
}

func (v *moments) grow(rows int) { v.vals = resize(v.vals, rows, noMoment) }

func (v *moments) set(row int32, raw []byte) bool {
	m, ok := int64(noMoment), true
	if !isNull(raw) {
		m, ok = parseMoment(raw)
	}
	v.vals[row] = m
	return ok
}

func (v *moments) isNull(row int32) bool { return v.vals[row] == noMoment }

func (v *moments) appendJSON(dst []byte, row int32) []byte {
	if v.isNull(row) {
		return append(dst, "null"...)
	}
	dst = append(dst, '"')
	dst = time.UnixMicro(v.vals[row]).UTC().AppendFormat(dst, time.RFC3339Nano)
	return append(dst, '"')
}

func (v *moments) value(row int32) cairn.Value {
	if v.isNull(row) {
		return cairn.Value{}
	}
	return cairn.Value{Kind: cairn.KindMoment, Time: time.UnixMicro(v.vals[row]).UTC()}
}

func (v *moments) gather(rows []int32) vector { return &moments{pick(v.vals, rows)} }
func (v *moments) keep(rows []int32)          { v.vals = pick(v.vals, rows) }
func (v *moments) nulls(dst bitmap) {
	fillOf(dst, v.vals, func(m int64) bool { return m == noMoment })
}
