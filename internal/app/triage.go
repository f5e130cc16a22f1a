package app

import (
	"context"

	"cairn"
)

// Suggestion is an idea that an insight may belong to, with the words that
// speak for it.
type Suggestion struct {
	Idea  LinkEnd
	Terms []string
}

// InsightSuggestion is an insight that may say the same as another, with the
// words that both have.
type InsightSuggestion struct {
	cairn.Insight
	Terms []string
}

const (
	// maxSuggestions is how many ideas, and how many insights, are suggested.
	maxSuggestions = 5
	// leastSuggested is the part of an insight's words that a suggested idea has at
	// least: an insight says much that no title repeats.
	leastSuggested = 0.08
)

// SuggestIdeas finds the ideas of an insight's home project, and of the others
// that the caller reads, which share its words. It looks at words alone, and
// remembers nothing.
func (a *App) SuggestIdeas(ctx context.Context, by Caller, insight cairn.ID) ([]Suggestion, error) {
	i, foreign, err := a.readableInsight(by, insight)
	if err != nil {
		return nil, err
	}
	not := make(map[cairn.ID]bool)
	for _, l := range a.evidence.linksOfInsight(i.ID) {
		not[l.Idea] = true
	}
	home := i.Project
	if foreign {
		home = 0
	}
	found, err := a.similarIn(ctx, by, home, SimilarRequest{
		Title: i.Title, Description: words(i.Note), Labels: i.Labels, Limit: maxSuggestions, Least: leastSuggested, Everywhere: true,
	}, not)
	if err != nil {
		return nil, err
	}
	out := []Suggestion{}
	for _, f := range found {
		if f.Score < found[0].Score/3 { // a chance word beside a likely idea is no suggestion
			break
		}
		end, there, err := a.linkEnd(ctx, by, f.Project, f.ID)
		if err != nil {
			return nil, err
		}
		if there {
			out = append(out, Suggestion{end, f.Words})
		}
	}
	return out, nil
}

// SuggestInsights finds the insights of the same project that may say the same
// (EVD-22). Who knows an insight only by an idea is told of no others.
func (a *App) SuggestInsights(by Caller, insight cairn.ID) ([]InsightSuggestion, error) {
	i, foreign, err := a.readableInsight(by, insight)
	if err != nil || foreign {
		return nil, err
	}
	var out []InsightSuggestion
	for _, h := range a.evidence.like(i, maxSuggestions) {
		other, ok := a.evidence.insight(h.ID)
		if !ok {
			continue
		}
		s := InsightSuggestion{Insight: other}
		for _, w := range h.Words {
			s.Terms = append(s.Terms, w.Text)
		}
		out = append(out, s)
	}
	return out, nil
}
