package workbook

import (
	"io"
	"strconv"
	"strings"
)

// shown is what a number format makes of a number.
type shown int

const (
	noDate shown = iota
	dateOnly
	dateAndTime
	timeOnly
	elapsed // hours beyond a day, too
)

// readStyles tells what each style of cells shows.
func (p *parts) readStyles(part string) ([]shown, error) {
	t, err := p.open(part)
	if err != nil {
		return nil, err
	}
	defer t.close()
	custom := map[int]string{}
	var ids []int
	for {
		start, err := t.start()
		switch {
		case err == io.EOF:
			out := make([]shown, len(ids))
			for i, id := range ids {
				out[i] = showOf(id, custom)
			}
			return out, nil
		case err != nil:
			return nil, err
		}
		switch start.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(start, "numFmtId")); err == nil {
				if _, known := custom[id]; !known { // those of rules for colours come later
					custom[id] = attr(start, "formatCode")
				}
			}
		case "cellXfs":
			for {
				xf, ok, err := t.child()
				if err != nil {
					return nil, err
				}
				if !ok {
					break
				}
				id, _ := strconv.Atoi(attr(xf, "numFmtId"))
				ids = append(ids, id)
				if err := t.skip(); err != nil {
					return nil, err
				}
			}
		}
	}
}

// showOf says what a number format shows. Formats 14 to 22 and 27 to 58 are
// built in; others are told by the letters outside quotes and brackets.
func showOf(id int, custom map[int]string) shown {
	code, ok := custom[id]
	switch {
	case ok:
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dateOnly
	case id == 22:
		return dateAndTime
	case id == 46:
		return elapsed
	case id >= 18 && id <= 21, id >= 45 && id <= 47, id >= 32 && id <= 35, id == 55, id == 56:
		return timeOnly
	default:
		return noDate
	}
	letters, beyond := bareLetters(code)
	date := strings.ContainsAny(letters, "yd")
	clock := strings.ContainsAny(letters, "hs")
	switch {
	case date && clock:
		return dateAndTime
	case date:
		return dateOnly
	case beyond:
		return elapsed
	case clock:
		return timeOnly
	}
	return noDate
}

// bareLetters are the letters of a format's first section that are no text, and
// whether it counts hours, minutes or seconds beyond their measure: [h].
func bareLetters(code string) (letters string, beyond bool) {
	var b strings.Builder
scan:
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '[':
			start := i + 1
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
			// Other brackets are colours and countries.
			if inner := code[start:min(i, len(code))]; inner != "" && strings.Trim(inner, "hmsHMS") == "" {
				b.WriteString(inner)
				beyond = true
			}
		case '\\', '_', '*':
			i++
		case ';':
			break scan
		default:
			b.WriteByte(c)
		}
	}
	letters = strings.ToLower(b.String())
	if letters == "general" || letters == "standard" {
		return "", false
	}
	return letters, beyond
}

// number is a stored number as text: a day or a time if its format shows one,
// else with the digits that a spreadsheet knows of it.
func number(s string, how shown, e epoch) string {
	s = strings.TrimSpace(s)
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	if how != noDate {
		if text, ok := dayText(x, how, e); ok {
			return text
		}
	}
	digits, whole := 0, true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c != '-' || i > 0:
			whole = false
		}
	}
	if whole || digits <= 15 && !strings.ContainsAny(s, "eE+") {
		return s
	}
	// The digits after the fifteenth are noise of calculating in binary.
	if x, err = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64); err != nil {
		return s
	}
	if x >= 1e21 || x <= -1e21 {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}
