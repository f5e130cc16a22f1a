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
		Sets  []ActivitySet           `json:"sets" doc:"Newest first; long values, and what was said in comments and insights, are left out"`
		Ideas map[cairn.ID]rawMessage `json:"ideas" doc:"What the ideas are called now"`
		Next  int64                   `json:"next,omitempty" doc:"Cursor of the next page; absent at the end"`
	}
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
	if err != nil {
		return nil, err
	}
	out := &activityOut{}
	out.Body.Sets, out.Body.Ideas, out.Body.Next = []ActivitySet{}, make(map[cairn.ID]rawMessage, len(found.Ideas)), found.Next
	for _, set := range found.Sets {
		out.Body.Sets = append(out.Body.Sets, ActivitySet{set.ChangeSet, set.More})
	}
	for id, m := range found.Ideas {
		out.Body.Ideas[id] = m.AppendJSON(nil)
	}
	return out, nil
}
