package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/hygiene"
)

// unscored are ideas without a score, or with one of which inputs are missing
// (HYG-4).
func (l *looking) unscored() (*HygieneFinding, error) {
	inputs := l.st.state.FormulaInputs(l.set.Score)
	res, err := l.app.eval(l.by, l.st, QueryRequest{
		Query:   cairn.Query{Filter: hygiene.Open(l.set, cairn.Filter{}), Sort: []cairn.SortKey{{Field: cairn.RefUpdatedAt}}},
		Columns: append([]cairn.Ref{l.set.Score}, inputs...), Limit: -1,
	})
	if err != nil || len(res.Columns) == 0 {
		return nil, err
	}
	lacks := make(map[cairn.ID]hygiene.Lack)
	var ids []cairn.ID
	var missing []cairn.Ref
	cells := make([]engine.Cell, len(res.Columns)-1)
	for i := range res.Len() {
		for c := range cells {
			cells[c] = res.Cell(i, c+1)
		}
		lack, is := hygiene.Unscored(res.Cell(i, 0), res.Columns[1:], cells)
		if !is {
			continue
		}
		ids = append(ids, res.ID(i))
		lacks[res.ID(i)] = lack
		for _, ref := range lack.Missing {
			if !slices.Contains(missing, ref) {
				missing = append(missing, ref)
			}
		}
	}
	out, err := l.page(cairn.RotNoScore, ids, func(item *HygieneItem) error {
		item.Missing, item.Error = lacks[item.Idea.ID].Missing, lacks[item.Idea.ID].Error
		return nil
	})
	if err == nil && len(missing) > 0 {
		out.Filter = hygiene.Open(l.set, hygiene.AnyEmpty(missing))
	}
	return out, err
}

// stale are ideas with a score whose inputs nobody has touched for long, those on
// which new evidence came meanwhile first (HYG-5).
func (l *looking) stale(ctx context.Context) (*HygieneFinding, error) {
	ids, err := l.ids(hygiene.ScoredLongAgo(l.set, l.today))
	if err != nil {
		return nil, err
	}
	from := l.today.Time().AddDate(0, -l.set.Months, 0)
	touched, err := l.touchedSince(ctx, from, l.st.state.FormulaInputs(l.set.Score))
	if err != nil {
		return nil, err
	}
	news := make(map[cairn.ID]int)
	ids = slices.DeleteFunc(ids, func(id cairn.ID) bool { return touched(id) })
	for _, id := range ids {
		for _, link := range l.app.evidence.linksOfIdea(id) {
			if link.CreatedAt.After(from) {
				news[id]++
			}
		}
	}
	slices.SortStableFunc(ids, func(a, b cairn.ID) int { return cmp.Compare(news[b], news[a]) })
	return l.page(cairn.RotStaleScore, ids, func(item *HygieneItem) error {
		item.Count = news[item.Idea.ID]
		return nil
	})
}

// touchedSince reports the ideas of which one of some attributes was changed since
// a moment.
func (l *looking) touchedSince(ctx context.Context, from time.Time, attrs []cairn.Ref) (func(cairn.ID) bool, error) {
	m, err := l.app.moment(ctx, l.st, from)
	if err != nil {
		return nil, err
	}
	j := l.app.pasts.journal(l.app, l.st.id)
	j.mu.Lock()
	defer j.mu.Unlock()
	now := l.st.state.Seq()
	if err := j.reach(ctx, min(m.seq, now), now); err != nil {
		return nil, err
	}
	var any []func(cairn.ID) bool
	for _, ref := range attrs {
		if touched := j.touching(m.seq, now, string(ref)); touched != nil {
			any = append(any, touched)
		}
	}
	return func(id cairn.ID) bool {
		return slices.ContainsFunc(any, func(touched func(cairn.ID) bool) bool { return touched(id) })
	}, nil
}

// past are open ideas whose date is over (HYG-3).
func (l *looking) past() (*HygieneFinding, error) {
	f, ok := l.st.state.Field(l.set.Date)
	if !ok {
		return nil, nil
	}
	return l.filtered(cairn.RotPastDate, hygiene.PastDate(f, l.today), func(item *HygieneItem) error {
		switch v := l.cells(item.Idea.ID, l.set.Date)[0].Value; v.Kind {
		case cairn.KindDate:
			item.Since = v.Day.String()
		case cairn.KindInterval:
			item.Since = v.Interval.End.String()
		}
		return nil
	})
}

// untriaged are insights that have waited in the inbox for long, the oldest first
// (HYG-8).
func (l *looking) untriaged() *HygieneFinding {
	limit := l.app.now().AddDate(0, 0, -l.set.Days)
	var items []HygieneItem
	found := l.app.evidence.inProject(l.project.ID, func(i cairn.Insight, links int) bool {
		return l.app.triageStage(i, links) == InsightsInbox && i.CreatedAt.Before(limit)
	})
	slices.SortFunc(found, func(a, b cairn.Insight) int { return a.CreatedAt.Compare(b.CreatedAt) })
	for _, i := range found {
		items = append(items, HygieneItem{Target: i.ID.String(), Insight: &i, Since: cairn.DayOf(i.CreatedAt.In(l.app.now().Location())).String()})
	}
	out, _ := l.window(cairn.RotUntriaged, items, nil) // nothing of it can fail
	return out
}

// options are those that no idea has, archived ones included (HYG-9).
func (l *looking) options() (*HygieneFinding, error) {
	if !hygiene.Mature(l.st.state.Live()) {
		return nil, nil
	}
	var items []HygieneItem
	for _, f := range l.st.state.Fields() {
		if info, _ := f.Type.Info(); !info.Options || len(f.Options) == 0 {
			continue
		}
		res, err := l.eval(cairn.Query{Archived: "all", Group: []cairn.GroupBy{{Field: f.Ref()}}}, 0)
		if err != nil {
			return nil, err
		}
		used := make(map[cairn.ID]bool)
		for _, g := range res.Groups {
			used[optionOf(g.Key)] = true
		}
		for _, o := range hygiene.UnusedOptions(f, used) {
			items = append(items, HygieneItem{Target: f.ID.String() + "-" + o.ID.String(), Field: f.ID, Option: o.ID, Name: o.Name})
		}
	}
	return l.window(cairn.RotOption, items, nil)
}

func optionOf(raw json.RawMessage) (id cairn.ID) {
	if json.Unmarshal(raw, &id) != nil {
		return 0 // the group of ideas without a value
	}
	return id
}

// fields are those that next to no idea has (HYG-10).
func (l *looking) fields() (*HygieneFinding, error) {
	live := l.st.state.Live()
	if !hygiene.Mature(live) {
		return nil, nil
	}
	looked := hygiene.ToFill(l.set, l.st.state.Fields())
	looked = looked[:min(len(looked), cairn.MaxRollups)]
	q := cairn.Query{}
	for _, f := range looked {
		q.Rollups = append(q.Rollups, cairn.Rollup{Field: f.Ref(), Op: cairn.RollupFilled})
	}
	res, err := l.eval(q, 0)
	if err != nil {
		return nil, err
	}
	var items []HygieneItem
	for i, f := range looked {
		if i >= len(res.Rollups) {
			break
		}
		if filled := int(res.Rollups[i].Value.Num); hygiene.Rare(filled, live) {
			items = append(items, HygieneItem{Target: f.ID.String(), Field: f.ID, Name: f.Name, Count: filled})
		}
	}
	return l.window(cairn.RotField, items, nil)
}
