package text

import (
	"math"
	"strconv"
	"strings"
)

// Number is a text read as a number under both conventions for the decimal
// mark, since one value alone often fits both.
type Number struct {
	Dot, Comma     float64 // the value if "." or "," is the decimal mark
	DotOK, CommaOK bool
	Percent        bool // a percent sign followed; 50 % is 50
}

// Value is the number under the given decimal mark ('.' or ','); with 0 the
// point is preferred.
func (n Number) Value(decimal byte) (float64, bool) {
	switch {
	case decimal == ',' && n.CommaOK:
		return n.Comma, true
	case decimal != ',' && n.DotOK:
		return n.Dot, true
	case decimal == 0 && n.CommaOK:
		return n.Comma, true
	}
	return 0, false
}

// Ambiguous says whether the two conventions give different numbers.
func (n Number) Ambiguous() bool { return n.DotOK && n.CommaOK && n.Dot != n.Comma }

// ReadNumber reads 4, 4.0, 1,234.5, 1.234,5, 1 234, 1'234, −3, (12), 50 %,
// $1,200 and 1.5e3. It never yields NaN or an infinity. ok is false when the
// text is no number under either convention.
func ReadNumber(s string) (Number, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 64 {
		return Number{}, false
	}
	var n Number
	sign := 1.0
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s, sign = strings.TrimSpace(s[1:len(s)-1]), -1
	}
	s, n.Percent = trimUnits(s)
	switch {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "+"):
		if s[0] == '-' {
			sign = -sign
		}
		s = s[1:]
	case strings.HasPrefix(s, "−"):
		s, sign = strings.TrimPrefix(s, "−"), -sign
	}
	s, _ = trimUnits(s)
	digits, exp := splitExponent(s)
	if v, ok := readDigits(digits, '.', ','); ok {
		n.Dot, n.DotOK = scale(v, exp, sign)
	}
	if v, ok := readDigits(digits, ',', '.'); ok {
		n.Comma, n.CommaOK = scale(v, exp, sign)
	}
	return n, n.DotOK || n.CommaOK
}

// ParseNumber reads s with the decimal mark '.' or ',', or 0 to take either.
func ParseNumber(s string, decimal byte) (float64, bool) {
	n, ok := ReadNumber(s)
	if !ok {
		return 0, false
	}
	return n.Value(decimal)
}

func trimUnits(s string) (string, bool) {
	percent := strings.HasSuffix(s, "%")
	s = strings.TrimSpace(strings.TrimSuffix(s, "%"))
	for _, sign := range []string{"$", "€", "£", "¥", "₹"} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, sign), sign))
	}
	return s, percent
}

// splitExponent takes "e3" off the end; an empty exponent is none.
func splitExponent(s string) (digits, exp string) {
	i := strings.IndexAny(s, "eE")
	if i <= 0 || i == len(s)-1 {
		return s, ""
	}
	if _, err := strconv.Atoi(s[i+1:]); err != nil {
		return "", ""
	}
	return s[:i], s[i:]
}

func scale(plain, exp string, sign float64) (float64, bool) {
	v, err := strconv.ParseFloat(plain+exp, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false
	}
	if v == 0 {
		return 0, true
	}
	return v * sign, true
}

// readDigits gives s in Go's notation if it is well formed with the given
// decimal mark and thousands separator.
func readDigits(s string, decimal, thousands byte) (string, bool) {
	whole, frac, hasFrac := strings.Cut(s, string(decimal))
	if hasFrac && (!allDigits(frac) || whole == "" && frac == "") {
		return "", false
	}
	whole, ok := joinGroups(whole, thousands)
	if !ok || whole == "" && frac == "" {
		return "", false
	}
	if whole == "" {
		whole = "0"
	}
	if frac != "" {
		whole += "." + frac
	}
	return whole, true
}

// joinGroups removes thousands separators if the groups are right: three
// digits at the end, two or three before (as in 12,34,567).
func joinGroups(s string, sep byte) (string, bool) {
	if allDigits(s) {
		return s, true
	}
	for _, mark := range []string{string(sep), "\u00a0", "\u202f", " ", "'", "’"} {
		if !strings.Contains(s, mark) {
			continue
		}
		groups := strings.Split(s, mark)
		for i, g := range groups {
			last := i == len(groups)-1
			if !allDigits(g) || g == "" || last && len(g) != 3 || i > 0 && !last && len(g) != 3 && len(g) != 2 || i == 0 && len(g) > 3 {
				return "", false
			}
		}
		if groups[0][0] == '0' {
			return "", false
		}
		return strings.Join(groups, ""), true
	}
	return "", false
}

func allDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
