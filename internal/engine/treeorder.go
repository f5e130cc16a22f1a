package engine

import (
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strconv"

	"cairn"
)

// Tree is the shape of a result that is asked for as a tree: every position with
// how deep it stands. An idea comes before its children; ideas that belong
// nowhere in the tree come last.
type Tree struct {
	// Shape changes whenever anything below does.
	Shape string
	// IDs of the ideas by position; nil when the asker knows this shape.
	IDs []cairn.ID
	// Depths by position, 0 at the top.
	Depths []int32
	// Muted are the positions of ideas that the query does not find, shown since
	// ideas below them are found. Ascending.
	Muted []int32
	// Orphans is how many of the last positions belong nowhere in the tree: they
	// have no parent and no children, and their type is no root type.
	Orphans int
}

// treeShape is a tree, worked out.
type treeShape struct {
	rows    []int32
	depths  []int32
	muted   []int32
	orphans int
	shape   string
}

// tree arranges the ideas that pass, with those above them, in the order.
func (s *State) tree(order []int32, pass bitmap) *treeShape {
	f := &s.family
	shown := append(bitmap(nil), pass...)
	for _, row := range order {
		if !pass.has(row) {
			continue
		}
		for at := f.up[row]; at >= 0 && !shown.has(at); at = f.up[at] {
			shown.set(at)
		}
	}
	t := &treeShape{}
	kids, roots, loose := s.siblings(order, shown)
	type frame struct {
		rows []int32
		next int
	}
	seen := newBitmap(len(s.ids))
	stack := []frame{{rows: roots}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if top.next == len(top.rows) {
			stack = stack[:len(stack)-1]
			continue
		}
		row := top.rows[top.next]
		top.next++
		t.add(row, int32(len(stack)-1), !pass.has(row))
		seen.set(row)
		if below := kids.of(row); len(below) > 0 {
			stack = append(stack, frame{rows: below})
		}
	}
	before := len(t.rows)
	for _, row := range loose {
		t.add(row, 0, !pass.has(row))
		seen.set(row)
	}
	for _, row := range order { // on a circle, which only a damaged log has
		if shown.has(row) && !seen.has(row) {
			t.add(row, 0, !pass.has(row))
		}
	}
	t.orphans = len(t.rows) - before
	t.sign(s)
	return t
}

func (t *treeShape) add(row, depth int32, muted bool) {
	if muted {
		t.muted = append(t.muted, int32(len(t.rows)))
	}
	t.rows, t.depths = append(t.rows, row), append(t.depths, depth)
}

// sign sums the shape up.
func (t *treeShape) sign(s *State) {
	h := fnv.New64a()
	buf := make([]byte, 0, 12*len(t.rows)+4*len(t.muted)+4)
	for i, row := range t.rows {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(s.ids[row]))
		buf = binary.LittleEndian.AppendUint32(buf, uint32(t.depths[i]))
	}
	for _, at := range t.muted {
		buf = binary.LittleEndian.AppendUint32(buf, uint32(at))
	}
	buf = binary.LittleEndian.AppendUint32(buf, uint32(t.orphans))
	_, _ = h.Write(buf) // never fails
	t.shape = strconv.FormatUint(h.Sum64(), 36)
}

// brood holds each row's shown children, in the order: those of row r are
// list[start[r]:start[r+1]].
type brood struct{ start, list []int32 }

func (b *brood) of(row int32) []int32 { return b.list[b.start[row]:b.start[row+1]] }

// siblings sorts the shown rows into children, roots and those that belong
// nowhere.
func (s *State) siblings(order []int32, shown bitmap) (kids *brood, roots, loose []int32) {
	f := &s.family
	kids = &brood{start: make([]int32, len(s.ids)+1)}
	for _, row := range order {
		if up := f.up[row]; up >= 0 && shown.has(row) {
			kids.start[up+1]++
		}
	}
	for i := range s.ids {
		kids.start[i+1] += kids.start[i]
	}
	kids.list = make([]int32, kids.start[len(s.ids)])
	next := slices.Clone(kids.start)
	for _, row := range order {
		switch up := f.up[row]; {
		case !shown.has(row):
		case up >= 0:
			kids.list[next[up]] = row
			next[up]++
		case f.first[row] >= 0 || s.types.roots[s.columns[attrType].data.value(row).ID()]:
			roots = append(roots, row)
		default:
			loose = append(loose, row)
		}
	}
	return kids, roots, loose
}

// window is the tree as it goes out, without its positions when the asker
// knows the shape.
func (t *treeShape) window(s *State, known string) *Tree {
	out := &Tree{Shape: t.shape}
	if known != t.shape {
		out.IDs, out.Depths, out.Muted, out.Orphans = pick(s.ids, t.rows), t.depths, t.muted, t.orphans
	}
	return out
}

func (t *Tree) appendJSON(dst []byte) []byte {
	dst = appendString(append(dst, `{"shape":`...), t.Shape)
	if t.IDs != nil {
		dst = appendInts(append(dst, `,"ids":`...), t.IDs)
		dst = appendInts(append(dst, `,"depths":`...), t.Depths)
		dst = appendInts(append(dst, `,"muted":`...), t.Muted)
		dst = appendInt(append(dst, `,"orphans":`...), int64(t.Orphans))
	}
	return append(dst, '}')
}

func appendInts[T ~int32 | ~int64](dst []byte, list []T) []byte {
	dst = append(dst, '[')
	for i, n := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendInt(dst, int64(n))
	}
	return append(dst, ']')
}
