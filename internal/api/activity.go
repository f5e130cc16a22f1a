package api

import (
	"context"

	"cairn"
	"cairn/internal/app"
)

type activityIn struct {
	ProjectIn
	Person cairn.ID `query:"person" doc:"Only what this person did"`
	Part   string   `query:"part" enum:"ideas,comments,evidence,project" doc:"Only changes of these kinds; absent is all"`
	Before int64    `query:"before" minimum:"0" doc:"Sequence number to go on from: the next of the last page"`
	Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

// ActivitySet is a change set as a project's activity tells it.
type ActivitySet struct {
	cairn.ChangeSet
	More int `json:"more,omitempty" doc:"How many further changes it has"`
}

type activityOut struct {
	Body struct {
		Sets     []ActivitySet           `json:"sets" doc:"Newest first; long values, and what was said in comments and insights, are left out"`
		Ideas    map[cairn.ID]rawMessage `json:"ideas" doc:"What the ideas are called now"`
		Insights map[cairn.ID]string     `json:"insights,omitempty" doc:"The titles of insights that are there and that you may see"`
		Next     int64                   `json:"next,omitempty" doc:"Cursor of the next page; absent at the end"`
	}
}

type personActivityIn struct {
	Person cairn.ID `path:"person"`
	Part   string   `query:"part" enum:"ideas,comments,evidence,project" doc:"Only changes of these kinds; absent is all"`
	Before int64    `query:"before" minimum:"0" doc:"Sequence number to go on from: the next of the last page"`
	Limit  int      `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *server) getPersonActivity(ctx context.Context, in *personActivityIn) (*activityOut, error) {
	found, err := s.app.PersonActivity(ctx, callerOf(ctx), app.ActivityRequest{
		Part: app.ActivityPart(in.Part), Person: in.Person, Before: in.Before, Limit: in.Limit,
	})
	return activityBody(found), err
}

func (s *server) getActivity(ctx context.Context, in *activityIn) (*activityOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	found, err := s.app.Activity(ctx, by, p.ID, app.ActivityRequest{
		Part: app.ActivityPart(in.Part), Person: in.Person, Before: in.Before, Limit: in.Limit,
	})
	return activityBody(found), err
}

func activityBody(found *app.Activity) *activityOut {
	if found == nil {
		return nil
	}
	out := &activityOut{}
	out.Body.Sets, out.Body.Ideas, out.Body.Next = []ActivitySet{}, make(map[cairn.ID]rawMessage, len(found.Ideas)), found.Next
	out.Body.Insights = found.Insights
	for _, set := range found.Sets {
		out.Body.Sets = append(out.Body.Sets, ActivitySet{set.ChangeSet, set.More})
	}
	for id, m := range found.Ideas {
		out.Body.Ideas[id] = m.AppendJSON(nil)
	}
	return out
}

type undoPreviewIn struct {
	Group string `path:"group" doc:"The group of the changes"`
}

type undoPreviewOut struct {
	Body struct {
		Changes int                     `json:"changes" doc:"How many changes would be taken back"`
		Kept    int                     `json:"kept" doc:"How many would not, since they were changed again"`
		Back    []cairn.Change          `json:"back" doc:"The first that would be taken back, as the undo would make them"`
		Stays   []cairn.Change          `json:"stays" doc:"The first that would not"`
		Ideas   map[cairn.ID]rawMessage `json:"ideas" doc:"What the ideas are called now"`

		Insights map[cairn.ID]string `json:"insights,omitempty" doc:"The titles of insights that are there and that you may see"`
	}
}

func (s *server) previewUndo(ctx context.Context, in *undoPreviewIn) (*undoPreviewOut, error) {
	found, err := s.app.PreviewUndo(ctx, callerOf(ctx), in.Group)
	if err != nil {
		return nil, err
	}
	out := &undoPreviewOut{}
	b := &out.Body
	b.Changes, b.Kept, b.Back, b.Stays, b.Insights = found.Changes, found.Kept, found.Back, found.Stays, found.Insights
	b.Ideas = make(map[cairn.ID]rawMessage, len(found.Ideas))
	for id, m := range found.Ideas {
		b.Ideas[id] = m.AppendJSON(nil)
	}
	return out, nil
}
