package formula_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/formula"
)

// Bringing a score up to date gives bit for bit what computing it anew gives.
func TestUpdateEqualsCompute(t *testing.T) {
	value := rapid.SampledFrom([]float64{math.NaN(), 0, 1, 2, 3.3, 5, -4, 1e-3, 1e300, -1e308, 1e308})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "rows")
		in := formula.Weights{Weights: rapid.SliceOfN(rapid.SampledFrom([]float64{0.5, 2, -1, -0.3, 0}), 1, 4).Draw(t, "weights")}
		for range in.Weights {
			in.Inputs = append(in.Inputs, rapid.SliceOfN(value, n, n).Draw(t, "input"))
		}
		in.Live = rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "live")
		var w formula.Weighing
		w.Compute(in)
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			var rows []int32
			for range rapid.IntRange(0, 2).Draw(t, "rows") {
				row := rapid.IntRange(0, len(in.Live)-1).Draw(t, "row")
				rows = append(rows, int32(row))
				in.Live[row] = rapid.Bool().Draw(t, "live")
				for k := range in.Inputs {
					in.Inputs[k][row] = value.Draw(t, "x")
				}
			}
			if rapid.Bool().Draw(t, "grow") {
				rows = append(rows, int32(len(in.Live)))
				in.Live = append(in.Live, rapid.Bool().Draw(t, "live"))
				for k := range in.Inputs {
					in.Inputs[k] = append(in.Inputs[k], value.Draw(t, "x"))
				}
			}
			before := slices.Clone(w.Num)
			all := w.Update(in, rows)
			var want formula.Scores
			scale := formula.Weighted(in.Inputs, in.Weights, in.Live, &want)
			for i := range want.Num {
				if w.Num[i] != want.Num[i] || w.Status[i] != want.Status[i] || bits(w.Missing, i) != bits(want.Missing, i) {
					t.Fatalf("row %d: %v %v %b, want %v %v %b", i, w.Num[i], w.Status[i], w.Missing, want.Num[i], want.Status[i], want.Missing)
				}
				if !all && !slices.Contains(rows, int32(i)) && w.Num[i] != before[i] {
					t.Fatalf("row %d changed unsaid", i)
				}
			}
			if scale.Positive != w.Scale.Positive || scale.Negative != w.Scale.Negative || !slices.Equal(scale.Inputs, w.Scale.Inputs) {
				t.Fatalf("scale %+v, want %+v", w.Scale, scale)
			}
		}
	})
}

func bits(missing []uint64, row int) uint64 {
	if len(missing) == 0 {
		return 0
	}
	return missing[row]
}
