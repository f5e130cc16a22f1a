package uncertainty

import (
	"math"

	"cairn"
)

// Draws is how often every range is drawn.
const Draws = 2048

// z95 is the distance of the 95 % point of a normal from its median.
const z95 = 1.6448536269514722

// farthest is the largest distance that a draw has.
const farthest = 3.5

// Bounds are the smallest and largest number that a field allows.
type Bounds struct{ Min, Max float64 }

// BoundsOf returns what a field allows: 1 to 5 for a rating, the ends of a
// slider, anything for a number.
func BoundsOf(f *cairn.Field) Bounds {
	switch f.Type {
	case cairn.TypeRating:
		return Bounds{1, 5}
	case cairn.TypeSlider:
		low, high := f.Number.Range()
		return Bounds{low, high}
	}
	return Bounds{math.Inf(-1), math.Inf(1)}
}

// spread is the two-piece normal of a range (UNC-11).
type spread struct {
	likely float64
	// sd is the deviation above what is likely, and below it.
	sd       [2]float64
	min, max float64
	clamps   bool
}

// spreadOf puts low and high at the 5 % and 95 % points and what is likely at
// the median. A range on one side of zero stays on it.
func spreadOf(low, likely, high float64, b Bounds) spread {
	s := spread{likely: likely, sd: [2]float64{(high - likely) / z95, (likely - low) / z95}, min: b.Min, max: b.Max}
	switch {
	case low >= 0:
		s.min = max(s.min, low/4)
	case high <= 0:
		s.max = min(s.max, high/4)
	}
	s.clamps = likely-farthest*s.sd[1] < s.min || likely+farthest*s.sd[0] > s.max
	return s
}

// at is the value at a distance of z deviations from the median.
func (s *spread) at(z float64) float64 {
	return min(max(s.likely+z*s.sd[math.Float64bits(z)>>63], s.min), s.max)
}

// fill turns distances into values.
func (s *spread) fill(dst, z []float64) {
	z = z[:len(dst)]
	likely, sd := s.likely, s.sd
	for i, d := range z {
		dst[i] = likely + d*sd[math.Float64bits(d)>>63]
	}
	if !s.clamps {
		return
	}
	for i, x := range dst {
		if x < s.min {
			dst[i] = s.min
		} else if x > s.max {
			dst[i] = s.max
		}
	}
}

// normal is the quantile function of the standard normal.
func normal(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// mix is a bijective hash of 64 bits (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// key names a thing for the random numbers: they depend on it and the seed, not
// on what else is computed, or where.
func key(seed uint64, parts ...uint64) uint64 {
	for _, p := range parts {
		seed = mix(seed ^ mix(p))
	}
	return seed
}

// shuffles is how many orders of the distances a field has.
const shuffles = 16

// normals are the distances from which a field's ranges are drawn: the same
// 2,048 evenly probable ones, in several random orders. Each idea takes one
// order from a place of its own, so that every range is drawn evenly, and two of
// them independently (UNC-12).
type normals struct {
	key uint64
	// orders are each written twice, so that every place begins a whole order.
	orders [shuffles][]float64
}

func newNormals(key uint64) *normals {
	n := &normals{key: key}
	even := make([]float64, Draws)
	for i := range even {
		even[i] = normal((float64(i) + 0.5) / Draws)
	}
	for j := range n.orders {
		order := make([]float64, 2*Draws)
		copy(order, even)
		state := mix(key ^ uint64(j))
		for i := Draws - 1; i > 0; i-- {
			state = mix(state)
			k := int(state % uint64(i+1))
			order[i], order[k] = order[k], order[i]
		}
		copy(order[Draws:], order[:Draws])
		n.orders[j] = order
	}
	return n
}

// of returns the distances of an idea's draws.
func (n *normals) of(idea cairn.ID) []float64 {
	h := mix(n.key ^ mix(uint64(idea)))
	start := int(h>>32) % Draws
	return n.orders[h%shuffles][start : start+Draws]
}
