package uncertainty_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/formula"
	"cairn/internal/uncertainty"
)

// TestSensitivity: UNC-19. Inside of the play the top stays, beyond it it
// changes; with a divisor too.
func TestSensitivity(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBacklog(rt, 3, 4)
		weights := []float64{40, 25, rapid.SampledFrom([]float64{10, -10}).Draw(rt, "weight")}
		m := b.score(cairn.FormulaWeighted, weights...)
		top := rapid.IntRange(1, b.ideas-1).Draw(rt, "top")
		plays, ok := m.Sensitivity(top)
		if !ok || len(plays) != 3 {
			rt.Fatal("no answer")
		}
		was := topOf(b, top, weights)
		for k, p := range plays {
			for _, c := range []struct {
				x    float64
				stay bool
			}{{p.Low + 1e-6, true}, {p.High - 1e-6, true}, {p.Low - 1e-6, false}, {p.High + 1e-6, false}} {
				if c.x != c.x || (c.x > 0) != (p.Weight > 0) || c.x == 0 {
					continue
				}
				moved := append([]float64(nil), weights...)
				moved[k] = c.x
				if topOf(b, top, moved).equal(was) != c.stay {
					rt.Fatalf("weight %d of %v: %g to %g, but with %g the top %d stays: %v", k, weights, p.Low, p.High, c.x, top, !c.stay)
				}
			}
		}
	})
	if _, ok := newBacklog(2, "A").expression(t, "{A}").Sensitivity(1); ok {
		t.Error("an expression has no weights")
	}
}

// TestReweigh: UNC-19. What is tried is the top as it would be with those weights.
func TestReweigh(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBacklog(rt, 3, 2)
		weights := []float64{40, 25, 10}
		m := b.score(cairn.FormulaWeighted, weights...)
		top := rapid.IntRange(1, b.ideas).Draw(rt, "top")
		tried := rapid.Float64Range(0, 100).Draw(rt, "tried")
		was, now, ok := m.Reweigh(top, map[cairn.Ref]float64{m.Columns[m.Target].Formula.Inputs[1].Field: tried})
		if !ok || len(was) != top || len(now) != top {
			rt.Fatalf("%d and %d of %d", len(was), len(now), top)
		}
		for _, c := range []struct {
			got  []int
			want set
		}{{was, topOf(b, top, weights)}, {now, topOf(b, top, []float64{40, tried, 10})}} {
			got := set{}
			for _, place := range c.got {
				got[place] = true
			}
			if !got.equal(c.want) {
				rt.Fatalf("the top %d is %v, want %v", top, got, c.want)
			}
		}
	})
	if _, _, ok := newBacklog(2, "A").expression(t, "{A}").Reweigh(1, nil); ok {
		t.Error("an expression has no weights")
	}
}

// TestAllTies: UNC-17. The ties of the whole order are those of all draws at
// once, in blocks or not.
func TestAllTies(t *testing.T) {
	const ideas = 200
	b := newBacklog(ideas, "A")
	for i := range ideas {
		x := 1000 - float64(i)/20
		b.set("A", i, x-3, x, x+3)
	}
	b.set("A", ideas-1, math.NaN(), math.NaN(), math.NaN())
	r := rank(b.expression(t, "{A}"), 1)
	want := r.Ties(r.Draws(places(ideas - 1)))
	if len(want) < 2 || want[0][1] < 5 {
		t.Fatalf("the backlog has no ties to speak of: %v", want)
	}
	if got := r.AllTies(); !slices.Equal(got, want) {
		t.Errorf("ties %v, want %v", got, want)
	}
}

// TestNobodyRanked: the values of other columns are drawn also where the column
// that ranks has none.
func TestNobodyRanked(t *testing.T) {
	b := newBacklog(3, "A", "B")
	for i := range 3 {
		b.set("A", i, math.NaN(), math.NaN(), math.NaN())
		b.set("B", i, 1, 2, 3)
	}
	m := b.expression(t, "{A} + {B}")
	m.Target = 0
	r := rank(m, 2)
	if r.Ranked() != 0 || r.Has(0) || len(r.AllTies()) != 0 {
		t.Errorf("%d ideas are ranked", r.Ranked())
	}
	if s := r.Spreads(1, []int32{0}); !s[0].OK || s[0].Low >= s[0].High {
		t.Errorf("spread %+v", s)
	}
}

