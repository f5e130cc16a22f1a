package engine

import (
	"fmt"
	"time"

	"cairn"
)

// Units of time, by which dates are grouped and relative filters reckon.
const (
	unitDay     = "day"
	unitWeek    = "week"
	unitMonth   = "month"
	unitQuarter = "quarter"
	unitHalf    = "half"
	unitYear    = "year"
)

// monthsOf returns the months of a unit, 0 for days and weeks; ok is false for
// what is no unit.
func monthsOf(unit string) (months int, ok bool) {
	switch unit {
	case unitDay, unitWeek:
		return 0, true
	case unitMonth:
		return 1, true
	case unitQuarter:
		return 3, true
	case unitHalf:
		return 6, true
	case unitYear:
		return 12, true
	}
	return 0, false
}

// dayFrom returns the day of a date of the proleptic Gregorian calendar. The
// arithmetic counts years from March, so that the leap day ends the year.
func dayFrom(y, m, d int) cairn.Day {
	if m <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	doe := yoe*365 + yoe/4 - yoe/100 + doy
	return cairn.Day(era*146097 + doe - 719468)
}

// dateOf is the inverse of dayFrom.
func dateOf(day cairn.Day) (y, m, d int) {
	z := int(day) + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	d = doy - (153*mp+2)/5 + 1
	m = mp + 3
	if m > 12 {
		m -= 12
	}
	y = yoe + era*400
	if m <= 2 {
		y++
	}
	return y, m, d
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// unitStart returns the first day of the unit that holds day. Weeks start on
// Monday.
func unitStart(day cairn.Day, unit string) cairn.Day {
	switch unit {
	case unitDay:
		return day
	case unitWeek:
		return day - cairn.Day(((int(day)+3)%7+7)%7)
	}
	months, _ := monthsOf(unit)
	y, m, _ := dateOf(day)
	return dayFrom(y, (m-1)/months*months+1, 1)
}

// addUnits moves a day by n units; the day of the month is kept where the
// month is long enough, else it is the month's last.
func addUnits(day cairn.Day, n int, unit string) cairn.Day {
	switch unit {
	case unitDay:
		return day + cairn.Day(n)
	case unitWeek:
		return day + cairn.Day(7*n)
	}
	months, _ := monthsOf(unit)
	y, m, d := dateOf(day)
	at := y*12 + m - 1 + n*months
	y, m = floorDiv(at, 12), at-floorDiv(at, 12)*12+1
	return dayFrom(y, m, min(d, daysIn(y, m)))
}

// unitLabel names the unit that starts on day.
func unitLabel(day cairn.Day, unit string) string {
	y, m, d := dateOf(day)
	month := time.Month(m).String()[:3]
	switch unit {
	case unitDay:
		return fmt.Sprintf("%d %s %d", d, month, y)
	case unitWeek:
		return fmt.Sprintf("Week of %d %s %d", d, month, y)
	case unitMonth:
		return fmt.Sprintf("%s %d", month, y)
	case unitQuarter:
		return fmt.Sprintf("Q%d %d", (m+2)/3, y)
	case unitHalf:
		return fmt.Sprintf("H%d %d", (m+5)/6, y)
	}
	return fmt.Sprintf("%d", y)
}
