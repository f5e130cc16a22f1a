package uncertainty

import "slices"

// CutRequest says what capacity the ranked ideas have to share.
type CutRequest struct {
	// Effort is the column of what an idea takes.
	Effort int
	// Capacity of each team; Team has the team of each place, or −1 for ideas that
	// take nobody's capacity.
	Capacity []float64
	Team     []int
	// Must marks places that come before all others; Before has the places that an
	// idea needs first. Both may be nil.
	Must   []bool
	Before map[int][]int
}

// Fit is one idea on the way down the list.
type Fit struct {
	Place int
	// Effort is the likely one; Sum what its team has taken up with it.
	Effort, Sum float64
	// Missing: the idea has no effort, and is taken to need none.
	Missing bool
	// Fits by the likely efforts; Chance is how often it does by the draws.
	Fits   bool
	Chance float64
	// For is the place of the idea that pulled this one up, or −1.
	For int
}

// Cut walks down the list (UNC-20) and adds the efforts up: must-haves first,
// everything after what it needs. The list is cut for a team where its capacity
// ends; what follows does not fit, even where it is small.
func (r *Ranking) Cut(c CutRequest) []Fit {
	m := r.run.model
	w := walk{c: c, seen: make([]bool, len(m.Order))}
	for _, must := range []bool{true, false} {
		for place := range m.Order {
			if (c.Must != nil && c.Must[place]) == must {
				w.visit(place, -1)
			}
		}
	}
	e := r.run.evaluator(0, Draws)
	draws, sums := make([]float64, Draws), make([][]float64, len(c.Capacity))
	likely, open := make([]float64, len(c.Capacity)), make([]int, len(c.Capacity))
	// fits counts the draws in which a team's list is not cut yet.
	fits := make([][]bool, len(c.Capacity))
	for t := range sums {
		sums[t], fits[t], open[t] = make([]float64, Draws), make([]bool, Draws), Draws
	}
	over := make([]bool, len(c.Capacity))
	for i := range w.out {
		f := &w.out[i]
		t := c.Team[f.Place]
		row := m.Order[f.Place]
		f.Effort = m.Columns[c.Effort].Likely[row]
		if f.Missing = f.Effort != f.Effort; f.Missing {
			f.Effort = 0
		}
		if t < 0 {
			f.Fits, f.Chance = true, 1
			continue
		}
		likely[t] += max(f.Effort, 0)
		over[t] = over[t] || likely[t] > c.Capacity[t]
		f.Sum, f.Fits = likely[t], !over[t]
		if open[t] == 0 {
			continue
		}
		e.fill(c.Effort, []int32{row}, draws)
		for d, x := range draws {
			if x > 0 {
				sums[t][d] += x
			}
			if !fits[t][d] && sums[t][d] > c.Capacity[t] {
				fits[t][d] = true
				open[t]--
			}
		}
		f.Chance = float64(open[t]) / Draws
	}
	return w.out
}

// walk puts places in an order in which everything follows what it needs.
type walk struct {
	c    CutRequest
	seen []bool
	out  []Fit
}

func (w *walk) visit(place, by int) {
	if w.seen[place] {
		return
	}
	w.seen[place] = true // before its needs, so that a circle ends
	before := slices.Clone(w.c.Before[place])
	slices.Sort(before)
	for _, need := range before {
		w.visit(need, place)
	}
	w.out = append(w.out, Fit{Place: place, For: by})
}
