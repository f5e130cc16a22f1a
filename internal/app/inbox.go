package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"cairn"
	"cairn/internal/store"
)

// MaxInbox is how many notices of a person are looked at, the newest first.
const MaxInbox = 2000

// Inbox are the notices of one person.
type Inbox struct {
	Notices []cairn.Notice
	// Unread counts those that are open and unread, of all.
	Unread int
	// Fresh are the ideas, views and projects that the unread ones are about.
	Fresh []cairn.ID
	// Snoozed counts those that come back later.
	Snoozed int
	// Wakes is when the next snoozed one comes back; zero when none does.
	Wakes time.Time
}

// InboxPart says which notices are wanted.
type InboxPart string

// The parts of an inbox.
const (
	InboxOpen    InboxPart = "open"
	InboxSnoozed InboxPart = "snoozed"
	InboxDone    InboxPart = "done"
)

// Inbox returns the caller's notices, newest first. Those of projects that they
// may no longer read are left out.
func (a *App) Inbox(ctx context.Context, by Caller, part InboxPart) (Inbox, error) {
	out := Inbox{Notices: []cairn.Notice{}, Fresh: []cairn.ID{}}
	now, fresh := a.now(), make(map[cairn.ID]bool)
	err := a.eachNotice(ctx, by, func(n *cairn.Notice) {
		here := InboxDone
		switch {
		case n.Open(now):
			here = InboxOpen
			if !n.Read {
				out.Unread++
				fresh[n.Target] = true
			}
		case !n.Done:
			here = InboxSnoozed
			if out.Snoozed++; out.Wakes.IsZero() || n.Until.Before(out.Wakes) {
				out.Wakes = n.Until
			}
		}
		if here == part {
			out.Notices = append(out.Notices, *n)
		}
	})
	out.Fresh = slices.AppendSeq(out.Fresh, maps.Keys(fresh))
	slices.Sort(out.Fresh)
	return out, err
}

// eachNotice calls fn with each of the caller's notices that they may still see.
func (a *App) eachNotice(ctx context.Context, by Caller, fn func(*cairn.Notice)) error {
	if err := a.may(by, cairn.SeeInbox); err != nil {
		return err
	}
	return a.noticesOf(ctx, by, fn)
}

func (a *App) noticesOf(ctx context.Context, by Caller, fn func(*cairn.Notice)) error {
	prefix := hexID(by.User) + "/"
	list, err := a.store.PrivateRange(ctx, scopeNotice, store.Prefix(prefix), MaxInbox)
	if err != nil {
		return err
	}
	may := make(map[cairn.ID]bool)
	for _, p := range list {
		n := cairn.Notice{ID: p.Key[len(prefix):]}
		if err := json.Unmarshal(p.Value, &n); err != nil {
			return err
		}
		readable, asked := may[n.Project]
		if !asked {
			readable = a.MayRead(by, n.Project) || n.Project == 0 && by.Admin // a webhook of the workspace
			may[n.Project] = readable
		}
		if readable {
			n.Reason = a.reasons.of(n.Project, n.Group, n.Reason)
			fn(&n)
		}
	}
	return nil
}

// noticeID names a notice among those of a person; newer ones come first.
func noticeID(n *cairn.Notice) string {
	return fmt.Sprintf("%016x/%016x/%s", uint64(1<<63-1-n.Seq), uint64(n.Target), n.Kind)
}

func putNotice(tx store.Tx, user cairn.ID, n *cairn.Notice) error {
	if n.ID == "" {
		n.ID = noticeID(n)
	}
	return putPrivate(tx, store.Private{
		Scope: scopeNotice, Key: hexID(user) + "/" + n.ID, Owner: user, ExpiresAt: n.At.Add(keepNotices),
	}, n)
}

// NoticeMark is what a person does with a notice; nil leaves a part as it is.
type NoticeMark struct {
	Notice     string
	Read, Done *bool
	// Until snoozes; a zero time ends that.
	Until *time.Time
}

