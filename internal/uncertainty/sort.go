package uncertainty

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"cairn"
)

// column is one draw's scores of all ranked ideas.
type column struct {
	// keys are the first halves of the scores' bits.
	keys []uint32
	// scores has the scores, every stride one, from the first idea's on.
	scores []float64
	stride int
	to     direction
	// key draws the order of ties.
	key uint64
	ids idsOf
}

// bits of an idea's score.
func (c *column) bits(i int32) uint64 { return c.to.bits(c.scores[int(i)*c.stride]) }

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

// idsOf names the ranked ideas.
type idsOf struct {
	ids  []cairn.ID
	rows []int32
}

func (n idsOf) of(i int32) uint64 { return uint64(n.ids[n.rows[i]]) }

// sorter sorts ideas by their scores: by the first halves of their bits, then
// the few that are still equal by the rest, then ties by chance.
type sorter struct {
	// items are a key and below it the number of its idea.
	items, spare []uint64
	counts       []int32
}

// Ideas are dealt into about half as many boxes as there are ideas.
const fewestBoxes, mostBoxes = 1 << 8, 1 << 14

func newSorter(n int) sorter {
	boxes := min(max(1<<bits.Len(uint(n)/2), fewestBoxes), mostBoxes)
	return sorter{make([]uint64, n), make([]uint64, n), make([]int32, max(boxes, digits)+1)}
}

// sort returns the ideas in their order, as the lower halves of the items.
func (s *sorter) sort(c *column) []uint64 {
	if !s.deal(c.keys) {
		s.radix(c.keys)
	}
	s.settle(c)
	return s.items
}

// settle puts ideas with the same key in order.
func (s *sorter) settle(c *column) {
	for from := 0; from < len(s.items); {
		to := from + 1
		for to < len(s.items) && s.items[to]>>32 == s.items[from]>>32 {
			to++
		}
		if to-from > 1 {
			c.settle(s.items[from:to])
		}
		from = to
	}
}

// deal puts the keys into boxes of equal width between the smallest and the
// largest, in order, and then the few of each box into theirs. It gives up when
// the keys are crowded into a few boxes.
func (s *sorter) deal(keys []uint32) bool {
	boxes := len(s.counts) - 1
	first, last := extremes(keys)
	scale := uint64(boxes) << 32 / (uint64(last-first) + 1)
	counts := s.counts
	clear(counts)
	for _, k := range keys {
		counts[min(uint64(k-first)*scale>>32, uint64(boxes))]++
	}
	at, pairs := int32(0), 0
	for i, n := range counts {
		counts[i] = at
		at += n
		pairs += int(n) * int(n)
	}
	if pairs > 12*len(keys) {
		return false
	}
	items := s.items
	for i, k := range keys {
		box := &counts[min(uint64(k-first)*scale>>32, uint64(boxes))]
		items[*box] = uint64(k)<<32 | uint64(i)
		*box++
	}
	for i := 1; i < len(items); i++ {
		x, j := items[i], i
		for ; j > 0 && items[j-1] > x; j-- {
			items[j] = items[j-1]
		}
		items[j] = x
	}
	return true
}

// extremes are the smallest and the largest key of a value.
func extremes(keys []uint32) (first, last uint32) {
	first = math.MaxUint32
	for _, k := range keys {
		first = min(first, k)
		if k != math.MaxUint32 {
			last = max(last, k)
		}
	}
	return first, max(first, last)
}

const (
	digit  = 11
	digits = 1 << digit
)

// radix sorts the keys digit by digit.
func (s *sorter) radix(keys []uint32) {
	for i, k := range keys {
		s.items[i] = uint64(k)<<32 | uint64(i)
	}
	for shift := uint(32); shift < 64; shift += digit {
		s.pass(shift)
	}
}

// pass sorts stably by one digit; nothing is to do when all have the same.
func (s *sorter) pass(shift uint) {
	counts := s.counts[:digits]
	clear(counts)
	for _, x := range s.items {
		counts[x>>shift%digits]++
	}
	at := int32(0)
	for i, n := range counts {
		if int(n) == len(s.items) {
			return
		}
		counts[i] = at
		at += n
	}
	for _, x := range s.items {
		place := &counts[x>>shift%digits]
		s.spare[*place] = x
		*place++
	}
	s.items, s.spare = s.spare, s.items
}

// settle sorts ideas whose keys are the same: by the exact score, ties by
// chance (UNC-15).
func (c *column) settle(items []uint64) {
	first := c.bits(int32(items[0]))
	same := true
	for _, x := range items[1:] {
		same = same && c.bits(int32(x)) == first
	}
	if same {
		c.shuffle(items)
		return
	}
	slices.SortFunc(items, func(a, b uint64) int { return cmp.Compare(c.bits(int32(a)), c.bits(int32(b))) })
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && c.bits(int32(items[to])) == c.bits(int32(items[from])) {
			to++
		}
		c.shuffle(items[from:to])
		from = to
	}
}

// shuffle puts ties into an order by chance, which depends on the ideas, the
// draw and the seed alone.
func (c *column) shuffle(items []uint64) {
	if len(items) < 2 {
		return
	}
	slices.Sort(items)
	state := mix(c.key ^ c.ids.of(int32(items[0])))
	for i := len(items) - 1; i > 0; i-- {
		state = mix(state)
		k := int(state % uint64(i+1))
		items[i], items[k] = items[k], items[i]
	}
}
