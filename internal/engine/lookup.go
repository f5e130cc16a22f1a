package engine

import (
	"math/bits"
	"slices"

	"cairn"
)

// Project returns the project whose ideas these are.
func (s *State) Project() cairn.ID { return s.project }

// Live returns the number of ideas that are not archived.
func (s *State) Live() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	n := 0
	for i, word := range s.live {
		n += bits.OnesCount64(word &^ s.archived[i])
	}
	return n
}

// Title returns an idea's title and the number in its key.
func (s *State) Title(id cairn.ID) (title string, number int64, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	if !ok {
		return "", 0, false
	}
	if x := s.columns[attrNumber].data.(*numbers).vals[row]; x == x {
		number = int64(x)
	}
	return s.columns[attrTitle].data.(*texts).vals[row], number, true
}

// Archived reports whether an idea is archived.
func (s *State) Archived(id cairn.ID) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(id)
	return ok && s.archived.has(row)
}

// LastNumber returns the largest number of an idea, 0 when there is none.
func (s *State) LastNumber() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var last int64
	for n := range s.byNumber.all() {
		last = max(last, n)
	}
	return last
}

// FormulasUsing returns the names of the formula fields that use a field
// directly, in order.
func (s *State) FormulasUsing(ref cairn.Ref) []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	var names []string
	for _, p := range s.programs() {
		if !p.field.Deleted && slices.ContainsFunc(p.inputs, func(in cairn.Ref) bool {
			_, of, summed := in.OfChildren()
			return in == ref || summed && of == ref && of != p.field.Ref()
		}) {
			names = append(names, p.field.Name)
		}
	}
	slices.Sort(names)
	return names
}

// IDs returns the ideas of the window, in order and each once.
func (r *Result) IDs() []cairn.ID {
	seen := make(map[cairn.ID]bool, len(r.ids))
	out := make([]cairn.ID, 0, len(r.ids))
	for _, id := range r.ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// AppendJSON appends the cell in the form that a row of a result has: the value,
// or {"value","missing"} or {"error"} of a formula.
func (c Cell) AppendJSON(dst []byte) []byte {
	switch {
	case c.Error != "":
		return append(appendString(append(dst, `{"error":`...), c.Error), '}')
	case len(c.Missing) == 0:
		return c.Value.AppendJSON(dst)
	}
	dst = c.Value.AppendJSON(append(dst, `{"value":`...))
	sep := `,"missing":[`
	for _, ref := range c.Missing {
		dst = appendString(append(dst, sep...), string(ref))
		sep = ","
	}
	return append(dst, "]}"...)
}

// FormulaInputs returns the columns that a formula field reads in the end: those
// of formulas that it uses instead of them, roll-ups of children left aside. A
// column that is no formula is its own only input.
func (s *State) FormulaInputs(ref cairn.Ref) []cairn.Ref {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	programs := s.programs()
	seen := map[cairn.Ref]bool{}
	var out []cairn.Ref
	var follow func(ref cairn.Ref)
	follow = func(ref cairn.Ref) {
		if _, _, summed := ref.OfChildren(); summed || seen[ref] {
			return
		}
		seen[ref] = true
		if f, ok := s.fieldOf(ref); ok {
			if p := programs[f.field.ID]; p != nil {
				for _, in := range p.inputs {
					follow(in)
				}
				return
			}
		}
		out = append(out, ref)
	}
	follow(ref)
	return out
}
