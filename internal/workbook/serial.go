package workbook

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// epoch is where a workbook begins to count days.
type epoch int

const (
	since1900 epoch = iota // with a 29 February 1900, which never was
	since1904
)

const (
	lastSerial   = 2_958_465 // 9999-12-31 since 1900
	daysTo1904   = 1_462
	secondsOfDay = 24 * 60 * 60
)

// dayText is a serial number as ISO day and time. Numbers that are no day give
// false: none are before the epoch, and 0 is what an empty cell gives in a formula.
func dayText(x float64, how shown, e epoch) (string, bool) {
	if how == elapsed || how == timeOnly {
		return clockText(x, how)
	}
	if e == since1904 {
		x += daysTo1904
	}
	if !(x >= 1 && x < lastSerial+1) {
		return "", false
	}
	seconds := int64(math.Round(x * secondsOfDay))
	days, clock := seconds/secondsOfDay, seconds%secondsOfDay
	switch {
	case days == 60:
		return "", false // the day that never was
	case days < 60:
		days++
	}
	t := time.Date(1899, 12, 30, 0, 0, int(clock), 0, time.UTC).AddDate(0, 0, int(days))
	if how == dateOnly || clock == 0 {
		return t.Format(time.DateOnly), true
	}
	return t.Format(time.DateTime), true
}

// clockText is a time of day, or hours that may be more than a day.
func clockText(x float64, how shown) (string, bool) {
	if !(x >= 0 && x < lastSerial+1) {
		return "", false
	}
	seconds := int64(math.Round(x * secondsOfDay))
	if how == timeOnly {
		seconds %= secondsOfDay
	}
	h, m, s := seconds/3600, seconds/60%60, seconds%60
	if s == 0 {
		return fmt.Sprintf("%02d:%02d", h, m), true
	}
	return fmt.Sprintf("%02d:%02d:%02d", h, m, s), true
}

// serial is a moment as the number of a workbook that counts since 1900; only
// for moments from 1 March 1900 on.
func serial(t time.Time) float64 {
	t = t.UTC()
	days := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix()/secondsOfDay - firstDay
	return float64(days) + float64(t.Hour()*3600+t.Minute()*60+t.Second())/secondsOfDay
}

// firstDay is 30 December 1899 in days of Unix.
const firstDay = -25_569

// isoDay is a day and time that is stored as text, without parts of a second.
func isoDay(s string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return strings.TrimSuffix(t.Format(time.DateTime), " 00:00:00")
		}
	}
	return s
}
