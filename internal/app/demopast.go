package app

import (
	"context"
	"encoding/json"
	"fmt"

	"cairn"
	"cairn/internal/demo"
	"cairn/internal/store"
)

// past makes everything as it was, and then lets happen what happened.
func (l *demoLoad) past(ctx context.Context, d *demo.Demo) error {
	if err := l.ideas(ctx, d, d.Past.Ideas); err != nil {
		return err
	}
	for i := range d.Links {
		if d.Links[i].Days == 0 {
			if err := l.link(ctx, l.by, &d.Links[i]); err != nil {
				return err
			}
		}
	}
	for i := range d.Past.Events {
		e := &d.Past.Events[i]
		l.app.demoClock.Set(e.At)
		by := l.person(e.By)
		by.Reason, by.Group = e.Why, l.app.grouped("")
		if err := l.event(ctx, by, e); err != nil {
			return fmt.Errorf("%s: %q: %w", e.At.Format("2006-01-02"), e.Idea, err)
		}
	}
	by := l.person(d.People[0].Key)
	for _, view := range l.seen {
		if err := l.app.keepVisit(ctx, by, view, visit{Since: d.Past.Seen, Seen: d.Past.Seen}); err != nil {
			return err
		}
	}
	return nil
}

// event does what somebody did.
func (l *demoLoad) event(ctx context.Context, by Caller, e *demo.Event) (err error) {
	id := l.names.Ideas[e.Idea]
	switch {
	case e.Made != nil:
		_, err = l.app.write(ctx, by, l.id, func(tx store.Tx) error { return l.make(tx, *e.Made) })
	case e.Changed != nil:
		_, err = l.app.UpdateIdea(ctx, by, id, l.patch(e.Changed))
	case e.Said != nil:
		_, err = l.app.write(ctx, by, l.id, func(tx store.Tx) error { return l.comment(tx, id, e.Said) })
	case e.Voted != nil:
		err = l.vote(ctx, e.Voted)
	case e.Linked != nil:
		err = l.link(ctx, by, e.Linked)
	case e.Heard != nil:
		_, err = l.app.AddInsights(ctx, by, l.id, []NewInsight{l.insight(e.Heard)})
	case e.Into != "":
		_, err = l.app.Merge(ctx, by, l.names.Ideas[e.Into], []cairn.ID{id})
	default:
		err = l.app.DeleteIdea(ctx, by, id)
	}
	return err
}

// make writes an idea that was not there at first. Those that are no longer there
// come after all others.
func (l *demoLoad) make(tx store.Tx, in demo.Idea) error {
	if in.Number == 0 {
		n, err := tx.Numbers(l.id, 1)
		if err != nil {
			return err
		}
		in.Number = int(n-l.first) + 1
	}
	in.CreatedAt = tx.Now()
	l.names.Ideas[in.Key] = tx.NewID()
	return l.idea(tx, &in)
}

// patch is the change as the web app would send it.
func (l *demoLoad) patch(c *demo.Changed) IdeaPatch {
	values := demo.Idea{Values: c.Values}
	out := IdeaPatch{Values: values.JSON(&l.names)}
	for ref, raw := range out.Values {
		if string(raw) == "" {
			out.Values[ref] = json.RawMessage("null")
		}
	}
	if c.Title != "" {
		out.Title = &c.Title
	}
	if c.Archived {
		out.Archived = &c.Archived
	}
	if c.After != "" {
		out.Move = &Move{After: l.names.Ideas[c.After]}
	}
	return out
}
