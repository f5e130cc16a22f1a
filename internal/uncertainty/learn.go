package uncertainty

import (
	"cmp"
	"math"
	"slices"

	"cairn"
)

// Lesson says what knowing one input would change.
type Lesson struct {
	// Place is the idea's place in the order; Input its field.
	Place int
	Input cairn.Ref
	Range cairn.Range
	// Chance is the idea's chance of being in the top N now; Decided what it
	// would be, one way or the other, once the input is known.
	Chance, Decided float64
	// Changes is the probability that the idea moves into the top N or out of it.
	Changes float64
	// Overlap is the share of the top N that is expected to stay.
	Overlap float64
	// In are the values with which it belongs in the top N: from, to.
	In [2]float64
}

// values is how many equally probable values of an input are tried; near how
// many ideas, those nearest to the cut.
const (
	values = 15
	near   = 60
)

// Learn finds which inputs' knowledge would change the top n most (UNC-18), best
// first.
func (r *Ranking) Learn(n, most int) []Lesson {
	if n+1 > r.run.best {
		return nil
	}
	var places []int
	for place := range r.places {
		if c := r.Chance(place, n); r.Has(place) && c > 0.01 && c < 0.99 {
			places = append(places, place)
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Compare(math.Abs(r.Chance(a, n)-0.5), math.Abs(r.Chance(b, n)-0.5))
	})
	var out []Lesson
	leaves := r.run.model.Leaves(r.run.model.Target)
	for _, place := range places[:min(len(places), near)] {
		rivals := r.rivals(place, n)
		for _, leaf := range leaves {
			if r.run.uncertain[leaf][r.run.model.Order[place]] {
				if l, ok := r.lesson(place, leaf, rivals); ok {
					l.Overlap = 1 - l.Changes/float64(n)
					out = append(out, l)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Lesson) int {
		return cmp.Or(cmp.Compare(b.gain(), a.gain()), cmp.Compare(b.Changes, a.Changes), cmp.Compare(a.Place, b.Place))
	})
	return out[:min(len(out), most)]
}

// gain is how much surer the idea's place becomes.
func (l *Lesson) gain() float64 { return l.Decided - max(l.Chance, 1-l.Chance) }

// rivals is the score that the idea has to beat in each draw: the n-th best of
// the others.
func (r *Ranking) rivals(place, n int) []float64 {
	own := r.Draws([]int{place})[0]
	out := make([]float64, Draws)
	for d := range out {
		top := r.run.top[d*r.run.best : (d+1)*r.run.best]
		out[d] = top[n-1]
		if r.beats(own[d], top[n-1]) >= 0.5 {
			out[d] = top[n]
		}
	}
	return out
}

// beats is 1, ½ or 0.
func (r *Ranking) beats(x, rival float64) float64 {
	switch {
	case x == rival || (x != x && rival != rival):
		return 0.5
	case x != x:
		return 0
	case rival != rival || (x > rival) == r.run.model.Desc:
		return 1
	}
	return 0
}

// lesson fixes the input to equally probable values and watches the idea's
// chance: the same draws of everything else, so that an input without influence
// teaches exactly nothing.
func (r *Ranking) lesson(place, leaf int, rivals []float64) (Lesson, bool) {
	m := r.run.model
	row := m.Order[place]
	c := &m.Columns[leaf]
	s := spreadOf(c.Low[row], c.Likely[row], c.High[row], c.Bounds)
	e := r.run.evaluator(0, Draws)
	e.forced = leaf
	draws := make([]float64, Draws)
	var chances [values]float64
	l := Lesson{Place: place, Input: c.Ref, Range: cairn.Range{Low: c.Low[row], Likely: c.Likely[row], High: c.High[row]}}
	for k := range chances {
		e.x = s.at(normal((float64(k) + 0.5) / values))
		e.fill(m.Target, []int32{row}, draws)
		for d, x := range draws {
			chances[k] += r.beats(x, rivals[d])
		}
		chances[k] /= Draws
		l.Chance += chances[k] / values
		l.Decided += max(chances[k], 1-chances[k]) / values
	}
	now := l.Chance >= 0.5
	l.In = [2]float64{math.Inf(1), math.Inf(-1)}
	for k, chance := range chances {
		if (chance >= 0.5) != now {
			l.Changes += 1.0 / values
		}
		if chance >= 0.5 {
			x := s.at(normal((float64(k) + 0.5) / values))
			l.In = [2]float64{min(l.In[0], x), max(l.In[1], x)}
		}
	}
	return l, l.gain() > 0.005 || l.Changes > 0
}
