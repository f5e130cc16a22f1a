package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

func (s *server) similarRoutes() []endpoint {
	const tag = "Similar ideas"
	return []endpoint{
		route(op{id: "find-similar", method: post, reads: true, path: "/projects/{project}/similar", tag: tag, about: "Ideas that are like a text, and the words that they share"}, s.findSimilar),
		route(op{id: "list-similar", method: get, path: "/ideas/{idea}/similar", tag: tag, about: "Ideas that are like an idea"}, s.listSimilar),
		route(op{id: "tell-apart", method: put, path: "/ideas/{idea}/unlike/{other}", tag: tag, status: 204, about: "Remember that two ideas are different matters although they read alike"}, s.tellApart),
		route(op{id: "forget-apart", method: del, path: "/ideas/{idea}/unlike/{other}", tag: tag, status: 204, about: "Let two ideas count as perhaps alike again"}, s.forgetApart),
	}
}

// SimilarIdea is an idea that is like a text.
type SimilarIdea struct {
	ID      cairn.ID `json:"id"`
	Project cairn.ID `json:"project"`
	Key     string   `json:"key"`
	Title   string   `json:"title"`
	Score   float32  `json:"score" doc:"The part of the text that the idea covers: 0 nothing, 1 all"`
	Words   []string `json:"words" doc:"The words of the text that it covers, without capitals and accents, the weightiest first"`
}

type similarOut struct {
	Body struct {
		Ideas []SimilarIdea `json:"ideas"`
	}
}

func similarAnswer(found []app.SimilarIdea, err error) (*similarOut, error) {
	if err != nil {
		return nil, err
	}
	out := &similarOut{}
	out.Body.Ideas = make([]SimilarIdea, len(found))
	for i, f := range found {
		out.Body.Ideas[i] = SimilarIdea(f)
	}
	return out, nil
}

type findSimilarIn struct {
	ProjectIn
	Body struct {
		Title       string   `json:"title" maxLength:"1000"`
		Description string   `json:"description,omitempty" maxLength:"100000"`
		Labels      []string `json:"labels,omitempty" maxItems:"100"`
		Typing      bool     `json:"typing,omitempty" doc:"The last word of the title may go on"`
		Limit       int      `json:"limit,omitempty" minimum:"1" maximum:"50" default:"5"`
		Everywhere  bool     `json:"everywhere,omitempty" doc:"Also in the other projects that you may see"`
	}
}

func (s *server) findSimilar(ctx context.Context, in *findSimilarIn) (*similarOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	return similarAnswer(s.app.Similar(ctx, by, p.ID, app.SimilarRequest{
		Title: in.Body.Title, Description: in.Body.Description, Labels: in.Body.Labels, Typing: in.Body.Typing, Limit: in.Body.Limit, Everywhere: in.Body.Everywhere,
	}))
}

type listSimilarIn struct {
	IdeaIn
	Limit      int  `query:"limit" minimum:"1" maximum:"50" default:"5"`
	Everywhere bool `query:"everywhere" doc:"Also in the other projects that you may see"`
}

func (s *server) listSimilar(ctx context.Context, in *listSimilarIn) (*similarOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return similarAnswer(s.app.SimilarTo(ctx, by, id, app.SimilarRequest{Limit: in.Limit, Everywhere: in.Everywhere}))
}

type apartIn struct {
	IdeaIn
	Other string `path:"other" doc:"The other idea's key or id"`
}

func (s *server) tellApart(ctx context.Context, in *apartIn) (*none, error) {
	return nil, s.setUnlike(ctx, in, app.AnotherMatter)
}

func (s *server) forgetApart(ctx context.Context, in *apartIn) (*none, error) {
	return nil, s.setUnlike(ctx, in, app.MaybeAlike)
}

func (s *server) setUnlike(ctx context.Context, in *apartIn, unlike app.Unlike) error {
	by := callerOf(ctx)
	idea, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return err
	}
	other, err := s.app.ResolveIdea(ctx, by, in.Other)
	if err != nil {
		return err
	}
	return s.app.SetUnlike(ctx, by, idea, other, unlike)
}
