package engine

import "iter"

// rowIndex maps ids, or numbers of ideas, to rows. Both are given out in
// sequence, so that pages found by the upper bits beat hashing; what lies far
// out, as after an import with numbers of its own, is hashed.
type rowIndex struct {
	pages []*page
	far   map[int64]int32
	count int
}

const (
	pageBits = 9
	// farOut is the first key that is hashed: its pages would need half a MiB of
	// pointers.
	farOut = int64(1) << (16 + pageBits)
)

// page holds the rows of neighbouring keys, plus one, so that zero is none.
type page [1 << pageBits]int32

func (x *rowIndex) get(key int64) (row int32, ok bool) {
	if uint64(key) >= uint64(farOut) {
		row, ok = x.far[key]
		return row, ok
	}
	at := int(key >> pageBits)
	if at >= len(x.pages) || x.pages[at] == nil {
		return 0, false
	}
	row = x.pages[at][key&(1<<pageBits-1)] - 1
	return row, row >= 0
}

func (x *rowIndex) set(key int64, row int32) {
	if _, there := x.get(key); !there {
		x.count++
	}
	if uint64(key) >= uint64(farOut) {
		if x.far == nil {
			x.far = map[int64]int32{}
		}
		x.far[key] = row
		return
	}
	at := int(key >> pageBits)
	x.pages = resize(x.pages, at+1, nil)
	if x.pages[at] == nil {
		x.pages[at] = new(page)
	}
	x.pages[at][key&(1<<pageBits-1)] = row + 1
}

func (x *rowIndex) drop(key int64) {
	if _, there := x.get(key); !there {
		return
	}
	x.count--
	if uint64(key) >= uint64(farOut) {
		delete(x.far, key)
		return
	}
	x.pages[key>>pageBits][key&(1<<pageBits-1)] = 0
}

// all yields every key with its row, in no order.
func (x *rowIndex) all() iter.Seq2[int64, int32] {
	return func(yield func(int64, int32) bool) {
		for at, p := range x.pages {
			if p == nil {
				continue
			}
			for i, row := range p {
				if row > 0 && !yield(int64(at)<<pageBits|int64(i), row-1) {
					return
				}
			}
		}
		for key, row := range x.far {
			if !yield(key, row) {
				return
			}
		}
	}
}