// MaxMarks is how many notices one request may mark.
const MaxMarks = 2000

// MarkNotices changes notices of the caller and returns them as they were, so
// that it can be undone. Those that are gone are passed over.
func (a *App) MarkNotices(ctx context.Context, by Caller, marks []NoticeMark) ([]cairn.Notice, error) {
	if err := a.may(by, cairn.KeepInbox); err != nil {
		return nil, err
	}
	if len(marks) > MaxMarks {
		return nil, cairn.Invalid("marks", "At most %d notices are marked at once; these are %d", MaxMarks, len(marks))
	}
	var before []cairn.Notice
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		before = nil
		for _, m := range marks {
			n, ok, err := noticeIn(tx, by.User, m.Notice)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			was := n
			set(&n.Read, m.Read)
			set(&n.Done, m.Done)
			set(&n.Until, m.Until)
			if n.Read == was.Read && n.Done == was.Done && n.Until.Equal(was.Until) {
				continue
			}
			before = append(before, was)
			if err := putNotice(tx, by.User, &n); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil && len(before) > 0 {
		a.hearing.hub.tell([]cairn.ID{by.User})
	}
	return before, err
}

func noticeIn(tx store.Tx, user cairn.ID, id string) (n cairn.Notice, ok bool, err error) {
	p, ok, err := tx.Private(scopeNotice, hexID(user)+"/"+id)
	if err != nil || !ok {
		return n, false, err
	}
	n.ID = id
	err = json.Unmarshal(p.Value, &n)
	return n, err == nil, err
}

// Seen is how far a person has read about a target: everything up to a change
// set, and when that was written. It is zero for what they never looked at.
type Seen struct {
	Seq int64     `json:"seq"`
	At  time.Time `json:"at,omitzero"`
}

// Seen returns how far the caller has seen what is said about an idea or a view.
func (a *App) Seen(ctx context.Context, by Caller, target cairn.ID) (m Seen, err error) {
	if _, _, err := a.watchable(ctx, by, target); err != nil {
		return m, err
	}
	p, ok, err := a.store.Private(ctx, scopeSeen, hexID(by.User)+"/"+hexID(target))
	if err != nil || !ok {
		return m, err
	}
	err = json.Unmarshal(p.Value, &m)
	return m, err
}

// MarkSeen notes that the caller has seen an idea or a view as it is up to a
// change set, 0 for all that there is: its notices up to that are read.
func (a *App) MarkSeen(ctx context.Context, by Caller, target cairn.ID, seq int64) error {
	project, _, err := a.watchable(ctx, by, target)
	if err != nil {
		return err
	}
	if err := a.may(by, cairn.KeepInbox); err != nil {
		return err
	}
	if now := a.log.Position(); seq <= 0 || seq > now {
		seq = now
	}
	before, err := a.Seen(ctx, by, target)
	if err != nil {
		return err
	}
	var marks []NoticeMark
	yes := true
	if err := a.eachNotice(ctx, by, func(n *cairn.Notice) {
		if n.Target == target && n.Seq <= seq && !n.Read {
			marks = append(marks, NoticeMark{Notice: n.ID, Read: &yes})
		}
	}); err != nil {
		return err
	}
	if seq > before.Seq {
		mark := Seen{Seq: seq, At: a.now()}
		if sets, err := a.store.Log(ctx, seq-1, 1); err != nil {
			return err
		} else if len(sets) > 0 && sets[0].Seq == seq {
			mark.At = sets[0].At
		}
		if _, err := a.write(ctx, by, project, func(tx store.Tx) error {
			return putPrivate(tx, store.Private{Scope: scopeSeen, Key: hexID(by.User) + "/" + hexID(target), Owner: by.User}, mark)
		}); err != nil {
			return err
		}
	}
	if len(marks) == 0 {
		return nil
	}
	_, err = a.MarkNotices(ctx, by, marks)
	return err
}
