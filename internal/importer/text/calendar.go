package text

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// monthNumber knows month names and their usual short forms in English,
// German, French, Spanish, Italian, Portuguese and Dutch; 0 when unknown.
func monthNumber(word string) int {
	switch word {
	case "jan", "january", "januar", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari":
		return 1
	case "feb", "february", "februar", "février", "févr", "fév", "febrero", "febbraio", "fevereiro", "fev", "februari":
		return 2
	case "mar", "march", "märz", "mär", "mrz", "mars", "marzo", "março", "maart", "mrt":
		return 3
	case "apr", "april", "avril", "avr", "abril", "abr", "aprile":
		return 4
	case "may", "mai", "mayo", "maggio", "mag", "maio", "mei":
		return 5
	case "jun", "june", "juni", "juin", "junio", "giugno", "giu", "junho":
		return 6
	case "jul", "july", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho":
		return 7
	case "aug", "august", "août", "agosto", "ago", "augustus":
		return 8
	case "sep", "sept", "september", "septembre", "septiembre", "settembre", "set", "setembro":
		return 9
	case "oct", "october", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out":
		return 10
	case "nov", "november", "novembre", "noviembre", "novembro":
		return 11
	case "dec", "december", "dezember", "dez", "décembre", "déc", "diciembre", "dic", "dicembre", "dezembro":
		return 12
	}
	return 0
}

func isWeekday(word string) bool {
	switch word {
	case "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday",
		"fri", "friday", "sat", "saturday", "sun", "sunday",
		"mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag",
		"lun", "mer", "jeu", "ven", "sam", "dim", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche":
		return true
	}
	return false
}

// namedZone gives the offset in seconds of the zones that RFC 822 names.
func namedZone(word string) (int, bool) {
	switch word {
	case "z", "utc", "gmt", "ut":
		return 0, true
	case "est":
		return -5 * 3600, true
	case "edt":
		return -4 * 3600, true
	case "cst":
		return -6 * 3600, true
	case "cdt":
		return -5 * 3600, true
	case "mst":
		return -7 * 3600, true
	case "mdt":
		return -6 * 3600, true
	case "pst":
		return -8 * 3600, true
	case "pdt":
		return -7 * 3600, true
	case "cet":
		return 3600, true
	case "cest":
		return 2 * 3600, true
	case "bst":
		return 3600, true
	}
	return 0, false
}

// FromSerial turns a spreadsheet's day number (1900 system: 45292 is
// 2024-01-01) into a date. Days 1 to 2,958,465 are the years 1900 to 9999.
func FromSerial(serial float64) (Date, bool) {
	if !(serial >= 1 && serial < 2958466) {
		return Date{}, false
	}
	days, frac := math.Modf(serial)
	// Day 60 is 29 February 1900, which never was; later days count from one less.
	if days < 61 {
		days++
	}
	secs := math.Round(frac * 86400)
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Add(time.Duration(secs) * time.Second)
	return fromTime(t, secs > 0), true
}

// FromUnix reads Unix time of 10 digits (seconds) or 13 (milliseconds), which
// covers 2001-09-09 to 2286.
func FromUnix(s string) (Date, bool) {
	s = strings.TrimSpace(s)
	if len(s) != 10 && len(s) != 13 || !allDigits(s) || s[0] == '0' {
		return Date{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return Date{}, false
	}
	t := time.Unix(n, 0)
	if len(s) == 13 {
		t = time.UnixMilli(n)
	}
	d := fromTime(t.UTC(), true)
	d.HasZone = true
	return d, true
}

func fromTime(t time.Time, clock bool) Date {
	return Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Min: t.Minute(), Sec: t.Second(),
		Nano: t.Nanosecond(), HasTime: clock}
}

// Precision is how exactly a period is known.
type Precision string

// The precisions of a period, from exact to vague.
const (
	ByDay     Precision = "day"
	ByMonth   Precision = "month"
	ByQuarter Precision = "quarter"
	ByHalf    Precision = "half"
	ByYear    Precision = "year"
)

// Period is a span of whole days, both ends included.
type Period struct {
	Start, End string // YYYY-MM-DD; one of them may be empty
	Precision  Precision
}

// ParsePeriod reads one date or a vague period: 2026, Q1 2026, 2026-Q1,
// H2 2025, Feb 2026, 2026-02, 02/2026.
func ParsePeriod(s string, order Order) (Period, bool) {
	if d, ok := ParseDate(s, order); ok {
		return Period{d.ISO(), d.ISO(), ByDay}, true
	}
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 32 {
		return Period{}, false
	}
	var nums, words []token
	for _, t := range tokens(s) {
		switch t.kind {
		case 'd':
			nums = append(nums, t)
		case 'w':
			words = append(words, t)
		case ' ', '-', '/', '.', ',', '\'':
		default:
			return Period{}, false
		}
	}
	year, rest, ok := takeYear(nums)
	if !ok {
		return Period{}, false
	}
	return vague(year, rest, words)
}

func takeYear(nums []token) (year int, rest []token, ok bool) {
	for i, t := range nums {
		if len(t.text) == 4 && t.number >= 1000 {
			return t.number, append(append([]token{}, nums[:i]...), nums[i+1:]...), true
		}
	}
	return 0, nil, false
}

func vague(year int, nums, words []token) (Period, bool) {
	switch {
	case len(words) == 0 && len(nums) == 0:
		return months(year, 1, 12, ByYear)
	case len(words) == 0 && len(nums) == 1 && len(nums[0].text) <= 2:
		return months(year, nums[0].number, 1, ByMonth)
	case len(words) != 1:
		return Period{}, false
	case len(nums) == 0:
		return months(year, monthNumber(words[0].text), 1, ByMonth)
	case len(nums) == 1 && len(nums[0].text) == 1:
		n := nums[0].number
		switch words[0].text {
		case "q":
			return months(year, (n-1)*3+1, 3, ByQuarter)
		case "h":
			return months(year, (n-1)*6+1, 6, ByHalf)
		}
	}
	return Period{}, false
}

func months(year, first, count int, p Precision) (Period, bool) {
	if first < 1 || first+count-1 > 12 {
		return Period{}, false
	}
	start := time.Date(year, time.Month(first), 1, 0, 0, 0, 0, time.UTC)
	return Period{start.Format(time.DateOnly), start.AddDate(0, count, -1).Format(time.DateOnly), p}, true
}
