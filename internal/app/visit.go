package app

import (
	"context"
	"encoding/json"
	"time"

	"cairn"
	"cairn/internal/store"
)

// visitScope holds when each person last saw each view.
const visitScope = "visit"

// visit is what is remembered of one person and view: beside the log, since it
// concerns nobody else.
type visit struct {
	// Since is the end of the visit before this one.
	Since time.Time `json:"since"`
	// Seen is the last sign of life of this one.
	Seen time.Time `json:"seen"`
}

// Bounds of a visit.
const (
	// visitEnds is the absence after which coming back is a new visit.
	visitEnds = 30 * time.Minute
	// visitNoted is how old a sign of life may be before the next is written.
	visitNoted = 2 * time.Minute
	// visitKept is how long a visit is remembered.
	visitKept = 400 * 24 * time.Hour
)

// Visit notes that the caller sees a view, and returns the end of their last
// visit; zero when this is the first.
func (a *App) Visit(ctx context.Context, by Caller, view cairn.ID) (time.Time, error) {
	last, err := a.visitOf(ctx, by, view)
	if err != nil {
		return time.Time{}, err
	}
	now := a.now()
	next := visit{Since: last.Since, Seen: now}
	switch away := now.Sub(last.Seen); {
	case last.Seen.IsZero() || away > visitEnds:
		next.Since = last.Seen
	case away < visitNoted:
		return last.Since, nil
	}
	if v, ok := a.dir.View(view); ok {
		a.warmSoon(v.Project)
	}
	return next.Since, a.keepVisit(ctx, by, view, next)
}

// Caught notes that the caller has taken in what changed in a view: from now on
// only what comes is new.
func (a *App) Caught(ctx context.Context, by Caller, view cairn.ID) error {
	if _, err := a.visitOf(ctx, by, view); err != nil {
		return err
	}
	now := a.now()
	return a.keepVisit(ctx, by, view, visit{Since: now, Seen: now})
}

// LastVisit returns the end of the caller's last visit to a view; zero when there
// was none.
func (a *App) LastVisit(ctx context.Context, by Caller, view cairn.ID) (time.Time, error) {
	v, err := a.visitOf(ctx, by, view)
	if a.now().Sub(v.Seen) > visitEnds {
		return v.Seen, err
	}
	return v.Since, err
}

func visitKey(by Caller, view cairn.ID) string { return by.User.String() + "/" + view.String() }

func (a *App) visitOf(ctx context.Context, by Caller, view cairn.ID) (visit, error) {
	v, err := a.View(by, view)
	if err != nil {
		return visit{}, err
	}
	if _, err := a.mayIn(by, v.Project, cairn.KeepVisits); err != nil {
		return visit{}, err
	}
	kept, ok, err := a.store.Private(ctx, visitScope, visitKey(by, view))
	if err != nil || !ok {
		return visit{}, err
	}
	var out visit
	err = json.Unmarshal(kept.Value, &out)
	return out, err
}

func (a *App) keepVisit(ctx context.Context, by Caller, view cairn.ID, v visit) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, 0, func(tx store.Tx) error {
		return tx.PutPrivate(store.Private{
			Scope: visitScope, Key: visitKey(by, view), Owner: by.User, Value: raw, CreatedAt: tx.Now(), ExpiresAt: tx.Now().Add(visitKept),
		})
	})
	return err
}
