package app

import (
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search"
	"cairn/internal/search/fold"
)

// FoundInsight is an insight that a search found, and where the reader sees it.
type FoundInsight struct {
	cairn.Insight
	// Home is the key of its project, Idea that of an idea that it is linked to for
	// who may not see its home. One of them is empty.
	Home, Idea string
}

// FindInsights finds insights that the caller may see by their words, in one
// project's home or in all, best first. What was merged is found by its words and
// given as the whole.
func (a *App) FindInsights(ctx context.Context, by Caller, in Find) ([]FoundInsight, error) {
	out := []FoundInsight{}
	for _, i := range a.evidence.find(in, a.mayEach(by, cairn.ReadProject)) {
		f := FoundInsight{Insight: i}
		if p, err := a.mayIn(by, i.Project, cairn.ReadProject); err == nil {
			f.Home = p.Key
		} else {
			info, err := a.insightInfo(ctx, by, i)
			if err != nil {
				return nil, err
			}
			if len(info.Links) == 0 {
				continue // taken off its last idea a moment ago
			}
			f.Idea = info.Links[0].Idea.Key
		}
		out = append(out, f)
	}
	return out, nil
}

// find returns the insights that a text finds, of those at home in a project or
// on an idea that is read.
func (x *evidenceIndex) find(in Find, reads func(cairn.ID) bool) []cairn.Insight {
	x.mu.RLock()
	defer x.mu.RUnlock()
	hits := x.texts.Query(in.Text, search.Options{Limit: in.Limit, Filter: func(id cairn.ID) bool {
		whole := x.whole(id)
		home := x.insights[whole].Project
		if in.Project != 0 {
			return home == in.Project && reads(home)
		}
		return reads(home) || slices.ContainsFunc(x.family(whole), func(one cairn.ID) bool {
			for link := range x.ofInsight[one] {
				if reads(x.links[link].Project) {
					return true
				}
			}
			return false
		})
	}})
	return x.wholes(found(hits))
}

// FindCustomers finds customers by parts of their names, addresses and values;
// those whose name begins so come first.
func (a *App) FindCustomers(by Caller, text string, limit int) ([]cairn.Customer, error) {
	if err := a.may(by, cairn.SeeCustomers); err != nil {
		return nil, err
	}
	typed := strings.TrimSpace(fold.String(text))
	words := strings.Fields(typed)
	if len(words) == 0 {
		return nil, nil
	}
	var first, rest []cairn.Customer
	list := a.evidence.listCustomers()
	texts := list.texts()
	for i, c := range list.all {
		switch {
		case strings.HasPrefix(texts[i], typed): // the name stands first
			first = append(first, c)
		case hasWords(texts[i], words):
			rest = append(rest, c)
		}
	}
	out := append(first, rest...)
	return out[:min(len(out), limit)], nil
}
