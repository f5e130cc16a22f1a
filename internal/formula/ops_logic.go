package formula

import (
	"slices"
	"strings"
)

// logic computes not, and, or. What is missing is false; a failure counts only
// where the other side does not decide already.
func (m *machine) logic(n *node, r *reg) {
	a := m.eval(n.args[0])
	o := m.nums(r)
	if n.op == opNot {
		m.join(r, a)
		for i := range o {
			o[i] = 1 - a.num[i]
		}
		m.falseIfMissing(r, 1)
		return
	}
	b := m.eval(n.args[1])
	decisive := 0.0 // the value of one side that settles the whole
	if n.op == opOr {
		decisive = 1
	}
	x, y := a.num[:len(o)], b.num[:len(o)]
	for i := range o {
		o[i] = 1 - decisive
		if x[i] == decisive || y[i] == decisive {
			o[i] = decisive
		}
	}
	if a.code == nil && b.code == nil && a.miss == nil && b.miss == nil {
		return
	}
	m.join(r, a, b)
	for i := range o {
		m.settleLogic(r, i, decisive, [2]*reg{a, b})
	}
}

// settleLogic redoes one row in which something is missing or failed.
func (m *machine) settleLogic(r *reg, i int, decisive float64, sides [2]*reg) {
	truth := func(s *reg) (float64, bool) {
		switch c := codeAt(s, i); {
		case c == StatusMissing:
			return 0, true
		case c != StatusOK:
			return 0, false
		}
		return s.num[i], true
	}
	settled := false
	for _, s := range sides {
		if v, ok := truth(s); ok && v == decisive {
			settled = true
			if missAt(s, i) == 0 {
				m.misses(r)[i] = 0
			}
		}
	}
	code := m.codes(r)
	switch {
	case settled:
		r.num[i], code[i] = decisive, StatusOK
	case code[i] == StatusMissing || code[i] == StatusOK:
		r.num[i], code[i] = 1-decisive, StatusOK
	default:
		r.num[i] = 0
	}
}

func codeAt(r *reg, i int) Status {
	if r.code == nil {
		return StatusOK
	}
	return r.code[i]
}

func missAt(r *reg, i int) uint64 {
	if r.miss == nil {
		return 0
	}
	return r.miss[i]
}

// falseIfMissing turns missing rows of a condition into a decided one: 0, or 1
// where the condition is negated.
func (m *machine) falseIfMissing(r *reg, value float64) {
	if r.code == nil {
		return
	}
	failed := false
	for i, c := range r.code {
		switch c {
		case StatusOK:
		case StatusMissing:
			r.num[i], r.code[i] = value, StatusOK
		default:
			r.num[i], failed = 0, true
		}
	}
	if !failed {
		r.code = nil
	}
}

// compare computes a comparison (FML-12): with a missing side it is false, and
// ≠ is the opposite of =.
func (m *machine) compare(n *node, r *reg) {
	a, b := m.eval(n.args[0]), m.eval(n.args[1])
	m.join(r, a, b)
	o := m.nums(r)
	switch n.mode {
	case modeText:
		compareTexts(n.op, o, a.text, b.text)
	case modeInterval:
		for i := range o {
			same := a.num[i] == b.num[i] && a.end[i] == b.end[i]
			o[i] = truth(same == (n.op == opEq))
		}
	default:
		compareNumbers(n.op, o, a.num[:len(o)], b.num[:len(o)])
	}
	m.falseIfMissing(r, truth(n.op == opNe))
}

// truth is the number of a truth value.
func truth(b bool) float64 {
	var v uint8
	if b {
		v = 1
	}
	return float64(v)
}

func compareNumbers(operator op, o, x, y []float64) {
	switch operator {
	case opEq:
		for i := range o {
			o[i] = truth(x[i] == y[i])
		}
	case opNe:
		for i := range o {
			o[i] = truth(x[i] != y[i])
		}
	case opLt:
		for i := range o {
			o[i] = truth(x[i] < y[i])
		}
	case opLe:
		for i := range o {
			o[i] = truth(x[i] <= y[i])
		}
	case opGt:
		for i := range o {
			o[i] = truth(x[i] > y[i])
		}
	case opGe:
		for i := range o {
			o[i] = truth(x[i] >= y[i])
		}
	}
}

