package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) sinceRoutes() []endpoint {
	const tag = "Since"
	return []endpoint{
		route(op{id: "changed-since", method: post, reads: true, path: "/projects/{project}/changes", tag: tag, about: "What became otherwise between two moments in what a query finds"}, s.changedSince),
		route(op{id: "view-changes", method: get, path: "/views/{view}/changes", tag: tag, about: "What became otherwise in a view since your last visit, or since a date"}, s.viewChanges),
		route(op{id: "get-activity", method: get, path: "/projects/{project}/activity", tag: tag, about: "What happened in a project, newest first: of everybody or one person, of all kinds or some"}, s.getActivity),
		route(op{id: "get-person-activity", method: get, path: "/people/{person}/activity", tag: tag, about: "What a person did in the projects that you may read, newest first"}, s.getPersonActivity),
		route(op{id: "preview-undo", method: get, path: "/groups/{group}/undo", tag: tag, about: "What the undo of a group would take back, and what not because it was changed again"}, s.previewUndo),
		route(op{id: "visit-view", method: put, path: "/views/{view}/visit", tag: tag, about: "Say that you see a view; answers with the end of your last visit"}, s.visitView),
	}
}

// parseMoment reads a day, whose end counts, or a moment; zero for "".
func (s *server) parseMoment(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, ok := cairn.ParseDay(text); ok {
		return s.app.EndOf(day), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, cairn.Invalid(name, "%q is not a day or a moment: write a day as 2027-03-31, a moment as 2027-03-31T09:30:00Z", text)
	}
	return at, nil
}

// FieldChange is a value that became another.
type FieldChange struct {
	Field cairn.Ref  `json:"field"`
	Was   rawMessage `json:"was" doc:"As in a row of a result"`
	Is    rawMessage `json:"is"`
	Mark  app.Mark   `json:"mark"`
}

// ReasonedSet is a change set behind a change.
type ReasonedSet struct {
	Seq    int64     `json:"seq"`
	At     time.Time `json:"at"`
	Actor  cairn.ID  `json:"actor,omitempty" doc:"Absent for Cairn itself"`
	Group  string    `json:"group,omitempty" doc:"Undo takes this"`
	Reason string    `json:"reason,omitempty"`
}

// ChangedIdea is what became of one idea.
type ChangedIdea struct {
	ID     cairn.ID      `json:"id"`
	Key    string        `json:"key"`
	Title  string        `json:"title"`
	Marks  []app.Mark    `json:"marks" doc:"The most telling first"`
	How    string        `json:"how,omitempty" enum:"created,restored,entered,unmerged,deleted,archived,merged,left" doc:"How it came into the view or went"`
	Was    int           `json:"was,omitempty" doc:"Its place before, from 1; absent when it was not in the view"`
	Is     int           `json:"is,omitempty" doc:"Its place now, from 1; absent when it is not in the view"`
	Fields []FieldChange `json:"fields,omitempty"`
	Why    []ReasonedSet `json:"why,omitempty" doc:"The newest first; of many those with a reason"`
}

// Changes is what became otherwise between two moments.
type Changes struct {
	Since    time.Time               `json:"since"`
	Until    time.Time               `json:"until"`
	From     int64                   `json:"from" doc:"The last change set before"`
	To       int64                   `json:"to" doc:"The last change set that counts"`
	Changed  int                     `json:"changed" doc:"How many ideas"`
	Total    int                     `json:"total" doc:"How many of them have the marks asked for and are not left out"`
	Own      int                     `json:"own,omitempty" doc:"How many of them nobody but you changed, left out or not"`
	Marked   map[app.Mark][]cairn.ID `json:"marked" doc:"All of them by mark"`
	Ideas    []ChangedIdea           `json:"ideas"`
	Mentions map[cairn.ID]rawMessage `json:"mentions,omitempty" doc:"What changed values that hold ideas show of them"`
	Warnings []string                `json:"warnings,omitempty"`
}

type changesOut struct{ Body Changes }

type changedSinceIn struct {
	ProjectIn
	Body struct {
		Query  cairn.Query `json:"query"`
		Fields []cairn.Ref `json:"fields,omitempty" doc:"Compared besides those that filter, sort and group"`
		Since  string      `json:"since" doc:"A moment, or a day, whose end counts"`
		Until  string      `json:"until,omitempty" doc:"Likewise; absent is now"`
		Marks  []app.Mark  `json:"marks,omitempty" doc:"Only ideas with one of these"`
		Others bool        `json:"others,omitempty" doc:"Leave out ideas that nobody but you changed, where others changed any"`
		Offset int         `json:"offset,omitempty" minimum:"0"`
		Limit  *int        `json:"limit,omitempty" minimum:"0" maximum:"1000" doc:"How many ideas are described; default 200"`
	}
}

