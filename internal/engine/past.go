package engine

import (
	"encoding/json"

	"cairn"
)

// Past returns the state as it was at an earlier sequence number. back yields
// what happened after that up to the number that the state is at, newest first.
// Only the ids and the old sides of the changes are read, and of several changes
// of one attribute only the oldest counts, so that the others may be left out.
//
// Fields and types of ideas that were made since are there, without values: a
// view of today can ask for them. A row's version is at most seq.
func (s *State) Past(seq int64, back func(is int64, yield func(cairn.Change) bool)) *State {
	s.mu.RLock()
	p := s.clone()
	s.mu.RUnlock()
	is := p.seq
	p.seq = seq
	p.loading = true // all columns change in all rows
	back(is, func(c cairn.Change) bool {
		p.takeBack(&c)
		return true
	})
	p.loading = false
	p.shown = p.liveFields()
	for row, version := range p.versions {
		p.versions[row] = min(version, seq)
	}
	return p
}

// takeBack applies one change the other way round. What does not follow from the
// state is passed over: there is nothing better to show.
func (s *State) takeBack(c *cairn.Change) {
	c.New, c.Old = c.Old, nil
	if c.Attr == "" && isNull(c.New) {
		s.takeBackCreation(c)
		return
	}
	switch {
	case c.Kind == cairn.KindIdea && c.Attr != "": // most changes, without the noise of applying
		if row, ok := s.row(c.ID); ok {
			s.setAttr(row, c.Attr, c.New)
		}
	case c.Kind == cairn.KindBallot && c.Attr == "":
		var snap cairn.Snapshot
		if json.Unmarshal(c.New, &snap) == nil {
			_ = s.putBallot(cairn.Entity{ID: c.ID, Attrs: snap.Attrs})
		}
	default:
		_ = s.applyChange(c, s.seq)
	}
}

func (s *State) takeBackCreation(c *cairn.Change) {
	switch c.Kind {
	case cairn.KindIdea:
		s.dropIdea(c.ID)
	case cairn.KindComment:
		s.dropComment(c.ID)
	case cairn.KindLink:
		s.dropLink(c.ID)
	case cairn.KindBallot:
		s.dropBallot(c.ID)
	}
}
