package app

import (
	"encoding/json"
	"maps"
	"slices"

	"cairn"
)

// others are the parts that stay.
func (u *unmerging) others(yield func(part cairn.ID, set *cairn.ChangeSet) bool) {
	for _, part := range slices.Sorted(maps.Keys(u.past.sets)) {
		set := u.past.sets[part]
		if part != u.past.part && !u.taken[part] && set != nil && !yield(part, set) {
			return
		}
	}
}

// restoreVotes gives the part its votes back, and the whole what it would have
// without them, unless the person voted for it since.
func (u *unmerging) restoreVotes() error {
	given := u.votesOf(u.past.set, u.past.part)
	for id, vote := range given {
		e, err := u.tx.Entity(id)
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			continue
		}
		if err != nil {
			return err
		}
		b, err := cairn.BallotOf(e)
		if err != nil {
			return err
		}
		b.Votes[u.past.part] = vote
		if whole := b.Votes[u.whole]; whole.Own != nil {
			u.recount(&b, id)
		}
		if e, err = b.Entity(); err != nil {
			return err
		}
		if err := u.tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// recount makes a person's vote for the whole anew from their own and those for
// the parts that stay.
func (u *unmerging) recount(b *cairn.Ballot, id cairn.ID) {
	own := b.Votes[u.whole].Own
	vote := *own
	for other, set := range u.others {
		if gave, ok := u.votesOf(set, other)[id]; ok {
			vote = larger(vote, gave, own)
		}
	}
	if vote.Amount == 0 {
		delete(b.Votes, u.whole)
		return
	}
	b.Votes[u.whole] = vote
}

// votesOf are the votes that merging took from a part, by ballot.
func (u *unmerging) votesOf(set *cairn.ChangeSet, part cairn.ID) map[cairn.ID]cairn.Vote {
	out := map[cairn.ID]cairn.Vote{}
	attr := cairn.BallotAttr(part)
	for _, c := range set.Changes {
		if c.Kind != cairn.KindBallot || c.Attr != attr || cairn.IsNull(c.Old) {
			continue
		}
		var v cairn.Vote
		if json.Unmarshal(c.Old, &v) == nil {
			out[c.ID] = v
		}
	}
	return out
}
