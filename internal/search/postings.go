package search

import "encoding/binary"

// postings lists the documents in which a word occurs, by ascending number: per
// document the difference to the one before as a varint, and a byte that says
// how often it occurs in the title (upper three bits) and elsewhere (lower five).
type postings struct {
	data []byte
	// last is the last document, docs how many there are.
	last int32
	docs int32
	// skips are entry points, one per skipEvery documents.
	skips []skip
}

// skip says that the posting at offset follows document doc.
type skip struct{ doc, offset int32 }

const (
	skipEvery = 128
	maxBody   = 31
	maxTitle  = 7
)

// add counts one occurrence in a document, which is the last or a later one.
func (p *postings) add(doc int32, inTitle bool) {
	if p.docs == 0 || doc != p.last {
		if p.docs%skipEvery == 0 && p.docs > 0 {
			p.skips = append(p.skips, skip{p.last, int32(len(p.data))})
		}
		if cap(p.data)-len(p.data) < 6 {
			p.grow()
		}
		p.data = binary.AppendUvarint(p.data, uint64(doc-p.last))
		p.data = append(p.data, 0)
		p.last = doc
		p.docs++
	}
	b := &p.data[len(p.data)-1]
	switch {
	case inTitle && *b>>5 < maxTitle:
		*b += 1 << 5
	case !inTitle && *b&maxBody < maxBody:
		*b++
	}
}

// grow adds an eighth, which wastes less than doubling.
func (p *postings) grow() {
	grown := make([]byte, len(p.data), len(p.data)+len(p.data)/8+8)
	copy(grown, p.data)
	p.data = grown
}

// cursor walks over postings.
type cursor struct {
	list   *postings
	offset int
	doc    int32
	count  byte
}

func (p *postings) cursor() cursor { return cursor{list: p} }

// next moves to the next document; false at the end.
func (c *cursor) next() bool {
	data := c.list.data
	if c.offset >= len(data) {
		return false
	}
	delta := uint32(data[c.offset])
	c.offset++
	if delta >= 0x80 {
		delta &= 0x7F
		for shift := 7; ; shift += 7 {
			b := data[c.offset]
			c.offset++
			delta |= uint32(b&0x7F) << shift
			if b < 0x80 {
				break
			}
		}
	}
	c.doc += int32(delta)
	c.count = data[c.offset]
	c.offset++
	return true
}

// seek moves to the first document that is at least doc; false when none is.
func (c *cursor) seek(doc int32) bool {
	skips := c.list.skips
	low, high := 0, len(skips)
	for low < high {
		mid := (low + high) / 2
		if skips[mid].doc < doc {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low > 0 && skips[low-1].doc > c.doc {
		c.doc, c.offset = skips[low-1].doc, int(skips[low-1].offset)
	}
	for c.next() {
		if c.doc >= doc {
			return true
		}
	}
	return false
}
