package formula

import (
	"math/bits"
	"strings"

	"cairn"
)

// Program is a compiled expression. It does not change and may be used by
// several callers at once.
type Program struct {
	root  *node
	kind  Kind
	refs  []cairn.Ref
	nodes int
	notes []string
}

// Result is what an evaluation gives, a row of it per idea asked for. The
// caller may reuse it: its slices are reused where they fit.
type Result struct {
	// Vec holds the values; rows without one are marked in Null and hold 0.
	Vec
	// Status of each row.
	Status []Status
	// Missing has a bit per field that is missing, to be read with MissingRefs;
	// empty when no row misses anything. Null and NoNum are empty alike.
	Missing []uint64

	// machine is the memory of the evaluation before, for the next one of the
	// same program.
	machine *machine
}

// Compile reads an expression against the columns of schema. want is the kind
// that the caller needs: Number, Bool (a condition), Text, Date, or Null for
// any. The errors are in the order of their positions where they were found.
func Compile(expr string, schema Schema, want Kind) (*Program, []Error) {
	root, failed := parse(expr)
	if failed != nil {
		return nil, []Error{explainName(*failed, expr, schema)}
	}
	c := &checker{schema: schema}
	c.check(root)
	notes := notesOf(root, schema)
	root = c.want(root, want)
	if len(c.errs) > 0 {
		return nil, c.errs
	}
	return &Program{root: root, kind: root.kind, refs: c.refs, nodes: c.nodes, notes: notes}, nil
}

// explainName improves the message for a field name of several words that is
// written without braces.
func explainName(e Error, expr string, schema Schema) Error {
	src := []rune(expr)
	if e.Pos >= len(src) || !isWordStart(src[e.Pos]) {
		return e
	}
	for _, name := range schema.Names() {
		if !strings.Contains(name, " ") {
			continue
		}
		size := len([]rune(name))
		for from := max(0, e.Pos-size); from <= e.Pos && from+size <= len(src); from++ {
			if strings.EqualFold(string(src[from:from+size]), name) {
				return Error{
					Message: "A field name of several words stands here without braces",
					Pos:     from, End: from + size, Remedy: "Write {" + name + "}.",
				}
			}
		}
	}
	return e
}

// Kind is the kind of the program's results.
func (p *Program) Kind() Kind { return p.kind }

// Refs lists the columns that the program reads, each once.
func (p *Program) Refs() []cairn.Ref { return p.refs }

// MissingRefs turns a row's bits of Result.Missing into columns.
func (p *Program) MissingRefs(missing uint64) []cairn.Ref {
	return refsOf(p.refs, missing)
}

func refsOf(refs []cairn.Ref, missing uint64) []cairn.Ref {
	var out []cairn.Ref
	for missing &^= unknownBit; missing != 0; missing &= missing - 1 {
		if i := bits.TrailingZeros64(missing); i < len(refs) {
			out = append(out, refs[i])
		}
	}
	return out
}

// Input is what an evaluation works on: the rows [Lo,Hi) of Rows.
type Input struct {
	Rows   Rows
	Lo, Hi int
	Env    Env
}

// Eval computes the rows of in into out, whose slices get their number as length.
func (p *Program) Eval(in Input, out *Result) {
	n := max(in.Hi-in.Lo, 0)
	out.size(p.kind, n)
	if n == 0 {
		return
	}
	m := out.machine
	if m != nil && m.prog == p && m.size >= min(n, blockSize) {
		m.rows, m.env = in.Rows, in.Env
	} else {
		m = newMachine(p, in, n)
		out.machine = m
	}
	for at := in.Lo; at < in.Hi; at += m.size {
		end := min(at+m.size, in.Hi)
		out.take(m.run(at, end), at-in.Lo, end-in.Lo)
	}
	m.rows = nil // what was read need not be kept
}

// Condition computes all rows and sets out[i] where the condition holds. A row
// without a result does not hold. The program must have been compiled for Bool;
// out has a place for each row.
func (p *Program) Condition(rows Rows, env Env, out []bool) {
	n := min(rows.Len(), len(out))
	if n == 0 {
		return
	}
	m := newMachine(p, Input{Rows: rows, Env: env}, n)
	for at := 0; at < n; at += m.size {
		end := min(at+m.size, n)
		r := m.run(at, end)
		for i := range end - at {
			out[at+i] = r.num[i] != 0 && (r.code == nil || r.code[i] == StatusOK)
		}
	}
}

// size makes room for n rows of a kind.
func (r *Result) size(k Kind, n int) {
	r.Kind = k
	r.Status = sized(r.Status, n)
	r.Missing, r.Null, r.NoNum = r.Missing[:0], r.Null[:0], r.NoNum[:0]
	r.Num, r.End, r.Text, r.List = r.Num[:0], r.End[:0], r.Text[:0], r.List[:0]
	if k != Text {
		r.Num = sized(r.Num, n)
	}
	switch k {
	case Interval:
		r.End = sized(r.End, n)
	case Text, Option:
		r.Text = sized(r.Text, n)
	case List:
		r.List = sized(r.List, n)
	}
}

// sized returns s with the length n, its old memory reused where it is enough.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// mark returns s with a place for each row, empty where it had none.
func mark[T any](s []T, n int) []T {
	if len(s) == n {
		return s
	}
	s = sized(s, n)
	clear(s)
	return s
}

// take copies a block into the rows [lo,hi).
func (r *Result) take(b *reg, lo, hi int) {
	n := len(r.Status)
	if r.Kind == Number {
		for i, x := range b.num[:hi-lo] {
			r.Num[lo+i] = x + 0 // no negative zero
		}
	} else {
		copyTo(r.Num, b.num, lo, hi)
	}
	copyTo(r.End, b.end, lo, hi)
	copyTo(r.Text, b.text, lo, hi)
	copyTo(r.List, b.list, lo, hi)
	if b.nonum != nil && (r.Kind == Option || r.Kind == List) {
		r.NoNum = mark(r.NoNum, n)
		copy(r.NoNum[lo:hi], b.nonum)
	}
	status := r.Status[lo:hi]
	clear(status)
	if b.miss != nil {
		r.Missing = mark(r.Missing, n)
		copy(r.Missing[lo:hi], b.miss)
		for i := range status {
			if b.miss[i] != 0 {
				status[i] = StatusIncomplete
			}
		}
	}
	if b.code == nil {
		return
	}
	r.Null = mark(r.Null, n)
	for i := range status {
		if b.code[i] != StatusOK {
			status[i] = b.code[i]
			r.empty(lo + i)
		}
	}
}

func copyTo[T any](to, from []T, lo, hi int) {
	if len(to) > 0 {
		copy(to[lo:hi], from)
	}
}

// empty takes the value of a row away.
func (r *Result) empty(i int) {
	r.Null[i] = true
	if len(r.Num) > 0 {
		r.Num[i] = 0
	}
	if len(r.End) > 0 {
		r.End[i] = 0
	}
	if len(r.Text) > 0 {
		r.Text[i] = ""
	}
	if len(r.List) > 0 {
		r.List[i] = nil
	}
}