func (s *server) changedSince(ctx context.Context, in *changedSinceIn) (*changesOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	req := app.SinceRequest{Query: in.Body.Query, Fields: in.Body.Fields, Only: in.Body.Marks, Others: in.Body.Others, Offset: in.Body.Offset, Limit: defaultWindow}
	if in.Body.Limit != nil {
		req.Limit = *in.Body.Limit
	}
	if req.Since, err = s.parseMoment("since", in.Body.Since); err != nil {
		return nil, err
	}
	if req.Since.IsZero() {
		return nil, cairn.Invalid("since", "Say since when: a day such as 2027-03-31, or a moment")
	}
	if req.Until, err = s.parseMoment("until", in.Body.Until); err != nil {
		return nil, err
	}
	return s.changes(ctx, p.Project, req)
}

type viewChangesIn struct {
	ViewIn
	Since  string `query:"since" doc:"A moment, or a day, whose end counts; absent is your last visit"`
	Until  string `query:"until" doc:"Likewise; absent is now"`
	Offset int    `query:"offset" minimum:"0"`
	Limit  int    `query:"limit" minimum:"0" maximum:"1000" default:"200"`
}

func (s *server) viewChanges(ctx context.Context, in *viewChangesIn) (*changesOut, error) {
	by := callerOf(ctx)
	v, err := s.app.View(by, in.View)
	if err != nil {
		return nil, err
	}
	p, _ := s.app.Directory().Project(v.Project)
	req := app.SinceRequest{Query: v.Query, Fields: v.Layout.Refs(), Offset: in.Offset, Limit: in.Limit}
	for _, c := range v.Columns {
		req.Fields = append(req.Fields, c.Field)
	}
	if req.Since, err = s.parseMoment("since", in.Since); err != nil {
		return nil, err
	}
	if req.Until, err = s.parseMoment("until", in.Until); err != nil {
		return nil, err
	}
	if req.Since.IsZero() {
		if req.Since, err = s.app.LastVisit(ctx, by, v.ID); err != nil {
			return nil, err
		}
		if req.Since.IsZero() {
			return nil, cairn.Invalid("since", "You have not seen this view before; say since when, such as 2027-03-31")
		}
	}
	return s.changes(ctx, p, req)
}

func (s *server) changes(ctx context.Context, p cairn.Project, req app.SinceRequest) (*changesOut, error) {
	found, err := s.app.Since(ctx, callerOf(ctx), p.ID, req)
	if err != nil {
		return nil, err
	}
	out := Changes{
		Since: req.Since, Until: req.Until, From: found.From, To: found.To, Changed: found.Changed, Total: found.Total, Own: found.Own,
		Marked: found.Marked, Ideas: make([]ChangedIdea, 0, len(found.Ideas)), Warnings: found.Warnings,
		Mentions: make(map[cairn.ID]rawMessage, len(found.Mentions)),
	}
	if out.Until.IsZero() {
		out.Until = time.Now().UTC()
	}
	for _, i := range found.Ideas {
		one := ChangedIdea{
			ID: i.ID, Key: cairn.IdeaKey(p.Key, i.Number), Title: i.Title, Marks: i.Marks, How: i.How, Was: i.Was + 1, Is: i.Is + 1,
		}
		for _, f := range i.Fields {
			one.Fields = append(one.Fields, FieldChange{f.Field, f.Was.AppendJSON(nil), f.Is.AppendJSON(nil), f.Mark})
		}
		for _, w := range i.Why {
			one.Why = append(one.Why, ReasonedSet{w.Seq, w.At, w.Actor, w.Group, w.Reason})
		}
		out.Ideas = append(out.Ideas, one)
	}
	for id, m := range found.Mentions {
		out.Mentions[id] = m.AppendJSON(nil)
	}
	return &changesOut{out}, nil
}

type visitIn struct {
	ViewIn
	Body struct {
		Caught bool `json:"caught,omitempty" doc:"You have taken in what changed: from now on only what comes is new"`
	}
}

type visitOut struct {
	Body struct {
		Since *time.Time `json:"since,omitempty" doc:"The end of your last visit; absent when this is the first"`
	}
}

func (s *server) visitView(ctx context.Context, in *visitIn) (*visitOut, error) {
	by := callerOf(ctx)
	out := &visitOut{}
	if in.Body.Caught {
		if err := s.app.Caught(ctx, by, in.View); err != nil {
			return nil, err
		}
	}
	since, err := s.app.Visit(ctx, by, in.View)
	if !since.IsZero() {
		out.Body.Since = &since
	}
	return out, err
}
