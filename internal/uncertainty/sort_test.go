package uncertainty

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"cairn"
)

// Whatever the scores look like, dealing them into boxes and the radix sort give
// the order that comparing them gives; ties are in some order that both share.
func TestSorter(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, score := range map[string]func() float64{
		"even":        func() float64 { return random.Float64() },
		"log-normal":  func() float64 { return math.Exp(5 * random.NormFloat64()) },
		"around zero": random.NormFloat64,
		"crowded":     func() float64 { return 1e9 + random.Float64()/1e6 },
		"few":         func() float64 { return float64(random.IntN(5)) },
		"one":         func() float64 { return 7 },
		"outliers":    func() float64 { return 1 + 1e-6*random.Float64() + 1e300*float64(random.IntN(100)/99) },
		"missing":     func() float64 { return []float64{math.NaN(), random.Float64(), math.Copysign(0, -1)}[random.IntN(3)] },
		"none":        math.NaN,
	} {
		for _, n := range []int{1, 2, 17, 3000} {
			for _, to := range []direction{{}, {math.MaxUint64}} {
				t.Run(fmt.Sprint(name, n, to.mask > 0), func(t *testing.T) {
					c := column{stride: 1, to: to, key: 5}
					for i := range n {
						c.scores = append(c.scores, score())
						c.keys = append(c.keys, uint32(to.bits(c.scores[i])>>32))
						c.ids.ids, c.ids.rows = append(c.ids.ids, cairn.ID(i+1)), append(c.ids.rows, int32(i))
					}
					want := make([]int32, n)
					for i := range want {
						want[i] = int32(i)
					}
					slices.SortFunc(want, func(a, b int32) int { return cmp.Compare(c.bits(a), c.bits(b)) })
					s := newSorter(n)
					got := slices.Clone(s.sort(&c))
					s.radix(c.keys)
					s.settle(&c)
					seen := make([]bool, n)
					for place, x := range got {
						i := int32(uint32(x))
						if c.bits(i) != c.bits(want[place]) {
							t.Fatalf("place %d has %v, want %v", place, c.scores[i], c.scores[want[place]])
						}
						if seen[i] {
							t.Fatalf("idea %d stands twice", i)
						}
						seen[i] = true
						if x != s.items[place] {
							t.Fatalf("place %d: idea %d when dealt, %d by radix", place, i, uint32(s.items[place]))
						}
					}
				})
			}
		}
	}
}
