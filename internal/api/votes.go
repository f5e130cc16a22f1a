package api

import (
	"cmp"
	"context"
	"slices"

	"cairn"
)

type voteIn struct {
	IdeaIn
	Field cairn.Ref `path:"field" doc:"The votes field's reference, such as f17"`
	Body  struct {
		Amount  int    `json:"amount" doc:"How many of your votes; 0 takes them back"`
		Comment string `json:"comment,omitempty" doc:"One line of why"`
	}
}

// Voted says where you stand with a votes field after voting.
type Voted struct {
	Field   cairn.Ref `json:"field"`
	Amount  int       `json:"amount"`
	Comment string    `json:"comment,omitempty"`
	Spent   int       `json:"spent" doc:"Of your budget, over all ideas"`
	Budget  int       `json:"budget"`
}

type votedOut struct{ Body Voted }

func (s *server) vote(ctx context.Context, in *voteIn) (*votedOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	v, err := s.app.Vote(ctx, by, id, in.Field, cairn.Vote{Amount: in.Body.Amount, Comment: in.Body.Comment})
	if err != nil {
		return nil, err
	}
	return &votedOut{Voted{in.Field, v.Vote.Amount, v.Vote.Comment, v.Spent, v.Field.VoteBudget()}}, nil
}

// IdeaVote is what one person gave to an idea.
type IdeaVote struct {
	Field   cairn.Ref `json:"field"`
	User    cairn.ID  `json:"user"`
	Amount  int       `json:"amount"`
	Comment string    `json:"comment,omitempty"`
}

type ideaVotesOut struct {
	Body struct {
		Votes []IdeaVote `json:"votes"`
	}
}

func (s *server) listIdeaVotes(ctx context.Context, in *IdeaIn) (*ideaVotesOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	votes, err := s.app.IdeaVotes(ctx, by, id)
	if err != nil {
		return nil, err
	}
	out := &ideaVotesOut{}
	out.Body.Votes = []IdeaVote{}
	for _, v := range votes {
		out.Body.Votes = append(out.Body.Votes, IdeaVote{cairn.FieldRef(v.Field), v.User, v.Amount, v.Comment})
	}
	return out, nil
}

// Ballot is what you gave with one votes field.
type Ballot struct {
	Field  cairn.Ref    `json:"field"`
	Budget int          `json:"budget"`
	Spent  int          `json:"spent"`
	Votes  []BallotVote `json:"votes" doc:"Most votes first"`
}

// BallotVote is what you gave to one idea.
type BallotVote struct {
	Idea    cairn.ID `json:"idea"`
	Amount  int      `json:"amount"`
	Comment string   `json:"comment,omitempty"`
}

type ballotsOut struct {
	Body struct {
		Ballots []Ballot `json:"ballots"`
	}
}

func (s *server) listMyVotes(ctx context.Context, in *ProjectIn) (*ballotsOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	ballots, err := s.app.MyBallots(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	fields, err := s.app.FieldRefs(ctx, by, p.ID)
	if err != nil {
		return nil, err
	}
	out := &ballotsOut{}
	out.Body.Ballots = []Ballot{}
	for _, b := range ballots {
		one := Ballot{Field: cairn.FieldRef(b.Field), Spent: b.Spent(), Votes: []BallotVote{}}
		if i := slices.IndexFunc(fields, func(f cairn.Field) bool { return f.ID == b.Field }); i >= 0 {
			one.Budget = fields[i].VoteBudget()
		}
		for idea, v := range b.Votes {
			one.Votes = append(one.Votes, BallotVote{idea, v.Amount, v.Comment})
		}
		slices.SortFunc(one.Votes, func(x, y BallotVote) int {
			return cmp.Or(cmp.Compare(y.Amount, x.Amount), cmp.Compare(x.Idea, y.Idea))
		})
		out.Body.Ballots = append(out.Body.Ballots, one)
	}
	return out, nil
}
