package engine

import (
	"math"

	"cairn"
)

// facts are what the project's ideas have in insights. Insights and customers
// may belong to other projects or to none, so that they are told from outside
// (SetFacts), whole for each idea.
type facts struct {
	byIdea map[cairn.ID][]cairn.Fact
	// day is the day that measures which fade with time were taken on.
	day cairn.Day
}

// SetFacts says what ideas have in insights; an empty list is none. An idea that
// is not there keeps them for its return.
func (s *State) SetFacts(byIdea map[cairn.ID][]cairn.Fact) {
	if len(byIdea) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock++
	for idea, list := range byIdea {
		if len(list) == 0 {
			delete(s.facts.byIdea, idea)
		} else {
			s.facts.byIdea[idea] = list
		}
		s.factsMoved(idea)
	}
}

// factsMoved brings an idea, and what it is part of, into step.
func (s *State) factsMoved(idea cairn.ID) {
	for range len(s.merges.into) + 1 {
		if row, ok := s.row(idea); ok {
			s.showFacts(row)
		}
		next, merged := s.merges.into[idea]
		if !merged {
			return
		}
		idea = next
	}
}

// factsOf returns what an idea and its parts have in insights, each insight
// once.
func (s *State) factsOf(idea cairn.ID) []cairn.Fact {
	if len(s.merges.parts[idea]) == 0 {
		return s.facts.byIdea[idea]
	}
	var out []cairn.Fact
	seen := map[cairn.ID]bool{}
	for _, part := range s.merges.withParts(idea) {
		for _, f := range s.facts.byIdea[part] {
			if !seen[f.Insight] {
				seen[f.Insight] = true
				out = append(out, f)
			}
		}
	}
	return out
}

// Facts returns what an idea has in insights.
func (s *State) Facts(idea cairn.ID) []cairn.Fact {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.factsOf(idea)
}

// SetDay says what day it is, and takes the measures anew that fade with time.
func (s *State) SetDay(day cairn.Day) {
	s.mu.RLock()
	same := s.facts.day == day
	s.mu.RUnlock()
	if same {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.facts.day == day {
		return
	}
	s.facts.day = day
	s.clock++
	for _, f := range s.fields {
		if f.fades() {
			s.measureAll(f)
		}
	}
}

// fades reports whether the field measures something that fades with time.
func (f *fieldState) fades() bool {
	return f.field.Type == cairn.TypeEvidence && f.field.Evidence != nil && f.field.Evidence.Dated()
}

// Holds reports whether all measures are those of a day: it is that day's state,
// or none of them fades with time.
func (s *State) Holds(day cairn.Day) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.facts.day == day {
		return true
	}
	for _, f := range s.fields {
		if f.fades() {
			return false
		}
	}
	return true
}

// showFacts brings the cells of an idea's row that follow from its insights
// into step.
func (s *State) showFacts(row int32) {
	list := s.factsOf(s.ids[row])
	c := s.columns[attrInsights]
	vals := c.data.(*numbers).vals
	before := vals[row]
	count := cairn.CountInsights(list)
	if n := float64(count); before != n && (before == before || n > 0) {
		vals[row] = math.NaN()
		addCount(vals, row, count)
		s.mark(&c.track, row)
	}
	for _, f := range s.fields {
		if f.field.Type == cairn.TypeEvidence {
			s.measure(f, row, list)
		}
	}
}

// measure sets one cell of an evidence field.
func (s *State) measure(f *fieldState, row int32, list []cairn.Fact) {
	if f.column == nil || f.field.Evidence == nil {
		return // not a definition that the use cases write
	}
	vals := f.column.data.(*numbers).vals
	before, now := vals[row], f.field.Evidence.Compute(list, s.facts.day)
	if before == now || (before != before && now != now) {
		return
	}
	vals[row] = now
	s.mark(&f.column.track, row)
}

func (s *State) measureAll(f *fieldState) {
	for row, idea := range s.ids {
		if s.live.has(int32(row)) {
			s.measure(f, int32(row), s.factsOf(idea))
		}
	}
}

// attachEvidence makes an evidence field's column; putField measures it.
func (s *State) attachEvidence(name string, f *fieldState) {
	f.column = &column{attr: name, data: newVector(cairn.KindNumber), counted: true}
	f.column.data.grow(len(s.ids))
	s.columns[name] = f.column
}
