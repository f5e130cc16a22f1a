package engine

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"cairn"
)

// The values that the store holds are canonical JSON; these readers take that
// form without reflection and fall back to encoding/json for any other.

func isNull(raw []byte) bool { return len(raw) == 0 || (len(raw) == 4 && string(raw) == "null") }

func parseBool(raw []byte) (value, ok bool) {
	switch string(bytes.TrimSpace(raw)) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

func parseNumber(raw []byte) (float64, bool) {
	if n, ok := parseDigits(raw); ok {
		return float64(n), true
	}
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || (raw[0] != '-' && (raw[0] < '0' || raw[0] > '9')) {
		return math.NaN(), false
	}
	x, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return math.NaN(), false
	}
	if x == 0 {
		x = 0 // negative zero
	}
	return x, true
}

// parseDigits reads up to 15 decimal digits and nothing else.
func parseDigits(raw []byte) (int64, bool) {
	if len(raw) == 0 || len(raw) > 15 {
		return 0, false
	}
	n := int64(0)
	for _, c := range raw {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

func parseID(raw []byte) (cairn.ID, bool) {
	if n, ok := parseDigits(raw); ok {
		return cairn.ID(n), true
	}
	n, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
	return cairn.ID(n), err == nil && n >= 0
}

func parseString(raw []byte) (string, bool) {
	if n := len(raw); n >= 2 && raw[0] == '"' && raw[n-1] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : n-1]), true
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return "", false
	}
	return s, true
}

// parseDay reads YYYY-MM-DD.
func parseDay(s []byte) (cairn.Day, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return cairn.NoDay, false
	}
	y, ok1 := parseDigits(s[:4])
	m, ok2 := parseDigits(s[5:7])
	d, ok3 := parseDigits(s[8:])
	if !ok1 || !ok2 || !ok3 || y < 1 || m < 1 || m > 12 || d < 1 || int(d) > daysIn(int(y), int(m)) {
		return cairn.NoDay, false
	}
	return dayFrom(int(y), int(m), int(d)), true
}

func parseDayJSON(raw []byte) (cairn.Day, bool) {
	if n := len(raw); n == 12 && raw[0] == '"' && raw[11] == '"' {
		return parseDay(raw[1:11])
	}
	s, ok := parseString(raw)
	if !ok {
		return cairn.NoDay, false
	}
	if s == "" {
		return cairn.NoDay, true
	}
	return parseDay([]byte(s))
}

func parseInterval(raw []byte) (cairn.Interval, uint8, bool) {
	var in struct {
		Start     string          `json:"start"`
		End       string          `json:"end"`
		Precision cairn.Precision `json:"precision"`
	}
	if !cutInterval(raw, &in.Start, &in.End, (*string)(&in.Precision)) && json.Unmarshal(raw, &in) != nil {
		return cairn.Interval{}, 0, false
	}
	start, ok1 := parseDay([]byte(in.Start))
	end, ok2 := parseDay([]byte(in.End))
	if in.Precision == "" {
		in.Precision = cairn.PrecisionDay
	}
	for i, p := range cairn.Precisions() {
		if p == in.Precision {
			return cairn.Interval{Start: start, End: end, Precision: p}, uint8(i), ok1 && ok2 && start <= end
		}
	}
	return cairn.Interval{}, 0, false
}

// cutInterval reads the canonical form of an interval.
func cutInterval(raw []byte, start, end, precision *string) bool {
	for _, part := range []struct {
		before string
		into   *string
	}{{`{"start":"`, start}, {`","end":"`, end}, {`","precision":"`, precision}} {
		rest, ok := bytes.CutPrefix(raw, []byte(part.before))
		if !ok {
			return false
		}
		n := bytes.IndexByte(rest, '"')
		if n < 0 {
			return false
		}
		*part.into, raw = string(rest[:n]), rest[n:]
	}
	return string(raw) == `"}`
}

func parseMoment(raw []byte) (int64, bool) {
	s, ok := parseString(raw)
	if !ok {
		return noMoment, false
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return noMoment, false
	}
	return t.UnixMicro(), true
}

// eachID calls yield for every id of a JSON list.
func eachID(raw []byte, yield func(cairn.ID)) bool {
	if n := len(raw); n >= 2 && raw[0] == '[' && raw[n-1] == ']' {
		plain := true
		for part := range bytes.SplitSeq(raw[1:n-1], []byte{','}) {
			if _, ok := parseDigits(part); !ok {
				plain = false
			}
		}
		if plain {
			for part := range bytes.SplitSeq(raw[1:n-1], []byte{','}) {
				if id, _ := parseDigits(part); id != 0 {
					yield(cairn.ID(id))
				}
			}
			return true
		}
	}
	var ids []cairn.ID
	if json.Unmarshal(raw, &ids) != nil {
		return false
	}
	for _, id := range ids {
		if id > 0 {
			yield(id)
		}
	}
	return true
}

// eachText calls yield for every text of a JSON list that is not empty.
func eachText(raw []byte, yield func(string)) bool {
	var list []string
	if !cutTexts(raw, &list) {
		list = nil
		if json.Unmarshal(raw, &list) != nil {
			return false
		}
	}
	for _, s := range list {
		if s != "" {
			yield(s)
		}
	}
	return true
}

// cutTexts reads a list of texts without escapes.
func cutTexts(raw []byte, into *[]string) bool {
	n := len(raw)
	if n < 4 || raw[0] != '[' || raw[n-1] != ']' || bytes.IndexByte(raw, '\\') >= 0 {
		return false
	}
	for rest := raw[1 : n-1]; ; {
		if len(rest) < 2 || rest[0] != '"' {
			return false
		}
		end := bytes.IndexByte(rest[1:], '"')
		if end < 0 {
			return false
		}
		*into = append(*into, string(rest[1:1+end]))
		rest = rest[end+2:]
		if len(rest) == 0 {
			return true
		}
		if rest[0] != ',' {
			return false
		}
		rest = rest[1:]
	}
}
