package engine

import (
	"math"
	"slices"

	"cairn"
	"cairn/internal/formula"
)

// computed is the column of a formula field. It is made when first asked for, and again when an input changed; rows whose value stayed the same are
// not reported as changed, so that what is sorted by it can be repaired.
type computed struct {
	track
	// key names the field and, where they matter, the day and the viewer.
	key     string
	program *program
	inputs  []*source
	built   uint64
	names   uint64
	byName  bool // it reads people's names
	ready   bool

	out     numbers
	status  []formula.Status
	missing []uint64
	// weighing is set for a weighted score.
	weighing *weighing
	// own are summaries of its own values of the children, if it uses them.
	own []ownSummary
}

// compute returns the column of a formula field, up to date. Its inputs are
// computed first; cycles were cut when the programs were compiled.
func (e *evaluation) compute(f *fieldState) *computed {
	s := e.s
	p, ok := s.programs()[f.field.ID]
	if !ok {
		p = &program{field: &f.field, failure: "the field has no formula"}
	}
	only := evaluation{today: p.today, viewer: p.viewer, env: e.env}
	key := string(only.variant([]byte(f.field.Ref())))
	tracks := []*track{&s.schema, &s.rows}
	c, ok := s.derived.computed.get(key)
	if !ok || (c.byName && c.names != e.namesRev()) {
		c = &computed{key: key, names: e.namesRev()}
		c.touchAll(s.clock)
		s.derived.computed.size = len(s.derived.programs) + 16 // the rest are of other days and viewers
		s.derived.computed.put(key, c)
	}
	own := c.own
	c.own = nil
	var inputs []*source
	if p.failure == "" {
		inputs = e.inputsOf(c, p)
		for _, src := range inputs {
			tracks = append(tracks, src.track)
			c.byName = c.byName || src.named()
		}
		if len(c.own) > 0 {
			tracks = append(tracks, &s.family.track)
		}
	}
	// An evaluation of the same moment may be reading c, so that it is changed
	// only when an input did, which no evaluation of the same moment can see.
	state, dirty := sinceAll(tracks, c.built)
	if !c.ready {
		state = gone
	}
	if state != gone && len(own) == len(c.own) {
		c.own = own // with what it holds
		for i := range own {
			at := slices.IndexFunc(inputs, func(src *source) bool { return src.ref == own[i].src.ref })
			inputs[at] = own[i].src
		}
	}
	if state != fresh {
		c.program, c.inputs = p, inputs
		e.recompute(c, state, dirty)
		c.built, c.ready = s.clock, true
	}
	return c
}

// ranged reports whether any of its inputs, or of theirs, holds a range.
func (c *computed) ranged() bool {
	return slices.ContainsFunc(c.inputs, func(src *source) bool {
		if src.computed != nil {
			return src.computed.ranged()
		}
		v, ok := src.data.(*numbers)
		return ok && len(v.ranges) > 0
	})
}

func (e *evaluation) recompute(c *computed, state freshness, dirty []int32) {
	rows := len(e.s.ids)
	before := c.out.vals
	if state == stale && c.program.failure == "" {
		if c.program.expression == nil && e.rescore(c, dirty) {
			return
		}
		if c.program.expression != nil && len(dirty) <= rows/64+8 {
			c.growOwn(rows)
			e.withOwn(c, func() { e.evaluateRows(c, dirty) })
			return
		}
	}
	c.weighing = nil
	switch {
	case c.program.failure != "":
		c.out.vals = resize(make([]float64, 0, rows), rows, math.NaN())
		c.status, c.missing = nil, nil
	case c.program.expression == nil:
		e.score(c)
	case len(c.own) > 0:
		c.clearOwn(rows)
		e.withOwn(c, func() { e.evaluateUp(c) })
	default:
		e.evaluate(c)
	}
	c.diff(e.s.clock, before)
}

// diff reports the rows whose value changed.
func (c *computed) diff(clock uint64, before []float64) {
	changed := 0
	for i, x := range c.out.vals {
		if i < len(before) && (x == before[i] || (x != x && before[i] != before[i])) {
			continue
		}
		if changed++; changed > maxEdits {
			c.touchAll(clock)
			return
		}
	}
	if len(before) > len(c.out.vals) {
		c.touchAll(clock)
		return
	}
	if changed == 0 {
		return
	}
	for i, x := range c.out.vals {
		if i >= len(before) || (x != before[i] && (x == x || before[i] == before[i])) {
			c.touch(clock, int32(i))
		}
	}
}

func (e *evaluation) formulaEnv() formula.Env {
	env := formula.Env{Today: e.env.Today}
	if e.env.People != nil && e.env.Viewer != 0 {
		env.Viewer = e.env.People.Name(e.env.Viewer)
	}
	return env
}

// evaluate computes an expression over all rows.
func (e *evaluation) evaluate(c *computed) {
	n := len(e.s.ids)
	var out formula.Result
	c.program.expression.Eval(formula.Input{Rows: e.rows(), Lo: 0, Hi: n, Env: e.formulaEnv()}, &out)
	c.out.vals, c.status, c.missing = out.Num, out.Status, nil
	for i, null := range out.Null {
		if null {
			c.out.vals[i] = math.NaN()
		}
	}
	if len(out.Missing) > 0 {
		c.missing = out.Missing
	}
}