func compareTexts(operator op, o []float64, x, y []string) {
	var left, right folder
	for i := range o {
		order := strings.Compare(left.fold(x[i]), right.fold(y[i]))
		switch operator {
		case opEq:
			o[i] = truth(order == 0)
		case opNe:
			o[i] = truth(order != 0)
		case opLt:
			o[i] = truth(order < 0)
		case opLe:
			o[i] = truth(order <= 0)
		case opGt:
			o[i] = truth(order > 0)
		default:
			o[i] = truth(order >= 0)
		}
	}
}

// membership computes x in (a, b, …), false where x is missing; list entries
// that are missing match nothing.
func (m *machine) membership(n *node, r *reg) {
	args := m.evalArgs(n, r)
	x := args[0]
	m.join(r, x)
	o := m.nums(r)
	clear(o)
	for _, a := range args[1:] {
		if a.miss != nil {
			m.join(r, &reg{miss: a.miss})
		}
		for i := range o {
			switch c := codeAt(a, i); {
			case c == StatusMissing || o[i] != 0:
			case c != StatusOK:
				code := m.codes(r)
				code[i] = max(code[i], c)
			default:
				o[i] = truth(sameValue(n.mode, x, a, i))
			}
		}
	}
	for i := range o {
		if o[i] != 0 && codeAt(x, i) == StatusOK && r.code != nil {
			r.code[i] = StatusOK // found before the failure
		}
	}
	m.falseIfMissing(r, 0)
}

func sameValue(how mode, x, a *reg, i int) bool {
	switch how {
	case modeText:
		return sameText(x.text[i], a.text[i])
	case modeList:
		return listHas(x.list[i], a.text[i])
	}
	return x.num[i] == a.num[i]
}

func listHas(list []string, entry string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return sameText(s, entry) })
}

// evalArgs evaluates a node's arguments.
func (m *machine) evalArgs(n *node, r *reg) []*reg {
	r.args = r.args[:0]
	for _, a := range n.args {
		r.args = append(r.args, m.eval(a))
	}
	return r.args
}

// pick copies row i of a into r, value, code and marks.
func (m *machine) pick(r, a *reg, i int) {
	if c := codeAt(a, i); c != StatusOK {
		m.codes(r)[i] = c
	}
	switch r.kind {
	case Text:
		r.text[i] = a.text[i]
	case List:
		r.list[i], r.num[i] = a.list[i], a.num[i]
	case Option:
		r.text[i], r.num[i] = a.text[i], a.num[i]
	case Interval:
		r.num[i], r.end[i] = a.num[i], a.end[i]
	default:
		r.num[i] = a.num[i]
	}
	if a.nonum != nil && a.nonum[i] {
		if r.nonum == nil {
			clear(m.nonums(r))
		}
		r.nonum[i] = true
	}
}

// room makes r ready to take values of its kind row by row.
func (m *machine) room(r *reg) {
	switch r.kind {
	case Text:
		m.texts(r)
	case List:
		m.lists(r)
	case Option:
		m.texts(r)
	case Interval:
		m.ends(r)
	}
	if r.kind != Text {
		m.nums(r)
	}
}

func evalIf(m *machine, n *node, r *reg) {
	args := m.evalArgs(n, r)
	cond, a := args[0], args[1]
	m.room(r)
	if len(args) == 3 && isPlain(r, args) {
		m.selectNumbers(r, args)
		return
	}
	m.join(r, &reg{miss: cond.miss})
	for i := range m.n {
		chosen := a
		switch c := codeAt(cond, i); {
		case c > StatusMissing:
			m.fail(r, i, c)
			continue
		case c == StatusMissing || cond.num[i] == 0:
			if len(args) < 3 {
				m.fail(r, i, StatusMissing)
				continue
			}
			chosen = args[2]
		}
		m.pick(r, chosen, i)
		if chosen.miss != nil {
			m.misses(r)[i] |= chosen.miss[i]
		}
	}
}

// isPlain reports whether a choice is between columns of plain numbers.
func isPlain(r *reg, args []*reg) bool {
	return (r.kind == Number || r.kind == Bool || r.kind == Date) && args[1].nonum == nil && args[2].nonum == nil
}

