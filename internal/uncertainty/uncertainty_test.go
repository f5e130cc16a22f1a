package uncertainty_test

import (
	"math"
	"reflect"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"cairn"
	"cairn/internal/formula"
	"cairn/internal/uncertainty"
)

// backlog is a model in the making: numbers by field, and one formula.
type backlog struct {
	names  []string
	ideas  int
	ranges map[string][]cairn.Range
	bounds map[string]uncertainty.Bounds
}

func newBacklog(ideas int, names ...string) *backlog {
	b := &backlog{names: names, ideas: ideas, ranges: map[string][]cairn.Range{}, bounds: map[string]uncertainty.Bounds{}}
	for _, name := range names {
		b.ranges[name] = make([]cairn.Range, ideas)
		b.bounds[name] = uncertainty.Bounds{Min: math.Inf(-1), Max: math.Inf(1)}
	}
	return b
}

func (b *backlog) set(name string, idea int, low, likely, high float64) {
	b.ranges[name][idea] = cairn.Range{Low: low, Likely: likely, High: high}
}

// schema knows the fields f1, f2 … of a backlog.
type schema struct{ b *backlog }

func (s schema) Resolve(name string) (cairn.Ref, bool) {
	for i, n := range s.b.names {
		if n == name || string(cairn.FieldRef(cairn.ID(i+1))) == name {
			return cairn.FieldRef(cairn.ID(i + 1)), true
		}
	}
	return "", false
}
func (s schema) Kind(cairn.Ref) formula.Kind { return formula.Number }
func (s schema) Name(ref cairn.Ref) string {
	id, _ := ref.FieldID()
	return s.b.names[id-1]
}
func (s schema) Names() []string { return s.b.names }

func (b *backlog) inputs() []uncertainty.Column {
	var out []uncertainty.Column
	for i, name := range b.names {
		c := uncertainty.Column{Ref: cairn.FieldRef(cairn.ID(i + 1)), Name: name, Bounds: b.bounds[name]}
		c.Likely, c.Low, c.High = make([]float64, b.ideas), make([]float64, b.ideas), make([]float64, b.ideas)
		for k, r := range b.ranges[name] {
			c.Likely[k], c.Low[k], c.High[k] = r.Likely, r.Low, r.High
		}
		out = append(out, c)
	}
	return out
}

func (b *backlog) model(columns []uncertainty.Column) *uncertainty.Model {
	m := &uncertainty.Model{Seed: 1, Columns: columns, Target: len(columns) - 1, Desc: true}
	for i := range b.ideas {
		m.IDs, m.Order = append(m.IDs, cairn.ID(1000+i)), append(m.Order, int32(i))
	}
	return m
}

// expression ranks the backlog by an expression of its fields.
func (b *backlog) expression(t testing.TB, text string) *uncertainty.Model {
	t.Helper()
	program, errs := formula.Compile(text, schema{b}, formula.Number)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	columns := b.inputs()
	f := uncertainty.Column{Ref: "f99", Name: "Score", Formula: &cairn.Formula{Kind: cairn.FormulaExpression, Expression: text}, Program: program}
	for _, ref := range program.Refs() {
		id, _ := ref.FieldID()
		f.Inputs = append(f.Inputs, int(id)-1)
	}
	f.Likely = make([]float64, b.ideas)
	var out formula.Result
	for i := range b.ideas { // the likely values, one by one
		program.Eval(formula.Input{Rows: likely{columns, i}, Lo: 0, Hi: 1}, &out)
		f.Likely[i] = out.Num[0]
		if len(out.Null) > 0 && out.Null[0] {
			f.Likely[i] = math.NaN()
		}
	}
	return b.model(append(columns, f))
}

type likely struct {
	columns []uncertainty.Column
	idea    int
}

func (l likely) Len() int { return 1 }
func (l likely) Load(ref cairn.Ref, _, _ int, dst *formula.Vec) {
	id, _ := ref.FieldID()
	x := l.columns[id-1].Likely[l.idea]
	dst.Kind, dst.Num, dst.Null = formula.Number, []float64{x}, []bool{x != x}
}

// inputsOf makes a sum or a weighted score of all fields.
func (b *backlog) score(kind cairn.FormulaKind, weights ...float64) *uncertainty.Model {
	columns := b.inputs()
	f := uncertainty.Column{Ref: "f99", Name: "Score", Formula: &cairn.Formula{Kind: kind}}
	var in [][]float64
	for i := range columns {
		f.Formula.Inputs = append(f.Formula.Inputs, cairn.FormulaInput{Field: columns[i].Ref, Weight: weights[i]})
		f.Inputs, in = append(f.Inputs, i), append(in, columns[i].Likely)
	}
	var out formula.Scores
	if kind == cairn.FormulaSum {
		formula.Sum(in, &out)
	} else {
		formula.Weighted(in, weights, nil, &out)
	}
	f.Likely = out.Num
	return b.model(append(columns, f))
}

