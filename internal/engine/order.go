package engine

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// noKey sorts after every value, whichever way the order runs.
const noKey = math.MaxUint64

// sortColumn is one key of an order: numbers to compare, or texts.
type sortColumn struct {
	// key maps a row to a number that sorts as its value does; noKey for none.
	key func(row int32) uint64
	// texts are compared instead when set; "" is none.
	texts []string
	desc  bool
}

// at returns the key in the direction of the column.
func (c *sortColumn) at(row int32) uint64 {
	k := c.key(row)
	if c.desc && k != noKey {
		return noKey - 1 - k
	}
	return k
}

func (c *sortColumn) compare(a, b int32) int {
	if c.texts == nil {
		return cmp.Compare(c.at(a), c.at(b))
	}
	return compareTexts(c.texts[a], c.texts[b], c.desc)
}

// compareTexts orders texts, "" last either way.
func compareTexts(x, y string, desc bool) int {
	switch {
	case x == y:
		return 0
	case x == "":
		return 1
	case y == "":
		return -1
	case desc:
		return strings.Compare(y, x)
	}
	return strings.Compare(x, y)
}

// floatKey maps numbers to integers of the same order.
func floatKey(x float64) uint64 {
	if x != x {
		return noKey
	}
	b := math.Float64bits(x)
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

// intKey maps signed integers to unsigned ones of the same order.
func intKey(n int64) uint64 { return uint64(n) ^ 1<<63 }

// order is the state's live rows, sorted.
type order struct {
	rows  []int32
	spare []int32
	built uint64
	// names is the revision of people's names that it was built with.
	names uint64
}

// keyed pairs a row with its sort key.
type keyed struct {
	key uint64
	row int32
}

// sortRows sorts rows by the columns, first the strongest; rows that tie in
// all of them keep their places.
func sortRows(rows []int32, columns []sortColumn) {
	if len(rows) < 2 {
		return
	}
	pairs := make([]keyed, len(rows))
	spare := make([]keyed, len(rows))
	for i, r := range rows {
		pairs[i].row = r
	}
	for _, c := range slices.Backward(columns) {
		if c.texts == nil {
			for i := range pairs {
				pairs[i].key = c.at(pairs[i].row)
			}
			pairs, spare = radix(pairs, spare)
			continue
		}
		c.sortTexts(pairs, spare, 0)
	}
	for i, p := range pairs {
		rows[i] = p.row
	}
}

// sortTexts sorts stably by texts whose first skip bytes are alike: by the next
// eight bytes as a number, and again within those that share them.
func (c *sortColumn) sortTexts(pairs, spare []keyed, skip int) {
	longest := 0
	for i := range pairs {
		s := c.texts[pairs[i].row]
		longest = max(longest, len(s))
		pairs[i].key = eightBytes(s, skip, c.desc)
	}
	if sorted, _ := radix(pairs, spare); &sorted[0] != &pairs[0] {
		copy(pairs, sorted)
	}
	for i := 0; i < len(pairs); {
		j := i + 1
		for j < len(pairs) && pairs[j].key == pairs[i].key {
			j++
		}
		switch run := pairs[i:j]; {
		case len(run) == 1 || run[0].key == noKey:
		case len(run) < 32 || longest <= skip+8:
			slices.SortStableFunc(run, func(a, b keyed) int { return c.compare(a.row, b.row) })
		default:
			c.sortTexts(run, spare[i:j], skip+8)
		}
		i = j
	}
}

// eightBytes is a number that sorts as the eight bytes of s after the first
// skip do.
func eightBytes(s string, skip int, desc bool) uint64 {
	if s == "" {
		return noKey
	}
	var k uint64
	for i := skip; i < skip+8; i++ {
		k <<= 8
		if i < len(s) {
			k |= uint64(s[i])
		}
	}
	if desc {
		return noKey - 1 - min(k, noKey-1)
	}
	return min(k, noKey-1)
}

// radix sorts stably by key, eleven bits at a time from the lowest, leaving out
// digits in which all keys agree. It returns the sorted slice and the other.
func radix(pairs, spare []keyed) (sorted, other []keyed) {
	if len(pairs) < 64 {
		slices.SortStableFunc(pairs, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
		return pairs, spare
	}
	var differ uint64
	for _, p := range pairs {
		differ |= p.key ^ pairs[0].key
	}
	const bits = 11
	var counts [1 << bits]int32
	for shift := 0; shift < 64; shift += bits {
		if differ>>shift&(1<<bits-1) == 0 {
			continue
		}
		clear(counts[:])
		for i := range pairs {
			counts[pairs[i].key>>shift&(1<<bits-1)]++
		}
		at := int32(0)
		for d, n := range counts {
			counts[d] = at
			at += n
		}
		for _, p := range pairs {
			d := p.key >> shift & (1<<bits - 1)
			spare[counts[d]] = p
			counts[d]++
		}
		pairs, spare = spare, pairs
	}
	return pairs, spare
}

// repair moves the changed rows of an order to their new places and drops the
// dead ones. compare must order all rows strictly.
func (o *order) repair(s *State, dirty []int32, compare func(a, b int32) int) {
	changed := newBitmap(len(s.ids))
	moved := dirty[:0]
	for _, r := range dirty {
		if !changed.has(r) {
			changed.set(r)
			if s.live.has(r) {
				moved = append(moved, r)
			}
		}
	}
	slices.SortFunc(moved, compare)
	kept := o.rows[:0]
	for _, r := range o.rows {
		if !changed.has(r) {
			kept = append(kept, r)
		}
	}
	out := slices.Grow(o.spare[:0], len(kept)+len(moved))
	from := 0
	for _, r := range moved {
		n, _ := slices.BinarySearchFunc(kept[from:], r, compare)
		out = append(out, kept[from:from+n]...)
		out = append(out, r)
		from += n
	}
	out = append(out, kept[from:]...)
	o.rows, o.spare = out, o.rows[:0]
}

// worthRepair tells whether repairing costs less than sorting anew.
func worthRepair(dirty, rows int) bool { return dirty < rows/8+64 }