// selectNumbers is evalIf for plain numbers: values first, then codes and marks
// where there are any.
func (m *machine) selectNumbers(r *reg, args []*reg) {
	o := r.num
	c, x, y := args[0].num[:len(o)], args[1].num[:len(o)], args[2].num[:len(o)]
	for i := range o {
		o[i] = y[i]
		if c[i] != 0 {
			o[i] = x[i]
		}
	}
	if args[0].code != nil || args[1].code != nil || args[2].code != nil {
		code := m.codes(r)
		cc, xc, yc := m.codesOf(args[0]), m.codesOf(args[1]), m.codesOf(args[2])
		for i := range code {
			code[i] = yc[i]
			switch {
			case cc[i] > StatusMissing:
				code[i] = cc[i]
			case cc[i] == StatusMissing:
				o[i] = y[i]
			case c[i] != 0:
				code[i] = xc[i]
			}
		}
	}
	if args[0].miss != nil || args[1].miss != nil || args[2].miss != nil {
		miss := m.misses(r)
		cm, xm, ym := m.missesOf(args[0]), m.missesOf(args[1]), m.missesOf(args[2])
		cc := m.codesOf(args[0])
		for i := range miss {
			miss[i] = cm[i] | ym[i]
			if c[i] != 0 && cc[i] == StatusOK {
				miss[i] = cm[i] | xm[i]
			}
		}
	}
}

// codesOf returns a register's codes, or a column of OK.
func (m *machine) codesOf(r *reg) []Status {
	if r.code != nil {
		return r.code
	}
	if m.okay == nil {
		m.okay = make([]Status, m.size)
	}
	return m.okay[:m.n]
}

// missesOf returns a register's marks, or a column without any.
func (m *machine) missesOf(r *reg) []uint64 {
	if r.miss != nil {
		return r.miss
	}
	if m.none == nil {
		m.none = make([]uint64, m.size)
	}
	return m.none[:m.n]
}

// fail leaves row i of r without a value.
func (m *machine) fail(r *reg, i int, c Status) {
	m.codes(r)[i] = c
	if r.kind != Text && len(r.num) > i {
		r.num[i] = 0
	}
	if r.kind == Text || r.kind == Option {
		r.text[i] = ""
	}
	if r.kind == List {
		r.list[i] = nil
	}
}

func evalCoalesce(m *machine, n *node, r *reg) {
	args := m.evalArgs(n, r)
	m.room(r)
	for i := range m.n {
		worst, missing, found := StatusMissing, uint64(0), false
		for _, a := range args {
			if c := codeAt(a, i); c != StatusOK {
				worst = max(worst, c)
				missing |= missAt(a, i)
				continue
			}
			m.pick(r, a, i)
			missing, found = missAt(a, i), true
			break
		}
		if !found {
			m.fail(r, i, worst)
		}
		if missing != 0 {
			m.misses(r)[i] = missing
		} else if r.miss != nil {
			r.miss[i] = 0
		}
	}
}

// evalEmpty gives the truth value for rows without a value.
func evalEmpty(empty float64) func(m *machine, n *node, r *reg) {
	return func(m *machine, n *node, r *reg) {
		a := m.eval(n.args[0])
		o := m.nums(r)
		for i := range o {
			o[i] = 1 - empty
			if codeAt(a, i) != StatusOK {
				o[i] = empty
			}
		}
	}
}

// strict makes an evaluation of a function that needs all its arguments: where
// one is missing, or failed, so is the result.
func strict(f func(m *machine, a []*reg, i int, r *reg) Status) func(m *machine, n *node, r *reg) {
	return func(m *machine, n *node, r *reg) {
		args := m.evalArgs(n, r)
		m.join(r, args...)
		m.room(r)
		for i := range m.n {
			c := codeAt(r, i)
			if c == StatusOK {
				c = f(m, args, i, r)
			}
			if c != StatusOK {
				m.fail(r, i, c)
			}
		}
	}
}

// predicate makes an evaluation of a condition that is false where an argument
// is missing.
func predicate(f func(m *machine, a []*reg, i int) bool) func(m *machine, n *node, r *reg) {
	return func(m *machine, n *node, r *reg) {
		args := m.evalArgs(n, r)
		m.join(r, args...)
		o := m.nums(r)
		for i := range o {
			o[i] = truth(codeAt(r, i) == StatusOK && f(m, args, i))
		}
		m.falseIfMissing(r, 0)
	}
}
