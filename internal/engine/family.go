package engine

import (
	"math"
	"slices"

	"cairn"
)

// family says who stands under whom, by row. It is kept by every write, so that
// a view and a roll-up of children find their way without looking ids up.
type family struct {
	// track tells of the rows whose live children changed.
	track
	// up is the row of the parent; −1 for none.
	up []int32
	// first child of a row and its siblings, in no order; −1 ends a chain.
	first, next, prev []int32
	// waiting holds the rows whose parent is not (yet) there, by the parent's id.
	waiting map[cairn.ID]map[int32]bool
}

func newFamily() family { return family{waiting: map[cairn.ID]map[int32]bool{}} }

func (f *family) grow(n int) {
	f.up, f.first = resize(f.up, n, -1), resize(f.first, n, -1)
	f.next, f.prev = resize(f.next, n, -1), resize(f.prev, n, -1)
}

// children calls visit for each child of a row.
func (f *family) children(row int32, visit func(child int32)) {
	for c := f.first[row]; c >= 0; c = f.next[c] {
		visit(c)
	}
}

func (f *family) link(child, parent int32) {
	f.up[child], f.prev[child], f.next[child] = parent, -1, f.first[parent]
	if head := f.first[parent]; head >= 0 {
		f.prev[head] = child
	}
	f.first[parent] = child
}

func (f *family) unlink(child int32) {
	parent := f.up[child]
	if p := f.prev[child]; p >= 0 {
		f.next[p] = f.next[child]
	} else {
		f.first[parent] = f.next[child]
	}
	if n := f.next[child]; n >= 0 {
		f.prev[n] = f.prev[child]
	}
	f.up[child], f.next[child], f.prev[child] = -1, -1, -1
}

// parents is the column of parents' ids.
func (s *State) parents() *codes { return s.columns[attrParent].data.(*codes) }

// parentID is the parent that a row names, be it there or not; 0 for none.
func (s *State) parentID(row int32) cairn.ID {
	v := s.parents()
	if c := v.vals[row]; c >= 0 {
		return v.dict.ids[c]
	}
	return 0
}

// joinParent puts a row under the parent that it names.
func (s *State) joinParent(row int32) {
	id := s.parentID(row)
	if id == 0 {
		return
	}
	parent, there := s.row(id)
	if there {
		s.knowParent(id, 0)
	}
	if !there || parent == row {
		if s.family.waiting[id] == nil {
			s.family.waiting[id] = map[int32]bool{}
		}
		s.family.waiting[id][row] = true
		return
	}
	s.family.link(row, parent)
	if s.counts(row) {
		s.countChild(parent, 1)
	}
}

// leaveParent takes a row from under its parent, before it names another.
func (s *State) leaveParent(row int32) {
	if parent := s.family.up[row]; parent >= 0 {
		s.family.unlink(row)
		if s.counts(row) {
			s.countChild(parent, -1)
		}
		return
	}
	if id := s.parentID(row); id != 0 {
		delete(s.family.waiting[id], row)
		if len(s.family.waiting[id]) == 0 {
			delete(s.family.waiting, id)
		}
	}
}

// counts reports whether a row is one of its parent's live children.
func (s *State) counts(row int32) bool { return s.live.has(row) && !s.archived.has(row) }

// countChild adds to a parent's number of live children; none is no value.
func (s *State) countChild(parent int32, n int) {
	c := s.columns[attrChildren]
	addCount(c.data.(*numbers).vals, parent, n)
	s.mark(&c.track, parent)
	s.mark(&s.family.track, parent)
}

// addCount adds to a count in which none is no value, so that "is empty" finds
// the ideas that have none.
func addCount(vals []float64, row int32, n int) {
	total := float64(n)
	if x := vals[row]; x == x {
		total += x
	}
	if total <= 0 {
		total = math.NaN()
	}
	vals[row] = total
}

// adopt gives a new row the children that were waiting for it.
func (s *State) adopt(row int32) {
	id := s.ids[row]
	waiting := s.family.waiting[id]
	if len(waiting) == 0 {
		return
	}
	delete(s.family.waiting, id)
	for _, child := range sortedRows(waiting) {
		s.joinParent(child)
		s.mark(&s.columns[attrParent].track, child)
	}
}

