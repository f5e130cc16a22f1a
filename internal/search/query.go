package search

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"cairn"
)

// Options narrow a query.
type Options struct {
	// Limit is the most hits wanted; 0 is all.
	Limit int
	// Key is the project's key, so that INS-12 finds idea 12. Without it any key
	// will do.
	Key string
	// Filter leaves out documents for which it is false; nil takes all.
	Filter func(cairn.ID) bool
}

// Hit is a document that was found. Scores compare hits of one query only.
type Hit struct {
	ID    cairn.ID
	Score float32
}

// BM25 over title and body, and a word of the title is worth more than any number
// of the same in a body can be (saturation + 1 is what they tend to).
const (
	saturation  = 1.2
	lengthShare = 0.4
	titleWorth  = saturation + 1.2
	// otherForm and longerWord weigh words that are not what was typed: another
	// form of it, or one that it begins.
	otherForm  = 0.6
	longerWord = 0.5
	// keyScore puts the idea whose key was typed first.
	keyScore = 1000
)

// scratch is the memory of one query, one element per document.
type scratch struct {
	scores []float32
	// met counts the query's words found so far.
	met []uint8
	// touched lists the documents with any, candidates those with all so far.
	touched, candidates []int32
}

// narrow lists the documents that met all words so far.
func (w *scratch) narrow(words uint8) {
	if words == 0 {
		w.candidates = w.candidates[:0]
		return
	}
	if words == 1 {
		w.candidates = append(w.candidates[:0], w.touched...)
		return
	}
	w.candidates = slices.DeleteFunc(w.candidates, func(doc int32) bool { return w.met[doc] < words })
}

// Query returns the documents that hold all words of the text, best first; if
// none does, those that hold some, most words first.
func (x *Index) Query(text string, opt Options) []Hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	terms := parseQuery(text)
	key := x.keyed(text, opt)
	if len(terms) == 0 || len(x.byID) == 0 {
		return nil
	}
	w := x.borrow()
	defer x.give(w)
	lists := make([][]weighted, len(terms))
	for i, t := range terms {
		lists[i] = x.expand(t)
	}
	// The rarest word first, so that the others have less to look at.
	slices.SortFunc(lists, func(a, b []weighted) int { return cmp.Compare(x.reach(a), x.reach(b)) })
	for i, list := range lists {
		w.narrow(uint8(i))
		for _, one := range list {
			x.accumulate(w, one, uint8(i))
		}
	}
	hits := x.collect(w, uint8(len(lists)), key, opt)
	if len(hits) == 0 && len(lists) > 1 {
		x.reset(w)
		for _, list := range lists {
			x.accumulateAny(w, list)
		}
		hits = x.collect(w, 1, key, opt)
	}
	return hits
}

// keyed returns the document whose key or number was typed, −1 for none.
func (x *Index) keyed(text string, opt Options) int32 {
	text = strings.TrimSpace(text)
	if i := strings.LastIndexByte(text, '-'); i > 0 {
		if opt.Key != "" && !strings.EqualFold(text[:i], opt.Key) {
			return -1
		}
		text = text[i+1:]
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64)
	if err != nil || n <= 0 {
		return -1
	}
	if doc, ok := x.byKey[n]; ok {
		return doc
	}
	return -1
}

func (x *Index) borrow() *scratch {
	w, ok := x.scratch.Get().(*scratch)
	if !ok {
		w = &scratch{}
	}
	if len(w.met) < len(x.ids) {
		w.scores, w.met = make([]float32, len(x.ids)+len(x.ids)/8), make([]uint8, len(x.ids)+len(x.ids)/8)
	}
	return w
}

func (x *Index) give(w *scratch) {
	x.reset(w)
	x.scratch.Put(w)
}

func (x *Index) reset(w *scratch) {
	for _, doc := range w.touched {
		w.scores[doc], w.met[doc] = 0, 0
	}
	w.touched = w.touched[:0]
}

