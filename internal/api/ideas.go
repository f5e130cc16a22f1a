package api

import (
	"context"
	"strconv"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/formula"
)

// Idea is an idea on the wire.
type Idea struct {
	ID          cairn.ID                 `json:"id"`
	Key         string                   `json:"key"`
	Number      int64                    `json:"number"`
	Project     string                   `json:"project" doc:"The project's key"`
	Version     int64                    `json:"version"`
	Title       string                   `json:"title"`
	Description string                   `json:"description" doc:"Markdown"`
	CreatedAt   time.Time                `json:"createdAt"`
	CreatedBy   cairn.ID                 `json:"createdBy,omitempty"`
	UpdatedAt   time.Time                `json:"updatedAt"`
	UpdatedBy   cairn.ID                 `json:"updatedBy,omitempty"`
	Archived    bool                     `json:"archived"`
	Type        cairn.ID                 `json:"type,omitempty" doc:"One of the project's idea types"`
	Parent      cairn.ID                 `json:"parent,omitempty" doc:"The idea above, of the same project"`
	CoverImage  cairn.ID                 `json:"coverImage,omitempty" doc:"The attached image that stands for it on boards"`
	Rank        string                   `json:"rank"`
	Source      string                   `json:"source,omitempty"`
	SourceID    string                   `json:"sourceId,omitempty"`
	Values      map[cairn.Ref]rawMessage `json:"values" doc:"Custom fields by reference (f17), in the form of their type"`
	Computed    map[cairn.Ref]rawMessage `json:"computed,omitempty" doc:"Formula and votes fields: a number, null, {value, missing} or {error}. Absent from the answer to a change, which may move the scores of every idea"`
}

type ideaOut struct {
	ETag string `header:"ETag"`
	Body Idea
}

// stored is an idea as it is stored.
func (s *server) stored(ctx context.Context, i cairn.Idea) (*ideaOut, []cairn.Ref, error) {
	p, _ := s.app.Directory().Project(i.Project)
	out := Idea{
		ID: i.ID, Key: cairn.IdeaKey(p.Key, i.Number), Number: i.Number, Project: p.Key, Version: i.Version,
		Title: i.Title, Description: i.Description, CreatedAt: i.CreatedAt, CreatedBy: i.CreatedBy,
		UpdatedAt: i.UpdatedAt, UpdatedBy: i.UpdatedBy, Archived: i.Archived, Type: i.Type, Parent: i.ParentIdea, CoverImage: i.Cover, Rank: i.Rank,
		Source: i.Source, SourceID: i.SourceID, Values: i.Values,
	}
	fields, err := s.app.FieldRefs(ctx, callerOf(ctx), i.Project)
	if err != nil {
		return nil, nil, err
	}
	var room [32]cairn.Ref
	computed, given := []cairn.Ref(nil), room[:0]
	for n := range fields {
		ref := fields[n].Ref()
		switch v := i.Values[ref]; {
		case fields[n].Type == cairn.TypeFormula || fields[n].Type == cairn.TypeVotes || fields[n].Type == cairn.TypeEvidence:
			computed = append(computed, ref)
		case !cairn.IsNull(v):
			given = append(given, ref)
		}
	}
	if len(given) != len(i.Values) { // there are others, of fields that were deleted
		out.Values = make(map[cairn.Ref]rawMessage, len(given))
		for _, ref := range given {
			out.Values[ref] = i.Values[ref]
		}
	}
	return &ideaOut{ETag: strconv.Quote(strconv.FormatInt(i.Version, 10)), Body: out}, computed, nil
}

// changed answers with an idea that was just written.
func (s *server) changed(ctx context.Context, i cairn.Idea) (*ideaOut, error) {
	out, _, err := s.stored(ctx, i)
	return out, err
}

// complete answers with an idea and its computed fields.
func (s *server) complete(ctx context.Context, i cairn.Idea) (*ideaOut, error) {
	out, refs, err := s.stored(ctx, i)
	if err != nil {
		return nil, err
	}
	cells, err := s.app.Row(ctx, callerOf(ctx), i.Project, i.ID, refs)
	if err != nil {
		return nil, err
	}
	out.Body.Computed = make(map[cairn.Ref]rawMessage, len(refs))
	for n, ref := range refs {
		out.Body.Computed[ref] = cells[n].AppendJSON(nil)
	}
	return out, nil
}

// past answers with an idea as it was.
func (s *server) past(ctx context.Context, ref string, at time.Time) (*ideaOut, error) {
	i, err := s.app.IdeaAt(ctx, callerOf(ctx), ref, at)
	if err != nil {
		return nil, err
	}
	out, _, err := s.stored(ctx, i.Idea)
	if err != nil {
		return nil, err
	}
	out.Body.Computed = make(map[cairn.Ref]rawMessage)
	for ref, cell := range i.Cells {
		if i.Idea.Values[ref] == nil {
			out.Body.Computed[ref] = cell.AppendJSON(nil)
		}
	}
	return out, nil
}

type createIdeaIn struct {
	ProjectIn
	Body struct {
		Title       string                   `json:"title"`
		Description string                   `json:"description,omitempty" doc:"Markdown"`
		Values      map[cairn.Ref]rawMessage `json:"values,omitempty"`
		After       cairn.ID                 `json:"after,omitempty" doc:"Put it behind this idea in the manual order"`
		Rank        cairn.Ref                `json:"rank,omitempty" doc:"Which order: empty is the project's, r and a view's id is that view's own"`
		Type        cairn.ID                 `json:"type,omitempty" doc:"One of the project's idea types; its template fills an empty description"`
		Parent      cairn.ID                 `json:"parent,omitempty" doc:"The idea above, of the same project"`
	}
}

