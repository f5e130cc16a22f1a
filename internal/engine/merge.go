package engine

import (
	"encoding/json"
	"slices"

	"cairn"
)

// merges knows which ideas are part of another one, and which pairs are
// different matters although they read alike.
type merges struct {
	into map[cairn.ID]cairn.ID
	// parts are the ideas merged into an idea, by ascending id.
	parts map[cairn.ID][]cairn.ID
	// unlike is kept by both ideas of a pair; noted is what each idea's attribute
	// says.
	unlike map[cairn.ID]map[cairn.ID]bool
	noted  map[cairn.ID][]cairn.ID
}

func newMerges() merges {
	return merges{
		into: map[cairn.ID]cairn.ID{}, parts: map[cairn.ID][]cairn.ID{},
		unlike: map[cairn.ID]map[cairn.ID]bool{}, noted: map[cairn.ID][]cairn.ID{},
	}
}

// MergedInto returns the idea that an idea was merged into, 0 for none.
func (s *State) MergedInto(id cairn.ID) cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.merges.into[id]
}

// Whole returns the idea that an idea is part of after all merges: itself where
// it was not merged.
func (s *State) Whole(id cairn.ID) cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.merges.whole(id)
}

func (m *merges) whole(id cairn.ID) cairn.ID {
	for range len(m.into) {
		next, ok := m.into[id]
		if !ok {
			break
		}
		id = next
	}
	return id
}

// Parts returns the ideas that were merged into an idea, by ascending id.
func (s *State) Parts(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.merges.parts[id])
}

// AllParts returns an idea and every idea that is part of it, also by way of
// others: what hangs on any of them belongs to it.
func (s *State) AllParts(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.merges.withParts(id)
}

func (m *merges) withParts(id cairn.ID) []cairn.ID {
	out := []cairn.ID{id}
	for i := 0; i < len(out); i++ {
		for _, part := range m.parts[out[i]] {
			if !slices.Contains(out, part) {
				out = append(out, part)
			}
		}
	}
	return out
}

// Offspring returns the children of an idea, archived and merged ones included.
func (s *State) Offspring(id cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return nil
	}
	var out []cairn.ID
	s.family.children(row, func(child int32) { out = append(out, s.ids[child]) })
	slices.Sort(out)
	return out
}

// Connected returns the ideas of the project whose connection fields hold one of
// some ideas, by ascending id.
func (s *State) Connected(to []cairn.ID) []cairn.ID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found := make(bitmap, len(s.live))
	for _, f := range s.fields {
		if f.field.Type != cairn.TypeConnection || f.column == nil {
			continue
		}
		v, ok := f.column.data.(*lists)
		if !ok {
			continue
		}
		for _, id := range to {
			code, known := v.dict.byID[id]
			if !known {
				continue
			}
			for row := range s.ids {
				if slices.Contains(v.at(int32(row)), code) {
					found.set(int32(row))
				}
			}
		}
	}
	var out []cairn.ID
	for row, id := range s.ids {
		if found.has(int32(row)) && s.live.has(int32(row)) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Unlike returns the ideas that are known to be another matter than an idea.
func (s *State) Unlike(id cairn.ID) map[cairn.ID]bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make(map[cairn.ID]bool, len(s.merges.unlike[id])+1)
	for other := range s.merges.unlike[id] {
		out[other] = true
	}
	out[id] = true
	return out
}

// setMerged notes what an idea is part of, 0 for nothing, and moves its comments
// there.
func (s *State) setMerged(id, target cairn.ID) {
	was := s.merges.into[id]
	if was == target {
		return
	}
	comments := s.looseComments[id]
	if row, ok := s.row(id); ok {
		if x := s.columns[attrComments].data.(*numbers).vals[row]; x == x {
			comments = int(x)
		}
		s.mark(&s.rows, row)
	}
	if was != 0 {
		s.addComments(was, -comments)
		s.merges.parts[was] = slices.DeleteFunc(s.merges.parts[was], func(part cairn.ID) bool { return part == id })
		if len(s.merges.parts[was]) == 0 {
			delete(s.merges.parts, was)
		}
		delete(s.merges.into, id)
		s.factsMoved(was)
	}
	if target != 0 {
		s.merges.into[id] = target
		at, _ := slices.BinarySearch(s.merges.parts[target], id)
		s.merges.parts[target] = slices.Insert(s.merges.parts[target], at, id)
		s.addComments(target, comments)
		s.factsMoved(target)
	}
}

// setUnlike notes what an idea's attribute says of others.
func (s *State) setUnlike(id cairn.ID, raw json.RawMessage) {
	for _, other := range s.merges.noted[id] {
		delete(s.merges.unlike[id], other)
		delete(s.merges.unlike[other], id)
	}
	delete(s.merges.noted, id)
	var others []cairn.ID
	_ = json.Unmarshal(raw, &others) // absent is none
	for _, other := range others {
		s.merges.pair(id)[other] = true
		s.merges.pair(other)[id] = true
	}
	if len(others) > 0 {
		s.merges.noted[id] = others
	}
}

func (m *merges) pair(id cairn.ID) map[cairn.ID]bool {
	if m.unlike[id] == nil {
		m.unlike[id] = map[cairn.ID]bool{}
	}
	return m.unlike[id]
}

// leaveOutMerged takes ideas that are part of another one from a selection.
func (s *State) leaveOutMerged(rows bitmap) {
	for id := range s.merges.into {
		if row, ok := s.row(id); ok {
			rows.clear(row)
		}
	}
}

// idOfJSON reads an id, 0 for none.
func idOfJSON(raw json.RawMessage) (id cairn.ID) {
	_ = json.Unmarshal(raw, &id) // absent is 0
	return id
}
