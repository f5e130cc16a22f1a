package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"cairn"
	"cairn/internal/store"
)

// Comments returns the comments on something, oldest first.
func (a *App) Comments(ctx context.Context, by Caller, on About) ([]cairn.Comment, error) {
	p, err := a.about(ctx, by, &on, cairn.ReadProject)
	if err != nil {
		return nil, err
	}
	var out []cairn.Comment
	for _, id := range a.discussed(ctx, on) {
		if _, err = a.store.Scan(ctx, store.Query{
			Kinds: []cairn.Kind{cairn.KindComment}, Project: p.ID, Parent: id, Text: true,
		}, func(e cairn.Entity) error {
			c, err := cairn.CommentOf(e)
			out = append(out, c)
			return err
		}); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(x, y cairn.Comment) int { return cmp.Compare(x.ID, y.ID) })
	return out, nil
}

// NewComment is what is said, and to what.
type NewComment struct {
	Body string
	// ReplyTo is a comment on the same thing, 0 begins a thread.
	ReplyTo cairn.ID
}

// AddComment says something about an idea, a view or an insight. A reply to a settled thread
// opens it again.
func (a *App) AddComment(ctx context.Context, by Caller, on About, in NewComment) (cairn.Comment, error) {
	p, err := a.about(ctx, by, &on, cairn.CommentIdea)
	if err != nil {
		return cairn.Comment{}, err
	}
	c := cairn.Comment{Parent: on.ID, On: on.Kind, Project: p.ID, Author: by.User}
	if c.Body, err = a.wording(ctx, by, p, in.Body, ""); err != nil {
		return cairn.Comment{}, err
	}
	places := a.discussed(ctx, on)
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		if in.ReplyTo != 0 { // what is said to a comment of a part hangs on the part (MRG-3)
			if first, err := tx.Entity(in.ReplyTo); err == nil && slices.Contains(places, first.Parent) {
				on.ID, c.Parent = first.Parent, first.Parent
			}
		}
		if _, err := tx.Entity(on.ID); err != nil {
			return err // deleted meanwhile
		}
		if c.Thread, err = replyIn(tx, on, in.ReplyTo); err != nil {
			return err
		}
		c.CreatedAt, c.Wording = tx.Now(), tx.Seq()
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

// wording checks what somebody says, and links the ideas that it names.
func (a *App) wording(ctx context.Context, by Caller, p cairn.Project, body, before string) (string, error) {
	if err := cairn.CheckComment(body); err != nil {
		return "", err
	}
	body = a.linkKeys(ctx, by, body)
	if err := cairn.CheckComment(body); err != nil {
		return "", err // links have made it longer
	}
	fresh := cairn.Mentions(body).Without(cairn.Mentions(before))
	return body, a.mentioning(ctx, by, mentionedIn{p, "body"}, fresh)
}

// replyIn returns the beginning of the thread that a reply goes to, and opens
// it.
func replyIn(tx store.Tx, on About, to cairn.ID) (cairn.ID, error) {
	if to == 0 {
		return 0, nil
	}
	first, err := threadOf(tx, on, to)
	if err != nil {
		return 0, err
	}
	if !first.ResolvedAt.IsZero() {
		first.ResolvedAt, first.ResolvedBy = time.Time{}, 0
		return first.ID, putComment(tx, &first)
	}
	return first.ID, nil
}

// threadOf returns the comment that begins the thread of a comment.
func threadOf(tx store.Tx, on About, id cairn.ID) (cairn.Comment, error) {
	for {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindComment || e.Parent != on.ID {
			return cairn.Comment{}, cairn.NotFound("The comment to reply to")
		}
		c, err := cairn.CommentOf(e)
		if err != nil || c.Thread == 0 {
			return c, err
		}
		id = c.Thread
	}
}

func putComment(tx store.Tx, c *cairn.Comment) error {
	e, err := c.Entity()
	if err != nil {
		return err
	}
	c.Version = tx.Seq()
	return tx.Put(e)
}

// EditComment replaces a comment's text; only its author may. version, when not
// 0, is that of the comment whose words the author saw.
func (a *App) EditComment(ctx context.Context, by Caller, id cairn.ID, body string, version int64) (cairn.Comment, error) {
	c, p, err := a.comment(ctx, by, id, cairn.EditComment)
	if err != nil {
		return cairn.Comment{}, err
	}
	if body, err = a.wording(ctx, by, p, body, c.Body); err != nil {
		return cairn.Comment{}, err
	}
	return a.changeComment(ctx, by, &c, func(tx store.Tx, c *cairn.Comment) error {
		if version != 0 && version < c.Wording {
			return cairn.Conflict("The comment got other words meanwhile; load it again and repeat your change")
		}
		if c.Body == body {
			return nil
		}
		c.Body, c.EditedAt, c.Wording = body, tx.Now(), tx.Seq()
		return putComment(tx, c)
	})
}

// changeComment changes a comment as it is inside the transaction; one of which
// only the place is left cannot change.
func (a *App) changeComment(ctx context.Context, by Caller, c *cairn.Comment, change func(store.Tx, *cairn.Comment) error) (cairn.Comment, error) {
	var now cairn.Comment
	_, err := a.write(ctx, by, c.Project, func(tx store.Tx) error {
		e, err := tx.Entity(c.ID)
		if err != nil {
			return err
		}
		if now, err = cairn.CommentOf(e); err != nil {
			return err
		}
		if !now.DeletedAt.IsZero() {
			return cairn.NotFound("The comment")
		}
		return change(tx, &now)
	})
	return now, err
}

// React answers a comment with an emoji, or takes that back.
func (a *App) React(ctx context.Context, by Caller, id cairn.ID, emoji string) (cairn.Comment, error) {
	emoji, err := cairn.CleanReaction(emoji)
	if err != nil {
		return cairn.Comment{}, err
	}
	c, _, err := a.comment(ctx, by, id, cairn.CommentIdea)
	if err != nil {
		return c, err
	}
	return a.changeComment(ctx, by, &c, func(tx store.Tx, c *cairn.Comment) error {
		changed, err := c.React(emoji, by.User)
		if err != nil || !changed {
			return err
		}
		return putComment(tx, c)
	})
}

// Unreact takes the caller's reaction back.
func (a *App) Unreact(ctx context.Context, by Caller, id cairn.ID, emoji string) (cairn.Comment, error) {
	c, _, err := a.comment(ctx, by, id, cairn.CommentIdea)
	if err != nil {
		return c, err
	}
	return a.changeComment(ctx, by, &c, func(tx store.Tx, c *cairn.Comment) error {
		if !c.Unreact(emoji, by.User) {
			return nil
		}
		return putComment(tx, c)
	})
}

// ResolveThread settles the thread of a comment, or opens it again.
func (a *App) ResolveThread(ctx context.Context, by Caller, id cairn.ID) (cairn.Comment, error) {
	return a.settle(ctx, by, id, func(tx store.Tx, c *cairn.Comment) {
		if c.ResolvedAt.IsZero() {
			c.ResolvedAt, c.ResolvedBy = tx.Now(), by.User
		}
	})
}

// ReopenThread opens a settled thread again.
func (a *App) ReopenThread(ctx context.Context, by Caller, id cairn.ID) (cairn.Comment, error) {
	return a.settle(ctx, by, id, func(_ store.Tx, c *cairn.Comment) { c.ResolvedAt, c.ResolvedBy = time.Time{}, 0 })
}

func (a *App) settle(ctx context.Context, by Caller, id cairn.ID, set func(store.Tx, *cairn.Comment)) (cairn.Comment, error) {
	c, p, err := a.comment(ctx, by, id, cairn.CommentIdea)
	if err != nil {
		return c, err
	}
	_, err = a.write(ctx, by, p.ID, func(tx store.Tx) error {
		if c, err = threadOf(tx, About{c.On, c.Parent}, id); err != nil {
			return err
		}
		before := c.ResolvedAt
		if set(tx, &c); before.Equal(c.ResolvedAt) {
			return nil
		}
		return putComment(tx, &c)
	})
	return c, err
}

// Wording is what a comment said from one moment on.
type Wording struct {
	At   time.Time
	By   cairn.ID
	Body string
}

// maxWordings is how many changes of a comment are looked through for its words.
const maxWordings = 1000

// Wordings returns what a comment said before, oldest first, with what it says
// now as the last.
func (a *App) Wordings(ctx context.Context, by Caller, id cairn.ID) ([]Wording, error) {
	c, _, err := a.comment(ctx, by, id, cairn.ReadHistory)
	if err != nil {
		return nil, err
	}
	if !c.DeletedAt.IsZero() {
		return nil, cairn.NotFound("The comment")
	}
	sets, err := a.store.EntityLog(ctx, id, 0, maxWordings)
	if err != nil {
		return nil, err
	}
	var out []Wording
	for _, set := range slices.Backward(sets) {
		for _, ch := range set.Changes {
			w := Wording{At: set.At, By: set.Actor}
			switch {
			case ch.Created():
				s, err := cairn.ParseSnapshot(ch.New)
				if err != nil {
					return nil, err
				}
				w.Body = s.Text
				if len(out) == 0 {
					w.At, w.By = c.CreatedAt, c.Author // an import wrote it later, for somebody
				}
			case ch.Attr == "body" && !cairn.IsNull(ch.New):
				if err := json.Unmarshal(ch.New, &w.Body); err != nil {
					return nil, err
				}
			default:
				continue
			}
			out = append(out, w)
		}
	}
	return out, nil
}

// DeleteComment removes a comment; its author and project admins may. Where
// others have replied, its words go and its place stays.
func (a *App) DeleteComment(ctx context.Context, by Caller, id cairn.ID) error {
	c, _, err := a.comment(ctx, by, id, cairn.DeleteComment)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, c.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if c, err = cairn.CommentOf(e); err != nil {
			return err
		}
		family := thread{first: c.Thread}
		if c.Thread == 0 {
			family.first = id
		}
		if err := family.read(tx, &c); err != nil {
			return err
		}
		switch {
		case c.Thread == 0 && family.replies > 0:
			c.Body, c.DeletedAt, c.Wording, c.Reactions = "", tx.Now(), tx.Seq(), nil
			return putComment(tx, &c)
		case c.Thread != 0 && family.replies == 1 && family.left:
			// The last reply takes the empty place above it along.
			if err := tx.Delete(c.Thread); err != nil {
				return err
			}
		}
		return tx.Delete(id)
	})
	return err
}

// thread is what is known of a thread when one of its comments goes.
type thread struct {
	first   cairn.ID
	replies int
	// left says that of the first comment only the place is left.
	left bool
}

func (t *thread) read(tx store.Tx, one *cairn.Comment) error {
	return tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindComment}, Project: one.Project, Parent: one.Parent}, func(e cairn.Entity) error {
		c, err := cairn.CommentOf(e)
		switch {
		case err != nil:
			return err
		case c.ID == t.first:
			t.left = !c.DeletedAt.IsZero()
		case c.Thread == t.first:
			t.replies++
		}
		return nil
	})
}

// comment finds a comment for somebody who may do that with it.
func (a *App) comment(ctx context.Context, by Caller, id cairn.ID, verb cairn.Verb) (cairn.Comment, cairn.Project, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindComment {
		return cairn.Comment{}, cairn.Project{}, cairn.NotFound("The comment")
	}
	c, err := cairn.CommentOf(e)
	if err != nil {
		return c, cairn.Project{}, err
	}
	p, err := a.mayBy(by, e.Project, verb, c.Author)
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		err = cairn.NotFound("The comment")
	}
	return c, p, err
}
