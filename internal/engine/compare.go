package engine

import (
	"math"
	"slices"

	"cairn"
)

// Comparison says how two answers to one query are held against each other. Both
// are whole (Limit −1) and neither grouped nor a tree.
type Comparison struct {
	Was, Is *Result
	// Order are the columns by which the answers are sorted.
	Order []cairn.Ref
	// Touched reports ideas whose place in the order by hand was changed; nil for
	// none.
	Touched func(cairn.ID) bool
	// Relative are columns whose values depend on other ideas as well, each with the
	// columns that are an idea's own part in them: an idea of which none of these
	// became otherwise only gave way, which is no difference.
	Relative map[cairn.Ref][]cairn.Ref
	// Beside are columns that are there for Relative only.
	Beside []cairn.Ref

	pairs []columnPair
}

// Difference is what became otherwise of one idea.
type Difference struct {
	ID     cairn.ID
	Number int64
	// Was and Is are its positions from 0, −1 where it is not in the answer.
	Was, Is int
	// Moved: it went elsewhere among those that are in both answers. Ideas that
	// only gave way have not.
	Moved bool
	// Columns are those that both answers have and in which the idea differs, as
	// indexes into Comparison.Columns.
	Columns []int32
}

// CellDifference is a value that became another one.
type CellDifference struct {
	Field   cairn.Ref
	Was, Is Cell
}

// Differences returns the ideas that differ: in the order of Is, then those that
// are gone in the order of Was.
func (c *Comparison) Differences() []Difference {
	before := make(map[cairn.ID]int32, len(c.Was.ids))
	for row, id := range c.Was.ids {
		before[id] = int32(row)
	}
	c.pairs = c.columns()
	var out []Difference
	changed := make([]int32, 0, 1024) // what all Columns are parts of
	common := make([]standing, 0, len(c.Is.ids))
	at := make([]int, 0, len(c.Is.ids)) // of each common idea its place in out, −1 for none
	for row, id := range c.Is.ids {
		was, there := before[id]
		if !there {
			out = append(out, Difference{ID: id, Number: c.Is.Number(row), Was: -1, Is: row})
			continue
		}
		delete(before, id)
		first, sorts := len(changed), false
		for n := range c.pairs {
			if p := &c.pairs[n]; !p.beside && p.differs(was, int32(row)) && (p.own == nil || c.ownPart(p, was, int32(row))) {
				changed = append(changed, int32(n))
				sorts = sorts || p.sorts
			}
		}
		place := -1
		if columns := changed[first:len(changed):len(changed)]; len(columns) > 0 {
			place = len(out)
			out = append(out, Difference{ID: id, Number: c.Is.Number(row), Was: int(was), Is: row, Columns: columns})
		}
		common = append(common, standing{was: was, is: int32(row), touched: sorts || c.Touched != nil && c.Touched(id)})
		at = append(at, place)
	}
	for _, i := range moved(common, len(c.Was.ids)) {
		s := common[i]
		if at[i] >= 0 {
			out[at[i]].Moved = true
			continue
		}
		out = append(out, Difference{ID: c.Is.ids[s.is], Number: c.Is.Number(int(s.is)), Was: int(s.was), Is: int(s.is), Moved: true})
	}
	slices.SortFunc(out, func(a, b Difference) int { return a.Is - b.Is })
	for row, id := range c.Was.ids {
		if _, gone := before[id]; gone {
			out = append(out, Difference{ID: id, Number: c.Was.Number(row), Was: row, Is: -1})
		}
	}
	return out
}

// columnPair is one column of both answers.
type columnPair struct {
	ref     cairn.Ref
	was, is *resultColumn
	sorts   bool
	beside  bool
	// own are the columns of a relative one, as indexes into pairs.
	own []int
}

func (p *columnPair) differs(was, is int32) bool { return !sameValue(p.was.data, was, p.is.data, is) }

// ownPart reports whether something of the idea's own is behind a relative value.
func (c *Comparison) ownPart(p *columnPair, was, is int32) bool {
	return slices.ContainsFunc(p.own, func(n int) bool { return c.pairs[n].differs(was, is) })
}

