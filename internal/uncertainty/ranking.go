package uncertainty

import (
	"math"
	"slices"
	"sync"
)

// Ranking is what the draws say about the order of a view.
type Ranking struct {
	run       *Run
	bins      int
	counts    []uint16
	low, high []int32
	// places has, for each place of the model's order, the ranked idea there, or
	// −1 for one without a value.
	places []int32

	tied sync.Once
	ties [][2]int
}

// Ranking puts the parts of the workers together; they must have done every
// chunk between them.
func (r *Run) Ranking(workers []*Worker) *Ranking {
	first := workers[0]
	for _, w := range workers[1:] {
		for i, n := range w.counts {
			first.counts[i] += n
		}
		for i := range w.low {
			first.low[i], first.high[i] = min(first.low[i], w.low[i]), max(first.high[i], w.high[i])
		}
	}
	out := &Ranking{run: r, bins: binsFor(len(r.ranked)), counts: first.counts, low: first.low, high: first.high}
	out.places = make([]int32, len(r.model.Order))
	for i := range out.places {
		out.places[i] = -1
	}
	for i, place := range r.kept {
		out.places[place] = int32(i)
	}
	return out
}

// Model is what was ranked.
func (r *Ranking) Model() *Model { return r.run.model }

// Run is the run that made the ranking.
func (r *Ranking) Run() *Run { return r.run }

// Ranked is how many ideas have a value.
func (r *Ranking) Ranked() int { return len(r.run.ranked) }

// Has reports whether the idea at that place of the order has a value.
func (r *Ranking) Has(place int) bool { return r.places[place] >= 0 }

// Uncertain reports whether the score at that place depends on a range.
func (r *Ranking) Uncertain(place int) bool {
	return r.run.uncertain[r.run.model.Target][r.run.model.Order[place]]
}

// Chance is how often the idea at that place of the order is among the top n.
func (r *Ranking) Chance(place, n int) float64 {
	i := r.places[place]
	switch {
	case i < 0 || int(r.low[i]) > n:
		return 0
	case int(r.high[i]) <= n:
		return 1
	}
	counts := r.counts[int(i)*r.bins : (int(i)+1)*r.bins]
	sum, bin := 0.0, 0
	for ; bin < len(counts) && startOf(bin+1) <= n+1; bin++ {
		sum += float64(counts[bin])
	}
	if bin < len(counts) { // a part of a wide bin
		sum += float64(counts[bin]) * float64(n+1-startOf(bin)) / float64(startOf(bin+1)-startOf(bin))
	}
	return sum / Draws
}

// Interval is the rank below which the idea is once in twenty draws, and the
// one above which it is once in twenty.
func (r *Ranking) Interval(place int) (low, high int) {
	i := r.places[place]
	if i < 0 {
		return 0, 0
	}
	return r.rankAt(int(i), 0.05), r.rankAt(int(i), 0.95)
}

func (r *Ranking) rankAt(i int, share float64) int {
	counts, sum := r.counts[i*r.bins:(i+1)*r.bins], 0.0
	want := share * Draws
	for bin, n := range counts {
		if n == 0 {
			continue
		}
		if sum+float64(n) >= want {
			start, width := startOf(bin), startOf(bin+1)-startOf(bin)
			rank := start + int(float64(width)*(want-sum)/float64(n+1))
			return min(max(rank, int(r.low[i])), int(r.high[i]))
		}
		sum += float64(n)
	}
	return int(r.high[i])
}

// Draws computes the scores of the ideas at those places of the order again,
// draw by draw; NaN where a draw gives none.
func (r *Ranking) Draws(places []int) [][]float64 {
	e := r.run.evaluator(0, Draws)
	out := make([][]float64, len(places))
	for i, place := range places {
		out[i] = make([]float64, Draws)
		e.fill(r.run.model.Target, []int32{r.run.model.Order[place]}, out[i])
	}
	return out
}

// Summary is how a score is distributed.
type Summary struct {
	Mean, P5, P50, P95 float64
	// Bins count the draws in equal parts from From to To.
	Bins     []int
	From, To float64
}

// bars of a histogram.
const bars = 24

// Summarise describes draws; those without a value are left out. ok is false
// when none has one.
func Summarise(draws []float64) (s Summary, ok bool) {
	sorted := make([]float64, 0, len(draws))
	sum := 0.0
	for _, x := range draws {
		if x == x {
			sorted = append(sorted, x)
			sum += x
		}
	}
	if len(sorted) == 0 {
		return Summary{}, false
	}
	slices.Sort(sorted)
	s = Summary{P5: quantile(sorted, 0.05), P50: quantile(sorted, 0.5), P95: quantile(sorted, 0.95), From: quantile(sorted, 0.005), To: quantile(sorted, 0.995)}
	s.Mean = sum / float64(len(sorted))
	if s.From == s.To {
		s.Mean = s.P50
		s.Bins = []int{len(sorted)}
		return s, true
	}
	s.Bins = make([]int, bars)
	for _, x := range sorted {
		at := int(math.Floor((x - s.From) / (s.To - s.From) * bars))
		s.Bins[min(max(at, 0), bars-1)]++
	}
	return s, true
}

func quantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	if sorted[i] == sorted[i+1] {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Above is how often a stands above b: ties count half, and what has no value
// stands below what has one.
func (r *Ranking) Above(a, b []float64) float64 {
	sum := 0.0
	for d, x := range a {
		y := b[d]
		switch {
		case x == y || (x != x && y != y):
			sum += 0.5
		case y != y:
			sum++
		case x != x:
		case (x > y) == r.run.model.Desc:
			sum++
		}
	}
	return sum / float64(len(a))
}

// CoinToss is the chance below which an order is no more than a coin toss.
const CoinToss = 0.65
