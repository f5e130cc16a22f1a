package text

import (
	"strings"
	"time"
)

// Order says which of the first two numbers of 3/4/2026 is the day.
type Order string

// The two orders; an empty Order takes day first and says so in Date.Ambiguous.
const (
	DayFirst   Order = "dmy"
	MonthFirst Order = "mdy"
)

// Date is a point in the calendar as somebody wrote it.
type Date struct {
	Year, Month, Day     int
	Hour, Min, Sec, Nano int
	HasTime, HasZone     bool
	Offset               int  // seconds east of UTC, when HasZone
	Numeric              bool // written as two small numbers and a year
	FitsDay, FitsMonth   bool // a Numeric date that is possible day first, month first
}

// Ambiguous says whether the other order gives a different, possible date.
func (d Date) Ambiguous() bool {
	return d.Numeric && d.FitsDay && d.FitsMonth && d.Day != d.Month
}

// ISO is the calendar day as YYYY-MM-DD, just as written (no shift of zones).
func (d Date) ISO() string {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// Time is the instant; loc counts where the text names no zone.
func (d Date) Time(loc *time.Location) time.Time {
	if d.HasZone {
		loc = time.FixedZone("", d.Offset)
	}
	if loc == nil {
		loc = time.UTC
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, d.Hour, d.Min, d.Sec, d.Nano, loc).UTC()
}

// ParseDate reads a date, with or without a time of day and a zone, in the
// forms people and programs write: ISO 8601 with any offset, RFC 822 and 1123,
// JavaScript, 25/Feb/26 10:17 PM, 25.02.2026, April 10, 1925, 2/25/26 and
// month names of seven languages. Two-digit years are 1970–2069.
func ParseDate(s string, order Order) (Date, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 6 || len(s) > 80 {
		return Date{}, false
	}
	p := dateParser{toks: tokens(s), order: order}
	if len(p.toks) == 0 || !p.date() || !p.timeOfDay() || !p.zone() || p.at < len(p.toks) {
		return Date{}, false
	}
	d := p.d
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Day > daysIn(d.Year, d.Month) || d.Year < 1 || d.Year > 9999 {
		return Date{}, false
	}
	if d.Hour > 23 || d.Min > 59 || d.Sec > 59 {
		return Date{}, false
	}
	return d, true
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// token is a run of digits, a run of letters, or one other character.
type token struct {
	kind   byte // 'd', 'w' or the character itself; ' ' for any blanks
	text   string
	number int
}

const maxTokens = 32

func tokens(s string) []token {
	// "(Coordinated Universal Time)" repeats what the offset says.
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[:i])
	}
	var toks []token
	for i := 0; i < len(s); {
		if len(toks) == maxTokens {
			return nil
		}
		j := i
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			n := 0
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				if j-i < 9 {
					n = n*10 + int(s[j]-'0')
				}
				j++
			}
			toks = append(toks, token{'d', s[i:j], n})
		case isLetter(c):
			for j < len(s) && isLetter(s[j]) {
				j++
			}
			toks = append(toks, token{'w', strings.ToLower(s[i:j]), 0})
		case c == ' ' || c == '\t':
			for j < len(s) && (s[j] == ' ' || s[j] == '\t') {
				j++
			}
			toks = append(toks, token{' ', " ", 0})
		default:
			j++
			toks = append(toks, token{c, s[i:j], 0})
		}
		i = j
	}
	return toks
}

// isLetter takes every byte above 127 as a letter, for février and März. The
// narrow no-break space that some programs put before PM counts too and is
// trimmed where it matters.
func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

type dateParser struct {
	toks  []token
	at    int
	order Order
	d     Date
}

func (p *dateParser) peek(ahead int) token {
	if p.at+ahead < len(p.toks) {
		return p.toks[p.at+ahead]
	}
	return token{}
}

func (p *dateParser) skip(kinds string) {
	for p.at < len(p.toks) && strings.IndexByte(kinds, p.toks[p.at].kind) >= 0 {
		p.at++
	}
}

// date reads the calendar day at the front, with a weekday before it or not.
func (p *dateParser) date() bool {
	if t := p.peek(0); t.kind == 'w' && isWeekday(t.text) {
		p.at++
		p.skip(",. ")
	}
	switch t := p.peek(0); {
	case t.kind == 'w':
		return p.monthDayYear()
	case t.kind == 'd' && len(t.text) == 4:
		return p.yearFirst()
	case t.kind == 'd' && len(t.text) <= 2:
		return p.dayMonthYear()
	}
	return false
}

// monthDayYear reads April 10, 1925 and Apr 21 2025.
func (p *dateParser) monthDayYear() bool {
	p.d.Month = monthNumber(p.peek(0).text)
	p.at++
	p.skip(". ")
	day := p.peek(0)
	if p.d.Month == 0 || day.kind != 'd' || len(day.text) > 2 {
		return false
	}
	p.d.Day = day.number
	p.at++
	p.ordinal()
	p.skip(", ")
	return p.year(4)
}

func (p *dateParser) ordinal() {
	if t := p.peek(0); t.kind == 'w' {
		switch t.text {
		case "st", "nd", "rd", "th":
			p.at++
		}
	}
}

// yearFirst reads 2026-02-25, 2026/2/25 and 2026-Feb-25.
func (p *dateParser) yearFirst() bool {
	p.d.Year = p.peek(0).number
	sep := p.peek(1).kind
	month, day := p.peek(2), p.peek(4)
	if sep != '-' && sep != '/' && sep != '.' || p.peek(3).kind != sep || day.kind != 'd' || len(day.text) > 2 {
		return false
	}
	switch {
	case month.kind == 'd' && len(month.text) <= 2:
		p.d.Month = month.number
	case month.kind == 'w':
		p.d.Month = monthNumber(month.text)
	default:
		return false
	}
	p.d.Day = day.number
	p.at += 5
	return true
}

