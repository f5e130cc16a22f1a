package app

import (
	"slices"
	"testing"
)

// EVD-21: other projects are asked in their order as long as they fit together.
func TestTogether(t *testing.T) {
	itself := func(n int) int { return n }
	for _, c := range []struct{ sizes, want []int }{
		{nil, nil},
		{[]int{40, 60, 1}, []int{40, 60}},
		{[]int{101, 30, 80, 70}, []int{30, 70}},
		{[]int{100, 0, 1}, []int{100, 0}},
	} {
		if got := together(slices.Clone(c.sizes), 100, itself); !slices.Equal(got, c.want) {
			t.Errorf("of %v together are %v, want %v", c.sizes, got, c.want)
		}
	}
}
