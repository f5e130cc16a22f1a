package formula

import (
	"math"
	"strings"
	"time"

	"cairn"
)

// unit is a unit of time.
type unit int

const (
	unitDay unit = iota
	unitWeek
	unitMonth
	unitQuarter
	unitHalf
	unitYear
)

var unitNames = [...]string{"day", "week", "month", "quarter", "half", "year"}

// months returns how many months a unit has, 0 for days and weeks.
func (u unit) months() int { return [...]int{0, 0, 1, 3, 6, 12}[u] }

// dayOf turns a column's number of days into a day.
func dayOf(x float64) cairn.Day { return cairn.Day(min(max(math.Floor(x), firstDay), lastDay)) }

// addUnits moves a day; months keep the day of the month where it exists and
// take the last one where it does not.
func addUnits(from cairn.Day, count int, u unit) (float64, bool) {
	const far = 4_000_000 // more days than there are
	count = min(max(count, -far), far)
	to := float64(from) + float64(count)
	switch {
	case u == unitWeek:
		to = float64(from) + 7*float64(count)
	case u.months() > 0:
		y, mo, d := from.Time().Date()
		total := y*12 + int(mo) - 1 + count*u.months()
		year, month := floorDiv(total, 12), time.Month(total-floorDiv(total, 12)*12+1)
		last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
		to = math.Floor(float64(time.Date(year, month, min(d, last), 0, 0, 0, 0, time.UTC).Unix()) / 86400)
	}
	return to, to >= firstDay && to <= lastDay
}

func floorDiv(a, b int) int { return int(math.Floor(float64(a) / float64(b))) }

// span is a stretch of days, both ends included.
type span struct{ from, to float64 }

// around returns the present unit that holds the day; weeks start on Monday.
func around(day cairn.Day, u unit) span {
	if u == unitDay {
		return span{float64(day), float64(day)}
	}
	if u == unitWeek {
		monday := float64(day) - float64(((int(day)+3)%7+7)%7)
		return span{monday, monday + 6}
	}
	precision := [...]cairn.Precision{unitMonth: cairn.PrecisionMonth, unitQuarter: cairn.PrecisionQuarter,
		unitHalf: cairn.PrecisionHalf, unitYear: cairn.PrecisionYear}[u]
	iv := cairn.Interval{Start: day, End: day}.Widen(precision)
	return span{float64(iv.Start), float64(iv.End)}
}

func evalToday(m *machine, _ *node, r *reg) {
	o := m.nums(r)
	for i := range o {
		o[i] = float64(m.env.Today)
	}
}

// spanAt is row i as a stretch of days.
func spanAt(a *reg, i int) span {
	if a.kind == Interval {
		return span{a.num[i], a.end[i]}
	}
	return span{a.num[i], a.num[i]}
}

func touches(a, b span) bool { return a.from <= b.to && b.from <= a.to }

// evalPast: the past day is today, the past 7 days end with it.
func evalPast(m *machine, a []*reg, i int) bool {
	back, _ := addUnits(m.env.Today, -int(clampCount(a[1].num[i])), unit(a[2].num[i]))
	past := span{back + 1, float64(m.env.Today)}
	return past.from <= past.to && touches(spanAt(a[0], i), past)
}

func evalNext(m *machine, a []*reg, i int) bool {
	ahead, _ := addUnits(m.env.Today, int(clampCount(a[1].num[i])), unit(a[2].num[i]))
	next := span{float64(m.env.Today), ahead - 1}
	return next.from <= next.to && touches(spanAt(a[0], i), next)
}

// clampCount keeps a count of units in the range of whole numbers.
func clampCount(x float64) float64 { return math.Floor(min(max(x, -1e8), 1e8)) }

func evalThis(m *machine, a []*reg, i int) bool {
	return touches(spanAt(a[0], i), around(m.env.Today, unit(a[1].num[i])))
}

func overlaps(_ *machine, a []*reg, i int) bool {
	return touches(spanAt(a[0], i), span{a[1].num[i], a[2].num[i]})
}

