package uncertainty

// Ties finds the runs of ideas, in the order of those draws, that are a coin
// toss apart from the first of their run (UNC-17). Each is the first and the
// last index.
func (r *Ranking) Ties(draws [][]float64) [][2]int {
	t := tying{ranking: r}
	for _, each := range draws {
		t.next(each)
	}
	return t.end()
}

// tiesAtOnce is how many ideas are drawn again before they are compared.
const tiesAtOnce = 64

// AllTies are the runs of the whole order, by places. They are found once.
func (r *Ranking) AllTies() [][2]int {
	r.tied.Do(func() {
		valued := 0
		for valued < len(r.places) && r.Has(valued) {
			valued++
		}
		t := tying{ranking: r}
		e := r.run.evaluator(0, Draws)
		// Two of the blocks before are kept: the first of the run, and the one above.
		for from := 0; from < valued; from += tiesAtOnce {
			rows := r.run.model.Order[from:min(from+tiesAtOnce, valued)]
			block := make([]float64, len(rows)*Draws)
			e.fill(r.run.model.Target, rows, block)
			for i := range rows {
				t.next(block[i*Draws : (i+1)*Draws])
			}
		}
		r.ties = t.end()
	})
	return r.ties
}

// tying walks down an order and gathers its runs.
type tying struct {
	ranking *Ranking
	out     [][2]int
	// first are the draws of the first idea of the run, above those of the last
	// one; from and n are its number and how many came.
	first, above []float64
	from, n      int
}

func (t *tying) next(draws []float64) {
	r := t.ranking
	if t.n == 0 || r.Above(t.first, draws) >= CoinToss || r.Above(t.above, draws) >= CoinToss {
		t.close()
		t.first, t.from = draws, t.n
	}
	t.above = draws
	t.n++
}

func (t *tying) close() {
	if t.n-t.from > 1 {
		t.out = append(t.out, [2]int{t.from, t.n - 1})
	}
}

func (t *tying) end() [][2]int {
	t.close()
	return t.out
}
