package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/store"
)

// digestChanges is how many changes one person's digest is about.
const digestChanges = 10_000

// mailedAt is a mail server that takes everything.
type mailedAt chan app.Mail

// Send implements app.Mailer.
func (m mailedAt) Send(_ context.Context, mail app.Mail) error {
	m <- mail
	return nil
}

// measureDigest lets somebody who watches a project hear of 10,000 changes, and
// writes their digest.
func measureDigest(ctx context.Context, _ options, t *table) error {
	var ahead atomic.Int64
	cfg := app.Config{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }}
	return inProcess(ctx, cfg, pastIdeas, func(st store.Store, a *app.App, made *product) error {
		reader, err := daily(ctx, a, made)
		if err != nil {
			return err
		}
		begun := time.Now()
		if err := live(ctx, st, made, digestChanges); err != nil {
			return err
		}
		written := time.Since(begun)
		if err := errors.Join(a.Log().CatchUp(ctx), a.Heard(ctx)); err != nil {
			return err
		}
		t.add(line{"digest of 10,000 changes, written and told", fmt.Sprintf("%.2f s", time.Since(begun).Seconds()), "", fmt.Sprintf("one watcher of the project; the writes took %.2f s of it", written.Seconds())})
		if err := openInbox(ctx, a, reader, t); err != nil {
			return err
		}
		ahead.Store(int64(48 * time.Hour))
		post := make(mailedAt, 1)
		begun = time.Now()
		a.Post(app.Postal{Mailer: post, Base: "https://cairn.example"})
		mail := <-post
		t.add(line{"digest of 10,000 changes, written and handed over", ms(time.Since(begun)), "≤ 1 s", fmt.Sprintf("“%s”, %d kB", mail.Subject, len(mail.Text)/1000)})
		return nil
	})
}

// daily makes somebody who watches the project and asks for a digest a day.
func daily(ctx context.Context, a *app.App, made *product) (app.Caller, error) {
	a.Hear()
	u, err := a.AddUser(ctx, app.System("bench"), app.NewUser{Name: "Reader", Email: "reader@example.com", Password: password})
	if err != nil {
		return app.Caller{}, err
	}
	reader := app.Caller{Actor: cairn.Actor{User: u.ID}}
	err = errors.Join(a.Watch(ctx, reader, made.project.ID), a.SetHearing(ctx, reader, cairn.Hearing{Email: cairn.EmailDaily, Hour: 8}))
	return reader, errors.Join(err, a.Heard(ctx))
}

// openInbox opens a full inbox.
func openInbox(ctx context.Context, a *app.App, reader app.Caller, t *table) error {
	opened, err := repeat(21, func(int) error {
		box, err := a.Inbox(ctx, reader, app.InboxOpen)
		if err == nil && len(box.Notices) < app.MaxInbox {
			err = fmt.Errorf("only %d notices of %d changes", len(box.Notices), digestChanges)
		}
		return err
	})
	if err != nil {
		return err
	}
	t.add(line{"digest of 10,000 changes, the inbox", spread(opened), "", "the newest 2,000"})
	return nil
}
