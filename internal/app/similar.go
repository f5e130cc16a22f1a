package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/similar"
	"cairn/internal/store"
)

// SimilarRequest asks which ideas of a project are like a text.
type SimilarRequest struct {
	Title       string
	Description string
	Labels      []string
	// Typing says that the title's last word may go on.
	Typing bool
	Limit  int
	// Least is the least score; 0 is what is more than chance for an idea.
	Least float32
	// Everywhere also looks at the other projects that the caller reads.
	Everywhere bool
}

// MaxSimilar is the most similar ideas that can be asked for.
const MaxSimilar = 50

// SimilarIdea is an idea that is like a text.
type SimilarIdea struct {
	ID, Project cairn.ID
	Key         string
	Title       string
	// Score is the part of the text that the idea covers, from 0 to 1.
	Score float32
	// Words of the text that the idea covers, the weightiest first.
	Words []string
}

// Similar returns the ideas of a project, or of all that the caller reads, that
// are like a text, best first; archived ones are left out.
func (a *App) Similar(ctx context.Context, by Caller, project cairn.ID, in SimilarRequest) ([]SimilarIdea, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	return a.similarIn(ctx, by, project, in, nil)
}

// homeFirst is how much more an idea of the project itself counts than one of
// another.
const homeFirst = 1.25

// mostBeside is in how many ideas of other projects similar ones are looked for,
// so that the answer keeps up with somebody who types however many projects there
// are.
const mostBeside = 100_000

// similarIn asks a project, if one is the caller's home, and where it is wanted
// others that the caller reads; not are ideas to leave out.
func (a *App) similarIn(ctx context.Context, by Caller, home cairn.ID, in SimilarRequest, not map[cairn.ID]bool) ([]SimilarIdea, error) {
	var out []SimilarIdea
	if p, ok := a.dir.Project(home); ok {
		st, err := a.states.get(ctx, home)
		if err != nil {
			return nil, err
		}
		out = st.similar(p, in, not)
	}
	if in.Everywhere {
		for _, st := range a.beside(by, home) {
			if p, ok := a.dir.Project(st.id); ok {
				out = append(out, st.similar(p, in, not)...)
			}
		}
		weight := func(s SimilarIdea) float32 {
			if s.Project == home {
				return s.Score * homeFirst
			}
			return s.Score
		}
		slices.SortStableFunc(out, func(x, y SimilarIdea) int { return cmp.Compare(weight(y), weight(x)) })
		out = out[:min(len(out), in.Limit)]
	}
	return out, nil
}

// beside are the other projects in which similar ideas are looked for: those that
// are in memory, for nobody waits for another project to load, and of these the
// last changed, without those that would make it more than mostBeside ideas.
func (a *App) beside(by Caller, home cairn.ID) []*projectState {
	var found []*projectState
	for _, p := range a.dir.Projects() {
		if p.ID == home || p.Archived || !a.MayRead(by, p.ID) {
			continue
		}
		if st := a.states.peek(p.ID); st != nil {
			found = append(found, st)
		}
	}
	newest := slices.Clone(found)
	slices.SortFunc(newest, func(x, y *projectState) int { return cmp.Compare(y.state.Seq(), x.state.Seq()) })
	kept := together(newest, mostBeside, func(st *projectState) int { return st.state.Len() })
	return slices.DeleteFunc(found, func(st *projectState) bool { return !slices.Contains(kept, st) })
}

// together keeps in their order what comes to no more than most.
func together[T any](list []T, most int, size func(T) int) []T {
	return slices.DeleteFunc(list, func(one T) bool {
		n := size(one)
		if n > most {
			return true
		}
		most -= n
		return false
	})
}

// SimilarTo returns the ideas that are like an idea, whose text need not be in
// the request, best first, but for those
// that somebody said are another matter, its children, and what it stands below.
func (a *App) SimilarTo(ctx context.Context, by Caller, idea cairn.ID, in SimilarRequest) ([]SimilarIdea, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	e, err := a.store.Entity(ctx, idea)
	if err != nil {
		return nil, err
	}
	// What stands above and below an idea speaks of the same thing by design.
	not := st.state.Unlike(idea)
	for _, relative := range slices.Concat(st.state.Ancestors(idea), st.state.Children(idea)) {
		not[relative] = true
	}
	in.Title, in.Description, in.Labels = e.Attrs.Text("title"), words(e.Text), labelsOf(st.state, e.Attrs)
	return a.similarIn(ctx, by, p.ID, in, not)
}

