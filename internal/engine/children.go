package engine

import (
	"math"
	"slices"

	"cairn"
	"cairn/internal/formula"
)

// summary is one value of all live direct children, summed up for each row: the
// column behind children.sum.f17. It is repaired row by row: an edit of a child
// reaches its parent only.
type summary struct {
	track
	rollup rollup
	built  uint64
	ready  bool
	vals   []float64
}

// childrenOf resolves a summary of the children.
func (e *evaluation) childrenOf(ref cairn.Ref, where string) (*source, error) {
	op, of, _ := ref.OfChildren()
	inner, err := e.lookup(of, where)
	if err != nil {
		return nil, err
	}
	src, roll, err := e.summarised(ref, op, inner)
	if err != nil {
		return nil, err
	}
	key := "children." + string(op) + "." + string(inner.appendKey(nil, false))
	sum, ok := e.s.derived.summaries.get(key)
	if !ok {
		sum = &summary{}
		sum.touchAll(e.s.clock)
		e.s.derived.summaries.put(key, sum)
	}
	sum.rollup = *roll // the columns behind it may be others by now
	e.sumUp(sum, inner.track)
	src.key, src.inner, src.track = key, inner, &sum.track
	src.data = sum.data()
	return src, nil
}

// summarised describes a summary, without its values.
func (e *evaluation) summarised(ref cairn.Ref, op cairn.RollupOp, inner *source) (*source, *rollup, error) {
	roll := &rollup{ref: inner.ref, op: op, isNull: inner.data.isNull}
	switch _, list := inner.data.(*lists); {
	case op == cairn.RollupFilled:
	case list && !inner.info.Numeric: // labels and people have no weights
		roll = &rollup{ref: inner.ref, op: op, at: func(int32) float64 { return math.NaN() }}
	default:
		var err error
		if roll, err = e.rollupOf(inner, op); err != nil {
			return nil, nil, err
		}
	}
	like := cairn.TypeNumber
	if roll.days {
		like = cairn.TypeDate
	}
	info, _ := like.Info()
	return &source{ref: ref, label: formula.ChildrenLabel(op, inner.label), info: info, group: true}, roll, nil
}

// data is the summary as a column: numbers, or days of the smallest and the
// largest date.
func (sum *summary) data() vector {
	if !sum.rollup.days {
		return &numbers{vals: sum.vals}
	}
	out := &days{vals: make([]cairn.Day, len(sum.vals))}
	for row, x := range sum.vals {
		out.vals[row] = cairn.NoDay
		if x == x {
			out.vals[row] = cairn.Day(x)
		}
	}
	return out
}

// sumUp brings a summary up to date.
func (e *evaluation) sumUp(sum *summary, inner *track) {
	f := &e.s.family
	state, dirty := f.since(sum.built, nil)
	innerState, changed := inner.since(sum.built, nil)
	if !sum.ready || innerState == gone || len(changed) > len(f.up)/4+64 {
		state = gone
	}
	for _, row := range changed {
		if parent := f.up[row]; parent >= 0 {
			dirty = append(dirty, parent)
		}
	}
	sum.built, sum.ready = e.s.clock, true
	sum.vals = resize(sum.vals, len(f.up), math.NaN())[:len(f.up)]
	if state != gone {
		for _, row := range dirty {
			sum.put(e.s, row)
		}
		return
	}
	sum.touchAll(e.s.clock)
	for row := range sum.vals {
		sum.vals[row] = sum.over(e.s, int32(row))
	}
}

// put sums a row's children up again.
func (sum *summary) put(s *State, row int32) {
	if x, was := sum.over(s, row), sum.vals[row]; x != was && (x == x || was == was) {
		sum.vals[row] = x
		sum.touch(s.clock, row)
	}
}

// over sums up the live children of a row; NaN for none.
func (sum *summary) over(s *State, row int32) float64 {
	if s.family.first[row] < 0 {
		return math.NaN()
	}
	var rows []int32
	s.family.children(row, func(child int32) {
		if s.counts(child) {
			rows = append(rows, child)
		}
	})
	if len(rows) == 0 {
		return math.NaN()
	}
	// A sum of broken numbers depends on their order, which must not depend on
	// how the children came here.
	slices.SortFunc(rows, func(a, b int32) int { return int(s.ids[a] - s.ids[b]) })
	switch v := sum.rollup.over(rows); v.Kind {
	case cairn.KindNumber:
		return v.Num
	case cairn.KindDate:
		return float64(v.Day)
	}
	return math.NaN()
}

// inputsOf resolves what a program reads. A formula that uses its children's
// own values gets summaries of itself, which are filled as it is computed.
func (e *evaluation) inputsOf(c *computed, p *program) (inputs []*source) {
	for _, ref := range p.inputs {
		op, of, summed := ref.OfChildren()
		if !summed || of != p.field.Ref() {
			src, err := e.lookup(ref, "Formula")
			if err != nil {
				continue // compiled against the same fields, so it is there
			}
			inputs = append(inputs, src)
			continue
		}
		info, _ := cairn.TypeFormula.Info()
		self := &source{ref: of, label: p.field.Name, info: info, data: &c.out}
		src, roll, err := e.summarised(ref, op, self)
		if err != nil {
			continue
		}
		sum := &summary{rollup: *roll, vals: resize(nil, len(e.s.ids), math.NaN())}
		src.data, src.track = &numbers{vals: sum.vals}, &sum.track
		c.own = append(c.own, ownSummary{src, sum})
		inputs = append(inputs, src)
	}
	return inputs
}

