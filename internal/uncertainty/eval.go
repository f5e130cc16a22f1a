package uncertainty

import (
	"math"
	"slices"

	"cairn"
	"cairn/internal/formula"
)

// evaluator computes columns for some rows over the draws [lo,hi). One is used
// by one goroutine at a time.
type evaluator struct {
	run    *Run
	lo, hi int
	// forced, when it is not negative, is the column whose value is fixed to x.
	forced int
	x      float64

	depth  []level
	lent   [][]float64
	inUse  int
	result formula.Result
	single formula.Vec
}

// level is the memory of one depth of formulas within formulas.
type level struct {
	rows []int32
	// inputs are the values of inputs that are formulas themselves.
	inputs map[int][]float64
}

func (r *Run) evaluator(lo, hi int) *evaluator {
	return &evaluator{run: r, lo: lo, hi: hi, forced: -1}
}

func (e *evaluator) width() int { return e.hi - e.lo }

// fill writes a column's draws of those rows to dst, row after row.
func (e *evaluator) fill(column int, rows []int32, dst []float64) { e.fillAt(column, rows, dst, 0) }

func (e *evaluator) fillAt(column int, rows []int32, dst []float64, depth int) {
	c := &e.run.model.Columns[column]
	switch {
	case c.Formula == nil:
		for i, row := range rows {
			e.plain(column, row, dst[i*e.width():(i+1)*e.width()], e.lo)
		}
	case c.Formula.Kind == cairn.FormulaExpression:
		e.expression(column, rows, dst, depth)
	case c.Formula.Kind == cairn.FormulaSum:
		e.sum(column, rows, dst, depth)
	default:
		e.weighted(column, rows, dst, depth)
	}
}

// plain writes an input's draws from draw lo on; NaN where it has no value.
func (e *evaluator) plain(column int, row int32, dst []float64, lo int) {
	c := &e.run.model.Columns[column]
	switch {
	case column == e.forced:
		constant(dst, e.x)
	case c.ranged(row):
		s := spreadOf(c.Low[row], c.Likely[row], c.High[row], c.Bounds)
		s.fill(dst, e.run.normals[column].of(e.run.model.IDs[row])[lo:])
	default:
		constant(dst, c.Likely[row])
	}
}

func constant(dst []float64, x float64) {
	for i := range dst {
		dst[i] = x
	}
}

// at returns the memory of a depth.
func (e *evaluator) at(depth int) *level {
	for len(e.depth) <= depth {
		e.depth = append(e.depth, level{inputs: map[int][]float64{}})
	}
	return &e.depth[depth]
}

// borrow lends memory for n values until the matching release.
func (e *evaluator) borrow(n int) []float64 {
	if e.inUse == len(e.lent) {
		e.lent = append(e.lent, nil)
	}
	e.lent[e.inUse] = sized(e.lent[e.inUse], n)
	e.inUse++
	return e.lent[e.inUse-1]
}

func (e *evaluator) release() { e.inUse-- }

func sized[T any](have []T, n int) []T {
	if cap(have) < n {
		return make([]T, n)
	}
	return have[:n]
}

// certain fills the rows that need no draws and returns the places of the
// others.
func (e *evaluator) certain(column int, rows []int32, dst []float64) (left []int) {
	c, w := &e.run.model.Columns[column], e.width()
	for i, row := range rows {
		if e.run.uncertain[column][row] || e.forced >= 0 {
			left = append(left, i)
			continue
		}
		constant(dst[i*w:(i+1)*w], c.Likely[row])
	}
	return left
}

// rowsAtOnce is how many ideas an expression is computed for at a time: their
// draws stay in the processor's cache.
const rowsAtOnce = 8

func (e *evaluator) expression(column int, rows []int32, dst []float64, depth int) {
	c, w := &e.run.model.Columns[column], e.width()
	left := e.certain(column, rows, dst)
	for len(left) > 0 {
		n := min(len(left), max(1, rowsAtOnce*256/w))
		now := left[:n]
		left = left[n:]
		l := e.at(depth)
		l.rows = l.rows[:0]
		for _, i := range now {
			l.rows = append(l.rows, rows[i])
		}
		for _, in := range c.Inputs {
			if e.run.model.Columns[in].Formula != nil {
				values := sized(l.inputs[in], n*w)
				e.fillAt(in, l.rows, values, depth+1)
				l = e.at(depth) // the deeper one may have moved it
				l.inputs[in] = values
			}
		}
		c.Program.Eval(formula.Input{Rows: &drawRows{e, l, c}, Lo: 0, Hi: n * w, Env: e.run.model.Env}, &e.result)
		if len(e.result.Null) > 0 {
			for i, null := range e.result.Null {
				if null {
					e.result.Num[i] = math.NaN()
				}
			}
		}
		for k, i := range now {
			copy(dst[i*w:(i+1)*w], e.result.Num[k*w:(k+1)*w])
		}
	}
}