type set map[int]bool

func (s set) equal(t set) bool {
	for i := range s {
		if !t[i] {
			return false
		}
	}
	return len(s) == len(t)
}

func topOf(b *backlog, n int, weights []float64) set {
	in := make([][]float64, len(weights))
	for k, c := range b.inputs() {
		in[k] = c.Likely
	}
	var out formula.Scores
	formula.Weighted(in, weights, nil, &out)
	top := set{}
	for len(top) < n {
		best := -1
		for i, x := range out.Num {
			if !top[i] && out.Status[i].HasValue() && (best < 0 || x > out.Num[best]) {
				best = i
			}
		}
		if best < 0 {
			break
		}
		top[best] = true
	}
	return top
}

// TestCut: UNC-20.
func TestCut(t *testing.T) {
	b := newBacklog(5, "Value", "Effort")
	for i, effort := range []float64{3, 4, 5, 1, math.NaN()} {
		b.set("Value", i, float64(10-i), float64(10-i), float64(10-i))
		b.set("Effort", i, effort, effort, effort)
	}
	b.set("Effort", 1, 4-z95, 4, 4+z95) // σ = 1
	m := b.expression(t, "{Value} + 0 * {Effort}")
	m.Target = 0
	r := rank(m, 1)
	one := make([]int, 5)
	fits := r.Cut(uncertainty.CutRequest{Effort: 1, Capacity: []float64{8}, Team: one})
	for i, want := range []struct {
		fits   bool
		chance float64
	}{{true, 1}, {true, 0.8413}, {false, 0}, {false, 0}, {false, 0}} {
		if fits[i].Place != i || fits[i].Fits != want.fits {
			t.Errorf("%d: %+v", i, fits[i])
		}
		near(t, "chance to fit", fits[i].Chance, want.chance, 0.02)
	}
	if !fits[4].Missing {
		t.Error("the last one has no effort")
	}
	// A must-have comes first, and pulls in what it needs.
	must := []bool{false, false, true, false, false}
	fits = r.Cut(uncertainty.CutRequest{Effort: 1, Capacity: []float64{6}, Team: one, Must: must, Before: map[int][]int{2: {3}, 3: {2}}})
	if fits[0].Place != 3 || fits[0].For != 2 || fits[1].Place != 2 || fits[2].Place != 0 || !fits[1].Fits || fits[2].Fits {
		t.Errorf("must-have: %+v", fits)
	}
	// Teams are cut apart from each other; who has none takes nothing.
	fits = r.Cut(uncertainty.CutRequest{Effort: 1, Capacity: []float64{3, 9}, Team: []int{0, 1, 1, 0, -1}})
	for i, want := range []bool{true, true, true, false, true} {
		if fits[i].Fits != want {
			t.Errorf("team %d: %+v", i, fits[i])
		}
	}
}

// TestCompare: UNC-21.
func TestCompare(t *testing.T) {
	b := newBacklog(6, "Reach", "Effort")
	for i := range 6 {
		b.set("Reach", i, 0, float64(100-i), 0)
		b.set("Effort", i, 0, 10, 0)
	}
	b.set("Effort", 5, 0, 1, 0) // last by reach, first by reach for effort
	m := b.expression(t, "{Reach} / {Effort}")
	moves := m.Compare(0, 2, 10)
	last := moves[5]
	if last.From != 6 || last.To != 1 || last.Why != "f2" || last.Value != 1 || last.Usual != 10 {
		t.Errorf("%+v", last)
	}
	if moves[0].From != 1 || moves[0].To != 2 {
		t.Errorf("%+v", moves[0])
	}
}
