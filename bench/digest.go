package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/store/sqlstore"
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
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary folder
	st, err := sqlstore.OpenSQLite(ctx, dir, sqlstore.Options{})
	if err != nil {
		return err
	}
	var ahead atomic.Int64
	a, err := app.New(ctx, app.Config{
		Store: st, Logger: slog.New(slog.DiscardHandler),
		Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) },
	})
	if err != nil {
		return errors.Join(err, st.Close())
	}
	a.Hear()
	err = func() error {
		made, err := fill(ctx, st, a, pastIdeas)
		if err != nil {
			return err
		}
		u, err := a.AddUser(ctx, app.System("bench"), app.NewUser{Name: "Reader", Email: "reader@example.com", Password: password})
		if err != nil {
			return err
		}
		reader := app.Caller{Actor: cairn.Actor{User: u.ID}}
		if err := errors.Join(a.Watch(ctx, reader, made.project.ID), a.SetHearing(ctx, reader, cairn.Hearing{Email: cairn.EmailDaily, Hour: 8})); err != nil {
			return err
		}
		if err := a.Heard(ctx); err != nil {
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
		heard := time.Since(begun)
		box, err := a.Inbox(ctx, reader, app.InboxOpen)
		if err != nil {
			return err
		}
		if len(box.Notices) < app.MaxInbox {
			return fmt.Errorf("only %d notices of %d changes", len(box.Notices), digestChanges)
		}
		opened, err := repeat(21, func(int) error {
			_, err := a.Inbox(ctx, reader, app.InboxOpen)
			return err
		})
		if err != nil {
			return err
		}
		ahead.Store(int64(48 * time.Hour))
		post := make(mailedAt, 1)
		begun = time.Now()
		a.Post(app.Postal{Mailer: post, Base: "https://cairn.example"})
		mail := <-post
		took := time.Since(begun)
		t.add(line{"digest of 10,000 changes, written and told", fmt.Sprintf("%.2f s", heard.Seconds()), "", fmt.Sprintf("one watcher of the project; the writes took %.2f s of it", written.Seconds())})
		t.add(line{"digest of 10,000 changes, the inbox", spread(opened), "", "the newest 2,000"})
		t.add(line{"digest of 10,000 changes, written and handed over", ms(took), "≤ 1 s", fmt.Sprintf("“%s”, %d kB", mail.Subject, len(mail.Text)/1000)})
		return nil
	}()
	a.Close()
	return errors.Join(err, st.Close())
}
