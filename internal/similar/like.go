package similar

import (
	"cmp"
	"math"
	"slices"

	"cairn"
)

// Query asks what is like a text.
type Query struct {
	Title  string
	Labels []string
	Body   string
	// Typing says that the last word of the title may go on.
	Typing bool
	// Limit is the most hits wanted.
	Limit int
	// Least is the least score of a hit; 0 takes DefaultLeast.
	Least float32
	// Filter leaves out documents for which it is false, such as the idea itself;
	// nil takes all.
	Filter func(cairn.ID) bool
}

// Hit is a document that is like the text.
type Hit struct {
	ID cairn.ID
	// Score is the part of the text that the document covers: 0 nothing, 1 all.
	Score float32
	// Words of the text that the document covers, the weightiest first.
	Words []Word
}

// Word is a word of the text without capitals and accents, and its share of the
// score.
type Word struct {
	Text   string
	Weight float32
}

// DefaultLeast is the score under which likeness is chance.
const DefaultLeast = 0.2

// tuning are the weights, found by measurement (see docs/guide/similar.md).
type tuning struct {
	// Parts of a document, in occurrences of a body of ordinary length.
	title, labels, body float32
	// Parts of a query.
	askTitle, askLabels, askBody float32
	// saturation and lengthShare are BM25's k1 and b.
	saturation, lengthShare float32
	// terms bounds how many terms of a query count, near for how many of them
	// neighbours are looked for.
	terms, near int
}

func tuned() tuning {
	return tuning{
		title: 3, labels: 2, body: 1, askTitle: 3, askLabels: 2, askBody: 0.3,
		saturation: 2, lengthShare: 0.65, terms: 40, near: 12,
	}
}

// maxShown bounds the words that explain a hit.
const maxShown = 6

// asked is one term of a query.
type asked struct {
	word   string // as it was written
	root   string
	term   int32 // −1 when no document has it
	counts counts
	// idf is how rare the term is; weight what it counts in the query.
	idf, weight float32
	near        []neighbour
}

// Like returns the documents that are like the query, best first.
func (x *Index) Like(q Query) []Hit {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if len(x.byID) == 0 {
		return nil
	}
	t := tuned()
	terms := x.ask(&q, &t)
	w := x.borrow()
	defer x.give(w)
	whole := float32(0)
	for i := range terms {
		a := &terms[i]
		whole += a.weight * a.idf
		w.begin()
		if a.term >= 0 {
			x.accumulate(w, neighbour{a.term, 1}, a, &t)
		}
		for _, n := range a.near {
			x.accumulate(w, n, a, &t)
		}
	}
	return x.collect(w, &q, terms, whole)
}

// ask makes terms of a query, the weightiest first and no more than count.
func (x *Index) ask(q *Query, t *tuning) []asked {
	var out []asked
	at := make(map[string]int)
	add := func(word string, one counts) {
		root, term := x.known(word)
		i, ok := at[root]
		if !ok {
			i = len(out)
			at[root] = i
			out = append(out, asked{word: word, root: root, term: term})
		}
		c := &out[i].counts
		c.title, c.labels, c.body = min(c.title+one.title, maxTitle), max(c.labels, one.labels), min(c.body+one.body, maxBody)
	}
	last := ""
	eachWord(q.Title, func(word string) { add(word, counts{title: 1}); last = word })
	for _, label := range q.Labels {
		eachWord(label, func(word string) { add(word, counts{labels: 1}) })
	}
	length := 0
	eachWord(beginning(q.Body), func(word string) {
		if length++; length <= maxWords {
			add(word, counts{body: 1})
		}
	})
	for i := range out {
		a := &out[i]
		a.idf = x.rarity(a.term)
		tf := t.askTitle*float32(a.counts.title) + t.askLabels*float32(a.counts.labels) + t.askBody*float32(a.counts.body)
		a.weight = tf * (t.saturation + 1) / (tf + t.saturation)
	}
	slices.SortStableFunc(out, func(a, b asked) int { return cmp.Compare(b.weight*b.idf, a.weight*a.idf) })
	out = out[:min(len(out), t.terms)]
	s := &scan{x: x}
	for i := range out {
		a := &out[i]
		if i < t.near || a.counts.title > 0 {
			if s.shared == nil {
				s.shared = make([]uint8, len(x.names))
			}
			a.near = s.of(a.root, q.Typing && a.word == last)
		}
	}
	return out
}

// known returns a word's stem and its term, −1 for none.
func (x *Index) known(word string) (root string, term int32) {
	if at, ok := x.forms[word]; ok {
		return x.names[at], at
	}
	root = stem(word)
	if at, ok := x.terms[root]; ok {
		return root, at
	}
	return root, -1
}

