package search

import (
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"cairn"
	"cairn/internal/search/fold"
)

// Doc is what can be found: an idea with its texts.
type Doc struct {
	ID cairn.ID
	// Number is the number in the idea's key; 0 for none.
	Number int64
	// Title counts more than Body and Extra, such as comments.
	Title string
	Body  string
	Extra []string
}

// Stemmer maps a folded word to the stem it shares with its other forms.
type Stemmer func(word string) string

// English is the stemmer of English words; other scripts stay as they are.
func English(word string) string {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	env := snowballstem.NewEnv(word)
	english.Stem(env)
	return env.Current()
}

// Index finds documents by words. It is safe for concurrent use.
//
// Documents are numbered in the order they come. A changed document gets a new
// number and its old one dies; dead numbers are swept when they are many.
type Index struct {
	stem Stemmer

	mu sync.RWMutex
	// ids by document number, 0 for a dead one.
	ids     []cairn.ID
	numbers []int64
	lengths []uint16
	total   int64 // of lengths of live documents
	dead    int
	byID    map[cairn.ID]int32
	byKey   map[int64]int32

	words    map[string]int32
	names    []string
	postings []postings
	stems    map[string][]int32
	// sorted are the words in order, for prefixes; the words from fresh on were
	// added since and are looked through one by one.
	sorted []int32
	fresh  int

	scratch sync.Pool
	buf     []byte
}

// New returns an empty index. A nil stemmer finds exact words only.
func New(stem Stemmer) *Index {
	return &Index{
		stem: stem, byID: map[cairn.ID]int32{}, byKey: map[int64]int32{},
		words: map[string]int32{}, stems: map[string][]int32{},
	}
}

// Len returns the number of documents.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.byID)
}

// Add puts documents in, replacing those that are there with the same ID.
func (x *Index) Add(docs ...Doc) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range docs {
		x.add(&docs[i])
	}
	x.tidy()
}

// Update replaces a document; it is Add of one.
func (x *Index) Update(doc Doc) { x.Add(doc) }

// Remove takes a document out; an unknown one is no error.
func (x *Index) Remove(id cairn.ID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
	x.tidy()
}

func (x *Index) add(doc *Doc) {
	x.remove(doc.ID)
	n := int32(len(x.ids))
	x.ids = append(x.ids, doc.ID)
	x.numbers = append(x.numbers, doc.Number)
	x.byID[doc.ID] = n
	if doc.Number > 0 {
		x.byKey[doc.Number] = n
	}
	length := x.addText(n, doc.Title, true)
	length += x.addText(n, doc.Body, false)
	for _, text := range doc.Extra {
		length += x.addText(n, text, false)
	}
	length = min(length, 1<<16-1)
	x.lengths = append(x.lengths, uint16(length))
	x.total += int64(length)
}

// addText indexes one text and returns its number of words.
func (x *Index) addText(doc int32, text string, inTitle bool) int {
	if text == "" {
		return 0
	}
	x.buf = fold.Append(x.buf[:0], text)
	count := 0
	eachToken(string(x.buf), true, func(word string) {
		count++
		at, ok := x.words[word]
		if !ok {
			at = x.addWord(strings.Clone(word))
		}
		x.postings[at].add(doc, inTitle)
	})
	return count
}

func (x *Index) addWord(word string) int32 {
	at := int32(len(x.names))
	x.words[word] = at
	x.names = append(x.names, word)
	x.postings = append(x.postings, postings{})
	if x.stem != nil {
		stem := x.stem(word)
		x.stems[stem] = append(x.stems[stem], at)
	}
	return at
}

func (x *Index) remove(id cairn.ID) {
	n, ok := x.byID[id]
	if !ok {
		return
	}
	delete(x.byID, id)
	if x.byKey[x.numbers[n]] == n {
		delete(x.byKey, x.numbers[n])
	}
	x.ids[n] = 0
	x.total -= int64(x.lengths[n])
	x.dead++
}

// tidy sweeps dead documents once they are a third of all, and sorts new words
// in once they are many.
func (x *Index) tidy() {
	if x.dead > 1000 && x.dead > len(x.ids)/3 {
		x.sweep()
	}
	if len(x.names)-x.fresh > 256+len(x.names)/64 {
		x.sortWords()
	}
}

func (x *Index) sortWords() {
	x.sorted = make([]int32, len(x.names))
	for i := range x.sorted {
		x.sorted[i] = int32(i)
	}
	slices.SortFunc(x.sorted, func(a, b int32) int { return strings.Compare(x.names[a], x.names[b]) })
	x.fresh = len(x.names)
}

// sweep numbers the live documents anew and rewrites all postings, dropping
// words that no document has any more.
func (x *Index) sweep() {
	moved := make([]int32, len(x.ids))
	live := int32(0)
	for n, id := range x.ids {
		moved[n] = -1
		if id != 0 {
			moved[n] = live
			x.ids[live], x.numbers[live], x.lengths[live] = id, x.numbers[n], x.lengths[n]
			x.byID[id] = live
			if x.numbers[live] > 0 {
				x.byKey[x.numbers[live]] = live
			}
			live++
		}
	}
	x.ids, x.numbers, x.lengths, x.dead = x.ids[:live], x.numbers[:live], x.lengths[:live], 0
	names, lists := x.names, x.postings
	x.words, x.stems = make(map[string]int32, len(names)), map[string][]int32{}
	x.names, x.postings = nil, nil
	for i := range lists {
		swept := lists[i].moved(moved)
		if swept.docs > 0 {
			x.postings[x.addWord(names[i])] = swept
		}
	}
	x.sortWords()
}

// moved returns the postings with documents numbered anew, −1 dropping them.
func (p *postings) moved(to []int32) postings {
	var out postings
	for c := p.cursor(); c.next(); {
		doc := to[c.doc]
		if doc < 0 {
			continue
		}
		out.add(doc, true)
		out.data[len(out.data)-1] = c.count
	}
	return out
}
