package engine

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"cairn"
)

// span of days, both ends included.
type dayRange struct{ first, last cairn.Day }

const (
	firstDay = cairn.NoDay + 1
	lastDay  = cairn.Day(math.MaxInt32)
)

const dayForm = `a day as "2026-11-23", "today", "today+7" or "today-30"`

// parseDayWord reads a day, fixed or relative to today.
func (o *operand) parseDayWord(raw []byte) (cairn.Day, bool) {
	s, ok := parseString(raw)
	if !ok {
		return 0, false
	}
	if d, ok := parseDay([]byte(s)); ok {
		return d, true
	}
	rest, ok := strings.CutPrefix(strings.ReplaceAll(s, " ", ""), "today")
	if !ok {
		return 0, false
	}
	o.today = true
	if rest == "" {
		return o.env.Today, true
	}
	n, err := strconv.Atoi(rest)
	if err != nil || (rest[0] != '+' && rest[0] != '-') || n > 1_000_000 || n < -1_000_000 {
		return 0, false
	}
	return o.env.Today + cairn.Day(n), true
}

func (o *operand) dayOperand() (cairn.Day, error) {
	d, ok := o.parseDayWord(o.value)
	if !ok {
		return 0, o.refuse(dayForm)
	}
	return d, nil
}

func (o *operand) dayBounds() (dayRange, error) {
	var parts []json.RawMessage
	if json.Unmarshal(o.value, &parts) != nil || len(parts) != 2 {
		return dayRange{}, o.refuse("two days, as in [\"2026-01-01\",\"today\"]")
	}
	first, ok1 := o.parseDayWord(parts[0])
	last, ok2 := o.parseDayWord(parts[1])
	if !ok1 || !ok2 {
		return dayRange{}, o.refuse("two days, each " + dayForm)
	}
	return dayRange{first, last}, nil
}

// around reads the range of past, next and this. The past 7 days end with
// today, and the next 7 days begin with it.
func (o *operand) around() (dayRange, error) {
	o.today = true
	today := o.env.Today
	if o.op == cairn.OpThis {
		unit, ok := parseString(o.value)
		if _, known := monthsOf(unit); !ok || !known {
			return dayRange{}, o.refuse("day, week, month, quarter, half or year")
		}
		start := unitStart(today, unit)
		return dayRange{start, addUnits(start, 1, unit) - 1}, nil
	}
	var in struct {
		N    int    `json:"n"`
		Unit string `json:"unit"`
	}
	err := json.Unmarshal(o.value, &in)
	if _, known := monthsOf(in.Unit); err != nil || !known || in.N < 1 || in.N > 100_000 {
		return dayRange{}, o.refuse(`a number of units, as in {"n":30,"unit":"day"} (day, week, month, quarter, half or year)`)
	}
	if o.op == cairn.OpPast {
		return dayRange{addUnits(today, -in.N, in.Unit) + 1, today}, nil
	}
	return dayRange{today, addUnits(today, in.N, in.Unit) - 1}, nil
}

// dayRange reads any comparison of a date as the range of days that pass.
func (o *operand) dayRange() (dayRange, error) {
	switch o.op {
	case cairn.OpBetween:
		return o.dayBounds()
	case cairn.OpPast, cairn.OpNext, cairn.OpThis:
		return o.around()
	case cairn.OpOverdue:
		o.today = true
		return dayRange{firstDay, o.env.Today - 1}, nil
	}
	d, err := o.dayOperand()
	switch o.op {
	case cairn.OpBefore:
		return dayRange{firstDay, d - 1}, err
	case cairn.OpAfter:
		return dayRange{d + 1, lastDay}, err
	}
	return dayRange{d, d}, err
}

func (o *operand) day(v *days) (predicate, error) {
	r, err := o.dayRange()
	if err != nil {
		return nil, err
	}
	return within(v.vals, r), nil
}

func within(vals []cairn.Day, r dayRange) predicate {
	return func(dst bitmap) {
		fillOf(dst, vals, func(d cairn.Day) bool { return d >= r.first && d <= r.last && d != cairn.NoDay })
	}
}

func (o *operand) moment(v *moments) (predicate, error) {
	r, err := o.dayRange()
	if err != nil {
		return nil, err
	}
	return func(dst bitmap) {
		fillOf(dst, v.vals, func(m int64) bool {
			d := dayOfMoment(m)
			return d >= r.first && d <= r.last && d != cairn.NoDay
		})
	}, nil
}

func (o *operand) span(v *spans) (predicate, error) {
	switch o.op {
	case cairn.OpOverlaps:
		r, err := o.dayBounds()
		return overlapping(v, r), err
	case cairn.OpPast, cairn.OpNext, cairn.OpThis:
		r, err := o.around()
		return overlapping(v, r), err
	}
	d, err := o.dayOperand()
	if err != nil {
		return nil, err
	}
	switch o.op {
	case cairn.OpStartsBefore:
		return within(v.start, dayRange{firstDay, d - 1}), nil
	case cairn.OpStartsAfter:
		return within(v.start, dayRange{d + 1, lastDay}), nil
	case cairn.OpEndsBefore:
		return within(v.end, dayRange{firstDay, d - 1}), nil
	}
	return within(v.end, dayRange{d + 1, lastDay}), nil
}

// overlapping passes intervals that share a day with the range.
func overlapping(v *spans, r dayRange) predicate {
	return func(dst bitmap) {
		dst.fill(len(v.start), func(row int32) bool {
			return v.start[row] != cairn.NoDay && v.start[row] <= r.last && v.end[row] >= r.first
		})
	}
}
