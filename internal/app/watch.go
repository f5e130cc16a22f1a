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

// maxWatchers bounds how many people's watches of one target are read.
const maxWatchers = 10_000

// Watching is what a person sees of who hears of a thing.
type Watching struct {
	// Mine says whether and why the caller hears of it; Mine.Why is "" when
	// nothing was ever said about it.
	Mine cairn.Watch
	// Through is the wider thing by which the caller hears of it anyhow: the
	// project's id, or 0.
	Through cairn.ID
	// Watchers are those who hear of it and may see it, by name.
	Watchers []cairn.User
}

// watchable finds a thing that can be watched and that the caller may see.
func (a *App) watchable(ctx context.Context, by Caller, target cairn.ID) (project cairn.ID, kind cairn.Kind, err error) {
	if p, ok := a.dir.Project(target); ok {
		_, err := a.mayIn(by, p.ID, cairn.ReadProject)
		return p.ID, cairn.KindProject, err
	}
	if v, ok := a.dir.View(target); ok {
		_, err := a.View(by, target)
		return v.Project, cairn.KindView, err
	}
	if _, ok := a.evidence.insight(target); ok {
		i, err := a.homeInsight(by, target)
		return i.Project, cairn.KindInsight, err
	}
	p, err := a.readableIdea(ctx, by, target, cairn.ReadProject)
	return p.ID, cairn.KindIdea, err
}

// Watchers tells who hears of an idea, a view, an insight or a project.
func (a *App) Watchers(ctx context.Context, by Caller, target cairn.ID) (Watching, error) {
	project, kind, err := a.watchable(ctx, by, target)
	if err != nil {
		return Watching{}, err
	}
	list, err := a.watchesOf(ctx, target)
	if err != nil {
		return Watching{}, err
	}
	var out Watching
	out.Mine = cairn.Watch{Target: target, User: by.User}
	for _, w := range list {
		if w.User == by.User {
			out.Mine = w
		}
		u, ok := a.dir.User(w.User)
		if w.On && ok && a.mayHear(u, project) {
			out.Watchers = append(out.Watchers, u)
		}
	}
	slices.SortFunc(out.Watchers, func(x, y cairn.User) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), cmp.Compare(x.ID, y.ID))
	})
	if kind != cairn.KindProject {
		above, ok, err := a.store.Private(ctx, scopeWatch, watchKey(project, by.User))
		if err != nil {
			return out, err
		}
		var w cairn.Watch
		if ok && json.Unmarshal(above.Value, &w) == nil && w.On {
			out.Through = project
		}
	}
	return out, nil
}

// Watch lets the caller hear of a thing; Unwatch is its opposite, which what
// follows by itself does not turn around.
func (a *App) Watch(ctx context.Context, by Caller, target cairn.ID) error {
	return a.setWatch(ctx, by, target, cairn.Watch{On: true, Why: cairn.WhyHand})
}

// Unwatch ends Watch.
func (a *App) Unwatch(ctx context.Context, by Caller, target cairn.ID) error {
	return a.setWatch(ctx, by, target, cairn.Watch{Why: cairn.WhyHand})
}

func (a *App) setWatch(ctx context.Context, by Caller, target cairn.ID, w cairn.Watch) error {
	project, _, err := a.watchable(ctx, by, target)
	if err != nil {
		return err
	}
	if by.User == 0 {
		return cairn.Forbidden("Watching belongs to a person; sign in")
	}
	if _, err := a.mayIn(by, project, cairn.WatchThings); err != nil {
		return err
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		w.Since = tx.Seq() - 1
		return putWatch(tx, target, by.User, w)
	})
	return err
}

func putWatch(tx store.Tx, target, user cairn.ID, w cairn.Watch) error {
	return putPrivate(tx, store.Private{Scope: scopeWatch, Key: watchKey(target, user), Owner: user}, w)
}

func watchKey(target, user cairn.ID) string { return hexID(target) + "/" + hexID(user) }

// watchesOf returns everybody's word about one target.
func (a *App) watchesOf(ctx context.Context, target cairn.ID) ([]cairn.Watch, error) {
	list, err := a.store.PrivateRange(ctx, scopeWatch, store.Prefix(hexID(target)+"/"), maxWatchers)
	if err != nil {
		return nil, err
	}
	out, err := readWatches(nil, list)
	if err != nil {
		return nil, err
	}
	return a.withPartWatches(ctx, target, out)
}