func (s *server) createIdea(ctx context.Context, in *createIdeaIn) (*ideaOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	i, err := s.app.CreateIdea(ctx, by, p.ID, app.NewIdea{
		Title: in.Body.Title, Description: in.Body.Description, Values: in.Body.Values, After: in.Body.After, Rank: in.Body.Rank,
		Type: in.Body.Type, Parent: in.Body.Parent,
	})
	if err != nil {
		return nil, err
	}
	return s.changed(ctx, i)
}

// IdeaIn is the path parameter that names an idea.
type IdeaIn struct {
	Idea string `path:"idea" doc:"The idea's key (INS-12) or id"`
}

type getIdeaIn struct {
	IdeaIn
	At string `query:"at" doc:"What was at a moment, or at the end of a day; absent is now"`
}

func (s *server) getIdea(ctx context.Context, in *getIdeaIn) (*ideaOut, error) {
	at, err := s.parseMoment("at", in.At)
	if err != nil {
		return nil, err
	}
	if !at.IsZero() {
		return s.past(ctx, in.Idea, at)
	}
	i, err := s.app.Idea(ctx, callerOf(ctx), in.Idea)
	if err != nil {
		return nil, err
	}
	return s.complete(ctx, i)
}

// IdeaPatch is what changes; what is left out stays. A value of null empties a
// field.
type IdeaPatch struct {
	Title       *string                  `json:"title,omitempty"`
	Description *string                  `json:"description,omitempty"`
	Archived    *bool                    `json:"archived,omitempty"`
	Values      map[cairn.Ref]rawMessage `json:"values,omitempty"`
	Type        *cairn.ID                `json:"type,omitempty" doc:"One of the project's idea types; 0 for none"`
	Parent      *cairn.ID                `json:"parent,omitempty" doc:"The idea above, of the same project and not below the idea itself; 0 for none"`
	CoverImage  *cairn.ID                `json:"coverImage,omitempty" doc:"An image attached to the idea; 0 for none"`
	Move        *MoveInput               `json:"move,omitempty" doc:"A new place in the manual order"`
	Version     int64                    `json:"version,omitempty" doc:"What you last saw; refused when it changed meanwhile. Without it, what others changed in other fields stays"`
}

// MoveInput names the neighbour to move to: one of the two.
type MoveInput struct {
	After  cairn.ID  `json:"after,omitempty"`
	Before cairn.ID  `json:"before,omitempty"`
	Rank   cairn.Ref `json:"rank,omitempty" doc:"Which order: empty is the project's, r and a view's id is that view's own"`
}

func (p IdeaPatch) patch() app.IdeaPatch {
	out := app.IdeaPatch{Title: p.Title, Description: p.Description, Archived: p.Archived, Values: p.Values, Type: p.Type, Parent: p.Parent, Cover: p.CoverImage, Version: p.Version}
	if p.Move != nil {
		out.Move = &app.Move{After: p.Move.After, Before: p.Move.Before, Rank: p.Move.Rank}
	}
	return out
}

type updateIdeaIn struct {
	IdeaIn
	IfMatch
	Body IdeaPatch
}

func (s *server) updateIdea(ctx context.Context, in *updateIdeaIn) (*ideaOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveOwnIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	patch := in.Body.patch()
	if patch.Version, err = in.version(patch.Version); err != nil {
		return nil, err
	}
	i, err := s.app.UpdateIdea(ctx, by, id, patch)
	if err != nil {
		return nil, err
	}
	return s.changed(ctx, i)
}

func (s *server) deleteIdea(ctx context.Context, in *IdeaIn) (*none, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveOwnIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return nil, s.app.DeleteIdea(ctx, by, id)
}

type bulkIn struct {
	ProjectIn
	Body struct {
		IDs   []cairn.ID   `json:"ids,omitempty" doc:"The ideas to change, in the order a move keeps"`
		Query *cairn.Query `json:"query,omitempty" doc:"Instead of ids: all that it finds"`
		Patch IdeaPatch    `json:"patch"`
	}
}

type bulkOut struct {
	Body struct {
		Changed int    `json:"changed"`
		Group   string `json:"group" doc:"For undo"`
	}
}

func (s *server) bulkUpdateIdeas(ctx context.Context, in *bulkIn) (*bulkOut, error) {
	by := callerOf(ctx)
	p, err := s.app.Project(by, in.Project)
	if err != nil {
		return nil, err
	}
	n, err := s.app.BulkUpdate(ctx, by, p.ID, app.Bulk{IDs: in.Body.IDs, Query: in.Body.Query, Patch: in.Body.Patch.patch()})
	if err != nil {
		return nil, err
	}
	out := &bulkOut{}
	out.Body.Changed, out.Body.Group = n, by.Group
	return out, nil
}

type explainIn struct {
	IdeaIn
	Field cairn.Ref `path:"field" doc:"The formula field's reference, such as f17"`
}

type explainOut struct{ Body formula.Explanation }

func (s *server) explainValue(ctx context.Context, in *explainIn) (*explainOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	e, err := s.app.Explain(ctx, by, id, in.Field)
	if err != nil {
		return nil, err
	}
	return &explainOut{e}, nil
}
