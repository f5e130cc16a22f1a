package app

import (
	"context"
	"fmt"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/hygiene"
)

// HygieneRequest asks what rots in a project.
type HygieneRequest struct {
	// Kind narrows to one kind, "" for all.
	Kind cairn.HygieneKind
	// Offset and Limit bound the items of each kind.
	Offset, Limit int
	// Ignored asks for what somebody said is no problem, instead of the rest.
	Ignored bool
}

// HygieneReport is what rots in a project.
type HygieneReport struct {
	// Settings are in force: what the project says, and what follows from its
	// fields where it says nothing.
	Settings cairn.Hygiene
	// Ideas is how many are looked at: neither archived nor closed.
	Ideas    int
	Findings []HygieneFinding
	// Looked of Of ideas were compared in search of duplicates so far.
	Looked, Of int
}

// HygieneFinding is everything of one kind.
type HygieneFinding struct {
	Kind cairn.HygieneKind
	// Total counts the items; Ignored those that somebody said are no problem.
	Total, Ignored int
	// Filter finds the same ideas in a view; zero where no filter says it.
	Filter cairn.Filter
	Items  []HygieneItem
}

// HygieneItem is one thing that rots.
type HygieneItem struct {
	// Target names it among those of its kind.
	Target string
	// Idea and Other are ideas; Insight is one; Field and Option are those of a
	// field.
	Idea, Other *HygieneIdea
	Insight     *cairn.Insight
	Field       cairn.ID
	Option      cairn.ID
	Name        string
	// Since is the day that it counts from, "" for none.
	Since string
	// Count is how many ideas have it, or how many insights came since.
	Count int
	// Missing are fields that were not filled in; Error is why there is no score
	// although nothing is missing.
	Missing []cairn.Ref
	Error   string
	// Words are those that two ideas share.
	Words []string
	// Why somebody said it is no problem, who and until when.
	Ignored *HygieneIgnored
}

// HygieneIdea is an idea that rots.
type HygieneIdea struct {
	ID    cairn.ID
	Key   string
	Title string
}

// Hygiene says what rots in a project (HYG-1).
func (a *App) Hygiene(ctx context.Context, by Caller, project cairn.ID, in HygieneRequest) (*HygieneReport, error) {
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	ignored, err := a.hygieneIgnored(ctx, project)
	if err != nil {
		return nil, err
	}
	l := &looking{
		app: a, by: by, project: p, st: st, in: in, ignored: ignored, today: a.today(),
		set: hygiene.Settings(p.Hygiene, st.state.Fields()),
	}
	out := &HygieneReport{Settings: l.set}
	open, err := l.eval(cairn.Query{Filter: hygiene.Open(l.set, cairn.Filter{})}, 0)
	if err != nil {
		return nil, err
	}
	out.Ideas = open.Total
	for _, kind := range cairn.HygieneKinds() {
		if slices.Contains(l.set.Off, kind) || in.Kind != "" && in.Kind != kind {
			continue
		}
		f, err := l.find(ctx, kind)
		if err != nil {
			return nil, err
		}
		if f != nil {
			out.Findings = append(out.Findings, *f)
		}
	}
	out.Looked, out.Of = a.alikes.progress(project)
	return out, nil
}

// looking is one question about what rots.
type looking struct {
	app     *App
	by      Caller
	project cairn.Project
	st      *projectState
	in      HygieneRequest
	set     cairn.Hygiene
	ignored map[string]HygieneIgnored
	today   cairn.Day
}

