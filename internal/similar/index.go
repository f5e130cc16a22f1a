package similar

import (
	"slices"
	"strings"
	"sync"

	"cairn"
)

// Doc is an idea as it is compared.
type Doc struct {
	ID     cairn.ID
	Title  string
	Labels []string
	// Body is the description; of a very long one only the beginning counts.
	Body string
}

// Index finds documents that are like a text. It is safe for concurrent use.
//
// Documents are numbered in the order they come. A changed document gets a new
// number and its old one dies; dead numbers are swept when they are many.
type Index struct {
	mu sync.RWMutex
	// ids by document number, 0 for a dead one; lengths in words of the body.
	ids     []cairn.ID
	lengths []uint16
	total   int64 // of lengths of live documents
	dead    int
	byID    map[cairn.ID]int32

	// forms has the term of every folded word, terms those of every stem.
	forms    map[string]int32
	terms    map[string]int32
	names    []string
	postings [][]posting
	near     neighbours

	scratch sync.Pool
}

// posting is a document's number and how often a term occurs in its parts.
type posting uint32

// counts says how often a term occurs in a text, part by part.
type counts struct{ title, labels, body uint8 }

// The bounds of counts in a posting: two bits, one and five.
const (
	maxTitle  = 3
	maxLabels = 1
	maxBody   = 31
)

func newPosting(doc int32, c counts) posting {
	return posting(doc)<<8 | posting(min(c.title, maxTitle))<<6 | posting(min(c.labels, maxLabels))<<5 | posting(min(c.body, maxBody))
}

func (p posting) doc() int32 { return int32(p >> 8) }

func (p posting) counts() counts {
	return counts{uint8(p >> 6 & maxTitle), uint8(p >> 5 & maxLabels), uint8(p & maxBody)}
}

// maxWords bounds how many words of a body count.
const maxWords = 400

// New returns an empty index.
func New() *Index {
	return &Index{
		byID: make(map[cairn.ID]int32), forms: make(map[string]int32), terms: make(map[string]int32),
		near: newNeighbours(),
	}
}

// Len returns the number of documents.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// Put adds a document, or replaces the one with the same ID.
func (x *Index) Put(doc Doc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(doc.ID)
	n := int32(len(x.ids))
	length := 0
	for term, c := range x.count(&doc, &length) {
		x.postings[term] = append(x.postings[term], newPosting(n, c))
	}
	x.ids = append(x.ids, doc.ID)
	x.byID[doc.ID] = n
	x.lengths = append(x.lengths, uint16(length))
	x.total += int64(length)
	x.tidy()
}

// Remove takes a document out; an unknown one is no error.
func (x *Index) Remove(id cairn.ID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	x.tidy()
}

// count returns the document's terms, new ones numbered, and the length of its
// body.
func (x *Index) count(doc *Doc, length *int) map[int32]counts {
	out := make(map[int32]counts)
	eachWord(doc.Title, func(word string) {
		at := x.term(word)
		c := out[at]
		c.title = min(c.title+1, maxTitle)
		out[at] = c
	})
	for _, label := range doc.Labels {
		eachWord(label, func(word string) {
			at := x.term(word)
			c := out[at]
			c.labels = maxLabels
			out[at] = c
		})
	}
	eachWord(beginning(doc.Body), func(word string) {
		if *length == maxWords {
			return
		}
		*length++
		at := x.term(word)
		c := out[at]
		c.body = min(c.body+1, maxBody)
		out[at] = c
	})
	return out
}

// beginning cuts what is certainly more than the words that count.
func beginning(s string) string {
	const most = maxWords * 24
	if len(s) <= most {
		return s
	}
	if cut := strings.LastIndexByte(s[:most], ' '); cut > 0 {
		return s[:cut]
	}
	return strings.ToValidUTF8(s[:most], "")
}

// term returns the number of a word's term, a new one if need be.
func (x *Index) term(word string) int32 {
	if at, ok := x.forms[word]; ok {
		return at
	}
	word = strings.Clone(word) // not the text around it
	root := stem(word)
	at, ok := x.terms[root]
	if !ok {
		at = x.newTerm(root)
	}
	x.forms[word] = at
	return at
}

func (x *Index) newTerm(root string) int32 {
	at := int32(len(x.names))
	x.terms[root] = at
	x.names = append(x.names, root)
	x.postings = append(x.postings, nil)
	x.near.add(root, at)
	return at
}

func (x *Index) remove(id cairn.ID) {
	n, ok := x.byID[id]
	if !ok {
		return
	}
	delete(x.byID, id)
	x.ids[n] = 0
	x.total -= int64(x.lengths[n])
	x.dead++
}

// tidy sweeps dead documents once they are a third of all.
func (x *Index) tidy() {
	if x.dead > 1000 && x.dead > len(x.ids)/3 {
		x.sweep()
	}
}

// sweep numbers the live documents anew and drops terms that none has any more.
func (x *Index) sweep() {
	moved := make([]int32, len(x.ids))
	live := int32(0)
	for n, id := range x.ids {
		moved[n] = -1
		if id == 0 {
			continue
		}
		moved[n] = live
		x.ids[live], x.lengths[live] = id, x.lengths[n]
		x.byID[id] = live
		live++
	}
	x.ids, x.lengths, x.dead = x.ids[:live], x.lengths[:live], 0
	names, lists := x.names, x.postings
	x.forms, x.terms = make(map[string]int32), make(map[string]int32)
	x.names, x.postings, x.near = nil, nil, newNeighbours()
	for i, list := range lists {
		kept := list[:0]
		for _, p := range list {
			if to := moved[p.doc()]; to >= 0 {
				kept = append(kept, newPosting(to, p.counts()))
			}
		}
		if len(kept) > 0 {
			x.postings[x.newTerm(names[i])] = slices.Clip(kept)
		}
	}
}
