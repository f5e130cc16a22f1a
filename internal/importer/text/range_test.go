package text

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// TestRangeTexts: UNC-3 and UNC-4. The web app's tests read the same file.
func TestRangeTexts(t *testing.T) {
	raw, err := os.ReadFile("testdata/ranges.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text, Decimal     string
		Low, Likely, High float64
		None, Descends    bool
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		decimal := byte('.')
		if c.Decimal != "" {
			decimal = c.Decimal[0]
		}
		r, ok := ParseRange(c.Text, decimal)
		switch {
		case ok == c.None:
			t.Errorf("%q: read as a range: %v (%v)", c.Text, ok, r)
		case c.None:
		case r.Ascends() == c.Descends:
			t.Errorf("%q: ascends: %v (%v)", c.Text, r.Ascends(), r)
		case !c.Descends && (r.Low != c.Low || r.Likely != c.Likely || r.High != c.High):
			t.Errorf("%q = %v %v %v, want %v %v %v", c.Text, r.Low, r.Likely, r.High, c.Low, c.Likely, c.High)
		}
	}
}

// TestRangeTextsOfUnknownMark: UNC-4, every part under the same mark.
func TestRangeTextsOfUnknownMark(t *testing.T) {
	for text, want := range map[string]Range{
		"1,5–2,5": {Low: 1.5, Likely: 2, High: 2.5, Middle: true},
		"1.5–2.5": {Low: 1.5, Likely: 2, High: 2.5, Middle: true},
		"1,5–2":   {Low: 1.5, Likely: 1.75, High: 2, Middle: true},
	} {
		if got, ok := ParseRange(text, 0); !ok || got != want {
			t.Errorf("%q = %v %v, want %v", text, got, ok, want)
		}
	}
}

// TestWrittenRangesReadBack: what is written as low–high (likely) comes back.
func TestWrittenRangesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) float64 {
			n := rapid.IntRange(-1e9, 1e9).Draw(t, "digits")
			x, _ := strconv.ParseFloat(fmt.Sprintf("%de-%d", n, rapid.IntRange(0, 6).Draw(t, "places")), 64)
			return x
		}), 3, 3).Draw(t, "parts")
		text := fmt.Sprintf("%s–%s (%s)", digits(x[0]), digits(x[1]), digits(x[2]))
		got, ok := ParseRange(text, '.')
		if !ok || got.Low != x[0] || got.High != x[1] || got.Likely != x[2] {
			t.Fatalf("%q = %v %v", text, got, ok)
		}
	})
}

func digits(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
