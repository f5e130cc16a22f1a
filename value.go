package cairn

import (
	"bytes"
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of text, in characters (short, labels) and bytes (long).
const (
	MaxTitle     = 1000
	MaxShortText = 2000
	MaxLongText  = 1 << 20
	MaxLabel     = 200
	MaxList      = 1000
)

// Day is a calendar day without a time zone, counted from 1970-01-01.
type Day int32

// NoDay marks the absence of a day.
const NoDay Day = math.MinInt32

// DayOf returns the day of t in t's own time zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads YYYY-MM-DD with a year from 1 to 9999.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil || t.Year() < 1 {
		return NoDay, false
	}
	return Day(int64(math.Floor(float64(t.Unix()) / 86400))), true
}

// Time returns the day's midnight in UTC.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String returns YYYY-MM-DD.
func (d Day) String() string { return d.Time().Format("2006-01-02") }

// Precision says how exactly an interval is meant.
type Precision string

// The precisions of an interval.
const (
	PrecisionDay     Precision = "day"
	PrecisionMonth   Precision = "month"
	PrecisionQuarter Precision = "quarter"
	PrecisionHalf    Precision = "half"
	PrecisionYear    Precision = "year"
)

// Precisions lists them from the finest to the coarsest.
func Precisions() []Precision {
	return []Precision{PrecisionDay, PrecisionMonth, PrecisionQuarter, PrecisionHalf, PrecisionYear}
}

// Months returns how many months one unit of the precision has; 0 for a day.
func (p Precision) Months() int {
	switch p {
	case PrecisionMonth:
		return 1
	case PrecisionQuarter:
		return 3
	case PrecisionHalf:
		return 6
	case PrecisionYear:
		return 12
	}
	return 0
}

// Interval is a span of days, both ends included, meant as exactly as its
// precision says. Start and end lie on the edges of the precision's units.
type Interval struct {
	Start, End Day
	Precision  Precision
}

// Widen returns the smallest interval of that precision which covers iv.
func (iv Interval) Widen(p Precision) Interval {
	months := p.Months()
	if months == 0 {
		return Interval{iv.Start, iv.End, PrecisionDay}
	}
	s, e := iv.Start.Time(), iv.End.Time()
	first := func(t time.Time) time.Time {
		m := (int(t.Month()) - 1) / months * months
		return time.Date(t.Year(), time.Month(m+1), 1, 0, 0, 0, 0, time.UTC)
	}
	return Interval{DayOf(first(s)), DayOf(first(e).AddDate(0, months, -1)), p}
}

type intervalJSON struct {
	Start     string    `json:"start"`
	End       string    `json:"end"`
	Precision Precision `json:"precision,omitempty"`
}

// Value is the value of one field of one idea, in the shape of its Kind.
type Value struct {
	Kind     ValueKind
	Num      float64 // KindNumber, the likely one of a range; KindBool as 1 or 0
	Low      float64 // KindNumber: the ends of a range, equal for a plain number
	High     float64
	Text     string
	Day      Day // KindDate
	Interval Interval
	IDs      []ID // KindRefID (one) and KindRefIDs
	Texts    []string
	Time     time.Time // KindMoment
}

// IsNull reports the absence of a value.
func (v Value) IsNull() bool { return v.Kind == KindNull }

// ID returns the single option or person, 0 when there is none.
func (v Value) ID() ID {
	if len(v.IDs) == 0 {
		return 0
	}
	return v.IDs[0]
}

// AppendJSON appends the value's form on the wire and in the log:
// text, number or {"low","likely","high"}, true/false, "YYYY-MM-DD",
// {"start","end","precision"}, id,
// [ids], [texts]. Null is null.
func (v Value) AppendJSON(dst []byte) []byte {
	switch v.Kind {
	case KindText:
		return AppendJSONString(dst, v.Text)
	case KindNumber:
		if r, ok := v.Range(); ok {
			return r.AppendJSON(dst)
		}
		return AppendJSONNumber(dst, v.Num)
	case KindBool:
		return strconv.AppendBool(dst, v.Num != 0)
	case KindDate:
		return AppendJSONString(dst, v.Day.String())
	case KindInterval:
		raw, _ := json.Marshal(intervalJSON{v.Interval.Start.String(), v.Interval.End.String(), v.Interval.Precision})
		return append(dst, raw...)
	case KindRefID:
		return strconv.AppendInt(dst, int64(v.ID()), 10)
	case KindRefIDs:
		dst = append(dst, '[')
		for i, id := range v.IDs {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = strconv.AppendInt(dst, int64(id), 10)
		}
		return append(dst, ']')
	case KindTexts:
		dst = append(dst, '[')
		for i, s := range v.Texts {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = AppendJSONString(dst, s)
		}
		return append(dst, ']')
	case KindMoment:
		return AppendJSONString(dst, v.Time.UTC().Format(time.RFC3339Nano))
	}
	return append(dst, "null"...)
}

