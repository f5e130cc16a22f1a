package api

import (
	"context"
	"maps"
	"slices"
	"time"

	"cairn"
	"cairn/internal/app"
)

func (s *server) commentRoutes() []endpoint {
	const tag = "Comments"
	return []endpoint{
		route(op{id: "list-comments", method: get, path: "/ideas/{idea}/comments", tag: tag, about: "An idea's comments, oldest first"}, s.listComments),
		route(op{id: "add-comment", method: post, path: "/ideas/{idea}/comments", tag: tag, status: 201, about: "Comment on an idea, or reply to a comment on it"}, s.addComment),
		route(op{id: "list-view-comments", method: get, path: "/views/{view}/comments", tag: tag, about: "The comments on a view, oldest first"}, s.listViewComments),
		route(op{id: "add-view-comment", method: post, path: "/views/{view}/comments", tag: tag, status: 201, about: "Comment on a view, or reply to a comment on it"}, s.addViewComment),
		route(op{id: "list-insight-comments", method: get, path: "/insights/{insight}/comments", tag: tag, about: "The comments on an insight, oldest first, for who reads its home"}, s.listInsightComments),
		route(op{id: "add-insight-comment", method: post, path: "/insights/{insight}/comments", tag: tag, status: 201, about: "Comment on an insight, or reply to a comment on it"}, s.addInsightComment),
		route(op{id: "edit-comment", method: pat, path: "/comments/{comment}", tag: tag, about: "Edit your comment"}, s.editComment),
		route(op{id: "delete-comment", method: del, path: "/comments/{comment}", tag: tag, status: 204, about: "Delete a comment; where others have replied its place stays"}, s.deleteComment),
		route(op{id: "list-wordings", method: get, path: "/comments/{comment}/wordings", tag: tag, about: "What a comment said before and says now, oldest first"}, s.listWordings),
		route(op{id: "react", method: put, path: "/comments/{comment}/reactions/{emoji}", tag: tag, about: "Answer a comment with an emoji"}, s.react),
		route(op{id: "unreact", method: del, path: "/comments/{comment}/reactions/{emoji}", tag: tag, about: "Take your reaction back"}, s.unreact),
		route(op{id: "resolve-thread", method: post, path: "/comments/{comment}/resolve", tag: tag, about: "Settle the thread of a comment"}, s.resolveThread),
		route(op{id: "reopen-thread", method: post, path: "/comments/{comment}/reopen", tag: tag, about: "Open a settled thread again"}, s.reopenThread),
	}
}

// Comment is a comment on the wire.
type Comment struct {
	ID         cairn.ID   `json:"id"`
	Idea       cairn.ID   `json:"idea,omitempty"`
	View       cairn.ID   `json:"view,omitempty" doc:"Instead of idea: the view that it is about"`
	Insight    cairn.ID   `json:"insight,omitempty" doc:"Instead of idea: the insight that it is about"`
	Thread     cairn.ID   `json:"thread,omitempty" doc:"The comment that begins the thread, for a reply"`
	Version    int64      `json:"version"`
	Body       string     `json:"body" doc:"Markdown. [@Name](cairn:person/ID) mentions a person, [KEY](cairn:idea/ID) an idea"`
	Author     cairn.ID   `json:"author,omitempty"`
	AuthorName string     `json:"authorName,omitempty" doc:"Of an imported comment whose author has no account"`
	CreatedAt  time.Time  `json:"createdAt"`
	EditedAt   time.Time  `json:"editedAt,omitzero"`
	ResolvedAt time.Time  `json:"resolvedAt,omitzero" doc:"Of the first comment of a thread that is settled"`
	ResolvedBy cairn.ID   `json:"resolvedBy,omitempty"`
	Deleted    bool       `json:"deleted,omitempty" doc:"Only its place is left, since others have replied"`
	Reactions  []Reaction `json:"reactions" doc:"By emoji, in the order of their characters"`
	Source     string     `json:"source,omitempty"`
}

// Reaction is an emoji with the people who answered with it.
type Reaction struct {
	Emoji  string     `json:"emoji"`
	People []cairn.ID `json:"people" doc:"In the order in which they came"`
}

func commentOut(c cairn.Comment) Comment {
	out := Comment{
		ID: c.ID, Thread: c.Thread, Version: c.Version, Body: c.Body, Author: c.Author, AuthorName: c.AuthorName,
		CreatedAt: c.CreatedAt, EditedAt: c.EditedAt, ResolvedAt: c.ResolvedAt, ResolvedBy: c.ResolvedBy,
		Deleted: !c.DeletedAt.IsZero(), Reactions: []Reaction{}, Source: c.Source,
	}
	switch c.On {
	case cairn.KindView:
		out.View = c.Parent
	case cairn.KindInsight:
		out.Insight = c.Parent
	case cairn.KindIdea:
		out.Idea = c.Parent
	}
	for _, emoji := range slices.Sorted(maps.Keys(c.Reactions)) {
		out.Reactions = append(out.Reactions, Reaction{emoji, c.Reactions[emoji]})
	}
	return out
}

