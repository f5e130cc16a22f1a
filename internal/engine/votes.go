package engine

import (
	"encoding/json"
	"fmt"
	"maps"

	"cairn"
)

// ballotState is what the state keeps of one person's ballot.
type ballotState struct {
	field cairn.ID
	votes map[cairn.ID]int // by idea
}

// putBallot adds a ballot or replaces its votes.
func (s *State) putBallot(e cairn.Entity) error {
	b, err := cairn.BallotOf(e)
	if err != nil {
		return fmt.Errorf("ballot %d: %w", e.ID, err)
	}
	s.dropBallot(e.ID)
	kept := &ballotState{b.Field, make(map[cairn.ID]int, len(b.Votes))}
	s.ballots[e.ID] = kept
	for idea, v := range b.Votes {
		s.setVotes(kept, idea, v.Amount)
	}
	return nil
}

func (s *State) dropBallot(id cairn.ID) {
	b, ok := s.ballots[id]
	if !ok {
		return
	}
	for idea := range maps.Clone(b.votes) {
		s.setVotes(b, idea, 0)
	}
	delete(s.ballots, id)
}

// applyBallot moves on by one change of a ballot.
func (s *State) applyBallot(c *cairn.Change) error {
	switch {
	case c.Deleted():
		s.dropBallot(c.ID)
		return nil
	case c.Attr == "":
		var snap cairn.Snapshot
		if err := json.Unmarshal(c.New, &snap); err != nil {
			return fmt.Errorf("ballot %d: %w", c.ID, err)
		}
		return s.putBallot(cairn.Entity{ID: c.ID, Attrs: snap.Attrs})
	}
	idea, ok := cairn.BallotIdea(c.Attr)
	if !ok {
		return nil // whose ballot it is never changes
	}
	b, ok := s.ballots[c.ID]
	if !ok {
		return fmt.Errorf("ballot %d is not there", c.ID)
	}
	var v cairn.Vote
	if !cairn.IsNull(c.New) {
		if err := json.Unmarshal(c.New, &v); err != nil {
			return fmt.Errorf("ballot %d: %w", c.ID, err)
		}
	}
	s.setVotes(b, idea, v.Amount)
	return nil
}

// setVotes notes what a ballot gives to an idea and keeps the sums in step.
func (s *State) setVotes(b *ballotState, idea cairn.ID, amount int) {
	change := amount - b.votes[idea]
	if amount == 0 {
		delete(b.votes, idea)
	} else {
		b.votes[idea] = amount
	}
	if change == 0 {
		return
	}
	sums := s.given[b.field]
	if sums == nil {
		sums = map[cairn.ID]int{}
		s.given[b.field] = sums
	}
	sums[idea] += change
	if sums[idea] == 0 {
		delete(sums, idea)
	}
	f, ok := s.fields[b.field]
	if !ok || f.field.Type != cairn.TypeVotes {
		return
	}
	if row, ok := s.row(idea); ok {
		s.showVotes(f, row, idea)
	}
}

// showVotes brings an idea's cell of a votes field into step with the sums.
func (s *State) showVotes(f *fieldState, row int32, idea cairn.ID) {
	f.column.data.(*numbers).vals[row] = float64(s.given[f.field.ID][idea])
	s.mark(&f.column.track, row)
}

// attachVotes makes a votes field's column from the ballots.
func (s *State) attachVotes(name string, f *fieldState) {
	f.column = &column{attr: name, data: newVector(cairn.KindNumber), counted: true}
	f.column.data.grow(len(s.ids))
	s.columns[name] = f.column
	for row, idea := range s.ids {
		if s.live.has(int32(row)) {
			s.showVotes(f, int32(row), idea)
		}
	}
}
