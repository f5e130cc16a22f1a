package formula

import (
	"math"
	"slices"
)

// blockSize is how many rows are computed at a time: their numbers stay in the
// processor's cache.
const blockSize = 1024

// reg holds a node's values for one block.
type reg struct {
	kind Kind
	num  []float64
	end  []float64
	text []string
	list [][]string
	// nonum marks options without a weight; nil means none.
	nonum []bool
	// code is StatusMissing or a failure where there is no value; nil means that
	// all rows have one.
	code []Status
	// miss has the bits of the columns that are missing; nil means none.
	miss []uint64

	// block is which block the values belong to; out is the register that has
	// them, which is another one where nothing was to be done.
	block int
	out   *reg
	args  []*reg
	// owned memory
	numBuf, endBuf []float64
	textBuf        []string
	listBuf        [][]string
	nonumBuf       []bool
	codeBuf        []Status
	missBuf        []uint64
}

// machine evaluates one program over one range of rows.
type machine struct {
	prog  *Program
	rows  Rows
	env   Env
	lo, n int
	block int
	size  int
	regs  []reg
	vecs  []Vec
	xs    []float64
	// okay and none stand in for codes and marks that a register lacks.
	okay []Status
	none []uint64
}

func newMachine(p *Program, in Input, size int) *machine {
	return &machine{
		prog: p, rows: in.Rows, env: in.Env, size: min(size, blockSize),
		regs: make([]reg, p.nodes), vecs: make([]Vec, len(p.refs)),
	}
}

// run evaluates the rows [lo,hi), which are at most m.size.
func (m *machine) run(lo, hi int) *reg {
	m.lo, m.n = lo, hi-lo
	m.block++
	return m.eval(m.prog.root)
}

func (m *machine) nums(r *reg) []float64 {
	if r.numBuf == nil {
		r.numBuf = make([]float64, m.size)
	}
	r.num = r.numBuf[:m.n]
	return r.num
}

func (m *machine) ends(r *reg) []float64 {
	if r.endBuf == nil {
		r.endBuf = make([]float64, m.size)
	}
	r.end = r.endBuf[:m.n]
	return r.end
}

func (m *machine) texts(r *reg) []string {
	if r.textBuf == nil {
		r.textBuf = make([]string, m.size)
	}
	r.text = r.textBuf[:m.n]
	return r.text
}

func (m *machine) lists(r *reg) [][]string {
	if r.listBuf == nil {
		r.listBuf = make([][]string, m.size)
	}
	r.list = r.listBuf[:m.n]
	return r.list
}

func (m *machine) nonums(r *reg) []bool {
	if r.nonumBuf == nil {
		r.nonumBuf = make([]bool, m.size)
	}
	r.nonum = r.nonumBuf[:m.n]
	return r.nonum
}

// codes returns r's codes, all OK where there were none.
func (m *machine) codes(r *reg) []Status {
	if r.code == nil {
		if r.codeBuf == nil {
			r.codeBuf = make([]Status, m.size)
		}
		r.code = r.codeBuf[:m.n]
		clear(r.code)
	}
	return r.code
}

// misses returns r's marks, none where there were none.
func (m *machine) misses(r *reg) []uint64 {
	if r.miss == nil {
		if r.missBuf == nil {
			r.missBuf = make([]uint64, m.size)
		}
		r.miss = r.missBuf[:m.n]
		clear(r.miss)
	}
	return r.miss
}

