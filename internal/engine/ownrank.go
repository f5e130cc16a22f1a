package engine

import (
	"slices"

	"cairn"
)

// A view's own order is an attribute of the ideas that somebody put into a
// place there; its column is made when the first of them arrives and goes with
// the view.

// ownRank returns the column of a view's own order, nil for "" and while no
// idea has a place in it.
func (s *State) ownRank(ref cairn.Ref) *column {
	if ref == "" {
		return nil
	}
	return s.columns[string(ref)]
}

func (s *State) addRankColumn(name string) *column {
	c := &column{attr: name, data: &texts{exact: true}}
	c.data.grow(len(s.ids))
	// What was derived before it was there must not pass for fresh.
	c.touchAll(s.clock)
	s.columns[name] = c
	return c
}

func (s *State) dropRankColumn(ref cairn.Ref) {
	if _, held := s.columns[string(ref)]; held {
		delete(s.columns, string(ref))
		s.columns[attrRank].touchAll(s.clock) // answers that used it fall back to this
	}
}

// Place is where ideas go in a manual order: between the ranks Prev and Next
// ("" for an end), after the ideas of Fill were given ranks of their own behind
// Last, in their order.
type Place struct {
	Prev, Next string
	Fill       []cairn.ID
	Last       string
}

// Spot names a place in a manual order: next to an idea, as if the moved ideas
// were not there.
type Spot struct {
	// Own is a view's own order; "" is the project's.
	Own cairn.Ref
	At  cairn.ID
	// Before is the side of the idea; false is behind it.
	Before bool
	Moved  []cairn.ID
}

// Place finds the ranks around a spot. In a view's own order
// those that stand before the place and have no rank there are to be filled in,
// since ideas without one come last. ok is false when the idea is unknown.
func (s *State) Place(spot Spot) (Place, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	row, ok := s.row(spot.At)
	if !ok {
		return Place{}, false
	}
	s.derived.mu.Lock()
	defer s.derived.mu.Unlock()
	order, err := s.evaluation(Env{}).orderBy(nil, spot.Own)
	if err != nil { // an order without keys names no field
		return Place{}, false
	}
	rank := func(int32) string { return "" }
	column := s.columns[attrRank]
	if spot.Own != "" {
		column = s.ownRank(spot.Own)
	}
	if column != nil {
		vals := column.data.(*texts).vals
		rank = func(row int32) string { return vals[row] }
	}
	gone := make(map[cairn.ID]bool, len(spot.Moved))
	for _, id := range spot.Moved {
		gone[id] = true
	}
	i := slices.Index(order, row)
	if !spot.Before {
		return s.placeAt(order, i+1, rank, gone), true
	}
	p := s.placeAt(order, i, rank, gone)
	if next := rank(row); next != "" {
		// Ideas of one rank cannot be parted: before all of them it is.
		p.Next, p.Prev = next, ""
		for _, row := range order[:i] {
			if r := rank(row); r < next && !gone[s.ids[row]] {
				p.Prev = r
			}
		}
	}
	return p, true
}

// placeAt is the place before position i of an order.
func (s *State) placeAt(order []int32, i int, rank func(int32) string, gone map[cairn.ID]bool) Place {
	var p Place
	for _, row := range order[:i] {
		switch r := rank(row); {
		case gone[s.ids[row]]:
		case r != "":
			p.Last = r
		default:
			p.Fill = append(p.Fill, s.ids[row])
		}
	}
	p.Prev = p.Last
	for _, row := range order[i:] {
		// Behind all ideas of that rank.
		if r := rank(row); !gone[s.ids[row]] && r > p.Prev {
			p.Next = r
			break
		}
	}
	return p
}

// Ranked returns the ideas that have a place in a view's own order, with their
// ranks.
func (s *State) Ranked(own cairn.Ref) map[cairn.ID]string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make(map[cairn.ID]string)
	c := s.ownRank(own)
	if c == nil {
		return out
	}
	for row, r := range c.data.(*texts).vals {
		if r != "" && s.live.has(int32(row)) {
			out[s.ids[row]] = r
		}
	}
	return out
}
