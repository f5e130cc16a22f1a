package engine

import "math/bits"

// bitmap is a set of rows. All bitmaps of an evaluation have the same length.
type bitmap []uint64

func newBitmap(rows int) bitmap { return make(bitmap, (rows+63)/64) }

func (b bitmap) has(row int32) bool { return b[row>>6]&(1<<(uint(row)&63)) != 0 }
func (b bitmap) set(row int32)      { b[row>>6] |= 1 << (uint(row) & 63) }
func (b bitmap) clear(row int32)    { b[row>>6] &^= 1 << (uint(row) & 63) }

// grown returns b with room for that many rows.
func (b bitmap) grown(rows int) bitmap {
	for len(b)*64 < rows {
		b = append(b, 0)
	}
	return b
}

func (b bitmap) and(o bitmap) {
	for i := range b {
		b[i] &= o[i]
	}
}

func (b bitmap) or(o bitmap) {
	for i := range b {
		b[i] |= o[i]
	}
}

func (b bitmap) andNot(o bitmap) {
	for i := range b {
		b[i] &^= o[i]
	}
}

// invert complements the first rows bits.
func (b bitmap) invert(rows int) {
	for i := range b {
		b[i] = ^b[i]
	}
	if tail := uint(rows) & 63; tail != 0 {
		b[len(b)-1] &= 1<<tail - 1
	}
}

func (b bitmap) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// fill sets the bit of every row in [0,rows) for which keep holds.
func (b bitmap) fill(rows int, keep func(row int32) bool) {
	for i := range b {
		var w uint64
		end := min(64, rows-i*64)
		for j := range end {
			if keep(int32(i*64 + j)) {
				w |= 1 << uint(j)
			}
		}
		b[i] = w
	}
}

// fillOf sets the bit of every element for which keep holds. Being generic over
// the element it lets the compiler keep the values in registers.
func fillOf[T any](b bitmap, vals []T, keep func(T) bool) {
	for i := range b {
		var w uint64
		part := vals[i*64 : min(i*64+64, len(vals))]
		for j, v := range part {
			if keep(v) {
				w |= 1 << uint(j)
			}
		}
		b[i] = w
	}
}
