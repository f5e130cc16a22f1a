package app

import (
	"context"
	"math"
	"slices"

	"cairn"
	"cairn/internal/engine"
	"cairn/internal/uncertainty"
)

// SpreadRequest asks where the values of some fields may lie for some ideas.
type SpreadRequest struct {
	Fields []cairn.Ref
	IDs    []cairn.ID
	// Seed of the draws; nil is the project's.
	Seed *uint64
}

// ColumnSpreads are the spreads of one field.
type ColumnSpreads struct {
	Field cairn.Ref
	// From and To are the 5 % and the 95 % point of the live ideas' likely values;
	// both NaN when none has one.
	From, To float64
	// Of has the ideas whose value depends on a range.
	Of map[cairn.ID]uncertainty.Spread
}

// Spreads says where the values of fields may lie. Archived ideas have none. It
// stops when ctx ends.
func (a *App) Spreads(ctx context.Context, by Caller, project cairn.ID, req SpreadRequest) (out []ColumnSpreads, seq int64, err error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, 0, err
	}
	if len(req.Fields) == 0 {
		return nil, 0, cairn.Invalid("fields", "Name at least one field")
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, 0, err
	}
	seed := uint64(project)
	if req.Seed != nil {
		seed = *req.Seed
	}
	m, seq, err := st.state.SampleScores(engine.SampleRequest{Field: req.Fields[0], Also: req.Fields[1:], Seed: seed, Env: a.env(by, st)})
	if err != nil {
		return nil, 0, err
	}
	open := false
	for _, ref := range req.Fields {
		column := columnOf(m, ref)
		from, to := extent(m.Columns[column].Likely)
		out = append(out, ColumnSpreads{Field: ref, From: from, To: to, Of: map[cairn.ID]uncertainty.Spread{}})
		open = open || m.UncertainColumn(column)
	}
	if !open {
		return out, seq, nil
	}
	r, err := a.rankings.get(ctx, m)
	if err != nil {
		return nil, 0, err
	}
	rows := rowsOf(m, req.IDs)
	for i, ref := range req.Fields {
		for k, s := range r.Spreads(columnOf(m, ref), rows) {
			if s.OK {
				out[i].Of[m.IDs[rows[k]]] = s
			}
		}
	}
	return out, seq, nil
}

// rowsOf finds ideas in a model; those that are not there are left out.
func rowsOf(m *uncertainty.Model, ids []cairn.ID) []int32 {
	wanted := make(map[cairn.ID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	var rows []int32
	for row, id := range m.IDs {
		if wanted[id] {
			rows = append(rows, int32(row))
		}
	}
	return rows
}

// extent is where most values lie: their 5 % and their 95 % point, rounded
// outwards to values that are there, so that one giant does not set the scale.
func extent(values []float64) (from, to float64) {
	sorted := make([]float64, 0, len(values))
	for _, x := range values {
		if x-x == 0 {
			sorted = append(sorted, x)
		}
	}
	if len(sorted) == 0 {
		return math.NaN(), math.NaN()
	}
	slices.Sort(sorted)
	last := float64(len(sorted) - 1)
	return sorted[int(0.05*last)], sorted[int(math.Ceil(0.95*last))]
}
