package app

import (
	"cmp"
	"context"
	"slices"

	"cairn"
	"cairn/internal/store"
)

// Voted says where somebody stands with a votes field after voting.
type Voted struct {
	Field cairn.Field
	Vote  cairn.Vote
	// Spent of the field's budget, over all ideas.
	Spent int
}

// Vote sets how many votes the caller gives to an idea with a votes field; 0
// takes them back. More than the budget has left is refused.
func (a *App) Vote(ctx context.Context, by Caller, idea cairn.ID, field cairn.Ref, v cairn.Vote) (Voted, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.VoteForIdea)
	if err != nil {
		return Voted{}, err
	}
	if by.User == 0 {
		return Voted{}, cairn.Forbidden("Votes are given by people; sign in as one of them")
	}
	st, err := a.states.get(ctx, p.ID)
	if err != nil {
		return Voted{}, err
	}
	f, ok := st.state.Field(field)
	switch {
	case !ok:
		return Voted{}, cairn.NotFound("The field " + string(field))
	case f.Type != cairn.TypeVotes:
		return Voted{}, cairn.Invalid("field", "%s is no votes field; set its value instead", f.Name)
	}
	if err := v.Validate(&f); err != nil {
		return Voted{}, err
	}
	out := Voted{Field: f, Vote: v}
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		out.Spent, err = voting{tx, &f, by.User}.cast(idea, v)
		return err
	})
	return out, err
}

// voting is one person at a votes field, inside a transaction.
type voting struct {
	tx    store.Tx
	field *cairn.Field
	user  cairn.ID
}

// cast changes one vote on the person's ballot and returns what is spent then.
func (c voting) cast(idea cairn.ID, v cairn.Vote) (spent int, err error) {
	e, err := c.tx.Entity(idea)
	if err != nil {
		return 0, err // deleted meanwhile
	}
	if idOf(e.Attrs, cairn.AttrMergedInto) != 0 {
		return 0, cairn.Conflict("The idea was merged into another one; vote for that")
	}
	if string(e.Attrs["archived"]) == "true" && v.Amount > 0 {
		return 0, cairn.Conflict("The idea is archived; restore it before you vote for it")
	}
	b, err := c.ballot()
	if err != nil {
		return 0, err
	}
	spent = b.Spent() - b.Votes[idea].Amount + v.Amount
	budget := c.field.VoteBudget()
	if left := budget - spent + v.Amount; v.Amount > b.Votes[idea].Amount && spent > budget {
		return 0, cairn.Invalid("amount", "%s: you have %d of %d votes for this idea; %d are too many. Take some back from other ideas first",
			c.field.Name, max(left, 0), budget, v.Amount)
	}
	if v.Amount == 0 {
		delete(b.Votes, idea)
	} else {
		b.Votes[idea] = v
	}
	be, err := b.Entity()
	if err != nil {
		return 0, err
	}
	if b.ID == 0 {
		if len(b.Votes) > 0 {
			_, err = c.tx.Create(be)
		}
		return spent, err
	}
	return spent, c.tx.Put(be)
}

// ballot reads the person's ballot, empty and without an id when they never
// voted.
func (c voting) ballot() (cairn.Ballot, error) {
	id, err := c.tx.Lookup(cairn.BallotKey(c.field.Project, c.field.ID, c.user))
	if err != nil || id == 0 {
		return cairn.Ballot{Project: c.field.Project, Field: c.field.ID, User: c.user, Votes: make(map[cairn.ID]cairn.Vote)}, err
	}
	e, err := c.tx.Entity(id)
	if err != nil {
		return cairn.Ballot{}, err
	}
	return cairn.BallotOf(e)
}

// dropVotes takes an idea that is being deleted from all ballots.
func dropVotes(tx store.Tx, project, idea cairn.ID) error {
	var touched []cairn.Entity
	attr := cairn.BallotAttr(idea)
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindBallot}, Project: project}, func(e cairn.Entity) error {
		if _, ok := e.Attrs[attr]; ok {
			touched = append(touched, e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, e := range touched {
		e.Attrs = cloneAttrs(e.Attrs)
		delete(e.Attrs, attr)
		if err := tx.Put(e); err != nil {
			return err
		}
	}
	return nil
}

// PersonVote is what one person gave to an idea with one field.
type PersonVote struct {
	Field, User cairn.ID
	cairn.Vote
}

// IdeaVotes lists who voted for an idea, most votes first.
func (a *App) IdeaVotes(ctx context.Context, by Caller, idea cairn.ID) ([]PersonVote, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	out := []PersonVote{}
	err = a.ballots(ctx, p.ID, func(b cairn.Ballot) {
		if v, ok := b.Votes[idea]; ok {
			out = append(out, PersonVote{b.Field, b.User, v})
		}
	})
	slices.SortFunc(out, func(x, y PersonVote) int {
		return cmp.Or(cmp.Compare(x.Field, y.Field), cmp.Compare(y.Amount, x.Amount), cmp.Compare(x.User, y.User))
	})
	return out, err
}

// MyBallots returns the caller's ballots in a project, with one for each votes
// field, used or not.
func (a *App) MyBallots(ctx context.Context, by Caller, project cairn.ID) ([]cairn.Ballot, error) {
	if _, err := a.mayIn(by, project, cairn.ReadProject); err != nil {
		return nil, err
	}
	st, err := a.states.get(ctx, project)
	if err != nil {
		return nil, err
	}
	var out []cairn.Ballot
	for _, f := range st.state.Fields() {
		if f.Type == cairn.TypeVotes {
			out = append(out, cairn.Ballot{Project: project, Field: f.ID, User: by.User, Votes: make(map[cairn.ID]cairn.Vote)})
		}
	}
	err = a.ballots(ctx, project, func(b cairn.Ballot) {
		for i := range out {
			if out[i].Field == b.Field && b.User == by.User {
				out[i] = b
			}
		}
	})
	return out, err
}

func (a *App) ballots(ctx context.Context, project cairn.ID, visit func(cairn.Ballot)) error {
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindBallot}, Project: project}, func(e cairn.Entity) error {
		b, err := cairn.BallotOf(e)
		if err != nil {
			return err
		}
		visit(b)
		return nil
	})
	return err
}
