package engine

import (
	"math"
	"slices"

	"cairn"
	"cairn/internal/formula"
	"cairn/internal/uncertainty"
)

// SampleRequest asks for the model of a query's ideas: what the uncertainty of
// their order is computed from.
type SampleRequest struct {
	Query cairn.Query
	// Field ranks the ideas; it gives numbers.
	Field cairn.Ref
	// Also are further fields that the model must have, such as an effort.
	Also []cairn.Ref
	Desc bool
	Seed uint64
	Env  Env
}

// Sample copies what is needed to rank a query's ideas under uncertainty, so
// that the work can be done while the state moves on. Seq is the change set up
// to which it holds.
func (s *State) Sample(req SampleRequest) (m *uncertainty.Model, seq int64, err error) {
	req.Query.Group, req.Query.Rollups = nil, nil // an idea is ranked once
	s.mu.RLock()
	defer s.mu.RUnlock()
	p, _, err := s.plan(Request{Query: req.Query, Env: req.Env})
	if err != nil {
		return nil, 0, err
	}
	if p.outcome == nil {
		if p.outcome, err = p.run(); err != nil {
			return nil, 0, err
		}
	}
	return s.sample(req, p.outcome.rows)
}

// SampleScores copies what is needed to draw fields of the live ideas, which
// are in no order. The query of the request plays no part.
func (s *State) SampleScores(req SampleRequest) (m *uncertainty.Model, seq int64, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.sample(req, nil)
}

func (s *State) sample(req SampleRequest, order []int32) (*uncertainty.Model, int64, error) {
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	sm := sampler{evaluation: s.evaluation(req.Env), at: map[cairn.Ref]int{}}
	sm.choose(order)
	m := &sm.model
	m.Seed, m.Desc = req.Seed, req.Desc
	for _, ref := range append([]cairn.Ref{req.Field}, req.Also...) {
		src, err := sm.source(ref, "Ranking")
		if err != nil {
			return nil, 0, err
		}
		if src.numberAt() == nil {
			return nil, 0, cairn.Invalid("field", "%s gives no numbers, so that ideas cannot be ranked by it. Choose a number, rating, slider or formula", src.label)
		}
		if _, err := sm.column(src); err != nil {
			return nil, 0, err
		}
	}
	m.Target = sm.at[req.Field]
	m.Base, m.Env = sm.base(), sm.formulaEnv()
	return m, s.seq, nil
}

// sampler copies columns into a model, each after those it uses.
type sampler struct {
	*evaluation
	model uncertainty.Model
	rows  []int32
	at    map[cairn.Ref]int
	// texts are the columns that only expressions read.
	texts []*source
}

// choose takes the live ideas, against which scores are measured, and those of
// the query.
func (sm *sampler) choose(order []int32) {
	s, m := sm.s, &sm.model
	place := make(map[int32]int32, len(order))
	for row := range s.ids {
		if s.live.has(int32(row)) && !s.archived.has(int32(row)) {
			place[int32(row)] = int32(len(sm.rows))
			sm.rows = append(sm.rows, int32(row))
		}
	}
	live := len(sm.rows)
	for _, row := range order {
		if _, there := place[row]; !there {
			place[row] = int32(len(sm.rows))
			sm.rows = append(sm.rows, row)
		}
		m.Order = append(m.Order, place[row])
	}
	m.IDs = pick(s.ids, sm.rows)
	m.Live = make([]bool, len(sm.rows))
	for i := range live {
		m.Live[i] = true
	}
}

// column copies a source that gives numbers; it returns its place.
func (sm *sampler) column(src *source) (int, error) {
	if at, there := sm.at[src.ref]; there {
		return at, nil
	}
	c := uncertainty.Column{Ref: src.ref, Name: src.label, Likely: sm.likely(src), Bounds: uncertainty.Bounds{Min: math.Inf(-1), Max: math.Inf(1)}}
	if src.computed != nil && src.computed.program.failure == "" {
		if err := sm.formula(src.computed, &c); err != nil {
			return 0, err
		}
	} else if v, ok := src.data.(*numbers); ok && src.field != nil {
		c.Bounds = uncertainty.BoundsOf(src.field)
		c.Low, c.High = v.endsOf(sm.rows)
	}
	sm.at[src.ref] = len(sm.model.Columns)
	sm.model.Columns = append(sm.model.Columns, c)
	return sm.at[src.ref], nil
}

func (sm *sampler) likely(src *source) []float64 {
	if v, ok := src.data.(*numbers); ok && !v.truth {
		return pick(v.vals, sm.rows)
	}
	out, at := make([]float64, len(sm.rows)), src.inputAt()
	for i, row := range sm.rows {
		out[i] = at(row)
	}
	return out
}

// formula adds what a formula is computed from.
func (sm *sampler) formula(c *computed, out *uncertainty.Column) error {
	f := *c.program.field.Formula
	f.Inputs = slices.Clone(f.Inputs)
	out.Formula, out.Program = &f, c.program.expression
	for _, ref := range c.program.inputs {
		src, err := sm.lookup(ref, "Formula")
		if err != nil {
			return err
		}
		v, plain := src.data.(*numbers)
		if c.program.expression != nil && (!plain || v.truth || src.ref == cairn.RefComments) {
			sm.texts = append(sm.texts, src) // never drawn
			continue
		}
		at, err := sm.column(src)
		if err != nil {
			return err
		}
		out.Inputs = append(out.Inputs, at)
	}
	return nil
}

// base copies the columns that expressions read but that are never drawn. All
// its loaders are made here, so that several may read it at once.
func (sm *sampler) base() formula.Rows {
	e := &evaluation{s: sm.s, env: sm.env, sources: map[cairn.Ref]*source{}}
	rows := e.rows()
	for _, src := range sm.texts {
		copied := *src
		copied.data = src.data.gather(sm.rows)
		e.sources[src.ref] = &copied
		rows.loaders[src.ref] = rows.loader(&copied)
	}
	return rows
}

// endsOf returns the low and high ends of those rows, likely values where there
// is no range; nil when none of them has one.
func (v *numbers) endsOf(rows []int32) (low, high []float64) {
	if v.truth || v.rangesOf(rows) == nil {
		return nil, nil
	}
	low, high = pick(v.vals, rows), pick(v.vals, rows)
	for i, row := range rows {
		if e, ok := v.ranges[row]; ok {
			low[i], high[i] = e.low, e.high
		}
	}
	return low, high
}
