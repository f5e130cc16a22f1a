package uncertainty

import (
	"cmp"
	"math"
	"slices"
)

// column is one draw's scores of all ranked ideas, as bits that sort like them.
type column struct {
	bits []uint64
	// key draws the order of ties.
	key uint64
	ids idsOf
}

// direction turns scores into bits that sort in the wanted order; what has no
// value comes last.
type direction struct{ mask uint64 }

func (d direction) bits(x float64) uint64 {
	if x != x {
		return math.MaxUint64
	}
	b := math.Float64bits(x + 0)
	return (b ^ (uint64(int64(b)>>63) | 1<<63)) ^ d.mask
}

// sorter sorts ideas by their scores: by the first 32 bits with a radix sort,
// then the few that are still equal by the rest, then ties by chance.
type sorter struct {
	keys, spareKeys   []uint32
	order, spareOrder []int32
}

func newSorter(n int) sorter {
	return sorter{make([]uint32, n), make([]uint32, n), make([]int32, n), make([]int32, n)}
}

const (
	digit  = 11
	digits = 1 << digit
)

func (s *sorter) sort(c column) []int32 {
	var counts [3][digits]int32
	for i := range s.keys {
		k := uint32(c.bits[i] >> 32)
		s.keys[i], s.order[i] = k, int32(i)
		counts[0][k%digits]++
		counts[1][k>>digit%digits]++
		counts[2][k>>(2*digit)]++
	}
	for pass := range counts {
		s.pass(&counts[pass], uint(pass*digit))
	}
	for from := 0; from < len(s.order); {
		to := from + 1
		for to < len(s.order) && s.keys[to] == s.keys[from] {
			to++
		}
		if to-from > 1 {
			c.settle(s.order[from:to])
		}
		from = to
	}
	return s.order
}

// pass sorts stably by one digit; nothing is to do when all have the same.
func (s *sorter) pass(counts *[digits]int32, shift uint) {
	at := int32(0)
	for i, n := range counts {
		if int(n) == len(s.keys) {
			return
		}
		counts[i] = at
		at += n
	}
	for i, k := range s.keys {
		place := &counts[k>>shift%digits]
		s.spareKeys[*place], s.spareOrder[*place] = k, s.order[i]
		*place++
	}
	s.keys, s.spareKeys = s.spareKeys, s.keys
	s.order, s.spareOrder = s.spareOrder, s.order
}

// settle sorts ideas whose keys are the same: by the exact score, ties by
// chance (UNC-15).
func (c *column) settle(order []int32) {
	first := c.bits[order[0]]
	same := true
	for _, i := range order[1:] {
		same = same && c.bits[i] == first
	}
	if same {
		c.shuffle(order)
		return
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(c.bits[a], c.bits[b]) })
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && c.bits[order[to]] == c.bits[order[from]] {
			to++
		}
		c.shuffle(order[from:to])
		from = to
	}
}

// shuffle puts ties into an order by chance, which depends on the ideas, the
// draw and the seed alone.
func (c *column) shuffle(order []int32) {
	if len(order) < 2 {
		return
	}
	slices.Sort(order)
	state := mix(c.key ^ c.ids.of(order[0]))
	for i := len(order) - 1; i > 0; i-- {
		state = mix(state)
		k := int(state % uint64(i+1))
		order[i], order[k] = order[k], order[i]
	}
}
