package engine

import (
	"slices"

	"cairn"
)

// Shows returns those of some ideas that a query shows, in the order they are
// given. It costs as little as the question: nothing is sorted, grouped or
// copied where that decides nothing, and the answer of an unchanged query stands.
func (s *State) Shows(q cairn.Query, env Env, ids []cairn.ID) ([]cairn.ID, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	q.Rollups = nil
	hides := slices.ContainsFunc(q.Group, func(by cairn.GroupBy) bool { return len(by.Hidden) > 0 })
	if !q.Tree && !hides {
		q.Sort, q.Group, q.Rank = nil, nil, ""
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, err := s.evaluated(Request{Query: q, Env: env})
	if err != nil {
		return nil, err
	}
	visible := newBitmap(len(s.ids))
	for _, row := range p.outcome.rows {
		visible.set(row)
	}
	var shown []cairn.ID
	for _, id := range ids {
		if row, ok := s.row(id); ok && visible.has(row) {
			shown = append(shown, id)
		}
	}
	return shown, nil
}
