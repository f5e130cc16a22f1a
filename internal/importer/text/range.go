package text

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// Range is a number given as low, likely and high; they need not ascend, so
// that the reader can say what is wrong with them.
type Range struct {
	Low, Likely, High float64
	// Middle: only the ends were written, and Likely is halfway between them.
	Middle bool
	// Around: written as a number ± a distance, so that the ends may be cut at
	// what a field allows.
	Around bool
}

// Ascends reports whether low ≤ likely ≤ high.
func (r Range) Ascends() bool { return r.Low <= r.Likely && r.Likely <= r.High }

// ParseRange reads what docs/spec/uncertainty.md lists under UNC-3: 3–8, 3-8,
// 3..8, 3 to 8, 3–8 (5), 5 ±2, 5 ±40 %, 3/5/8 and {"low":3,"likely":5,"high":8}.
// The decimal mark is '.' or ',', or 0 to take the one with which every part
// reads, the point first. ok is false for a text that is none of these, a
// single number among them.
func ParseRange(s string, decimal byte) (r Range, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 200 {
		return Range{}, false
	}
	if s[0] == '{' {
		return rangeObject(s)
	}
	marks := []byte{decimal}
	if decimal == 0 {
		marks = []byte{'.', ','}
	}
	for _, mark := range marks {
		if r, ok = (rangeReader{mark}).read(s); ok {
			return r, true
		}
	}
	return Range{}, false
}

func rangeObject(s string) (Range, bool) {
	var in struct{ Low, Likely, High *float64 }
	if json.Unmarshal([]byte(s), &in) != nil || in.Low == nil || in.Likely == nil || in.High == nil {
		return Range{}, false
	}
	return Range{Low: *in.Low, Likely: *in.Likely, High: *in.High}, true
}

type rangeReader struct{ decimal byte }

func (p rangeReader) number(s string) (float64, bool) { return ParseNumber(s, p.decimal) }

func (p rangeReader) read(s string) (Range, bool) {
	if strings.HasSuffix(s, ")") {
		return p.withLikely(s)
	}
	for _, sign := range []string{"±", "+/-", "+/−", "+-", "+−", "+–"} {
		if a, b, found := strings.Cut(s, sign); found {
			return p.around(a, b)
		}
	}
	if parts := strings.Split(s, "/"); len(parts) == 3 {
		return p.three(parts)
	}
	return p.ends(s)
}

// withLikely reads 3–8 (5).
func (p rangeReader) withLikely(s string) (Range, bool) {
	at := strings.LastIndexByte(s, '(')
	if at <= 0 {
		return Range{}, false
	}
	r, ok := p.ends(strings.TrimSpace(s[:at]))
	if !ok {
		return Range{}, false
	}
	r.Likely, ok = p.number(s[at+1 : len(s)-1])
	r.Middle = false
	return r, ok
}

// around reads 5 ±2, and 5 ±40 % as a share of 5.
func (p rangeReader) around(a, b string) (Range, bool) {
	likely, ok1 := p.number(a)
	by, ok2 := p.number(b)
	if !ok1 || !ok2 || by < 0 {
		return Range{}, false
	}
	if strings.HasSuffix(strings.TrimSpace(b), "%") && !strings.HasSuffix(strings.TrimSpace(a), "%") {
		by = math.Abs(likely) * by / 100
	}
	return Range{Low: tidy(likely - by), Likely: likely, High: tidy(likely + by), Around: true}, true
}

// three reads 3/5/8. What could be a date with its year is none.
func (p rangeReader) three(parts []string) (Range, bool) {
	var x [3]float64
	for i, part := range parts {
		var ok bool
		if x[i], ok = p.number(part); !ok {
			return Range{}, false
		}
	}
	if small(x[0]) && small(x[1]) && x[2] >= 1900 && x[2] <= 2100 {
		return Range{}, false
	}
	return Range{Low: x[0], Likely: x[1], High: x[2]}, true
}

func small(x float64) bool { return x == math.Trunc(x) && x >= 1 && x <= 31 }

// ends reads 3–8 and the like. A dash may also be the sign of a number, so
// that each place where one stands is tried.
func (p rangeReader) ends(s string) (Range, bool) {
	for _, sign := range []string{"...", "..", "…", " to ", "–", "—", "-", "−"} {
		for from := 1; from < len(s); {
			at := strings.Index(s[from:], sign)
			if at < 0 {
				break
			}
			at += from
			low, ok1 := p.number(s[:at])
			high, ok2 := p.number(s[at+len(sign):])
			if ok1 && ok2 {
				return Range{Low: low, Likely: tidy(low/2 + high/2), High: high, Middle: true}, true
			}
			from = at + len(sign)
		}
	}
	return Range{}, false
}

// tidy rounds to twelve digits: what is left of binary fractions goes.
func tidy(x float64) float64 {
	v, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return v + 0
}