type commentOutput struct{ Body Comment }

func commentAnswer(c cairn.Comment, err error) (*commentOutput, error) {
	if err != nil {
		return nil, err
	}
	return &commentOutput{commentOut(c)}, nil
}

type commentsOut struct {
	Body struct {
		Comments []Comment `json:"comments"`
	}
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

func (s *server) listComments(ctx context.Context, in *IdeaIn) (*commentsOut, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return commentList(s.app.Comments(ctx, by, app.About{Kind: cairn.KindIdea, ID: id}))
}

func (s *server) listViewComments(ctx context.Context, in *ViewIn) (*commentsOut, error) {
	return commentList(s.app.Comments(ctx, callerOf(ctx), app.About{Kind: cairn.KindView, ID: in.View}))
}

func (s *server) listInsightComments(ctx context.Context, in *InsightIn) (*commentsOut, error) {
	return commentList(s.app.Comments(ctx, callerOf(ctx), in.about()))
}

// CommentBody is what somebody says.
type CommentBody struct {
	Body    string   `json:"body" doc:"Markdown. Keys of ideas such as INS-12 become mentions"`
	ReplyTo cairn.ID `json:"replyTo,omitempty" doc:"The comment that it replies to"`
}

func (b CommentBody) in() app.NewComment { return app.NewComment{Body: b.Body, ReplyTo: b.ReplyTo} }

type addCommentIn struct {
	IdeaIn
	Body CommentBody
}

func (s *server) addComment(ctx context.Context, in *addCommentIn) (*commentOutput, error) {
	by := callerOf(ctx)
	id, err := s.app.ResolveIdea(ctx, by, in.Idea)
	if err != nil {
		return nil, err
	}
	return commentAnswer(s.app.AddComment(ctx, by, app.About{Kind: cairn.KindIdea, ID: id}, in.Body.in()))
}

type addViewCommentIn struct {
	ViewIn
	Body CommentBody
}

func (s *server) addViewComment(ctx context.Context, in *addViewCommentIn) (*commentOutput, error) {
	return commentAnswer(s.app.AddComment(ctx, callerOf(ctx), app.About{Kind: cairn.KindView, ID: in.View}, in.Body.in()))
}

type addInsightCommentIn struct {
	InsightIn
	Body CommentBody
}

func (s *server) addInsightComment(ctx context.Context, in *addInsightCommentIn) (*commentOutput, error) {
	return commentAnswer(s.app.AddComment(ctx, callerOf(ctx), in.about(), in.Body.in()))
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
		Version int64  `json:"version,omitempty" doc:"Of the comment as you saw it; refused when it got other words since. Reactions and replies are no hindrance"`
	}
}

func (s *server) editComment(ctx context.Context, in *editCommentIn) (*commentOutput, error) {
	version, err := in.version(in.Body.Version)
	if err != nil {
		return nil, err
	}
	return commentAnswer(s.app.EditComment(ctx, callerOf(ctx), in.Comment, in.Body.Body, version))
}

func (s *server) deleteComment(ctx context.Context, in *CommentIn) (*none, error) {
	return nil, s.app.DeleteComment(ctx, callerOf(ctx), in.Comment)
}

// Wording is what a comment said from one moment on.
type Wording struct {
	At   time.Time `json:"at"`
	By   cairn.ID  `json:"by,omitempty"`
	Body string    `json:"body" doc:"Markdown"`
}

type wordingsOut struct {
	Body struct {
		Wordings []Wording `json:"wordings"`
	}
}

func (s *server) listWordings(ctx context.Context, in *CommentIn) (*wordingsOut, error) {
	list, err := s.app.Wordings(ctx, callerOf(ctx), in.Comment)
	if err != nil {
		return nil, err
	}
	out := &wordingsOut{}
	out.Body.Wordings = []Wording{}
	for _, w := range list {
		out.Body.Wordings = append(out.Body.Wordings, Wording(w))
	}
	return out, nil
}

type reactionIn struct {
	CommentIn
	Emoji string `path:"emoji" maxLength:"64" doc:"One emoji, percent-encoded"`
}

func (s *server) react(ctx context.Context, in *reactionIn) (*commentOutput, error) {
	return commentAnswer(s.app.React(ctx, callerOf(ctx), in.Comment, in.Emoji))
}

func (s *server) unreact(ctx context.Context, in *reactionIn) (*commentOutput, error) {
	return commentAnswer(s.app.Unreact(ctx, callerOf(ctx), in.Comment, in.Emoji))
}

func (s *server) resolveThread(ctx context.Context, in *CommentIn) (*commentOutput, error) {
	return commentAnswer(s.app.ResolveThread(ctx, callerOf(ctx), in.Comment))
}

func (s *server) reopenThread(ctx context.Context, in *CommentIn) (*commentOutput, error) {
	return commentAnswer(s.app.ReopenThread(ctx, callerOf(ctx), in.Comment))
}
