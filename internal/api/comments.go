package api

import (
	"context"
	"time"

	"cairn"
)

// Comment is a comment on the wire.
type Comment struct {
	ID         cairn.ID  `json:"id"`
	Idea       cairn.ID  `json:"idea,omitempty"`
	View       cairn.ID  `json:"view,omitempty" doc:"Instead of idea: the view that it is about"`
	Version    int64     `json:"version"`
	Body       string    `json:"body" doc:"Markdown"`
	Author     cairn.ID  `json:"author,omitempty"`
	AuthorName string    `json:"authorName,omitempty" doc:"Of an imported comment whose author has no account"`
	CreatedAt  time.Time `json:"createdAt"`
	EditedAt   time.Time `json:"editedAt,omitzero"`
	Source     string    `json:"source,omitempty"`
}

func commentOut(c cairn.Comment) Comment {
	return Comment{c.ID, c.Idea, c.View, c.Version, c.Body, c.Author, c.AuthorName, c.CreatedAt, c.EditedAt, c.Source}
}

type commentOutput struct{ Body Comment }

type commentsOut struct {
	Body struct {
		Comments []Comment `json:"comments"`
	}
}

func (s *server) listComments(ctx context.Context, in *IdeaIn) (*commentsOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	list, err := s.app.Comments(ctx, by, id)
	return commentList(list, err)
}

func commentList(list []cairn.Comment, err error) (*commentsOut, error) {
	if err != nil {
		return nil, err
	}
	out := &commentsOut{}
	out.Body.Comments = []Comment{}
	for _, c := range list {
		out.Body.Comments = append(out.Body.Comments, commentOut(c))
	}
	return out, nil
}

type addCommentIn struct {
	IdeaIn
	Body struct {
		Body string `json:"body" doc:"Markdown"`
	}
}

func (s *server) addComment(ctx context.Context, in *addCommentIn) (*commentOutput, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	c, err := s.app.AddComment(ctx, by, id, in.Body.Body)
	if err != nil {
		return nil, err
	}
	return &commentOutput{commentOut(c)}, nil
}

// CommentIn is the path parameter that names a comment.
type CommentIn struct {
	Comment cairn.ID `path:"comment" doc:"The comment's id"`
}

type editCommentIn struct {
	CommentIn
	IfMatch
	Body struct {
		Body    string `json:"body" doc:"Markdown"`
		Version int64  `json:"version,omitempty"`
	}
}

func (s *server) editComment(ctx context.Context, in *editCommentIn) (*commentOutput, error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	c, err := s.app.EditComment(ctx, callerOf(ctx), in.Comment, in.Body.Body, version)
	if err != nil {
		return nil, err
	}
	return &commentOutput{commentOut(c)}, nil
}

func (s *server) deleteComment(ctx context.Context, in *CommentIn) (*none, error) {
	return nil, s.app.DeleteComment(ctx, callerOf(ctx), in.Comment)
}

func (s *server) listViewComments(ctx context.Context, in *ViewIn) (*commentsOut, error) {
	return commentList(s.app.ViewComments(ctx, callerOf(ctx), in.View))
}

type addViewCommentIn struct {
	ViewIn
	Body struct {
		Body string `json:"body" doc:"Markdown"`
	}
}

func (s *server) addViewComment(ctx context.Context, in *addViewCommentIn) (*commentOutput, error) {
	c, err := s.app.AddViewComment(ctx, callerOf(ctx), in.View, in.Body.Body)
	if err != nil {
		return nil, err
	}
	return &commentOutput{commentOut(c)}, nil
}