// find answers for one kind; nil where the project has nothing to look at.
func (l *looking) find(ctx context.Context, kind cairn.HygieneKind) (*HygieneFinding, error) {
	switch kind {
	case cairn.RotNoEvidence:
		if !l.app.evidence.any(l.project.ID) {
			return nil, nil // a project that collects none lacks none
		}
		return l.filtered(kind, hygiene.NoEvidence(), nil)
	case cairn.RotNoScore:
		if l.set.Score == "" {
			return nil, nil
		}
		return l.unscored()
	case cairn.RotStaleScore:
		if l.set.Score == "" {
			return nil, nil
		}
		return l.stale(ctx)
	case cairn.RotPastDate:
		return l.past()
	case cairn.RotUntouched:
		return l.filtered(kind, hygiene.Untouched(l.set, l.today), l.changed)
	case cairn.RotDuplicates:
		return l.duplicates(ctx)
	case cairn.RotUntriaged:
		return l.untriaged(), nil
	case cairn.RotOption:
		return l.options()
	case cairn.RotField:
		return l.fields()
	}
	return nil, fmt.Errorf("the kind %s is not known", kind)
}

// ids are the open ideas that a filter finds, the longest untouched first.
func (l *looking) ids(f cairn.Filter) ([]cairn.ID, error) {
	res, err := l.eval(cairn.Query{Filter: hygiene.Open(l.set, f), Sort: []cairn.SortKey{{Field: cairn.RefUpdatedAt}}}, -1)
	if err != nil {
		return nil, err
	}
	out := make([]cairn.ID, res.Len())
	for i := range out {
		out[i] = res.ID(i)
	}
	return out, nil
}

func (l *looking) eval(q cairn.Query, limit int) (*engine.Result, error) {
	return l.app.eval(l.by, l.st, QueryRequest{Query: q, Limit: limit})
}

// detail says more of one item.
type detail func(*HygieneItem) error

// filtered are the open ideas that a filter finds.
func (l *looking) filtered(kind cairn.HygieneKind, f cairn.Filter, say detail) (*HygieneFinding, error) {
	ids, err := l.ids(f)
	if err != nil {
		return nil, err
	}
	out, err := l.page(kind, ids, say)
	if err == nil {
		out.Filter = hygiene.Open(l.set, f)
	}
	return out, err
}

// page makes items of the window of ideas that is asked for.
func (l *looking) page(kind cairn.HygieneKind, ids []cairn.ID, say detail) (*HygieneFinding, error) {
	items := make([]HygieneItem, len(ids))
	for i, id := range ids {
		items[i] = HygieneItem{Target: id.String(), Idea: &HygieneIdea{ID: id}}
	}
	return l.window(kind, items, say)
}

// window leaves out what somebody said is no problem, and describes the items that
// are asked for.
func (l *looking) window(kind cairn.HygieneKind, items []HygieneItem, say detail) (*HygieneFinding, error) {
	out := &HygieneFinding{Kind: kind, Items: []HygieneItem{}}
	kept := items[:0]
	for _, item := range items {
		why, is := l.ignored[string(kind)+"/"+item.Target]
		if is {
			out.Ignored++
			item.Ignored = &why
		}
		if is == l.in.Ignored {
			kept = append(kept, item)
		}
	}
	out.Total = len(kept)
	low := min(l.in.Offset, len(kept))
	for _, item := range kept[low:min(low+l.in.Limit, len(kept))] {
		for _, idea := range []*HygieneIdea{item.Idea, item.Other} {
			if idea != nil {
				title, number, _ := l.st.state.Title(idea.ID)
				idea.Title, idea.Key = title, cairn.IdeaKey(l.project.Key, number)
			}
		}
		if say != nil {
			if err := say(&item); err != nil {
				return nil, err
			}
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

// cells are values of one idea.
func (l *looking) cells(id cairn.ID, refs ...cairn.Ref) []engine.Cell {
	cells, ok := l.st.state.Row(id, refs, l.app.env(l.by, l.st))
	if !ok {
		return make([]engine.Cell, len(refs))
	}
	return cells
}

// changed says when an idea was changed last.
func (l *looking) changed(item *HygieneItem) error {
	if v := l.cells(item.Idea.ID, cairn.RefUpdatedAt)[0].Value; v.Kind == cairn.KindMoment {
		item.Since = cairn.DayOf(v.Time.In(l.app.now().Location())).String()
	}
	return nil
}