// checkDate accepts date("2026-11-23"), date(a date) and date(year, month, day).
func checkDate(c *checker, n *node) {
	first := n.args[0]
	switch {
	case len(n.args) == 3:
		n.args[0] = c.operand(first)
	case len(n.args) == 2:
		c.fail(n, "Write date(year, month, day) or date(\"2026-11-23\").", "date needs 1 or 3 values, not 2")
	case first.op == opText:
		c.date(first)
	case first.kind != Text && first.kind != Date:
		c.fail(first, "Write date(year, month, day) or date(\"2026-11-23\").", "date reads text; here stands %s", first.kind.words())
	}
}

func makeDate(_ *machine, a []*reg, i int, r *reg) Status {
	if len(a) == 3 {
		return makeDay(a, i, r)
	}
	if a[0].kind != Text {
		r.num[i] = a[0].num[i]
		return StatusOK
	}
	day, ok := cairn.ParseDay(strings.TrimSpace(a[0].text[i]))
	if !ok {
		return StatusNoSuchDay
	}
	r.num[i] = float64(day)
	return StatusOK
}

func makeDay(a []*reg, i int, r *reg) Status {
	y, m, d := a[0].num[i], a[1].num[i], a[2].num[i]
	if y != math.Floor(y) || m != math.Floor(m) || d != math.Floor(d) ||
		y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return StatusNoSuchDay
	}
	t := time.Date(int(y), time.Month(m), int(d), 0, 0, 0, 0, time.UTC)
	if t.Day() != int(d) {
		return StatusNoSuchDay
	}
	r.num[i] = math.Floor(float64(t.Unix()) / 86400)
	return StatusOK
}

func addDate(_ *machine, a []*reg, i int, r *reg) Status {
	u := unitDay
	if len(a) == 3 {
		u = unit(a[2].num[i])
	}
	to, ok := addUnits(dayOf(a[0].num[i]), int(clampCount(a[1].num[i])), u)
	if !ok {
		return StatusNoSuchDay
	}
	r.num[i] = to
	return StatusOK
}

func checkDays(c *checker, n *node) {
	switch a := n.args[0]; a.kind {
	case Interval:
	case Date:
		c.fail(a, "days_between(a, b) counts the days from one date to another.", "days needs an interval; here stands a date")
	default:
		n.args[0] = c.operand(a)
	}
}

func days(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = a[0].num[i]
	if a[0].kind == Interval {
		r.num[i] = a[0].end[i] - a[0].num[i] + 1
	}
	return StatusOK
}

func daysBetween(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = a[1].num[i] - a[0].num[i]
	return StatusOK
}

// monthsBetween counts whole months: from 31 January to 28 February 2026, the
// end of the month, is one.
func monthsBetween(_ *machine, a []*reg, i int, r *reg) Status {
	from, to, sign := dayOf(a[0].num[i]), dayOf(a[1].num[i]), 1.0
	if to < from {
		from, to, sign = to, from, -1
	}
	y1, m1, _ := from.Time().Date()
	y2, m2, _ := to.Time().Date()
	count := (y2-y1)*12 + int(m2) - int(m1)
	if reached, _ := addUnits(from, count, unitMonth); reached > float64(to) {
		count--
	}
	r.num[i] = sign * float64(count)
	if count == 0 {
		r.num[i] = 0
	}
	return StatusOK
}

func startOf(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = spanAt(a[0], i).from
	return StatusOK
}

func endOf(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = spanAt(a[0], i).to
	return StatusOK
}

func yearOf(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = float64(dayOf(a[0].num[i]).Time().Year())
	return StatusOK
}

func monthOf(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = float64(dayOf(a[0].num[i]).Time().Month())
	return StatusOK
}

func quarterOf(_ *machine, a []*reg, i int, r *reg) Status {
	r.num[i] = float64((dayOf(a[0].num[i]).Time().Month()-1)/3 + 1)
	return StatusOK
}