// rank runs a model in that many goroutines.
func rank(m *uncertainty.Model, goroutines int) *uncertainty.Ranking {
	run := uncertainty.NewRun(m)
	workers := make([]*uncertainty.Worker, goroutines)
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = run.NewWorker()
		wait.Go(func() {
			for chunk := i; chunk < run.Chunks(); chunk += goroutines {
				workers[i].Do(chunk)
			}
		})
	}
	wait.Wait()
	return run.Ranking(workers)
}

func near(t testing.TB, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %g, want %g ± %g", what, got, want, within)
	}
}

const z95 = 1.6448536269514722

// TestTwoPieceNormal: UNC-11. Low, likely and high are the 5 %, 50 % and 95 %
// points; the mean of a two-piece normal lies off its median by
// (σhigh − σlow)/√(2π).
func TestTwoPieceNormal(t *testing.T) {
	b := newBacklog(1, "Effort")
	b.set("Effort", 0, 30, 50, 110)
	draws := rank(b.expression(t, "{Effort}"), 1).Draws([]int{0})[0]
	s, ok := uncertainty.Summarise(draws)
	if !ok {
		t.Fatal("no value")
	}
	near(t, "5 %", s.P5, 30, 0.2)
	near(t, "median", s.P50, 50, 0.1)
	near(t, "95 %", s.P95, 110, 0.5)
	near(t, "mean", s.Mean, 50+(60/z95-20/z95)/math.Sqrt(2*math.Pi), 0.1)
}

// TestClamp: UNC-11. Nothing leaves the bounds, and what is on one side of zero
// stays there.
func TestClamp(t *testing.T) {
	b := newBacklog(2, "Impact")
	b.bounds["Impact"] = uncertainty.Bounds{Min: 1, Max: 5}
	b.set("Impact", 0, 2, 4, 5)
	b.set("Impact", 1, 1, 1, 5)
	r := rank(b.expression(t, "{Impact}"), 1)
	for _, draws := range r.Draws([]int{0, 1}) {
		for _, x := range draws {
			if x < 1 || x > 5 {
				t.Fatalf("a rating of %g", x)
			}
		}
	}
	c := newBacklog(2, "Effort")
	c.set("Effort", 0, 1, 5, 40)
	c.set("Effort", 1, -40, -5, -1)
	r = rank(c.expression(t, "{Effort}"), 1)
	draws := r.Draws([]int{0, 1})
	for d := range draws[0] {
		if draws[0][d] < 0.25 || draws[1][d] > -0.25 {
			t.Fatalf("crossed zero: %g, %g", draws[0][d], draws[1][d])
		}
	}
}

// TestSumOfNormals: UNC-13. The sum of two symmetric ranges is normal, with the
// variances added.
func TestSumOfNormals(t *testing.T) {
	b := newBacklog(1, "A", "B")
	b.set("A", 0, 100-3*z95, 100, 100+3*z95) // σ = 3
	b.set("B", 0, 50-4*z95, 50, 50+4*z95)    // σ = 4
	for name, m := range map[string]*uncertainty.Model{"expression": b.expression(t, "{A} + {B}"), "sum": b.score(cairn.FormulaSum, 1, 1)} {
		draws := rank(m, 1).Draws([]int{0})[0]
		s, _ := uncertainty.Summarise(draws)
		near(t, name+" mean", s.Mean, 150, 0.05)
		near(t, name+" 5 %", s.P5, 150-5*z95, 0.5)
		near(t, name+" 95 %", s.P95, 150+5*z95, 0.5)
		inside := 0
		for _, x := range draws {
			if math.Abs(x-150) < 5 {
				inside++
			}
		}
		near(t, name+" within one σ", float64(inside)/float64(len(draws)), 0.6827, 0.03)
	}
}

// TestSharedInput: UNC-12. An input that is used twice is drawn once.
func TestSharedInput(t *testing.T) {
	b := newBacklog(1, "A", "B")
	b.set("A", 0, 10, 20, 30)
	b.set("B", 0, 10, 20, 30)
	for _, x := range rank(b.expression(t, "{A} - {A}"), 1).Draws([]int{0})[0] {
		if x != 0 {
			t.Fatalf("A − A is %g", x)
		}
	}
	draws := rank(b.expression(t, "({A} - 20) * ({B} - 20)"), 1).Draws([]int{0})[0]
	sum := 0.0
	for _, x := range draws {
		sum += x
	}
	near(t, "covariance of two inputs", sum/float64(len(draws)), 0, 37*0.08) // σ² = 37
}

