package app

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"cairn"
	"cairn/internal/hygiene"
	"cairn/internal/similar"
)

// alikes looks for ideas that may be one, project by project, behind the back of
// whoever asks: comparing all ideas of a large project takes many seconds. What
// was found stays until an idea changes.
type alikes struct {
	app *App
	mu  sync.Mutex
	// one looks at a time.
	one  sync.Mutex
	byID map[cairn.ID]*alikeness
}

// alikeness is what was found in one project.
type alikeness struct {
	looked map[cairn.ID]int64 // the version of each idea when it was compared
	like   map[cairn.ID][]similar.Hit
	of     int
	busy   bool
}

const (
	// surelyAlike is the score both ways from which two titles count as perhaps
	// one thing: of public reports in pairs known to be one, 59 of 100 pairs found
	// so are known (docs/guide/similar.md).
	surelyAlike = 0.7
	// mostCompared is how many ideas of a project are compared: the last changed.
	mostCompared = 20_000
)

func newAlikes(a *App) *alikes { return &alikes{app: a, byID: make(map[cairn.ID]*alikeness)} }

// progress is how many ideas were compared so far, and of how many.
func (x *alikes) progress(project cairn.ID) (looked, of int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if p := x.byID[project]; p != nil {
		return min(len(p.looked), p.of), p.of
	}
	return 0, 0
}

// duplicates are pairs of ideas that may be one, the most alike first (HYG-7).
func (l *looking) duplicates(ctx context.Context) (*HygieneFinding, error) {
	res, err := l.eval(cairn.Query{Filter: hygiene.Open(l.set, cairn.Filter{}), Sort: []cairn.SortKey{{Field: cairn.RefUpdatedAt, Desc: true}}}, mostCompared)
	if err != nil {
		return nil, err
	}
	open := make(map[cairn.ID]int64, res.Len())
	var order []cairn.ID
	for i := range res.Len() {
		open[res.ID(i)] = res.Version(i)
		order = append(order, res.ID(i))
	}
	type pair struct {
		a, b  cairn.ID
		score float32
		words []string
	}
	var found []pair
	for _, p := range l.app.alikes.pairs(l.st, order, open) {
		words := make([]string, len(p.words))
		for i, w := range p.words {
			words[i] = w.Text
		}
		found = append(found, pair{p.a, p.b, p.score, words})
	}
	slices.SortFunc(found, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.score, p.score), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	items := make([]HygieneItem, len(found))
	for i, p := range found {
		items[i] = HygieneItem{
			Target: p.a.String() + "-" + p.b.String(), Idea: &HygieneIdea{ID: p.a}, Other: &HygieneIdea{ID: p.b}, Words: p.words,
		}
	}
	return l.window(cairn.RotDuplicates, items, nil)
}

// alikePair is two ideas that find each other.
type alikePair struct {
	a, b  cairn.ID
	score float32
	words []similar.Word
}

// pairs returns the pairs found so far among the open ideas, and has what changed
// compared anew.
func (x *alikes) pairs(st *projectState, order []cairn.ID, open map[cairn.ID]int64) []alikePair {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.byID[st.id]
	if p == nil {
		p = &alikeness{looked: make(map[cairn.ID]int64), like: make(map[cairn.ID][]similar.Hit)}
		x.byID[st.id] = p
	}
	for id := range p.looked {
		if _, still := open[id]; !still {
			delete(p.looked, id)
			delete(p.like, id)
		}
	}
	var fresh []cairn.ID
	for _, id := range order {
		if seen, ok := p.looked[id]; !ok || seen != open[id] {
			fresh = append(fresh, id)
		}
	}
	p.of = len(order)
	if len(fresh) > 0 && !p.busy {
		p.busy = true
		x.app.tasks.Go(func() { x.compare(st, p, fresh, open) })
	}
	var out []alikePair
	for a, hits := range p.like {
		unlike := st.state.Unlike(a)
		title, _, _ := st.state.Title(a)
		for _, h := range hits {
			back := slices.IndexFunc(p.like[h.ID], func(b similar.Hit) bool { return b.ID == a })
			other, _, _ := st.state.Title(h.ID)
			if _, still := open[h.ID]; back >= 0 && a < h.ID && still && !unlike[h.ID] && !similar.OtherNumbers(title, other) {
				out = append(out, alikePair{a, h.ID, min(h.Score, p.like[h.ID][back].Score), h.Words})
			}
		}
	}
	return out
}

// compare asks with the title of each idea; one project at a time.
func (x *alikes) compare(st *projectState, p *alikeness, ids []cairn.ID, versions map[cairn.ID]int64) {
	x.one.Lock()
	defer x.one.Unlock()
	defer func() {
		x.mu.Lock()
		p.busy = false
		x.mu.Unlock()
	}()
	st.index.settle()
	for _, id := range ids {
		if x.app.life.Err() != nil {
			return
		}
		title, _, ok := st.state.Title(id)
		var hits []similar.Hit
		if ok {
			kin := make(map[cairn.ID]bool)
			for _, relative := range slices.Concat(st.state.Ancestors(id), st.state.Children(id)) {
				kin[relative] = true
			}
			hits = st.index.alike.Like(similar.Query{
				Title: title, Limit: 5, Least: surelyAlike,
				Filter: func(other cairn.ID) bool {
					return other != id && !kin[other] && st.state.Has(other) && !st.state.Archived(other) && st.state.Whole(other) == other
				},
			})
		}
		x.mu.Lock()
		p.looked[id] = versions[id]
		if delete(p.like, id); len(hits) > 0 {
			p.like[id] = hits
		}
		x.mu.Unlock()
	}
}
