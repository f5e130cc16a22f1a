package api

import (
	"context"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) mergeRoutes() []endpoint {
	const tag = "Merging"
	return []endpoint{
		route(op{id: "merge-ideas", method: post, path: "/ideas/{idea}/merge", tag: tag, about: "Make other ideas part of this one; it can be taken back at any time"}, s.mergeIdeas),
		route(op{id: "preview-merge", method: post, path: "/ideas/{idea}/merge-preview", tag: tag, about: "What merging would bring together, or why it is refused"}, s.previewMerge),
		route(op{id: "list-parts", method: get, path: "/ideas/{idea}/parts", tag: tag, about: "What was merged into an idea, with the words of each"}, s.listParts),
		route(op{id: "unmerge-idea", method: post, path: "/ideas/{idea}/parts/{part}/unmerge", tag: tag, about: "Take a merged idea out again, with all that came from it"}, s.unmergeIdea),
	}
}

type mergeIn struct {
	IdeaIn
	Body struct {
		Ideas []string `json:"ideas" minItems:"1" maxItems:"50" doc:"The keys or ids of the ideas that become part of this one"`
	}
}

// MergeResult is what a merge brings together.
type MergeResult struct {
	Parts       int    `json:"parts" doc:"How many ideas become part of this one"`
	Comments    int    `json:"comments"`
	Links       int    `json:"links"`
	Children    int    `json:"children"`
	Connections int    `json:"connections" doc:"Connection fields that change, of this and of other ideas"`
	Voters      int    `json:"voters" doc:"People who voted for the parts"`
	Both        int    `json:"both" doc:"Those of them who voted for this idea as well, and count once"`
	Group       string `json:"group,omitempty" doc:"For undo"`
}

type mergeOut struct{ Body MergeResult }

func mergeAnswer(m app.Merged) *mergeOut {
	return &mergeOut{MergeResult{
		Parts: m.Parts, Comments: m.Comments, Links: m.Links, Children: m.Children, Connections: m.Connections,
		Voters: m.Voters, Both: m.Both, Group: m.Group,
	}}
}

// resolve finds the whole and the parts; none may be part of another one.
func (s *server) resolveMerge(ctx context.Context, in *mergeIn) (whole cairn.ID, parts []cairn.ID, err error) {
	by := callerOf(ctx)
	if whole, err = s.app.ResolveOwnIdea(ctx, by, in.Idea); err != nil {
		return 0, nil, err
	}
	for _, ref := range in.Body.Ideas {
		id, err := s.app.ResolveOwnIdea(ctx, by, ref)
		if err != nil {
			return 0, nil, err
		}
		parts = append(parts, id)
	}
	return whole, parts, nil
}

func (s *server) mergeIdeas(ctx context.Context, in *mergeIn) (*mergeOut, error) {
	whole, parts, err := s.resolveMerge(ctx, in)
	if err != nil {
		return nil, err
	}
	m, err := s.app.Merge(ctx, callerOf(ctx), whole, parts)
	if err != nil {
		return nil, err
	}
	return mergeAnswer(m), nil
}

func (s *server) previewMerge(ctx context.Context, in *mergeIn) (*mergeOut, error) {
	whole, parts, err := s.resolveMerge(ctx, in)
	if err != nil {
		return nil, err
	}
	m, err := s.app.PreviewMerge(ctx, callerOf(ctx), whole, parts)
	if err != nil {
		return nil, err
	}
	m.Group = ""
	return mergeAnswer(m), nil
}

// IdeaPart is an idea that was merged into another one.
type IdeaPart struct {
	ID          cairn.ID  `json:"id"`
	Key         string    `json:"key"`
	Title       string    `json:"title"`
	Description string    `json:"description" doc:"Markdown"`
	CreatedAt   time.Time `json:"createdAt"`
	CreatedBy   cairn.ID  `json:"createdBy,omitempty"`
	MergedAt    time.Time `json:"mergedAt"`
	MergedBy    cairn.ID  `json:"mergedBy,omitempty"`
	Reason      string    `json:"reason,omitempty" doc:"Why it was merged"`
}

type partsOut struct {
	Body struct {
		Parts []IdeaPart `json:"parts"`
	}
}

func (s *server) listParts(ctx context.Context, in *IdeaIn) (*partsOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	parts, err := s.app.Parts(ctx, by, id)
	if err != nil {
		return nil, err
	}
	out := &partsOut{}
	out.Body.Parts = make([]IdeaPart, len(parts))
	for i, p := range parts {
		out.Body.Parts[i] = IdeaPart{
			ID: p.ID, Key: p.Key, Title: p.Title, Description: p.Description, CreatedAt: p.CreatedAt, CreatedBy: p.CreatedBy,
			MergedAt: p.MergedAt, MergedBy: p.MergedBy, Reason: p.Reason,
		}
	}
	return out, nil
}

type unmergeIn struct {
	IdeaIn
	Part string `path:"part" doc:"The merged idea's key or id"`
}

type unmergeOut struct {
	Body struct {
		Group string `json:"group" doc:"For undo, which merges again"`
		Kept  int    `json:"kept" doc:"What stays as it is, since it no longer fits"`
	}
}

func (s *server) unmergeIdea(ctx context.Context, in *unmergeIn) (*unmergeOut, error) {
	by := callerOf(ctx)
	whole, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	part, err := s.app.ResolvePart(ctx, by, whole, in.Part)
	if err != nil {
		return nil, err
	}
	u, err := s.app.Unmerge(ctx, by, whole, part)
	if err != nil {
		return nil, err
	}
	out := &unmergeOut{}
	out.Body.Group, out.Body.Kept = u.Group, u.Kept
	return out, nil
}
