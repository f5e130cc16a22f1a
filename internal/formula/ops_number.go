package formula

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

func checkIf(c *checker, n *node) {
	at := []int{1}
	if len(n.args) == 3 {
		at = append(at, 2)
	}
	n.kind = c.unify(n, at)
}

func checkSame(c *checker, n *node) { n.kind = c.unify(n, upTo(0, len(n.args), 1)) }

// upTo lists from, from+step … below end.
func upTo(from, end, step int) []int {
	var at []int
	for i := from; i < end; i += step {
		at = append(at, i)
	}
	return at
}

// checkIfs turns ifs(c1, v1, c2, v2, else) into nested choices.
func checkIfs(c *checker, n *node) {
	pairs := len(n.args) / 2
	results := upTo(1, 2*pairs, 2)
	if len(n.args)%2 == 1 {
		results = append(results, len(n.args)-1)
	}
	mistakes := len(c.errs)
	for i := range pairs {
		c.condition(n.args[2*i])
	}
	n.kind = c.unify(n, results)
	if n.kind == Null || len(c.errs) > mistakes {
		n.kind = Null
		return
	}
	var rest *node
	if len(n.args)%2 == 1 {
		rest = n.args[len(n.args)-1]
	}
	for i := pairs - 1; i >= 0; i-- {
		rest = c.choice(n.kind, n.args[2*i], n.args[2*i+1], rest)
	}
	n.impl = rest
}

// checkSwitch turns switch(x, a, r1, b, r2, else) into nested choices.
func checkSwitch(c *checker, n *node) {
	pairs := (len(n.args) - 1) / 2
	results := upTo(2, 2*pairs+1, 2)
	var rest *node
	if len(n.args)%2 == 0 {
		results = append(results, len(n.args)-1)
	}
	mistakes := len(c.errs)
	tests := make([]*node, pairs)
	for i := range tests {
		value := n.args[2*i+1]
		tests[i] = &node{op: opEq, args: []*node{n.args[0], value}, pos: value.pos, end: value.end}
		c.comparison(tests[i])
		c.register(tests[i])
	}
	n.kind = c.unify(n, results)
	if n.kind == Null || len(c.errs) > mistakes {
		n.kind = Null
		return
	}
	if len(n.args)%2 == 0 {
		rest = n.args[len(n.args)-1]
	}
	for i := pairs - 1; i >= 0; i-- {
		rest = c.choice(n.kind, tests[i], n.args[2*i+2], rest)
	}
	n.impl = rest
}

func (c *checker) choice(k Kind, test, then, otherwise *node) *node {
	args := []*node{test, then}
	if otherwise != nil {
		args = append(args, otherwise)
	}
	return c.register(&node{op: opSelect, kind: k, args: args, pos: then.pos, end: then.end})
}

// checkExtreme lets min and max work on numbers or on dates.
func checkExtreme(c *checker, n *node) {
	dates := false
	for _, a := range n.args {
		dates = dates || a.kind == Date
	}
	n.kind = Number
	if dates {
		n.kind = Date
	}
	for i, a := range n.args {
		if dates {
			c.date(a)
		} else {
			n.args[i] = c.number(a)
		}
	}
}

func checkNumber(c *checker, n *node) {
	if n.args[0].kind != Text {
		n.args[0] = c.number(n.args[0])
	}
}