// weighted is an indexed word that answers a word of the query.
type weighted struct {
	word   int32
	weight float32
}

// maxExpansion bounds how many indexed words one word of a query may stand for.
const maxExpansion = 512

// expand returns the indexed words that a word of the query stands for: itself,
// its other forms, and those it begins.
func (x *Index) expand(t term) []weighted {
	var out []weighted
	exact, ok := x.words[t.text]
	if !ok {
		exact = -1
	} else {
		out = append(out, weighted{exact, 1})
	}
	if x.stem != nil {
		for _, word := range x.stems[x.stem(t.text)] {
			if word != exact {
				out = append(out, weighted{word, otherForm})
			}
		}
	}
	if !t.prefix {
		return out
	}
	known := len(out)
	x.eachWithPrefix(t.text, func(word int32) {
		if word != exact && !slices.ContainsFunc(out[:known], func(w weighted) bool { return w.word == word }) {
			out = append(out, weighted{word, longerWord})
		}
	})
	if len(out) > maxExpansion {
		slices.SortFunc(out[known:], func(a, b weighted) int {
			return cmp.Compare(x.postings[b.word].docs, x.postings[a.word].docs)
		})
		out = out[:maxExpansion]
	}
	return out
}

func (x *Index) eachWithPrefix(prefix string, yield func(word int32)) {
	from, _ := slices.BinarySearchFunc(x.sorted, prefix, func(word int32, p string) int { return strings.Compare(x.names[word], p) })
	for _, word := range x.sorted[from:] {
		if !strings.HasPrefix(x.names[word], prefix) {
			break
		}
		yield(word)
	}
	for word := x.fresh; word < len(x.names); word++ {
		if strings.HasPrefix(x.names[word], prefix) {
			yield(int32(word))
		}
	}
}

// reach is how many postings a word of the query has in all.
func (x *Index) reach(list []weighted) int {
	n := 0
	for _, w := range list {
		n += int(x.postings[w.word].docs)
	}
	return n
}

// accumulate adds a word's scores to the documents that met all words before,
// or, for the first word, to all that hold it.
func (x *Index) accumulate(w *scratch, one weighted, before uint8) {
	list := &x.postings[one.word]
	score := x.scorer(list, one.weight)
	c := list.cursor()
	switch {
	case before == 0:
		for c.next() {
			if w.met[c.doc] == 0 {
				w.met[c.doc] = 1
				w.touched = append(w.touched, c.doc)
			}
			w.scores[c.doc] += score.of(x, &c)
		}
	case len(w.candidates)*8 < int(list.docs):
		if !slices.IsSorted(w.candidates) {
			slices.Sort(w.candidates)
		}
		for _, doc := range w.candidates {
			if c.doc < doc && !c.seek(doc) {
				return
			}
			if c.doc == doc && c.offset > 0 {
				w.meet(doc, before, score.of(x, &c))
			}
		}
	default:
		for c.next() {
			w.meet(c.doc, before, score.of(x, &c))
		}
	}
}

// meet adds to a document that met all words before; an alternative of the
// same word may have met it already.
func (w *scratch) meet(doc int32, before uint8, score float32) {
	if w.met[doc] >= before && w.met[doc] > 0 {
		w.met[doc] = before + 1
		w.scores[doc] += score
	}
}

// accumulateAny adds a word's scores wherever it occurs; each word met weighs
// more than any score.
func (x *Index) accumulateAny(w *scratch, list []weighted) {
	const perWord = 100
	for _, one := range list {
		p := &x.postings[one.word]
		score := x.scorer(p, one.weight)
		for c := p.cursor(); c.next(); {
			if w.met[c.doc] == 0 {
				w.touched = append(w.touched, c.doc)
			}
			if w.met[c.doc] < 0x80 {
				w.met[c.doc] |= 0x80 // met by this word
				w.scores[c.doc] += perWord
			}
			w.scores[c.doc] += score.of(x, &c)
		}
	}
	for _, doc := range w.touched {
		if w.met[doc] >= 0x80 {
			w.met[doc] = 1
		}
	}
}

