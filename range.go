package cairn

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
)

// Range is a number that is not known exactly: it lies below Low once in
// twenty times, above High once in twenty times, and Likely is as often too
// high as too low. Low < High, and Likely is one of them or between them.
type Range struct {
	Low    float64 `json:"low"`
	Likely float64 `json:"likely"`
	High   float64 `json:"high"`
}

// Range returns what a number's value leaves open; ok is false for a plain
// number and for every other kind.
func (v Value) Range() (r Range, ok bool) {
	if v.Kind != KindNumber || v.Low >= v.High {
		return Range{}, false
	}
	return Range{v.Low, v.Num, v.High}, true
}

// Value returns the range as a field's value; one whose ends are the same is a
// plain number.
func (r Range) Value() Value {
	if r.Low >= r.High {
		return Value{Kind: KindNumber, Num: r.Likely + 0} // no negative zero
	}
	return Value{Kind: KindNumber, Num: r.Likely + 0, Low: r.Low + 0, High: r.High + 0}
}

// AppendJSON appends {"low":3,"likely":5,"high":8}.
func (r Range) AppendJSON(dst []byte) []byte {
	dst = AppendJSONNumber(append(dst, `{"low":`...), r.Low)
	dst = AppendJSONNumber(append(dst, `,"likely":`...), r.Likely)
	return append(AppendJSONNumber(append(dst, `,"high":`...), r.High), '}')
}

// ParseRange reads the form of AppendJSON, in any order of its parts. ok is
// false for anything else, also when the three are not in ascending order.
func ParseRange(raw []byte) (r Range, ok bool) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '{' {
		return Range{}, false
	}
	in, err := decodeRange(raw)
	if err != nil {
		return Range{}, false
	}
	r, why := in.checked()
	return r, why == ""
}

// String writes the range for people and for importers: 3–8 (5).
func (r Range) String() string {
	out := AppendJSONNumber(nil, r.Low)
	out = AppendJSONNumber(append(out, "–"...), r.High)
	out = AppendJSONNumber(append(out, " ("...), r.Likely)
	return string(append(out, ')'))
}

// rangeJSON tells an absent part from 0.
type rangeJSON struct {
	Low    *float64 `json:"low"`
	Likely *float64 `json:"likely"`
	High   *float64 `json:"high"`
}

func decodeRange(raw []byte) (in rangeJSON, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err = d.Decode(&in); err == nil && d.InputOffset() != int64(len(raw)) {
		err = io.ErrUnexpectedEOF
	}
	return in, err
}

// checked returns the range, or why the parts make none, for people.
func (in rangeJSON) checked() (r Range, why string) {
	if in.Low == nil || in.Likely == nil || in.High == nil {
		return Range{}, "a range needs low, likely and high"
	}
	r = Range{*in.Low + 0, *in.Likely + 0, *in.High + 0}
	if !(r.Low <= r.Likely && r.Likely <= r.High) {
		return Range{}, "a range ascends from low over likely to high; this one is " +
			string(AppendJSONNumber(nil, r.Low)) + ", " + string(AppendJSONNumber(nil, r.Likely)) + ", " + string(AppendJSONNumber(nil, r.High))
	}
	return r, ""
}

func parseRange(f *Field, raw json.RawMessage) (Value, error) {
	in, err := decodeRange(raw)
	if err != nil {
		return Value{}, bad(f, `expects a number or {"low","likely","high"}, not %s`, clip(raw))
	}
	r, why := in.checked()
	if why != "" {
		return Value{}, bad(f, "%s", why)
	}
	for _, x := range [...]float64{r.Low, r.Likely, r.High} {
		if err := checkNumber(f, x); err != nil {
			return Value{}, err
		}
	}
	return r.Value(), nil
}

// checkNumber refuses a number that the field does not allow.
func checkNumber(f *Field, x float64) error {
	switch {
	case math.Abs(x) > 1e15:
		return bad(f, "%g is too large; numbers go up to 10^15", x)
	case f.Type == TypeRating && (x != math.Trunc(x) || x < 1 || x > 5):
		return bad(f, "a rating is a whole number from 1 to 5, not %g", x)
	case f.Type == TypeSlider:
		if low, high := f.Number.Range(); x < low || x > high {
			return bad(f, "goes from %g to %g, not %g", low, high, x)
		}
	}
	return nil
}
