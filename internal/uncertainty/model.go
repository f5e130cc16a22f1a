package uncertainty

import (
	"hash/maphash"
	"math"

	"cairn"
	"cairn/internal/formula"
)

// Model is a view of a project at one moment: the ideas, and what their scores
// are made of. It does not change.
type Model struct {
	Seed uint64
	// IDs are the ideas; a row of every column is one of them.
	IDs []cairn.ID
	// Live marks the rows that weighted scores are measured against.
	Live []bool
	// Columns hold inputs and formulas, each after those it uses.
	Columns []Column
	// Base has the columns of expressions that are not in Columns, such as texts
	// and options, in the same rows. It may be read by several callers at once.
	Base formula.Rows
	Env  formula.Env
	// Order are the rows of the view, in its order: the ideas that are ranked.
	Order []int32
	// Target is the column by which they are ranked.
	Target int
	// Desc ranks large values first.
	Desc bool
}

// Column is an input, or a formula when Formula is set.
type Column struct {
	Ref  cairn.Ref
	Name string
	// Likely has NaN where there is no value.
	Likely []float64
	// Low and High are the ends of ranges, the same as Likely elsewhere; nil when
	// there is no range in the column.
	Low, High []float64
	Bounds    Bounds

	Formula *cairn.Formula
	// Program is the compiled expression; nil for sums and weighted scores.
	Program *formula.Program
	// Inputs are columns: all of a sum or a weighted score, in their order; of an
	// expression those that Base does not have.
	Inputs []int
}

func (c *Column) ranged(row int32) bool { return c.Low != nil && c.Low[row] < c.High[row] }

// uncertain marks the rows whose value of each column depends on a range.
func (m *Model) uncertain() [][]bool {
	out := make([][]bool, len(m.Columns))
	for i := range m.Columns {
		c := &m.Columns[i]
		rows := make([]bool, len(m.IDs))
		out[i] = rows
		if c.Formula == nil {
			for row := range rows {
				rows[row] = c.ranged(int32(row))
			}
			continue
		}
		any := false
		for _, in := range c.Inputs {
			for row, yes := range out[in] {
				if yes {
					rows[row] = true
					any = any || m.Live == nil || m.Live[row]
				}
			}
		}
		if any && c.Formula.Kind == cairn.FormulaWeighted {
			for row := range rows { // measured against ideas that move
				rows[row] = true
			}
		}
	}
	return out
}

// Leaves are the inputs with ranges that a column depends on, directly or
// through other formulas.
func (m *Model) Leaves(column int) []int {
	seen := make([]bool, len(m.Columns))
	var out []int
	var visit func(int)
	visit = func(i int) {
		if seen[i] {
			return
		}
		seen[i] = true
		if m.Columns[i].Formula == nil && m.Columns[i].Low != nil {
			out = append(out, i)
		}
		for _, in := range m.Columns[i].Inputs {
			visit(in)
		}
	}
	visit(column)
	return out
}

// Fingerprint tells whether two models of one process give the same answers.
func (m *Model) Fingerprint(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	number := func(x uint64) {
		var b [8]byte
		for i := range b {
			b[i] = byte(x >> (8 * i))
		}
		h.Write(b[:])
	}
	floats := func(xs []float64) {
		number(uint64(len(xs)))
		for _, x := range xs {
			number(math.Float64bits(x))
		}
	}
	number(m.Seed)
	number(uint64(m.Target))
	if m.Desc {
		number(1)
	}
	number(uint64(m.Env.Today))
	h.WriteString(m.Env.Viewer)
	for i, id := range m.IDs {
		number(uint64(id))
		if m.Live != nil && m.Live[i] {
			number(1)
		}
	}
	for _, row := range m.Order {
		number(uint64(row))
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		h.WriteString(string(c.Ref))
		h.WriteString(c.Name)
		floats(c.Likely)
		floats(c.Low)
		floats(c.High)
		number(math.Float64bits(c.Bounds.Min))
		number(math.Float64bits(c.Bounds.Max))
		if c.Formula != nil {
			h.WriteString(string(c.Formula.Kind))
			h.WriteString(c.Formula.Expression)
			for _, in := range c.Formula.Inputs {
				h.WriteString(string(in.Field))
				number(math.Float64bits(in.Weight))
			}
		}
	}
	return h.Sum64()
}