// similar asks the index; not are ideas to leave out.
func (p *projectState) similar(project cairn.Project, in SimilarRequest, not map[cairn.ID]bool) []SimilarIdea {
	p.index.settle()
	hits := p.index.alike.Like(similar.Query{
		Title: in.Title, Labels: in.Labels, Body: in.Description, Typing: in.Typing, Limit: min(in.Limit, MaxSimilar), Least: in.Least,
		Filter: func(id cairn.ID) bool {
			id = p.state.Whole(id)
			return !not[id] && p.state.Has(id) && !p.state.Archived(id)
		},
	})
	out := make([]SimilarIdea, 0, len(hits))
	seen := make(map[cairn.ID]bool)
	for _, h := range hits {
		h.ID = p.state.Whole(h.ID) // MRG-2: found by the words of its parts
		title, number, ok := p.state.Title(h.ID)
		if !ok || seen[h.ID] {
			continue // deleted a moment ago, or found by better words
		}
		seen[h.ID] = true
		words := make([]string, len(h.Words))
		for i, w := range h.Words {
			words[i] = w.Text
		}
		out = append(out, SimilarIdea{ID: h.ID, Project: p.id, Key: cairn.IdeaKey(project.Key, number), Title: title, Score: h.Score, Words: words})
	}
	return out
}

// SetUnlike remembers that two ideas of one project are different matters
// although they read alike, or forgets it.
func (a *App) SetUnlike(ctx context.Context, by Caller, idea, other cairn.ID, unlike Unlike) error {
	p, err := a.readableIdea(ctx, by, idea, cairn.EditIdea)
	if err != nil {
		return err
	}
	o, err := a.readableIdea(ctx, by, other, cairn.ReadProject)
	if err != nil {
		return err
	}
	switch {
	case idea == other:
		return cairn.Invalid("other", "An idea is always like itself")
	case o.ID != p.ID:
		return cairn.Invalid("other", "Only ideas of one project are compared")
	}
	return a.setUnlike(ctx, by, p.ID, [2]cairn.ID{min(idea, other), max(idea, other)}, unlike)
}

// Unlike says whether two ideas are different matters.
type Unlike int

// What can be said of two ideas.
const (
	// MaybeAlike forgets that they are different matters.
	MaybeAlike Unlike = iota
	// AnotherMatter remembers that they are.
	AnotherMatter
)

func (a *App) setUnlike(ctx context.Context, by Caller, project cairn.ID, pair [2]cairn.ID, unlike Unlike) error {
	_, err := a.write(ctx, by, project, func(tx store.Tx) error {
		e, err := tx.Entity(pair[0])
		if err != nil {
			return err
		}
		var others []cairn.ID
		_ = json.Unmarshal(e.Attrs[cairn.AttrUnlike], &others) // written by us
		others = slices.DeleteFunc(others, func(id cairn.ID) bool { return id == pair[1] })
		if unlike == AnotherMatter {
			others = append(others, pair[1])
			slices.Sort(others)
		}
		if len(others) > cairn.MaxUnlike {
			return cairn.Errorf(cairn.CodeTooLarge, "The idea is told apart from %d others, which is the most", cairn.MaxUnlike)
		}
		e.Attrs = cloneAttrs(e.Attrs)
		e.Attrs.Set(cairn.AttrUnlike, nil)
		if len(others) > 0 {
			e.Attrs.Set(cairn.AttrUnlike, rawJSON(others))
		}
		return tx.Put(e)
	})
	return err
}

// isLabels reports whether an attribute is a field of labels.
func isLabels(st *engine.State, attr string) bool {
	f, ok := st.Field(cairn.Ref(attr))
	return ok && f.Type == cairn.TypeLabels
}

// labelsOf returns the labels of an idea, whatever fields hold them.
func labelsOf(st *engine.State, attrs cairn.Attrs) []string {
	var out []string
	for name, raw := range attrs {
		if raw[0] != '[' || !isLabels(st, name) {
			continue
		}
		var labels []string
		_ = json.Unmarshal(raw, &labels) // of another form, they are no labels
		out = append(out, labels...)
	}
	return out
}
