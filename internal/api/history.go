package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

type historyIn struct {
	IdeaIn
	Before int64 `query:"before" minimum:"0" doc:"Sequence number to go on from: the next of the last page"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type historyOut struct {
	Body struct {
		Sets []cairn.ChangeSet `json:"sets" doc:"Newest first, each with this idea's own changes"`
		Next int64             `json:"next,omitempty" doc:"Cursor of the next page; absent at the end"`
	}
}

func (s *server) getHistory(ctx context.Context, in *historyIn) (*historyOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	sets, err := s.app.History(ctx, by, id, in.Before, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &historyOut{}
	out.Body.Sets = append([]cairn.ChangeSet{}, sets...)
	if len(sets) == in.Limit {
		out.Body.Next = sets[len(sets)-1].Seq
	}
	return out, nil
}

type restoreIn struct {
	IdeaIn
	Body struct {
		Seq  int64  `json:"seq" doc:"The change set that holds the change"`
		Attr string `json:"attr" doc:"The attribute to take back, such as title or f17"`
	}
}

func (s *server) restoreValue(ctx context.Context, in *restoreIn) (*ideaOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveOwnIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	i, err := s.app.Restore(ctx, by, id, in.Body.Seq, in.Body.Attr)
	if err != nil {
		return nil, err
	}
	return s.changed(ctx, i)
}

type sayWhyIn struct {
	Group string `path:"group" doc:"The group of the changes"`
	Body  struct {
		Reason string `json:"reason" doc:"One line; empty takes back what was said"`
	}
}

func (s *server) sayWhy(ctx context.Context, in *sayWhyIn) (*none, error) {
	return nil, s.app.SayWhy(ctx, callerOf(ctx), in.Group, in.Body.Reason)
}

type undoIn struct {
	Body struct {
		Group string `json:"group" doc:"The group of the changes to take back"`
	}
}

type undoOut struct {
	Body struct {
		Group   string `json:"group" doc:"The undo's own group: undoing it is a redo"`
		Changes int    `json:"changes" doc:"How many changes were taken back"`
		Kept    int    `json:"kept" doc:"How many were not, since they were changed again"`
	}
}

func (s *server) undo(ctx context.Context, in *undoIn) (*undoOut, error) {
	res, err := s.app.Undo(ctx, callerOf(ctx), in.Body.Group)
	if err != nil {
		return nil, err
	}
	out := &undoOut{}
	out.Body.Group, out.Body.Changes, out.Body.Kept = res.Group, res.Changes, res.Kept
	return out, nil
}

type searchIn struct {
	Q       string `query:"q" required:"true" maxLength:"500" doc:"Words, or the key of an idea"`
	Project string `query:"project" doc:"Only this project"`
	Field   string `query:"field" maxLength:"20" doc:"Only ideas that this connection field may hold, such as f17"`
	All     bool   `query:"all" doc:"Also insights and customers"`
	Limit   int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

// InsightHit is an insight that a search found.
type InsightHit struct {
	ID      cairn.ID `json:"id"`
	Title   string   `json:"title"`
	Project string   `json:"project,omitempty" doc:"The key of its project, if you see that"`
	Idea    string   `json:"idea,omitempty" doc:"Else the key of an idea on which you see it"`
}

// CustomerHit is a customer that a search found.
type CustomerHit struct {
	ID   cairn.ID           `json:"id"`
	Name string             `json:"name"`
	Type cairn.CustomerType `json:"type" enum:"company,person"`
}

// SearchHit is one idea that a search found.
type SearchHit struct {
	ID    cairn.ID `json:"id"`
	Key   string   `json:"key"`
	Title string   `json:"title"`
}

type searchOut struct {
	Body struct {
		Hits      []SearchHit   `json:"hits"`
		Insights  []InsightHit  `json:"insights,omitempty"`
		Customers []CustomerHit `json:"customers,omitempty"`
	}
}

func (s *server) search(ctx context.Context, in *searchIn) (*searchOut, error) {
	by := callerOf(ctx)
	var project cairn.ID
	if in.Project != "" {
		p, err := s.app.Project(by, in.Project)
		if err != nil {
			return nil, err
		}
		project = p.ID
	}
	find := app.Find{Text: in.Q, Project: project, Field: cairn.Ref(in.Field), Limit: in.Limit}
	hits, err := s.app.Search(ctx, by, find)
	if err != nil {
		return nil, err
	}
	out := &searchOut{}
	out.Body.Hits = []SearchHit{}
	for _, h := range hits {
		out.Body.Hits = append(out.Body.Hits, SearchHit{h.Idea, h.Key, h.Title})
	}
	if !in.All {
		return out, nil
	}
	return out, s.searchEvidence(ctx, find, out)
}

func (s *server) searchEvidence(ctx context.Context, find app.Find, out *searchOut) error {
	by := callerOf(ctx)
	insights, err := s.app.FindInsights(ctx, by, find)
	if err != nil {
		return err
	}
	for _, i := range insights {
		out.Body.Insights = append(out.Body.Insights, InsightHit{i.ID, i.Title, i.Home, i.Idea})
	}
	customers, err := s.app.FindCustomers(by, find.Text, find.Limit)
	for _, c := range customers {
		out.Body.Customers = append(out.Body.Customers, CustomerHit{c.ID, c.Name, c.Type})
	}
	return err
}