// AppendJSONNumber appends x in its shortest form, without an exponent for
// numbers of ordinary size. NaN and infinities, which JSON lacks, become null.
func AppendJSONNumber(dst []byte, x float64) []byte {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return append(dst, "null"...)
	}
	format := byte('f')
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(dst, x, format, -1, 64)
}

// ParseValue reads a field's value from its JSON form and checks it against
// the field: type, bounds, known options, lengths. People are checked for shape
// only. An empty text, list or null is the null value. Errors name the field.
func ParseValue(f *Field, raw json.RawMessage) (Value, error) {
	if IsNull(raw) {
		return Value{}, nil
	}
	info, ok := f.Type.Info()
	switch {
	case f.Type == TypeVotes:
		return Value{}, Invalid(string(f.Ref()), "%s adds up what people give; vote instead", f.Name)
	case f.Type == TypeEvidence:
		return Value{}, Invalid(string(f.Ref()), "%s is measured from the idea's insights; add or link insights instead", f.Name)
	case !ok || info.Computed:
		return Value{}, Invalid(string(f.Ref()), "%s is computed; change its formula or its inputs instead", f.Name)
	}
	switch info.Kind {
	case KindText:
		return parseText(f, raw)
	case KindNumber:
		return parseNumber(f, raw)
	case KindBool:
		return parseBool(f, raw)
	case KindDate, KindInterval:
		return parseDates(f, raw)
	case KindRefID, KindRefIDs:
		return parseRefs(f, info, raw)
	}
	return parseTexts(f, raw)
}

func bad(f *Field, format string, args ...any) error {
	e := Invalid(string(f.Ref()), format, args...)
	e.Message = f.Name + ": " + e.Message
	e.Details[0].Message = e.Message
	return e
}

func parseText(f *Field, raw json.RawMessage) (Value, error) {
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return Value{}, bad(f, "expects text, not %s", clip(raw))
	}
	if !utf8.ValidString(s) {
		return Value{}, bad(f, "the text is not valid UTF-8")
	}
	n := utf8.RuneCountInString(s)
	switch {
	case f.Type == TypeLongText && len(s) > MaxLongText:
		return Value{}, bad(f, "the text has %d bytes; at most %d fit", len(s), MaxLongText)
	case f.Type != TypeLongText && n > MaxShortText:
		return Value{}, bad(f, "the text has %d characters; at most %d fit", n, MaxShortText)
	case f.Type == TypeShortText && strings.ContainsAny(s, "\r\n"):
		s = strings.Join(strings.Fields(s), " ")
	case f.Type == TypeURL && s != "":
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return Value{}, bad(f, "%s is not a web address; it starts with https:// or http://", clip(raw))
		}
		s = strings.TrimSpace(s)
	}
	if strings.TrimSpace(s) == "" {
		return Value{}, nil
	}
	return Value{Kind: KindText, Text: s}, nil
}

func parseNumber(f *Field, raw json.RawMessage) (Value, error) {
	if raw = bytes.TrimSpace(raw); len(raw) > 0 && raw[0] == '{' {
		return parseRange(f, raw)
	}
	var x float64
	if err := json.Unmarshal(raw, &x); err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		return Value{}, bad(f, "expects a number, not %s", clip(raw))
	}
	if err := checkNumber(f, x); err != nil {
		return Value{}, err
	}
	return Value{Kind: KindNumber, Num: x + 0}, nil // no negative zero
}

func parseBool(f *Field, raw json.RawMessage) (Value, error) {
	switch string(bytes.TrimSpace(raw)) {
	case "true", "1":
		return Value{Kind: KindBool, Num: 1}, nil
	case "false", "0":
		return Value{}, nil // unchecked and never set are one
	}
	return Value{}, bad(f, "expects true or false, not %s", clip(raw))
}