// dayMonthYear reads 25/Feb/26, 25 February 2026, 25. Februar 2026, 25.02.2026
// and 2/25/26.
func (p *dateParser) dayMonthYear() bool {
	first := p.peek(0).number
	p.at++
	p.ordinal()
	sep := p.peek(0).kind
	p.skip("-/. ")
	p.filler()
	second := p.peek(0)
	if second.kind == 'w' {
		p.d.Day, p.d.Month = first, monthNumber(second.text)
		p.at++
		p.skip("-/., ")
		p.filler()
		return p.d.Month != 0 && p.year(2)
	}
	if second.kind != 'd' || len(second.text) > 2 || sep != '/' && sep != '-' && sep != '.' || p.peek(1).kind != sep {
		return false
	}
	p.at += 2
	p.skip(" ")
	p.d.Numeric = true
	p.d.FitsDay = second.number <= 12
	p.d.FitsMonth = first <= 12 && sep != '.'
	p.d.Day, p.d.Month = first, second.number
	if p.d.FitsMonth && (p.order == MonthFirst || !p.d.FitsDay && p.order == "") {
		p.d.Day, p.d.Month = second.number, first
	}
	return p.year(2)
}

// filler skips the "de" of 10 de abril de 2024 and the "of" of 1st of May.
func (p *dateParser) filler() {
	if t := p.peek(0); t.kind == 'w' && (t.text == "de" || t.text == "of" || t.text == "del") {
		p.at++
		p.skip(" ")
	}
}

// year reads a year of four digits, or of two where least allows it.
func (p *dateParser) year(least int) bool {
	t := p.peek(0)
	if t.kind != 'd' || len(t.text) != 4 && (len(t.text) != 2 || least > 2) {
		return false
	}
	p.d.Year = t.number
	if len(t.text) == 2 {
		p.d.Year += 2000
		if t.number >= 70 {
			p.d.Year -= 100
		}
	}
	p.at++
	return true
}

// timeOfDay reads T22:17:06.123, 10:17 PM and nothing at all.
func (p *dateParser) timeOfDay() bool {
	mark := p.at
	p.skip(", ")
	if t := p.peek(0); t.kind == 'w' && (t.text == "t" || t.text == "at" || t.text == "um") {
		p.at++
		p.skip(" ")
	}
	hour, minute := p.peek(0), p.peek(2)
	if hour.kind != 'd' {
		p.at = mark
		p.skip(" ")
		return true
	}
	if p.peek(1).kind != ':' || len(hour.text) > 2 || minute.kind != 'd' || len(minute.text) != 2 {
		return false
	}
	p.d.HasTime, p.d.Hour, p.d.Min = true, hour.number, minute.number
	p.at += 3
	if p.peek(0).kind == ':' {
		sec := p.peek(1)
		if sec.kind != 'd' || len(sec.text) != 2 {
			return false
		}
		p.d.Sec = sec.number
		p.at += 2
		p.fraction()
	}
	return p.halfOfDay()
}

func (p *dateParser) fraction() {
	if k := p.peek(0).kind; k != '.' && k != ',' || p.peek(1).kind != 'd' {
		return
	}
	digits := (p.peek(1).text + "000000000")[:9]
	for _, c := range digits {
		p.d.Nano = p.d.Nano*10 + int(c-'0')
	}
	p.at += 2
}

// halfOfDay reads AM and PM, also written p.m. or after a no-break space.
func (p *dateParser) halfOfDay() bool {
	mark := p.at
	p.skip(" ")
	t := p.peek(0)
	word := strings.TrimLeft(t.text, "\u00a0\u202f")
	if word == "a" || word == "p" {
		if p.peek(1).kind == '.' && p.peek(2).text == "m" {
			word += "m"
			p.at += 2
			if p.peek(1).kind == '.' {
				p.at++
			}
		}
	}
	if t.kind != 'w' || word != "am" && word != "pm" {
		p.at = mark
		return true
	}
	p.at++
	if p.d.Hour < 1 || p.d.Hour > 12 {
		return false
	}
	p.d.Hour %= 12
	if word == "pm" {
		p.d.Hour += 12
	}
	return true
}

// zone reads Z, UTC, GMT+0000, +02:00, -0400, EST and nothing at all.
func (p *dateParser) zone() bool {
	p.skip(" ")
	if t := p.peek(0); t.kind == 'w' {
		offset, ok := namedZone(t.text)
		if !ok || !p.d.HasTime {
			return false
		}
		p.d.HasZone, p.d.Offset = true, offset
		p.at++
	}
	sign := p.peek(0).kind
	if sign != '+' && sign != '-' {
		return true
	}
	hours := p.peek(1)
	if hours.kind != 'd' || !p.d.HasTime {
		return false
	}
	h, m := hours.number, 0
	p.at += 2
	switch {
	case len(hours.text) == 4:
		h, m = hours.number/100, hours.number%100
	case len(hours.text) > 2:
		return false
	case p.peek(0).kind == ':' && p.peek(1).kind == 'd' && len(p.peek(1).text) == 2:
		m = p.peek(1).number
		p.at += 2
	}
	if h > 15 || m > 59 {
		return false
	}
	p.d.HasZone, p.d.Offset = true, h*3600+m*60
	if sign == '-' {
		p.d.Offset = -p.d.Offset
	}
	return true
}