// TestLinearMean: UNC-13. The mean of a linear formula is the formula of the means.
func TestLinearMean(t *testing.T) {
	b := newBacklog(1, "A", "B", "C")
	b.set("A", 0, 10, 20, 30)
	b.set("B", 0, -6, 0, 6)
	b.set("C", 0, 7, 7, 7)
	s, _ := uncertainty.Summarise(rank(b.expression(t, "3 * {A} - 2 * {B} + {C}"), 1).Draws([]int{0})[0])
	near(t, "mean", s.Mean, 3*20-2*0+7, 0.02)
}

// TestCertainty: UNC-14 and UNC-16. Without ranges, chances are exactly 0 or 1,
// and rank intervals are points.
func TestCertainty(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 150).Draw(rt, "ideas")
		b := newBacklog(n, "A")
		order := rapid.Permutation(seq(n)).Draw(rt, "order")
		for i, x := range order {
			b.set("A", i, float64(x), float64(x), float64(x))
		}
		m := b.expression(t, "{A} * 2")
		r := rank(m, 1)
		top := rapid.IntRange(1, n).Draw(rt, "top")
		for i, x := range order {
			place := n - x // the largest first
			low, high := r.Interval(i)
			if low != place+1-0 || high != low {
				rt.Fatalf("%d of %d has the ranks %d to %d, want %d", x, n, low, high, place+1)
			}
			want := 0.0
			if place+1 <= top {
				want = 1
			}
			if got := r.Chance(i, top); got != want {
				rt.Fatalf("rank %d has the chance %g of the top %d", place+1, got, top)
			}
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i + 1
	}
	return out
}

// TestFairTies: UNC-15. Ideas that are alike have the same chances, with ranges
// and without.
func TestFairTies(t *testing.T) {
	for _, width := range []float64{0, 4} {
		const n = 10
		b := newBacklog(n, "A")
		for i := range n {
			b.set("A", i, 10-width, 10, 10+width)
		}
		r := rank(b.expression(t, "{A}"), 1)
		for i := range n {
			near(t, "chance", r.Chance(i, 3), 0.3, 0.045)
		}
		draws := r.Draws([]int{0, 1, 2, 3})
		near(t, "order", r.Above(draws[0], draws[1]), 0.5, 0.045)
		if ties := r.Ties(draws); !reflect.DeepEqual(ties, [][2]int{{0, 3}}) {
			t.Errorf("ties %v", ties)
		}
	}
}

// TestOrderOfTwo: UNC-16. Two normals: P(A above B) = Φ(Δ/√(σa²+σb²)).
func TestOrderOfTwo(t *testing.T) {
	b := newBacklog(2, "A")
	b.set("A", 0, 100-3*z95, 100, 100+3*z95)
	b.set("A", 1, 95-4*z95, 95, 95+4*z95)
	r := rank(b.expression(t, "{A}"), 1)
	draws := r.Draws([]int{0, 1})
	near(t, "order", r.Above(draws[0], draws[1]), 0.8413, 0.02) // one σ apart
	near(t, "chance", r.Chance(0, 1), 0.8413, 0.02)
	if len(r.Ties(draws)) != 0 {
		t.Error("84 % is no coin toss")
	}
}

// TestSameSeed: UNC-12. The answer depends on the seed, not on the goroutines
// or on the order of the ideas.
func TestSameSeed(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBacklog(rt, 3, 1)
		m := b.expression(t, "{A} * {B} / {C}")
		m.Seed = rapid.Uint64().Draw(rt, "seed")
		one, two := rank(m, 1), rank(m, 3)
		turned := *m
		turned.Order = make([]int32, len(m.Order))
		for i, row := range m.Order {
			turned.Order[len(m.Order)-1-i] = row
		}
		other := rank(&turned, 2)
		for i := range m.Order {
			j := len(m.Order) - 1 - i
			if one.Has(i) != other.Has(j) {
				rt.Fatal("the value depends on the order")
			}
			for n := range 4 {
				if one.Chance(i, n) != two.Chance(i, n) {
					rt.Fatalf("%d: %g in one goroutine, %g in three", i, one.Chance(i, n), two.Chance(i, n))
				}
			}
			if !reflect.DeepEqual(clean(one.Draws([]int{i})[0]), clean(other.Draws([]int{j})[0])) {
				rt.Fatal("the draws depend on the order")
			}
		}
	})
}

