package uncertainty

// Spread is where a value lies nine times in ten; OK is false for one that
// depends on no range or that no draw gives.
type Spread struct {
	Low, High float64
	OK        bool
	// All is the whole distribution.
	All Summary
}

// spreadsAtOnce is how many ideas are drawn before their draws are summarised.
const spreadsAtOnce = 16

// Spreads finds where the values of a column lie for those rows.
func (r *Ranking) Spreads(column int, rows []int32) []Spread {
	out := make([]Spread, len(rows))
	e := r.run.evaluator(0, Draws)
	var open []int
	for i, row := range rows {
		if r.run.uncertain[column][row] {
			open = append(open, i)
		}
	}
	values := make([]float64, min(len(open), spreadsAtOnce)*Draws)
	for len(open) > 0 {
		now := open[:min(len(open), spreadsAtOnce)]
		open = open[len(now):]
		some := make([]int32, len(now))
		for k, i := range now {
			some[k] = rows[i]
		}
		e.fill(column, some, values[:len(now)*Draws])
		for k, i := range now {
			if sum, ok := Summarise(values[k*Draws : (k+1)*Draws]); ok {
				out[i] = Spread{sum.P5, sum.P95, true, sum}
			}
		}
	}
	return out
}

// UncertainColumn reports whether any value of a column depends on a range.
func (m *Model) UncertainColumn(column int) bool { return len(m.Leaves(column)) > 0 }
