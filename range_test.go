package cairn_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn"
)

func bounds(low, high float64) *cairn.NumberFormat { return &cairn.NumberFormat{Min: &low, Max: &high} }

// TestRangeValues: UNC-1 and UNC-2.
func TestRangeValues(t *testing.T) {
	number := cairn.Field{ID: 1, Name: "Effort", Type: cairn.TypeNumber}
	rating := cairn.Field{ID: 2, Name: "Impact", Type: cairn.TypeRating}
	slider := cairn.Field{ID: 3, Name: "Sure", Type: cairn.TypeSlider, Number: bounds(-10, 10)}
	for _, c := range []struct {
		field *cairn.Field
		in    string
		want  string // the canonical form, or part of the error
	}{
		{&number, `{"low":3,"likely":5,"high":8}`, `{"low":3,"likely":5,"high":8}`},
		{&number, `{"high":8,"low":3,"likely":5.50}`, `{"low":3,"likely":5.5,"high":8}`},
		{&number, `{"low":-0,"likely":-0.0,"high":8}`, `{"low":0,"likely":0,"high":8}`},
		{&number, `{"low":3,"likely":3,"high":3}`, `3`},
		{&number, `{"low":0,"likely":0,"high":0}`, `0`},
		{&number, `{"low":8,"likely":5,"high":3}`, `ascends from low over likely to high; this one is 8, 5, 3`},
		{&number, `{"low":3,"likely":9,"high":8}`, `ascends`},
		{&number, `{"low":3,"high":8}`, `needs low, likely and high`},
		{&number, `{"low":3,"likely":5,"high":8,"mode":4}`, `expects a number or {"low","likely","high"}`},
		{&number, `{"low":"3","likely":5,"high":8}`, `expects a number or`},
		{&number, `{"low":3,"likely":5,"high":1e16}`, `too large`},
		{&number, `[3,5,8]`, `expects a number, not [3,5,8]`},
		{&rating, `{"low":1,"likely":4,"high":5}`, `{"low":1,"likely":4,"high":5}`},
		{&rating, `{"low":1,"likely":4.5,"high":5}`, `whole number from 1 to 5, not 4.5`},
		{&rating, `{"low":0,"likely":4,"high":5}`, `whole number from 1 to 5, not 0`},
		{&slider, `{"low":-10,"likely":0,"high":9.5}`, `{"low":-10,"likely":0,"high":9.5}`},
		{&slider, `{"low":-11,"likely":0,"high":9}`, `goes from -10 to 10, not -11`},
	} {
		v, err := cairn.ParseValue(c.field, json.RawMessage(c.in))
		if err != nil {
			if !strings.Contains(err.Error(), c.want) || c.want[0] == '{' {
				t.Errorf("%s %s: %v, want %s", c.field.Name, c.in, err, c.want)
			}
			continue
		}
		if got := string(v.AppendJSON(nil)); got != c.want {
			t.Errorf("%s %s = %s, want %s", c.field.Name, c.in, got, c.want)
		}
	}
}

// TestRangeRoundTrip: UNC-2, what is stored reads back byte for byte.
func TestRangeRoundTrip(t *testing.T) {
	f := cairn.Field{ID: 1, Name: "Effort", Type: cairn.TypeNumber}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1e12, 1e12), 3, 3).Draw(t, "parts")
		low, likely, high := min(x[0], x[1], x[2]), x[0]+x[1]+x[2]-min(x[0], x[1], x[2])-max(x[0], x[1], x[2]), max(x[0], x[1], x[2])
		raw := cairn.Range{Low: low, Likely: min(max(likely, low), high), High: high}.Value().AppendJSON(nil)
		v, err := cairn.ParseValue(&f, raw)
		if err != nil {
			t.Fatal(err)
		}
		if again := v.AppendJSON(nil); string(again) != string(raw) {
			t.Fatalf("%s came back as %s", raw, again)
		}
		r, ranged := v.Range()
		if parsed, ok := cairn.ParseRange(raw); ranged && (!ok || parsed != r) {
			t.Fatalf("%s read as %v %v", raw, parsed, ok)
		}
	})
}