// orphan leaves the children of a row that goes waiting for its return.
func (s *State) orphan(row int32) {
	var left []int32
	s.family.children(row, func(child int32) { left = append(left, child) })
	id := s.ids[row]
	s.knowParent(id, -1)
	if len(left) == 0 {
		return
	}
	rows := make(map[int32]bool, len(left))
	for _, child := range left {
		s.family.unlink(child)
		rows[child] = true
		s.mark(&s.columns[attrParent].track, child)
	}
	s.family.waiting[id] = rows
	s.mark(&s.family.track, row)
}

// knowParent says whether an id that rows name as their parent is an idea. The
// table is made anew, since gathered copies share the old one.
func (s *State) knowParent(id cairn.ID, place int32) {
	d := s.parents().dict
	code, ok := d.byID[id]
	if !ok || d.place[code] == place {
		return
	}
	if !s.loading {
		d.place = slices.Clone(d.place)
	}
	d.place[code] = place
}

// retitled tells that the parent of a row's children is called otherwise now.
func (s *State) retitled(row int32) {
	t := &s.columns[attrParent].track
	s.family.children(row, func(child int32) { s.mark(t, child) })
}

// regrow builds the family anew, after rows moved to other places.
func (s *State) regrow() {
	s.family = family{track: s.family.track, waiting: map[cairn.ID]map[int32]bool{}}
	s.family.grow(len(s.ids))
	counts := s.columns[attrChildren]
	for row := range counts.data.(*numbers).vals {
		counts.data.(*numbers).vals[row] = math.NaN()
	}
	for row := range s.ids {
		if s.live.has(int32(row)) {
			s.joinParent(int32(row))
		}
	}
	counts.touchAll(s.clock)
	s.family.touchAll(s.clock)
}

func sortedRows(set map[int32]bool) []int32 {
	rows := make([]int32, 0, len(set))
	for row := range set {
		rows = append(rows, row)
	}
	slices.Sort(rows)
	return rows
}

// depths returns how many ideas stand above each row. Rows on a circle, which
// the use cases refuse, get −1.
func (f *family) depths() []int32 {
	const unknown, open = -2, -3
	out := make([]int32, len(f.up))
	for row := range out {
		out[row] = unknown
	}
	var path []int32
	for row := range out {
		path = path[:0]
		at := int32(row)
		for at >= 0 && out[at] == unknown {
			out[at] = open
			path = append(path, at)
			at = f.up[at]
		}
		depth := int32(-1) // of the last one on the path, plus one below
		circle := false
		if at >= 0 {
			depth = out[at]
			circle = depth == open || depth == -1
		}
		for _, r := range slices.Backward(path) {
			if circle {
				out[r] = -1
				continue
			}
			depth++
			out[r] = depth
		}
	}
	return out
}

// Ancestors returns the ideas above an idea, the topmost first.
func (s *State) Ancestors(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return nil
	}
	var out []cairn.ID
	for at := s.family.up[row]; at >= 0 && len(out) <= cairn.MaxTreeDepth; at = s.family.up[at] {
		if slices.Contains(out, s.ids[at]) || at == row {
			break
		}
		out = append(out, s.ids[at])
	}
	slices.Reverse(out)
	return out
}

// Children returns the children of an idea in the manual order, archived ones
// included, merged ones not.
func (s *State) Children(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return nil
	}
	var rows []int32
	s.family.children(row, func(child int32) {
		if s.merges.into[s.ids[child]] == 0 {
			rows = append(rows, child)
		}
	})
	slices.SortFunc(rows, s.comparer(nil))
	return pick(s.ids, rows)
}

// Height returns how many ideas stand below each other under an idea, 0 for one
// without children.
func (s *State) Height(id cairn.ID) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return 0
	}
	height := 0
	level := []int32{row}
	for len(level) > 0 && height <= cairn.MaxTreeDepth {
		var below []int32
		for _, r := range level {
			s.family.children(r, func(child int32) { below = append(below, child) })
		}
		if len(below) > 0 {
			height++
		}
		level = below
	}
	return height
}