func parseDates(f *Field, raw json.RawMessage) (Value, error) {
	if f.Type == TypeDate {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return Value{}, bad(f, "expects a date as YYYY-MM-DD, not %s", clip(raw))
		}
		if s == "" {
			return Value{}, nil
		}
		d, ok := ParseDay(s)
		if !ok {
			return Value{}, bad(f, "%q is not a date; write it as YYYY-MM-DD", s)
		}
		return Value{Kind: KindDate, Day: d}, nil
	}
	var in intervalJSON
	if json.Unmarshal(raw, &in) != nil {
		return Value{}, bad(f, `expects {"start","end","precision"} with dates as YYYY-MM-DD, not %s`, clip(raw))
	}
	if in.Precision == "" {
		in.Precision = PrecisionDay
	}
	start, ok1 := ParseDay(in.Start)
	end, ok2 := ParseDay(in.End)
	known := false
	for _, p := range Precisions() {
		known = known || p == in.Precision
	}
	switch {
	case !ok1 || !ok2:
		return Value{}, bad(f, "needs a start and an end as YYYY-MM-DD, not %q and %q", in.Start, in.End)
	case end < start:
		return Value{}, bad(f, "ends on %s, before it starts on %s", in.End, in.Start)
	case !known:
		return Value{}, bad(f, "the precision is day, month, quarter, half or year, not %q", in.Precision)
	}
	return Value{Kind: KindInterval, Interval: Interval{start, end, in.Precision}.Widen(in.Precision)}, nil
}

func parseRefs(f *Field, info TypeInfo, raw json.RawMessage) (Value, error) {
	var ids []ID
	if info.Kind == KindRefID {
		var id ID
		if json.Unmarshal(raw, &id) != nil {
			return Value{}, bad(f, "expects the id of %s, not %s", refNoun(f, info, 1), clip(raw))
		}
		if id == 0 {
			return Value{}, nil
		}
		ids = []ID{id}
	} else if json.Unmarshal(raw, &ids) != nil {
		return Value{}, bad(f, "expects a list of ids of %s, not %s", refNoun(f, info, 2), clip(raw))
	}
	if len(ids) > MaxList {
		return Value{}, bad(f, "has %d entries; at most %d fit", len(ids), MaxList)
	}
	seen := make(map[ID]bool, len(ids))
	out := ids[:0]
	for _, id := range ids {
		if info.Options {
			if _, ok := f.Option(id); !ok {
				return Value{}, bad(f, "has no option with the id %d", id)
			}
		} else if id <= 0 {
			return Value{}, bad(f, "%d is not the id of %s", id, refNoun(f, info, 1))
		}
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		return Value{}, nil
	}
	return Value{Kind: info.Kind, IDs: out}, nil
}

// refNoun names what the field refers to: one of them, or several.
func refNoun(f *Field, info TypeInfo, n int) string {
	words := [2]string{"a person", "people"}
	switch {
	case info.Options:
		words = [2]string{"an option", "options"}
	case f.Type == TypeConnection:
		words = [2]string{"an idea", "ideas"}
	}
	return words[min(n, 2)-1]
}

func parseTexts(f *Field, raw json.RawMessage) (Value, error) {
	var in []string
	if json.Unmarshal(raw, &in) != nil {
		return Value{}, bad(f, "expects a list of labels, not %s", clip(raw))
	}
	if len(in) > MaxList {
		return Value{}, bad(f, "has %d labels; at most %d fit", len(in), MaxList)
	}
	seen := make(map[string]bool, len(in))
	var out []string
	for _, s := range in {
		s = strings.Join(strings.Fields(s), " ")
		if n := utf8.RuneCountInString(s); n > MaxLabel {
			return Value{}, bad(f, "a label has %d characters; at most %d fit", n, MaxLabel)
		}
		if s != "" && !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return Value{}, nil
	}
	return Value{Kind: KindTexts, Texts: out}, nil
}

func clip(raw []byte) string {
	const most = 60
	if len(raw) <= most {
		return string(raw)
	}
	return strings.ToValidUTF8(string(raw[:most]), "") + "…"
}