// drawRows gives an expression the draws of some ideas, one row per draw.
type drawRows struct {
	e *evaluator
	l *level
	c *Column
}

// Len is the number of draws of all ideas.
func (r *drawRows) Len() int { return len(r.l.rows) * r.e.width() }

// Load fills dst with the draws [lo,hi) of a column.
func (r *drawRows) Load(ref cairn.Ref, lo, hi int, dst *formula.Vec) {
	m := r.e.run.model
	for _, in := range r.c.Inputs {
		if m.Columns[in].Ref != ref {
			continue
		}
		dst.Kind, dst.Num, dst.Null = formula.Number, sized(dst.Num, hi-lo), dst.Null[:0]
		r.load(in, lo, hi, dst)
		return
	}
	r.spread(ref, lo, hi, dst)
}

func (r *drawRows) load(in, lo, hi int, dst *formula.Vec) {
	c, missing := &r.e.run.model.Columns[in], false
	if c.Formula != nil {
		copy(dst.Num, r.l.inputs[in][lo:hi])
		missing = slices.ContainsFunc(dst.Num, math.IsNaN)
	} else {
		r.segments(lo, hi, func(row int32, from, to, draw int) {
			r.e.plain(in, row, dst.Num[from-lo:to-lo], r.e.lo+draw)
			missing = missing || math.IsNaN(dst.Num[from-lo]) // all or none
		})
	}
	if !missing {
		return
	}
	dst.Null = sized(dst.Null, len(dst.Num))
	for i, x := range dst.Num {
		if dst.Null[i] = x != x; dst.Null[i] {
			dst.Num[i] = 0
		}
	}
}

// segments calls yield for each idea with the draws [from,to) in [lo,hi).
func (r *drawRows) segments(lo, hi int, yield func(row int32, from, to, draw int)) {
	w := r.e.width()
	for from := lo; from < hi; {
		i := from / w
		to := min(hi, (i+1)*w)
		yield(r.l.rows[i], from, to, from-i*w)
		from = to
	}
}

// spread repeats what an idea has in a column that is never drawn.
func (r *drawRows) spread(ref cairn.Ref, lo, hi int, dst *formula.Vec) {
	v := &r.e.single
	dst.Num, dst.End, dst.Text, dst.List = dst.Num[:0], dst.End[:0], dst.Text[:0], dst.List[:0]
	dst.Null, dst.NoNum = dst.Null[:0], dst.NoNum[:0]
	r.segments(lo, hi, func(row int32, from, to, _ int) {
		*v = formula.Vec{Null: v.Null[:0], Num: v.Num[:0]}
		r.e.run.model.Base.Load(ref, int(row), int(row)+1, v)
		dst.Kind = v.Kind
		for range to - from {
			dst.Num, dst.End = append(dst.Num, v.Num...), append(dst.End, v.End...)
			dst.Text, dst.List = append(dst.Text, v.Text...), append(dst.List, v.List...)
			dst.Null, dst.NoNum = append(dst.Null, v.Null...), append(dst.NoNum, v.NoNum...)
		}
	})
	if len(dst.NoNum) == 0 {
		dst.NoNum = nil
	}
}

// sum adds inputs up as formula.Sum does: what is missing counts as 0.
func (e *evaluator) sum(column int, rows []int32, dst []float64, depth int) {
	c := &e.run.model.Columns[column]
	values := e.borrow(len(dst))
	defer e.release()
	clear(dst)
	for _, in := range c.Inputs {
		e.fillAt(in, rows, values, depth+1)
		for i, x := range values {
			if x-x == 0 {
				dst[i] += x
			}
		}
	}
	for i, x := range dst {
		if x-x != 0 {
			dst[i] = math.NaN()
		}
	}
}
