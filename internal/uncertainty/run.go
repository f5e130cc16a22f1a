package uncertainty

import (
	"math"
	"math/bits"

	"cairn"
)

// Run draws a model's ranges. It is worked off in chunks, in any order and by
// several goroutines, each with a Worker of its own; Ranking puts their parts
// together.
type Run struct {
	model     *Model
	uncertain [][]bool
	// normals and scales are set for the columns that need them.
	normals []*normals
	scales  []*scale
	live    []int32
	// ranked are the rows of the order that have a value, kept their places in
	// the order.
	ranked, kept []int32
	width        int
	// top are the best scores of each draw, best first.
	top  []float64
	best int
}

// MaxTop is the largest N of a top N.
const MaxTop = 500

// NewRun prepares a run.
func NewRun(m *Model) *Run {
	r := &Run{model: m, uncertain: m.uncertain(), normals: make([]*normals, len(m.Columns)), scales: make([]*scale, len(m.Columns))}
	for i := range m.Columns {
		c := &m.Columns[i]
		switch {
		case c.Formula == nil && c.Low != nil:
			id, _ := c.Ref.FieldID()
			r.normals[i] = newNormals(key(m.Seed, uint64(id)))
		case c.Formula != nil && c.Formula.Kind == cairn.FormulaWeighted:
			r.scales[i] = newScale(c)
		}
	}
	for row := range m.IDs {
		if m.Live == nil || m.Live[row] {
			r.live = append(r.live, int32(row))
		}
	}
	likely := m.Columns[m.Target].Likely
	for place, row := range m.Order {
		if x := likely[row]; x == x || r.uncertain[m.Target][row] {
			r.ranked, r.kept = append(r.ranked, row), append(r.kept, int32(place))
		}
	}
	// As many draws at a time as make a few megabytes of scores.
	const most, least = 128, 16
	r.width = most
	for r.width > least && r.width*len(m.IDs) > 4<<20 {
		r.width /= 2
	}
	r.best = min(len(r.ranked), MaxTop+1)
	r.top = make([]float64, Draws*r.best)
	return r
}

// Chunks is how many calls of Worker.Do a run takes.
func (r *Run) Chunks() int { return Draws / r.width }

// Uncertain is the number of ranked ideas whose score depends on a range.
func (r *Run) Uncertain() int {
	n := 0
	for _, row := range r.ranked {
		if r.uncertain[r.model.Target][row] {
			n++
		}
	}
	return n
}

// Worker ranks the draws of chunks. It is used by one goroutine.
type Worker struct {
	run    *Run
	eval   *evaluator
	scores []float64
	sorter sorter
	// keys are those of each draw's scores, one draw every stride.
	keys   []uint32
	stride int
	ranks  []uint32
	// counts has, for each ranked idea, how often it had a rank of each bin;
	// low and high are its smallest and largest rank.
	counts    []uint16
	low, high []int32
	// bin is the bin of each rank.
	bin []uint16
}

// tile is how many draws are ranked before their ranks are counted.
const tile = 8

// NewWorker makes a worker.
func (r *Run) NewWorker() *Worker {
	n := len(r.ranked)
	w := &Worker{run: r, counts: make([]uint16, n*binsFor(n)), low: make([]int32, n), high: make([]int32, n), bin: make([]uint16, n+1)}
	for rank := 1; rank <= n; rank++ {
		w.bin[rank] = uint16(binOf(rank))
	}
	for i := range w.low {
		w.low[i] = int32(n) + 1
	}
	return w
}

// Do draws and ranks one chunk.
func (w *Worker) Do(chunk int) {
	r, n := w.run, len(w.run.ranked)
	if w.eval == nil {
		w.eval = r.evaluator(0, r.width)
		w.scores = make([]float64, n*r.width)
		w.ranks = make([]uint32, n*tile)
		w.sorter = newSorter(n)
		w.stride = n + 16
		w.keys = make([]uint32, r.width*w.stride)
	}
	e := w.eval
	e.lo, e.hi = chunk*r.width, (chunk+1)*r.width
	e.measure(r.live)
	if n == 0 {
		return
	}
	for from := 0; from < n; from += block {
		to := min(from+block, n)
		e.fill(r.model.Target, r.ranked[from:to], w.scores[from*r.width:to*r.width])
		w.turn(from, to)
	}
	if n == 0 {
		return // nothing to rank: no score to begin at
	}
	for from := 0; from < r.width; from += tile {
		for d := range tile {
			w.rank(from+d, d)
		}
		w.count()
	}
}

// direction is how the run's scores sort.
func (r *Run) direction() direction {
	if r.model.Desc {
		return direction{math.MaxUint64}
	}
	return direction{}
}

// block is how many ideas are scored before their keys are written: as many
// keys as fill a line of the processor's cache.
const block = 16

// turn writes the keys of some ideas' scores, draw by draw, while the scores
// are near.
func (w *Worker) turn(from, to int) {
	direction, width := w.run.direction(), w.run.width
	scores := w.scores[from*width : to*width]
	for d := range width {
		keys, at := w.keys[d*w.stride+from:][:to-from], d
		for i := range keys {
			keys[i] = uint32(direction.bits(scores[at]) >> 32)
			at += width
		}
	}
}

// rank sorts the scores of the chunk's draw d and notes each idea's rank, from 1.
func (w *Worker) rank(d, at int) {
	r, draw := w.run, w.eval.lo+d
	c := column{
		keys: w.keys[d*w.stride:][:len(r.ranked)], scores: w.scores[d:], stride: r.width, to: r.direction(),
		key: key(r.model.Seed, uint64(draw)), ids: idsOf{r.model.IDs, r.ranked},
	}
	order := w.sorter.sort(&c)
	for place, x := range order {
		w.ranks[int(uint32(x))*tile+at] = uint32(place) + 1
	}
	top := r.top[draw*r.best : (draw+1)*r.best]
	for place := range top {
		top[place] = c.scores[int(uint32(order[place]))*r.width]
	}
}

// count adds the ranks of a tile's draws up.
func (w *Worker) count() {
	bins := binsFor(len(w.low))
	for i := range w.low {
		counts := w.counts[i*bins : (i+1)*bins]
		low, high := uint32(w.low[i]), uint32(w.high[i])
		for _, rank := range (*[tile]uint32)(w.ranks[i*tile:]) {
			counts[w.bin[rank]]++
			low, high = min(low, rank), max(high, rank)
		}
		w.low[i], w.high[i] = int32(low), int32(high)
	}
}

// exactRanks are told apart in the counts; larger ones in eighths of an octave.
const exactRanks = 128

func binOf(rank int) int {
	if rank <= exactRanks {
		return rank - 1
	}
	octave := bits.Len(uint(rank)) - 1
	return exactRanks + (octave-7)*8 + rank>>(octave-3)&7
}

// startOf is the smallest rank of a bin.
func startOf(bin int) int {
	if bin < exactRanks {
		return bin + 1
	}
	octave, part := 7+(bin-exactRanks)/8, (bin-exactRanks)%8
	return max(exactRanks+1, (8+part)<<(octave-3))
}

func binsFor(n int) int { return binOf(max(n, 1)) + 1 }