// ownSummary is a formula's summary of its own values of the children.
type ownSummary struct {
	src *source
	*summary
}

// withOwn makes a formula's summaries of itself readable while it is computed.
// For everybody else they are summaries like others.
func (e *evaluation) withOwn(c *computed, do func()) {
	for _, own := range c.own {
		e.sources[own.src.ref] = own.src
	}
	do()
	for _, own := range c.own {
		delete(e.sources, own.src.ref)
	}
}

// evaluateUp computes a formula that uses its children's own values: first all
// rows as if they had no children, then those that have some, the lowest first.
func (e *evaluation) evaluateUp(c *computed) {
	e.evaluate(c)
	f := &e.s.family
	depths := f.depths()
	var levels [][]int32
	for row, depth := range depths {
		if f.first[row] < 0 || depth < 0 {
			continue
		}
		for int(depth) >= len(levels) {
			levels = append(levels, nil)
		}
		levels[depth] = append(levels[depth], int32(row))
	}
	eval := e.rowEvaluator(c)
	for _, rows := range slices.Backward(levels) {
		for _, row := range rows {
			if c.sumOwn(e.s, row) {
				eval(row)
			}
		}
	}
}

// evaluateUpFrom computes the changed rows anew and, as far as their values
// change, the rows above them.
func (e *evaluation) evaluateUpFrom(c *computed, dirty []int32) {
	f := &e.s.family
	depth := func(row int32) (n int) {
		for at := f.up[row]; at >= 0 && n <= len(f.up); at = f.up[at] {
			n++
		}
		return n
	}
	levels := map[int][]int32{}
	deepest := 0
	for _, row := range dirty {
		d := depth(row)
		if d > len(f.up) {
			c.clearOwn(len(f.up))
			e.evaluateUp(c) // a circle, which only a damaged log has
			return
		}
		levels[d] = append(levels[d], row)
		deepest = max(deepest, d)
	}
	eval := e.rowEvaluator(c)
	done := map[int32]bool{}
	for d := deepest; d >= 0; d-- {
		for _, row := range levels[d] {
			if done[row] {
				continue
			}
			done[row] = true
			c.sumOwn(e.s, row)
			if eval(row) && f.up[row] >= 0 {
				levels[d-1] = append(levels[d-1], f.up[row])
			}
		}
	}
}

// sumOwn sums up a row's children in the formula itself; false means that
// nothing changed.
func (c *computed) sumOwn(s *State, row int32) bool {
	changed := false
	for _, own := range c.own {
		x, was := own.over(s, row), own.vals[row]
		if x != was && (x == x || was == was) {
			own.vals[row], changed = x, true
		}
	}
	return changed
}

// clearOwn forgets the summaries, before all rows are computed anew.
func (c *computed) clearOwn(n int) {
	for i := range c.own {
		c.own[i].vals = c.own[i].vals[:0]
	}
	c.growOwn(n)
}

// growOwn makes room for new rows.
func (c *computed) growOwn(n int) {
	for _, own := range c.own {
		own.vals = resize(own.vals, n, math.NaN())
		own.src.data.(*numbers).vals = own.vals
	}
}

// explainChildren puts the children under the steps that sum them up.
func (e *evaluation) explainChildren(steps []formula.Step, row int32) {
	for i := range steps {
		e.explainChildren(steps[i].Steps, row)
		_, of, ok := steps[i].Field.OfChildren()
		if !ok {
			continue
		}
		if src, err := e.lookup(of, "Explanation"); err == nil {
			steps[i].Steps = e.childSteps(src, row)
		}
	}
}

// childSteps lists the live children with their values, in the manual order.
func (e *evaluation) childSteps(src *source, row int32) []formula.Step {
	const most = 12
	var rows []int32
	e.s.family.children(row, func(child int32) {
		if e.s.counts(child) {
			rows = append(rows, child)
		}
	})
	slices.SortFunc(rows, e.s.comparer(nil))
	var steps []formula.Step
	at := src.numberAt()
	for i, child := range rows {
		if i == most {
			steps = append(steps, formula.Step{Label: "…", Note: "more children are not shown"})
			break
		}
		step := formula.Step{Label: e.s.columns[attrTitle].data.(*texts).vals[child]}
		switch {
		case src.data.isNull(child):
			step.Note = "no value, left out"
		case at != nil:
			x := at(child)
			if x == x {
				step.Result, step.Text = &x, formula.FormatNumber(x)
			} else {
				step.Note = "the option has no weight"
			}
		default:
			step.Text = string(src.data.appendJSON(nil, child))
		}
		steps = append(steps, step)
	}
	return steps
}
