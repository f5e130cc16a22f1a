package app

import (
	"context"

	"cairn"
	"cairn/internal/store"
)

// Comments returns an idea's comments, oldest first.
func (a *App) Comments(ctx context.Context, by Caller, idea cairn.ID) ([]cairn.Comment, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	return a.commentsOf(ctx, p.ID, idea)
}

// ViewComments returns the comments on a view, oldest first.
func (a *App) ViewComments(ctx context.Context, by Caller, view cairn.ID) ([]cairn.Comment, error) {
	v, err := a.View(by, view)
	if err != nil {
		return nil, err
	}
	return a.commentsOf(ctx, v.Project, view)
}

func (a *App) commentsOf(ctx context.Context, project, parent cairn.ID) ([]cairn.Comment, error) {
	var out []cairn.Comment
	_, err := a.store.Scan(ctx, store.Query{
		Kinds: []cairn.Kind{cairn.KindComment}, Project: project, Parent: parent, Text: true,
	}, func(e cairn.Entity) error {
		c, err := cairn.CommentOf(e)
		out = append(out, c)
		return err
	})
	return out, err
}

// AddComment says something about an idea.
func (a *App) AddComment(ctx context.Context, by Caller, idea cairn.ID, body string) (cairn.Comment, error) {
	p, err := a.readableIdea(ctx, by, idea, cairn.CommentIdea)
	if err != nil {
		return cairn.Comment{}, err
	}
	return a.addComment(ctx, by, idea, cairn.Comment{Idea: idea, Project: p.ID, Body: body})
}

// AddViewComment says something about a view.
func (a *App) AddViewComment(ctx context.Context, by Caller, view cairn.ID, body string) (cairn.Comment, error) {
	v, err := a.View(by, view)
	if err != nil {
		return cairn.Comment{}, err
	}
	if _, err := a.mayIn(by, v.Project, cairn.CommentIdea); err != nil {
		return cairn.Comment{}, err
	}
	return a.addComment(ctx, by, view, cairn.Comment{View: view, Project: v.Project, Body: body})
}

func (a *App) addComment(ctx context.Context, by Caller, parent cairn.ID, c cairn.Comment) (cairn.Comment, error) {
	if err := cairn.CheckComment(c.Body); err != nil {
		return cairn.Comment{}, err
	}
	c.Author = by.User
	_, err := a.write(ctx, by, c.Project, func(tx store.Tx) error {
		if _, err := tx.Entity(parent); err != nil {
			return err // deleted meanwhile
		}
		c.CreatedAt = tx.Now()
		ce, err := c.Entity()
		if err != nil {
			return err
		}
		c.ID, err = tx.Create(ce)
		c.Version = tx.Seq()
		return err
	})
	return c, err
}

// EditComment replaces a comment's text; only its author may.
func (a *App) EditComment(ctx context.Context, by Caller, id cairn.ID, body string, version int64) (cairn.Comment, error) {
	c, err := a.comment(ctx, by, id, cairn.EditComment)
	if err != nil {
		return cairn.Comment{}, err
	}
	if err := cairn.CheckComment(body); err != nil {
		return cairn.Comment{}, err
	}
	_, err = a.write(ctx, by, c.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := checkVersion(e, version); err != nil {
			return err
		}
		if c, err = cairn.CommentOf(e); err != nil || c.Body == body {
			return err
		}
		c.Body, c.EditedAt = body, tx.Now()
		if e, err = c.Entity(); err != nil {
			return err
		}
		c.Version = tx.Seq()
		return tx.Put(e)
	})
	return c, err
}

// DeleteComment removes a comment; its author and project admins may.
func (a *App) DeleteComment(ctx context.Context, by Caller, id cairn.ID) error {
	c, err := a.comment(ctx, by, id, cairn.DeleteComment)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, c.Project, func(tx store.Tx) error { return tx.Delete(id) })
	return err
}

func (a *App) comment(ctx context.Context, by Caller, id cairn.ID, verb cairn.Verb) (cairn.Comment, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindComment {
		return cairn.Comment{}, cairn.NotFound("The comment")
	}
	c, err := cairn.CommentOf(e)
	if err != nil {
		return c, err
	}
	if _, err := a.mayBy(by, e.Project, verb, c.Author); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			return c, cairn.NotFound("The comment")
		}
		return c, err
	}
	return c, nil
}