// scorer computes BM25 of one word.
type scorer struct {
	idf  float32
	norm float32 // per word of length
	base float32
}

func (x *Index) scorer(p *postings, weight float32) scorer {
	live := float64(len(x.byID))
	docs := min(float64(p.docs), live)
	idf := math.Log(1 + (live-docs+0.5)/(docs+0.5))
	average := max(float64(x.total)/live, 1)
	return scorer{
		idf:  float32(idf) * weight,
		norm: float32(saturation * lengthShare / average),
		base: saturation * (1 - lengthShare),
	}
}

func (s *scorer) of(x *Index, c *cursor) float32 {
	titles := c.count >> 5
	count := float32(c.count&maxBody) + float32(titles)
	score := count * (saturation + 1) / (count + s.base + s.norm*float32(x.lengths[c.doc]))
	if titles > 0 {
		score += titleWorth
	}
	return s.idf * score
}

// collect ranks the live documents that met enough words and pass the filter.
func (x *Index) collect(w *scratch, enough uint8, key int32, opt Options) []Hit {
	top := best{limit: opt.Limit}
	if key >= 0 && (opt.Filter == nil || opt.Filter(x.ids[key])) {
		top.add(Hit{x.ids[key], w.scores[key] + keyScore})
	}
	for _, doc := range w.touched {
		if w.met[doc] < enough || doc == key || top.beats(w.scores[doc]) {
			continue
		}
		if id := x.ids[doc]; id != 0 && (opt.Filter == nil || opt.Filter(id)) {
			top.add(Hit{id, w.scores[doc]})
		}
	}
	return top.ranked()
}

// best keeps the best hits, up to a limit; 0 keeps all. With a limit they are
// sorted at all times, without one in the end.
type best struct {
	limit int
	hits  []Hit
}

// beats reports that a hit of that score would not be kept, or only by its id.
func (b *best) beats(score float32) bool {
	return b.limit > 0 && len(b.hits) == b.limit && score < b.hits[b.limit-1].Score
}

func (b *best) add(h Hit) {
	if b.limit <= 0 {
		b.hits = append(b.hits, h)
		return
	}
	at, _ := slices.BinarySearchFunc(b.hits, h, compareHits)
	if at == b.limit {
		return
	}
	if len(b.hits) < b.limit {
		b.hits = append(b.hits, Hit{})
	}
	copy(b.hits[at+1:], b.hits[at:])
	b.hits[at] = h
}

func (b *best) ranked() []Hit {
	if b.limit <= 0 {
		return sortHits(b.hits)
	}
	return b.hits
}

// sortHits sorts hits of which there may be very many: by the digits of their
// scores, whose bits order as they do, and then ties by id.
func sortHits(hits []Hit) []Hit {
	if len(hits) < 256 {
		slices.SortFunc(hits, compareHits)
		return hits
	}
	const bits = 11
	spare := make([]Hit, len(hits))
	var counts [1 << bits]int32
	for shift := 0; shift < 32; shift += bits {
		digit := func(h *Hit) uint32 { return ^math.Float32bits(h.Score) >> shift & (1<<bits - 1) }
		clear(counts[:])
		for i := range hits {
			counts[digit(&hits[i])]++
		}
		at := int32(0)
		for d, n := range counts {
			counts[d] = at
			at += n
		}
		for i := range hits {
			d := digit(&hits[i])
			spare[counts[d]] = hits[i]
			counts[d]++
		}
		hits, spare = spare, hits
	}
	for i := 0; i < len(hits); {
		j := i + 1
		for j < len(hits) && hits[j].Score == hits[i].Score {
			j++
		}
		slices.SortFunc(hits[i:j], compareHits)
		i = j
	}
	return hits
}

// compareHits orders hits, best first and newest first among equals.
func compareHits(a, b Hit) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
}