func (c *Comparison) columns() []columnPair {
	var out []columnPair
	for i, ref := range c.Is.Columns {
		if j := slices.Index(c.Was.Columns, ref); j >= 0 {
			out = append(out, columnPair{
				ref: ref, was: &c.Was.columns[j], is: &c.Is.columns[i],
				sorts: slices.Contains(c.Order, ref), beside: slices.Contains(c.Beside, ref),
			})
		}
	}
	for n := range out {
		for _, own := range c.Relative[out[n].ref] {
			if i := slices.IndexFunc(out, func(p columnPair) bool { return p.ref == own }); i >= 0 {
				out[n].own = append(out[n].own, i)
			}
		}
	}
	return out
}

// Columns are the columns that both answers have. It is known once Differences
// was called.
func (c *Comparison) Columns() []cairn.Ref {
	out := make([]cairn.Ref, len(c.pairs))
	for i := range c.pairs {
		out[i] = c.pairs[i].ref
	}
	return out
}

// Cell returns the values of an idea that is in both answers in one of Columns.
func (c *Comparison) Cell(d *Difference, column int32) CellDifference {
	p := &c.pairs[column]
	return CellDifference{p.ref, p.was.cell(int32(d.Was)), p.is.cell(int32(d.Is))}
}

// sameValue compares the values of two rows of vectors that may count their
// options differently.
func sameValue(a vector, i int32, b vector, j int32) bool {
	switch a := a.(type) {
	case *numbers:
		if b, ok := b.(*numbers); ok {
			x, y := a.vals[i], b.vals[j]
			return (x == y || x != x && y != y) && a.ranges[i] == b.ranges[j]
		}
	case *days:
		if b, ok := b.(*days); ok {
			return a.vals[i] == b.vals[j]
		}
	case *moments:
		if b, ok := b.(*moments); ok {
			return a.vals[i] == b.vals[j]
		}
	case *spans:
		if b, ok := b.(*spans); ok {
			return a.start[i] == b.start[j] && a.end[i] == b.end[j] && a.precision[i] == b.precision[j]
		}
	case *texts:
		if b, ok := b.(*texts); ok {
			return a.vals[i] == b.vals[j]
		}
	case *codes:
		if b, ok := b.(*codes); ok {
			none, other := a.isNull(i), b.isNull(j)
			return none == other && (none || a.dict.ids[a.vals[i]] == b.dict.ids[b.vals[j]])
		}
	}
	return slices.Equal(a.appendJSON(nil, i), b.appendJSON(nil, j))
}

// standing is where an idea stood and stands.
type standing struct {
	was, is int32
	// touched: something of its own is behind a change of place.
	touched bool
}

// moved returns the indexes of those that went elsewhere: all but the largest
// set that kept its order, in which untouched ones count more than all others.
// list is in the order of today; places is how many there were.
func moved(list []standing, places int) []int {
	sorted := slices.IsSortedFunc(list, func(a, b standing) int { return int(a.was - b.was) })
	if sorted {
		return nil
	}
	// Heaviest increasing subsequence: tree[p] is the best chain among those that
	// stood in the part of the old order that p covers.
	weight := int64(len(list) + 1)
	type chain struct {
		weight int64
		last   int32
	}
	tree := make([]chain, places+1)
	for i := range tree {
		tree[i].last = -1
	}
	before := make([]int32, len(list))
	best := chain{math.MinInt64, -1}
	for i, s := range list {
		longest := chain{0, -1}
		for p := s.was; p > 0; p -= p & -p {
			if tree[p].weight > longest.weight {
				longest = tree[p]
			}
		}
		before[i] = longest.last
		w := int64(1)
		if !s.touched {
			w = weight
		}
		next := chain{longest.weight + w, int32(i)}
		for p := s.was + 1; int(p) <= places; p += p & -p {
			if next.weight > tree[p].weight {
				tree[p] = next
			}
		}
		if next.weight > best.weight {
			best = next
		}
	}
	kept := make([]bool, len(list))
	for i := best.last; i >= 0; i = before[i] {
		kept[i] = true
	}
	var out []int
	for i := range list {
		if !kept[i] {
			out = append(out, i)
		}
	}
	return out
}