// rarity is the weight of a term by how many documents have it.
func (x *Index) rarity(term int32) float32 {
	docs := 1.0 // a word that nobody used is as rare as one used once
	if term >= 0 {
		docs = max(float64(len(x.postings[term])), 1)
	}
	return float32(math.Log(1 + (float64(len(x.ids))-docs+0.5)/(docs+0.5)))
}

// working is the memory of one query, an element per document.
type working struct {
	scores []float32
	// best is what the present term gives a document at most, of the round.
	best    []float32
	rounds  []int32
	round   int32
	touched []int32
}

func (w *working) begin() { w.round++ }

func (x *Index) borrow() *working {
	w, ok := x.scratch.Get().(*working)
	if !ok {
		w = &working{}
	}
	if len(w.scores) < len(x.ids) {
		n := len(x.ids) + len(x.ids)/8 + 16
		w.scores, w.best, w.rounds, w.round = make([]float32, n), make([]float32, n), make([]int32, n), 0
	}
	return w
}

func (x *Index) give(w *working) {
	for _, doc := range w.touched {
		w.scores[doc] = 0
	}
	w.touched = w.touched[:0]
	if w.round > 1<<30 {
		*w = working{}
	}
	x.scratch.Put(w)
}

// accumulate adds to every document with a term what that is worth; of a word
// and its neighbours only the best counts.
func (x *Index) accumulate(w *working, n neighbour, a *asked, t *tuning) {
	each := a.weight * n.weight * min(a.idf, x.rarity(n.term))
	for _, p := range x.postings[n.term] {
		doc := p.doc()
		if x.ids[doc] == 0 {
			continue
		}
		worth := each * x.frequency(p, t)
		switch {
		case w.rounds[doc] != w.round:
			if w.scores[doc] == 0 {
				w.touched = append(w.touched, doc)
			}
			w.rounds[doc], w.best[doc] = w.round, worth
			w.scores[doc] += worth
		case worth > w.best[doc]:
			w.scores[doc] += worth - w.best[doc]
			w.best[doc] = worth
		}
	}
}

// frequency is what a term counts in a document: 1 for once in the title, little
// more for often, less for once in a long body.
func (x *Index) frequency(p posting, t *tuning) float32 {
	c := p.counts()
	norm := float32(1)
	if c.body > 0 {
		average := max(float32(x.total)/float32(len(x.byID)), 1)
		norm = 1 - t.lengthShare + t.lengthShare*float32(x.lengths[p.doc()])/average
	}
	tf := t.title*float32(c.title) + t.labels*float32(c.labels) + t.body*float32(c.body)/norm
	return tf / (tf + t.saturation) * (t.title + t.saturation) / t.title
}

// collect returns the best documents, with their words.
func (x *Index) collect(w *working, q *Query, terms []asked, whole float32) []Hit {
	least := q.Least
	if least == 0 {
		least = DefaultLeast
	}
	var best []int32 // by falling score
	for _, doc := range w.touched {
		if w.scores[doc] < least*whole || q.Filter != nil && !q.Filter(x.ids[doc]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, doc, func(a, b int32) int {
			return cmp.Or(cmp.Compare(w.scores[b], w.scores[a]), cmp.Compare(x.ids[a], x.ids[b]))
		})
		if at < q.Limit {
			best = slices.Insert(best[:min(len(best), q.Limit-1)], at, doc)
		}
	}
	hits := make([]Hit, len(best))
	for i, doc := range best {
		hits[i] = Hit{ID: x.ids[doc], Score: min(w.scores[doc]/whole, 1), Words: x.explain(doc, terms, whole)}
	}
	return hits
}

// explain returns the words of the query that a document has.
func (x *Index) explain(doc int32, terms []asked, whole float32) []Word {
	t := tuned()
	var out []Word
	for i := range terms {
		a := &terms[i]
		worth := float32(0)
		if a.term >= 0 {
			worth = x.worth(doc, neighbour{a.term, 1}, a, &t)
		}
		for _, n := range a.near {
			worth = max(worth, x.worth(doc, n, a, &t))
		}
		if worth > 0 {
			out = append(out, Word{a.word, worth / whole})
		}
	}
	slices.SortStableFunc(out, func(a, b Word) int { return cmp.Compare(b.Weight, a.Weight) })
	return out[:min(len(out), maxShown)]
}

// worth is what a term gives to one document.
func (x *Index) worth(doc int32, n neighbour, a *asked, t *tuning) float32 {
	at, ok := slices.BinarySearchFunc(x.postings[n.term], doc, func(p posting, doc int32) int { return cmp.Compare(p.doc(), doc) })
	if !ok {
		return 0
	}
	return a.weight * n.weight * min(a.idf, x.rarity(n.term)) * x.frequency(x.postings[n.term][at], t)
}
