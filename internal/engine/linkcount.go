package engine

import (
	"encoding/json"
	"fmt"

	"cairn"
)

// linkCounts counts the links that leave or reach each idea, as far as they were
// written in this project.
type linkCounts struct {
	ends map[cairn.ID][2]cairn.ID
	// loose counts links of ideas that are not (yet) there.
	loose map[cairn.ID]int
}

func newLinkCounts() linkCounts {
	return linkCounts{ends: map[cairn.ID][2]cairn.ID{}, loose: map[cairn.ID]int{}}
}

func (s *State) applyLink(c *cairn.Change) error {
	switch {
	case c.Attr != "":
		return nil // what a link says is not kept here, and its ends stay
	case c.Deleted():
		s.dropLink(c.ID)
		return nil
	}
	snap, err := cairn.ParseSnapshot(c.New)
	if err != nil {
		return fmt.Errorf("link %d: %w", c.ID, err)
	}
	s.putLink(c.ID, snap.Parent, snap.Attrs["to"])
	return nil
}

func (s *State) putLink(id, from cairn.ID, target json.RawMessage) {
	to, ok := parseID(target)
	if _, there := s.links.ends[id]; there || !ok {
		return
	}
	s.links.ends[id] = [2]cairn.ID{from, to}
	s.addLinks(from, 1)
	s.addLinks(to, 1)
}

func (s *State) dropLink(id cairn.ID) {
	ends, ok := s.links.ends[id]
	if !ok {
		return
	}
	delete(s.links.ends, id)
	s.addLinks(ends[0], -1)
	s.addLinks(ends[1], -1)
}

func (s *State) addLinks(idea cairn.ID, n int) {
	row, ok := s.row(idea)
	if !ok {
		if s.links.loose[idea] += n; s.links.loose[idea] == 0 {
			delete(s.links.loose, idea)
		}
		return
	}
	c := s.columns[attrLinks]
	addCount(c.data.(*numbers).vals, row, n)
	s.mark(&c.track, row)
}

// takeLinks gives a new row the links that were counted for it.
func (s *State) takeLinks(row int32) {
	if n := s.links.loose[s.ids[row]]; n > 0 {
		delete(s.links.loose, s.ids[row])
		s.addLinks(s.ids[row], n)
	}
}

// leaveLinks keeps the count of a row that goes, for its return.
func (s *State) leaveLinks(row int32) {
	if c := s.columns[attrLinks].data.(*numbers); !c.isNull(row) {
		s.links.loose[s.ids[row]] = int(c.vals[row])
	}
}