// readNumber passes numbers on and reads texts such as "1 200.5".
func readNumber(_ *machine, a []*reg, i int, r *reg) Status {
	if a[0].kind != Text {
		r.num[i] = a[0].num[i]
		return StatusOK
	}
	s := strings.NewReplacer(" ", "", "_", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(a[0].text[i])
	if strings.Trim(s, "0123456789.eE+-") != "" {
		return StatusNotANumber
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !finite(x) {
		return StatusNotANumber
	}
	r.num[i] = x
	return StatusOK
}

// numeric makes an evaluation of a function of numbers, whose missing arguments
// count as 0 already.
func numeric(f func(xs []float64) (float64, Status)) func(m *machine, n *node, r *reg) {
	return func(m *machine, n *node, r *reg) {
		args := m.evalArgs(n, r)
		m.join(r, args...)
		o := m.nums(r)
		xs := slices.Grow(m.xs[:0], len(args))[:len(args)]
		m.xs = xs
		for i := range o {
			if codeAt(r, i) != StatusOK {
				o[i] = 0
				continue
			}
			for k, a := range args {
				xs[k] = a.num[i]
			}
			v, status := f(xs)
			if status == StatusOK && v-v != 0 {
				status = tooLarge(i, v)
			}
			if status != StatusOK {
				m.codes(r)[i] = status
				v = 0
			}
			o[i] = v
		}
	}
}

// round rounds halves away from zero, as people expect of 2.5 and of 0.15.
func round(xs []float64) (float64, Status) {
	x, places := xs[0], 0.0
	if len(xs) > 1 {
		places = math.Trunc(xs[1])
	}
	if places == 0 {
		return math.Round(x), StatusOK
	}
	if places > 15 || places < -308 {
		if places > 0 {
			return x, StatusOK
		}
		return 0, StatusOK
	}
	scale := math.Pow(10, math.Abs(places))
	if places < 0 {
		return math.Round(x/scale) * scale, StatusOK
	}
	if math.Abs(x) > 1e15/scale {
		return x, StatusOK // all its digits lie before that place
	}
	// 1.005 is stored a little below; its shortest decimal form is what people mean.
	v, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', -1, 64)+"e"+strconv.Itoa(int(places)), 64)
	if err != nil {
		return x, StatusOK
	}
	return math.Round(v) / scale, StatusOK
}

func floor(xs []float64) (float64, Status) { return math.Floor(xs[0]), StatusOK }
func ceil(xs []float64) (float64, Status)  { return math.Ceil(xs[0]) + 0, StatusOK }
func abs(xs []float64) (float64, Status)   { return math.Abs(xs[0]), StatusOK }
func exp(xs []float64) (float64, Status)   { return math.Exp(xs[0]), StatusOK }

func sign(xs []float64) (float64, Status) {
	switch {
	case xs[0] > 0:
		return 1, StatusOK
	case xs[0] < 0:
		return -1, StatusOK
	}
	return 0, StatusOK
}

func sqrt(xs []float64) (float64, Status) {
	if xs[0] < 0 {
		return 0, StatusRootDomain
	}
	return math.Sqrt(xs[0]), StatusOK
}

func pow(xs []float64) (float64, Status) {
	if xs[0] == 0 && xs[1] < 0 {
		return 0, StatusDivisionByZero
	}
	return power(xs[0], xs[1]), StatusOK
}

func ln(xs []float64) (float64, Status) {
	if xs[0] <= 0 {
		return 0, StatusLogDomain
	}
	return math.Log(xs[0]), StatusOK
}

func logarithm(xs []float64) (float64, Status) {
	switch {
	case xs[0] <= 0, len(xs) > 1 && xs[1] <= 0:
		return 0, StatusLogDomain
	case len(xs) == 1 || xs[1] == 10:
		return math.Log10(xs[0]), StatusOK
	case xs[1] == 1:
		return 0, StatusDivisionByZero
	case xs[1] == 2:
		return math.Log2(xs[0]), StatusOK
	}
	return math.Log(xs[0]) / math.Log(xs[1]), StatusOK
}

func clamp(xs []float64) (float64, Status) {
	low, high := min(xs[1], xs[2]), max(xs[1], xs[2])
	return min(max(xs[0], low), high), StatusOK
}

// aggregate makes an evaluation over the arguments that are there; xs may be
// reordered by f and is never empty.
func aggregate(f func(xs []float64) float64) func(m *machine, n *node, r *reg) {
	return func(m *machine, n *node, r *reg) {
		args := m.evalArgs(n, r)
		m.join(r, args...)
		o := m.nums(r)
		for i := range o {
			xs := m.xs[:0]
			worst := StatusOK
			for _, a := range args {
				if c := codeAt(a, i); c == StatusOK {
					xs = append(xs, a.num[i])
				} else if c != StatusMissing {
					worst = max(worst, c)
				}
			}
			m.xs = xs
			v := 0.0
			switch {
			case worst != StatusOK:
			case len(xs) == 0:
				worst = StatusMissing
			default:
				if v = f(xs); v-v != 0 {
					v, worst = 0, StatusTooLarge
				}
			}
			o[i] = v
			if worst != StatusOK || r.code != nil {
				m.codes(r)[i] = worst
			}
		}
	}
}

func smallest(xs []float64) float64 { return slices.Min(xs) }
func largest(xs []float64) float64  { return slices.Max(xs) }

func total(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum
}

func average(xs []float64) float64 { return total(xs) / float64(len(xs)) }

func median(xs []float64) float64 {
	slices.Sort(xs)
	half := len(xs) / 2
	if len(xs)%2 == 1 {
		return xs[half]
	}
	return xs[half-1]/2 + xs[half]/2
}

// evalSum is an aggregate in which nothing at all is 0.
func evalSum(m *machine, n *node, r *reg) {
	aggregate(total)(m, n, r)
	for i, c := range r.code {
		if c == StatusMissing {
			r.code[i] = StatusOK
		}
	}
}

// evalCount counts values; what is missing or failed is not there.
func evalCount(m *machine, n *node, r *reg) {
	args := m.evalArgs(n, r)
	o := m.nums(r)
	clear(o)
	for _, a := range args {
		for i := range o {
			switch {
			case codeAt(a, i) != StatusOK:
			case a.kind == List:
				o[i] += float64(len(a.list[i]))
			default:
				o[i]++
			}
		}
	}
}