// eval returns the register with n's values for the present block.
func (m *machine) eval(n *node) *reg {
	r := &m.regs[n.id]
	if r.block == m.block {
		return r.out
	}
	r.block, r.out, r.kind, r.code, r.miss, r.nonum = m.block, r, n.kind, nil, nil, nil
	if n.impl != nil {
		r.out = m.eval(n.impl)
		return r.out
	}
	switch n.op {
	case opNumber, opBool, opDate, opText:
		m.constant(n, r)
	case opField:
		m.load(n, r)
	case opToNumber:
		m.toNumber(n, r)
	case opZero:
		m.zero(n, r)
	case opCall, opSelect:
		if n.op == opSelect {
			evalIf(m, n, r)
		} else {
			n.fn.eval(m, n, r)
		}
	case opNot, opAnd, opOr:
		m.logic(n, r)
	case opNeg, opPlus, opPercent:
		m.unary(n, r)
	case opIn:
		m.membership(n, r)
	case opEq, opNe, opLt, opLe, opGt, opGe:
		m.compare(n, r)
	default:
		if n.mode == modeDate {
			m.dates(n, r)
		} else {
			m.arithmetic(n, r)
		}
	}
	return r.out
}

func (m *machine) constant(n *node, r *reg) {
	if r.numBuf != nil { // filled by the block before
		r.num = r.numBuf[:m.n]
		if n.op == opText {
			r.text = r.textBuf[:m.n]
		}
		return
	}
	// Whole, for later blocks may be longer than this one.
	if n.op == opText {
		r.textBuf = slices.Repeat([]string{n.text}, m.size)
		r.text = r.textBuf[:m.n]
	}
	r.numBuf = slices.Repeat([]float64{n.num}, m.size)
	r.num = r.numBuf[:m.n]
}

// load fetches a column.
func (m *machine) load(n *node, r *reg) {
	v := &m.vecs[n.slot]
	m.rows.Load(m.prog.refs[n.slot], m.lo, m.lo+m.n, v)
	r.num, r.end, r.text, r.list, r.nonum = v.Num, v.End, v.Text, v.List, v.NoNum
	if slices.Contains(v.Null, true) {
		code, miss := m.codes(r), m.misses(r)
		for i, null := range v.Null[:len(code)] {
			if null {
				code[i], miss[i] = StatusMissing, n.bits
			}
		}
	}
	if n.kind != Number || ordinary(v.Num) {
		return
	}
	for i, x := range v.Num {
		if x-x != 0 { // a column never hands NaN or infinity on
			m.codes(r)[i] = StatusMissing
			m.misses(r)[i] = n.bits
		}
	}
}

// toNumber takes the weight of options and lists, the 0 or 1 of truth values.
func (m *machine) toNumber(n *node, r *reg) {
	a := m.eval(n.args[0])
	if a.nonum == nil {
		r.out = a
		return
	}
	m.join(r, a)
	r.num = a.num
	for i, none := range a.nonum {
		if none && (r.code == nil || r.code[i] == StatusOK) {
			m.codes(r)[i] = StatusMissing
			m.misses(r)[i] |= n.bits
		}
	}
}

// zero makes 0 of what is missing; the mark that it was stays.
func (m *machine) zero(n *node, r *reg) {
	a := m.eval(n.args[0])
	if a.code == nil {
		r.out = a
		return
	}
	num, failed := m.nums(r), false
	if a.miss != nil {
		copy(m.misses(r), a.miss)
	}
	x := a.num[:len(num)]
	for i, c := range a.code[:len(num)] {
		num[i] = x[i]
		if c == StatusOK {
			continue
		}
		num[i] = 0
		if c != StatusMissing {
			failed = true
		} else if miss := m.misses(r); miss[i] == 0 {
			miss[i] = unknownBit
		}
	}
	if !failed {
		return
	}
	code := m.codes(r)
	for i, c := range a.code {
		if c != StatusMissing {
			code[i] = c
		}
	}
}

// join gives r the codes and marks of its arguments: the gravest code, all marks.
func (m *machine) join(r *reg, args ...*reg) {
	for _, a := range args {
		if a.code != nil && r.code == nil {
			copy(m.codes(r), a.code)
		} else if a.code != nil {
			code := r.code
			for i, c := range a.code[:len(code)] {
				code[i] = max(code[i], c)
			}
		}
		if a.miss != nil && r.miss == nil {
			copy(m.misses(r), a.miss)
		} else if a.miss != nil {
			miss := r.miss
			for i, b := range a.miss[:len(miss)] {
				miss[i] |= b
			}
		}
	}
}