// withPartWatches adds who watches the parts of an idea or an insight and said
// nothing about the whole itself (MRG-3).
func (a *App) withPartWatches(ctx context.Context, target cairn.ID, out []cairn.Watch) ([]cairn.Watch, error) {
	var parts []cairn.ID
	if project, ok := a.states.holding(target); ok {
		parts = a.partsIn(project, target)
	} else if family := a.evidence.familyOf(target); family[0] == target {
		parts = family[1:]
	}
	for _, part := range parts {
		list, err := a.watchesOf(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, w := range list {
			if !slices.ContainsFunc(out, func(own cairn.Watch) bool { return own.Target == target && own.User == w.User }) {
				w.Target = target
				out = append(out, w)
			}
		}
	}
	return out, nil
}

func readWatches(out []cairn.Watch, list []store.Private) ([]cairn.Watch, error) {
	for _, p := range list {
		w := cairn.Watch{User: p.Owner}
		var err error
		if w.Target, err = parseHexID(p.Key); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(p.Value, &w); err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

// person is a caller in somebody's name, to ask what they may do.
func person(u cairn.User) Caller {
	return Caller{Actor: cairn.Actor{User: u.ID, Admin: u.Admin}}
}

// mayHear reports whether somebody is to hear of a project at all.
func (a *App) mayHear(u cairn.User, project cairn.ID) bool {
	return !u.Disabled && !u.Placeholder && a.MayRead(person(u), project)
}

// HearingOf returns how the caller wants to hear of things.
func (a *App) HearingOf(ctx context.Context, by Caller) (cairn.Hearing, error) {
	if err := a.may(by, cairn.SeeInbox); err != nil {
		return cairn.Hearing{}, err
	}
	return a.hearingOf(ctx, by.User)
}

func (a *App) hearingOf(ctx context.Context, user cairn.ID) (cairn.Hearing, error) {
	h := cairn.Hearing{Hour: defaultHour, Weekday: defaultWeekday}
	p, ok, err := a.store.Private(ctx, scopeHearing, hexID(user))
	if err != nil || !ok {
		return h, err
	}
	h = cairn.Hearing{}
	err = json.Unmarshal(p.Value, &h)
	return h, err
}

// hearingIn is hearingOf in a transaction.
func hearingIn(tx store.Tx, user cairn.ID) (h cairn.Hearing, err error) {
	p, ok, err := tx.Private(scopeHearing, hexID(user))
	if err == nil && ok {
		err = json.Unmarshal(p.Value, &h)
	}
	return h, err
}

// When e-mails come for those who choose a pace and no hour.
const (
	defaultHour    = 8
	defaultWeekday = 1
)

// SetHearing changes how the caller wants to hear of things.
func (a *App) SetHearing(ctx context.Context, by Caller, h cairn.Hearing) error {
	if err := a.may(by, cairn.KeepInbox); err != nil {
		return err
	}
	if by.User == 0 {
		return cairn.Forbidden("An inbox belongs to a person; sign in")
	}
	if err := h.Validate(); err != nil {
		return err
	}
	return a.putHearing(ctx, by, by.User, h)
}

// putHearing stores somebody's settings. What waits to be sent is sent by the
// new ones.
func (a *App) putHearing(ctx context.Context, by Caller, user cairn.ID, h cairn.Hearing) error {
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		if err := putPrivate(tx, store.Private{Scope: scopeHearing, Key: hexID(user), Owner: user}, h); err != nil {
			return err
		}
		p, ok, err := tx.Private(scopeMailDue, hexID(user))
		if err != nil || !ok {
			return err
		}
		if h.Email == cairn.EmailOff {
			return tx.DropPrivate(scopeMailDue, hexID(user))
		}
		var due mailDue
		if err := json.Unmarshal(p.Value, &due); err != nil {
			return err
		}
		due.At = h.Due(tx.Now(), a.mailDelay)
		return putPrivate(tx, store.Private{Scope: scopeMailDue, Key: hexID(user), Owner: user}, due)
	})
	return err
}

// mailDue says when the next e-mail to a person is to be written, and which
// notices it is about: those after a sequence number, up to the last one. Last is
// written with each notice, so that one which comes while the e-mail is being
// written is told from those that are in it.
type mailDue struct {
	At    time.Time `json:"at"`
	After int64     `json:"after"`
	Last  int64     `json:"last"`
}
