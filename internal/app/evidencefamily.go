package app

import (
	"iter"
	"slices"

	"cairn"
	"cairn/internal/search"
	"cairn/internal/similar"
)

// What was merged stays as it is and only names its whole, so that taking it out
// again is exact at any time. Whoever asks the index for an insight is led on.

// whole is the insight that an insight is part of in the end; itself when it was
// not merged. Of a circle, which nobody can write, every insight is its own.
func (v *voices) whole(id cairn.ID) cairn.ID {
	at := id
	for range len(v.insights) {
		next := v.insights[at].MergedInto
		if _, there := v.insights[next]; !there {
			return at
		}
		if at = next; at == id {
			break
		}
	}
	return id
}

// family is the whole of an insight, followed by all that is part of it, by id.
func (v *voices) family(id cairn.ID) []cairn.ID {
	whole := v.whole(id)
	out := []cairn.ID{whole}
	if len(v.parts[whole]) == 0 {
		return out
	}
	seen := map[cairn.ID]bool{whole: true}
	for at := 0; at < len(out); at++ {
		for part := range v.parts[out[at]] {
			if !seen[part] {
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	slices.Sort(out[1:])
	return out
}

// wholes are the insights that some are part of in the end, each once, in the
// order in which they come.
func (x *evidenceIndex) wholes(ids iter.Seq[cairn.ID]) []cairn.Insight {
	out := []cairn.Insight{}
	seen := make(map[cairn.ID]bool)
	for id := range ids {
		if id = x.whole(id); !seen[id] {
			seen[id] = true
			out = append(out, x.insights[id])
		}
	}
	return out
}

// found are the ids of what a search found.
func found(hits []search.Hit) iter.Seq[cairn.ID] {
	return func(yield func(cairn.ID) bool) {
		for _, h := range hits {
			if !yield(h.ID) {
				return
			}
		}
	}
}

// familyOf is family for the use cases.
func (x *evidenceIndex) familyOf(id cairn.ID) []cairn.ID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.family(id)
}

// wholeOf is whole for the use cases.
func (x *evidenceIndex) wholeOf(id cairn.ID) cairn.ID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.whole(id)
}

// partsOf returns what was merged into an insight, over any number of merges.
func (x *evidenceIndex) partsOf(id cairn.ID) []cairn.Insight {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cairn.Insight
	for _, part := range x.family(id)[1:] {
		out = append(out, x.insights[part])
	}
	return out
}

// ownLinks returns the links of one insight, without those of its parts.
func (x *evidenceIndex) ownLinks(insight cairn.ID) []cairn.Evidence {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.sorted(x.ofInsight[insight])
}

// everyLink returns the links of an insight and of its parts, also where several
// lead to one idea.
func (x *evidenceIndex) everyLink(insight cairn.ID) []cairn.Evidence {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []cairn.Evidence
	for _, one := range x.family(insight) {
		out = append(out, x.sorted(x.ofInsight[one])...)
	}
	return out
}

// alikeInsights finds insights that say the same. It reads them only when
// somebody asks: who never triages pays nothing for it.
type alikeInsights struct {
	index *similar.Index
	stale map[cairn.ID]bool
}

func newAlikeInsights() alikeInsights {
	return alikeInsights{similar.New(), make(map[cairn.ID]bool)}
}

func (a *alikeInsights) note(id cairn.ID) { a.stale[id] = true }

// sayTheSame is the least likeness of insights that may say the same: what shares
// only the words of every other voice ("as a user") has less.
const sayTheSame = 0.4

// like returns the insights of a project that say what one of them says, best
// first, each with the words that both have.
func (x *evidenceIndex) like(i cairn.Insight, limit int) []similar.Hit {
	x.mu.Lock()
	for id := range x.alike.stale {
		if one, ok := x.insights[id]; ok {
			x.alike.index.Put(similar.Doc{ID: id, Title: one.Title, Labels: one.Labels, Body: words(one.Note)})
		} else {
			x.alike.index.Remove(id)
		}
		delete(x.alike.stale, id)
	}
	x.mu.Unlock()
	x.mu.RLock()
	defer x.mu.RUnlock()
	whole := x.whole(i.ID)
	hits := x.alike.index.Like(similar.Query{
		Title: i.Title, Labels: i.Labels, Body: words(i.Note), Limit: limit, Least: sayTheSame,
		Filter: func(id cairn.ID) bool { return x.insights[id].Project == i.Project && x.whole(id) != whole },
	})
	out := hits[:0]
	seen := make(map[cairn.ID]bool)
	for _, h := range hits {
		if h.ID = x.whole(h.ID); !seen[h.ID] {
			seen[h.ID] = true
			out = append(out, h)
		}
	}
	return out
}
