package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/search"
	"cairn/internal/search/fold"
)

// Suggestion is an idea that an insight may belong to, with the words that
// speak for it.
type Suggestion struct {
	Idea  LinkEnd
	Terms []string
}

// maxSuggestions is how many ideas are suggested.
const maxSuggestions = 5

// SuggestIdeas finds the ideas of an insight's home project, and of the others
// that the caller reads, which share its words. It looks at words alone, and
// remembers nothing.
func (a *App) SuggestIdeas(ctx context.Context, by Caller, insight cairn.ID) ([]Suggestion, error) {
	i, _, err := a.readableInsight(by, insight)
	if err != nil {
		return nil, err
	}
	const most = 1200 // characters of the note that are looked at
	text := i.Title + " " + strings.Join(i.Labels, " ") + " " + cutText(i.Note, most)
	words := a.telling(text)
	if len(words) == 0 {
		return []Suggestion{}, nil
	}
	linked := make(map[cairn.ID]bool)
	for _, l := range a.evidence.linksOfInsight(insight) {
		linked[l.Idea] = true
	}
	type candidate struct {
		project cairn.Project
		idea    cairn.ID
		score   float32
		terms   []string
	}
	var found []candidate
	for _, p := range a.dir.Projects() {
		if !a.MayRead(by, p.ID) || p.Archived {
			continue
		}
		st, err := a.states.get(ctx, p.ID)
		if err != nil {
			return nil, err
		}
		st.index.settle()
		scores := make(map[cairn.ID]*candidate)
		for _, w := range words {
			hits := st.index.index.Query(w, search.Options{Limit: 200})
			// A word that many ideas have says little of any.
			rare := float32(1) / float32(4+len(hits))
			for _, h := range hits {
				if linked[h.ID] || st.state.Archived(h.ID) {
					continue
				}
				c := scores[h.ID]
				if c == nil {
					c = &candidate{project: p, idea: h.ID}
					scores[h.ID] = c
				}
				c.score += rare * h.Score
				c.terms = append(c.terms, w)
			}
		}
		for _, c := range scores {
			if p.ID == i.Project {
				c.score *= 1.25 // its own project first
			}
			found = append(found, *c)
		}
	}
	slices.SortFunc(found, func(x, y candidate) int { return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.idea, y.idea)) })
	out := []Suggestion{}
	for _, c := range found[:min(maxSuggestions, len(found))] {
		if c.score < found[0].score/6 { // a chance word beside a likely idea is no suggestion
			break
		}
		end, there, err := a.linkEnd(ctx, by, c.project.ID, c.idea)
		if err != nil {
			return nil, err
		}
		if there {
			out = append(out, Suggestion{end, c.terms})
		}
	}
	return out, nil
}

func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

// telling are the distinct words of a text that may tell ideas apart, the first
// ones first: no short ones, none that every sentence has.
func (a *App) telling(text string) []string {
	const most = 40
	var out []string
	seen := make(map[string]bool)
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n.,;:!?\"'()[]{}<>/\\|*_#`~=+", r) }) {
		key := fold.String(w)
		if len([]rune(key)) < 3 || seen[key] || strings.Contains(filler, " "+key+" ") {
			continue
		}
		seen[key] = true
		if out = append(out, w); len(out) == most {
			break
		}
	}
	return out
}

// filler are words that say nothing of the matter.
const filler = " the and for with that this from have has had not but are was were our your their they them you can could would should will when what which who how all any out get got one two its it's into than then there here just also want wants need needs like really very more most some about after before because been being does did don't isn't can't please able every each only see seen say says said today  over under other und der die das ist nicht mit ein eine für les des une pour est pas dans que qui "