// evaluateRows computes an expression over single rows.
func (e *evaluation) evaluateRows(c *computed, dirty []int32) {
	if len(c.own) > 0 {
		e.evaluateUpFrom(c, dirty)
		return
	}
	eval := e.rowEvaluator(c)
	for _, row := range dirty {
		eval(row)
	}
}

// rowEvaluator computes an expression row by row; true means that the row's
// value changed.
func (e *evaluation) rowEvaluator(c *computed) func(row int32) bool {
	n := len(e.s.ids)
	c.out.vals = resize(c.out.vals, n, math.NaN())
	c.status = resize(c.status, n, formula.StatusMissing)
	rows, env := e.rows(), e.formulaEnv()
	var out formula.Result
	return func(row int32) bool {
		c.program.expression.Eval(formula.Input{Rows: rows, Lo: int(row), Hi: int(row) + 1, Env: env}, &out)
		missing := uint64(0)
		if len(out.Missing) > 0 {
			missing = out.Missing[0]
		}
		if missing != 0 && c.missing == nil {
			c.missing = make([]uint64, n)
		}
		if c.missing != nil {
			c.missing = resize(c.missing, n, 0)
			c.missing[row] = missing
		}
		c.status[row] = out.Status[0]
		return c.put(e.s.clock, row, out.Num[0])
	}
}

// notes say why the rows of a window have no value, or what they miss.
type notes struct {
	failures []string
	missing  [][]cairn.Ref
}

func (n *notes) at(row int32) (failure string, missing []cairn.Ref) {
	return n.failures[row], n.missing[row]
}

func (c *computed) notes(rows []int32) *notes {
	n := &notes{make([]string, len(rows)), make([][]cairn.Ref, len(rows))}
	plain := !slices.ContainsFunc(c.inputs, func(src *source) bool { return src.computed != nil })
	lists := map[uint64][]cairn.Ref{} // of plain inputs, by their bits
	for i, row := range rows {
		if c.program.failure != "" {
			n.failures[i] = c.program.failure
			continue
		}
		if st := c.status[row]; !st.HasValue() && st != formula.StatusMissing {
			n.failures[i] = st.Text()
			continue
		}
		if !plain {
			n.missing[i] = c.missingAt(row)
			continue
		}
		if c.missing == nil || c.missing[row] == 0 {
			continue
		}
		list, ok := lists[c.missing[row]]
		if !ok {
			list = c.missingAt(row)
			lists[c.missing[row]] = list
		}
		n.missing[i] = list
	}
	return n
}

// missingAt lists the inputs without a value. Of an input that is a formula
// itself it lists what that one misses, if anything.
func (c *computed) missingAt(row int32) []cairn.Ref {
	var out []cairn.Ref
	for i, src := range c.inputs {
		missing := c.missing != nil && c.missing[row]&(1<<min(i, formula.MaxRefs)) != 0
		var inner []cairn.Ref
		if src.computed != nil && src.computed.program.failure == "" {
			inner = src.computed.missingAt(row)
		}
		if missing && len(inner) == 0 {
			inner = []cairn.Ref{src.ref}
		}
		for _, ref := range inner {
			if !slices.Contains(out, ref) {
				out = append(out, ref)
			}
		}
	}
	return out
}

// condition compiles a condition in the expression language.
func (e *evaluation) condition(expr string) (predicate, error) {
	s := e.s
	e.use(&s.schema)
	key := string(appendInt([]byte(expr+"|"), int64(s.schema.rev)))
	prog, ok := s.derived.wheres.get(key)
	if !ok {
		var errs []formula.Error
		if prog, errs = formula.Compile(expr, s.formulaSchema(), formula.Bool); len(errs) > 0 {
			return nil, conditionError(errs)
		}
		s.derived.wheres.put(key, prog)
	}
	for _, note := range prog.Notes() {
		e.notes = append(e.notes, "Condition: "+note)
	}
	for _, ref := range prog.Refs() {
		src, err := e.source(ref, "Condition")
		if err != nil {
			return nil, err
		}
		e.names = e.names || src.named()
	}
	e.today, e.viewer = e.today || hasWord(expr, "today"), e.viewer || hasWord(expr, "me")
	rows, env := e.rows(), e.formulaEnv()
	return func(dst bitmap) {
		holds := make([]bool, len(s.ids))
		prog.Condition(rows, env, holds)
		fillOf(dst, holds, func(b bool) bool { return b })
	}, nil
}

// conditionError turns the first mistakes of an expression into one error.
func conditionError(errs []formula.Error) error {
	out := &cairn.Error{Code: cairn.CodeInvalid}
	for i, one := range errs {
		e := cairn.Invalid("where", "Condition, at character %d: %s. %s", one.Pos+1, one.Message, one.Remedy)
		if i == 0 {
			out.Message = e.Message
		}
		out.Details = append(out.Details, e.Details...)
	}
	return out
}