func clean(xs []float64) []float64 {
	for i, x := range xs {
		if x != x {
			xs[i] = math.Inf(1)
		}
	}
	return xs
}

// drawBacklog draws the values of 1 to 15 ideas, or of at least so many.
func drawBacklog(rt *rapid.T, fields, least int) *backlog {
	names := []string{"A", "B", "C", "D"}[:fields]
	b := newBacklog(rapid.IntRange(least, 15).Draw(rt, "ideas"), names...)
	for _, name := range names {
		for i := range b.ideas {
			x := rapid.Float64Range(0.5, 100).Draw(rt, "likely")
			if rapid.Bool().Draw(rt, "certain") {
				b.set(name, i, x, x, x)
				continue
			}
			b.set(name, i, x*rapid.Float64Range(0.2, 1).Draw(rt, "low"), x, x*rapid.Float64Range(1, 3).Draw(rt, "high"))
		}
	}
	return b
}

// TestChancesAddUp: UNC-16. The chances of all ideas add up to N, grow with N,
// and agree with ranks counted directly.
func TestChancesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBacklog(rt, 4, 1)
		r := rank(b.expression(t, "{A} * {B} * {C} / {D}"), 1)
		draws := r.Draws(places(b.ideas))
		for n := 1; n <= b.ideas; n++ {
			sum := 0.0
			for i := range b.ideas {
				sum += r.Chance(i, n)
				if r.Chance(i, n) < r.Chance(i, n-1) {
					rt.Fatal("a larger top is less likely")
				}
			}
			near(t, "sum of chances", sum, float64(n), 1e-9)
		}
		for i := range b.ideas {
			first := 0.0
			for d := range draws[i] {
				best := true
				for k := range draws {
					best = best && (k == i || draws[k][d] < draws[i][d])
				}
				if best {
					first++
				}
			}
			near(t, "chance to be first", r.Chance(i, 1), first/float64(len(draws[i])), 0.02)
		}
	})
}

func places(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// TestWeighted: UNC-13. Each draw is scored as the engine scores it.
func TestWeighted(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBacklog(rt, 3, 1)
		weights := []float64{40, 25, rapid.SampledFrom([]float64{10, -10}).Draw(rt, "weight")}
		m := b.score(cairn.FormulaWeighted, weights...)
		r := rank(m, 2)
		got := r.Draws(places(b.ideas))
		inputs := make([][][]float64, 3)
		for k := range inputs {
			alone := *m
			alone.Target = k
			inputs[k] = rank(&alone, 1).Draws(places(b.ideas))
		}
		for _, d := range []int{0, 777, uncertainty.Draws - 1} {
			in := make([][]float64, 3)
			for k := range in {
				for i := range b.ideas {
					in[k] = append(in[k], inputs[k][i][d])
				}
			}
			var want formula.Scores
			formula.Weighted(in, weights, nil, &want)
			for i := range b.ideas {
				if want.Status[i].HasValue() != (got[i][d] == got[i][d]) {
					rt.Fatalf("draw %d, idea %d: %g, want status %s", d, i, got[i][d], want.Status[i])
				}
				if want.Status[i].HasValue() {
					near(t, "weighted score", got[i][d], want.Num[i], 1e-6*max(1, want.Num[i]))
				}
			}
		}
	})
}

// TestLearn: UNC-18. What decides the place comes first; what has no influence
// is not there.
func TestLearn(t *testing.T) {
	b := newBacklog(3, "Reach", "Cost", "Noise")
	for i := range 3 {
		b.set("Noise", i, 0, 50, 100)
	}
	b.set("Reach", 0, 100, 100, 100)
	b.set("Reach", 1, 20, 60, 100) // wide
	b.set("Reach", 2, 59, 60, 61)  // narrow
	b.set("Cost", 0, 1, 1, 1)
	b.set("Cost", 1, 1, 1, 1)
	b.set("Cost", 2, 1, 1, 1)
	r := rank(b.expression(t, "{Reach} / {Cost} + 0 * {Noise}"), 1)
	lessons := r.Learn(2, 10)
	if len(lessons) == 0 || lessons[0].Place != 1 || lessons[0].Input != "f1" {
		t.Fatalf("lessons %+v", lessons)
	}
	near(t, "chance", lessons[0].Chance, 0.5, 0.03)
	near(t, "decided", lessons[0].Decided, 1, 0.05)
	near(t, "changes", lessons[0].Changes, 0.5, 0.07)
	near(t, "overlap", lessons[0].Overlap, 0.75, 0.04)
	for _, l := range lessons {
		if l.Input == "f3" {
			t.Errorf("noise teaches nothing: %+v", l)
		}
	}
}