// settle turns what is not a number of ordinary size into a failure, so that
// nothing else ever leaves a kernel.
func (m *machine) settle(r *reg, why func(i int, x float64) Status) {
	for i, x := range r.num {
		if x-x != 0 {
			if code := m.codes(r); code[i] == StatusOK {
				code[i] = why(i, x)
			}
			r.num[i] = 0
		}
	}
	if r.code == nil {
		return
	}
	for i, c := range r.code {
		if c != StatusOK {
			r.num[i] = 0
		}
	}
}

func tooLarge(_ int, x float64) Status {
	if math.IsNaN(x) {
		return StatusRootDomain
	}
	return StatusTooLarge
}

func (m *machine) unary(n *node, r *reg) {
	a := m.eval(n.args[0])
	if n.op == opPlus {
		r.out = a
		return
	}
	m.join(r, a)
	o := m.nums(r)
	x := a.num[:len(o)]
	if n.op == opNeg {
		for i := range o {
			o[i] = 0 - x[i]
		}
		return
	}
	for i := range o {
		o[i] = x[i] / 100
	}
}

func (m *machine) arithmetic(n *node, r *reg) {
	a, b := m.eval(n.args[0]), m.eval(n.args[1])
	m.join(r, a, b)
	o := m.nums(r)
	if fine := kernel(n.op, o, a.num, b.num); !fine || r.code != nil {
		m.settle(r, func(i int, x float64) Status {
			switch {
			case (n.op == opDiv || n.op == opMod) && b.num[i] == 0,
				n.op == opPow && a.num[i] == 0:
				return StatusDivisionByZero
			}
			return tooLarge(i, x)
		})
	}
}

// kernel computes o = x op y and reports whether all results are ordinary
// numbers.
func kernel(operator op, o, x, y []float64) bool {
	x, y = x[:len(o)], y[:len(o)]
	switch operator {
	case opAdd:
		for i := range o {
			o[i] = x[i] + y[i]
		}
	case opSub:
		for i := range o {
			o[i] = x[i] - y[i]
		}
	case opMul:
		for i := range o {
			o[i] = x[i] * y[i]
		}
	case opDiv:
		for i := range o {
			o[i] = x[i] / y[i]
		}
	case opMod:
		for i := range o {
			o[i] = modulo(x[i], y[i])
		}
	case opPow:
		for i := range o {
			o[i] = power(x[i], y[i])
		}
	}
	return ordinary(o)
}

// ordinary reports whether a column has neither NaN nor infinity: x−x is 0 for
// all else. Four sums at a time do not wait for each other.
func ordinary(xs []float64) bool {
	var a, b, c, d float64
	for ; len(xs) >= 4; xs = xs[4:] {
		a += xs[0] - xs[0]
		b += xs[1] - xs[1]
		c += xs[2] - xs[2]
		d += xs[3] - xs[3]
	}
	for _, x := range xs {
		a += x - x
	}
	return a+b+c+d == 0
}

// modulo has the sign of the divisor, so that it always lies between 0 and it.
func modulo(x, y float64) float64 {
	v := math.Mod(x, y)
	if v != 0 && (v < 0) != (y < 0) {
		v += y
	}
	return v
}

func power(x, y float64) float64 {
	if y == 2 {
		return x * x
	}
	return math.Pow(x, y)
}

// Days that a date may have: the years 1 to 9999.
const (
	firstDay = -719162
	lastDay  = 2932896
)

// dates computes date − date, date ± number and number + date.
func (m *machine) dates(n *node, r *reg) {
	a, b := m.eval(n.args[0]), m.eval(n.args[1])
	m.join(r, a, b)
	o := m.nums(r)
	_ = kernel(n.op, o, a.num, b.num)
	if n.kind == Date {
		for i, x := range o {
			o[i] = math.Floor(x)
			if x < firstDay || x >= lastDay+1 {
				o[i] = math.Inf(1)
			}
		}
	}
	m.settle(r, func(int, float64) Status { return StatusNoSuchDay })
}
