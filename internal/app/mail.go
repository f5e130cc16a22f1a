package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
)

// Mailer sends e-mail.
type Mailer interface {
	// Send hands one e-mail to the mail server. A MailRefused is final; other
	// errors are tried again.
	Send(ctx context.Context, m Mail) error
}

// MailRefused is an error of which trying again is no use.
type MailRefused struct{ Err error }

// Error implements error.
func (e MailRefused) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e MailRefused) Unwrap() error { return e.Err }

// Mail is one e-mail to one person.
type Mail struct {
	// ID and Thread are message ids without brackets; Thread joins e-mails about
	// one thing, "" for none.
	ID     string `json:"id"`
	Thread string `json:"thread,omitempty"`
	// To and Name are the person's.
	To      string    `json:"to"`
	Name    string    `json:"name"`
	Subject string    `json:"subject"`
	Text    string    `json:"text"`
	HTML    string    `json:"html"`
	At      time.Time `json:"at"`
	// ReplyTo is where an answer becomes a comment, "" when it would not.
	ReplyTo string `json:"replyTo,omitempty"`
	// Unsubscribe is the address of RFC 8058, "" for none.
	Unsubscribe string `json:"unsubscribe,omitempty"`
}

// The private records of e-mail, and how it is tried.
const (
	scopeMail     = "mail"      // key: when it is due, in microseconds/message id
	scopeMailDead = "mail-dead" // key: message id
	keepDead      = 30 * 24 * time.Hour
	mailLease     = 5 * time.Minute
	mailAttempts  = 8
	mailFirstWait = time.Minute
	mailMostWait  = 6 * time.Hour
	mailTick      = time.Second
	mailPage      = 50
	mailsBusy     = 8 // e-mails that are sent at the same time
	mailSettle    = 5 * time.Second
)

// mailJob is an e-mail that waits.
type mailJob struct {
	Mail Mail     `json:"mail"`
	User cairn.ID `json:"user"`
	// Projects are those that it tells of.
	Projects []cairn.ID `json:"projects,omitempty"`
	Attempts int        `json:"attempts,omitempty"`
	// Error is what became of the last attempt.
	Error string    `json:"error,omitempty"`
	Since time.Time `json:"since"`
	// Sending says that a node is at it, until the e-mail is due again.
	Sending bool `json:"sending,omitempty"`
}

// SendsMail reports whether e-mail can be sent at all.
func (a *App) SendsMail() bool { return a.mailer != nil }

// Postal is how e-mail goes and comes, and how webhooks go.
type Postal struct {
	// Base is the address that people reach Cairn at, for links, without a slash at
	// its end.
	Base string
	// Mailer sends; nil sends nothing.
	Mailer Mailer
	// Box brings e-mail in as Intake says; nil brings nothing.
	Box    LetterBox
	Intake Intake
	// Hooks sends webhooks; nil sends none.
	Hooks HookSender
}

// Post begins to write and send the e-mails that are due, to take others in, and
// to send webhooks, until the app is closed. Several nodes may do so: each e-mail
// and each webhook is claimed for a time. Call it before anybody asks the app for anything.
func (a *App) Post(by Postal) {
	a.mailer, a.base, a.intake, a.hookSender = by.Mailer, by.Base, by.Intake, by.Hooks
	if by.Box != nil {
		a.tasks.Go(func() { a.collect(by.Box) })
	}
	if by.Mailer != nil {
		a.tasks.Go(a.sendAll)
	}
	if by.Hooks != nil {
		a.tasks.Go(func() { newHookRunner(a).run(a.life) })
	}
}

// sendAll writes and sends e-mails until the app is closed.
func (a *App) sendAll() {
	tick := time.NewTicker(mailTick)
	defer tick.Stop()
	out := sending{a: a, to: make(map[cairn.ID]bool)}
	defer out.work.Wait()
	for {
		if err := errors.Join(a.writeDue(a.life), out.start(a.life)); err != nil && a.life.Err() == nil {
			a.logger.Warn("e-mail waits", "err", err)
		}
		select {
		case <-a.life.Done():
			return
		case <-a.mailWake:
		case <-tick.C:
		}
	}
}

// sending is what one node sends now: some e-mails beside each other, one for
// each person, so that those with which the mail server is slow do not hold up
// those of others.
type sending struct {
	a    *App
	work sync.WaitGroup

	mu sync.Mutex
	to map[cairn.ID]bool
}

// start begins to send what is due, as far as it may be sent beside what is being
// sent.
func (s *sending) start(ctx context.Context) error {
	keys := store.Range{To: mailKey(s.a.now(), "")}
	for {
		due, err := s.a.store.PrivateRange(ctx, scopeMail, keys, mailPage)
		if err != nil {
			return err
		}
		for _, p := range due {
			free, full := s.begin(p.Owner)
			if full {
				return nil // whichever is done next wakes
			}
			if free {
				s.work.Go(func() { s.one(ctx, p) })
			}
		}
		if len(due) < mailPage {
			return nil
		}
		keys.From = due[len(due)-1].Key + " "
	}
}

func (s *sending) one(ctx context.Context, p store.Private) {
	if err := s.a.sendJob(ctx, p.Key); err != nil && ctx.Err() == nil {
		s.a.logger.Warn("an e-mail waits", "err", err)
	}
	s.mu.Lock()
	delete(s.to, p.Owner)
	s.mu.Unlock()
	s.a.mailWake.poke()
}

func (s *sending) begin(person cairn.ID) (free, full bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.to) >= mailsBusy {
		return false, true
	}
	if s.to[person] {
		return false, false
	}
	s.to[person] = true
	return true, false
}

func mailKey(due time.Time, id string) string {
	return fmt.Sprintf("%016x/%s", uint64(max(0, due.UnixMicro())), id)
}

// sendJob claims one e-mail, sends it, and writes what became of it. A node that
// ends in between leaves it claimed until the lease is over.
func (a *App) sendJob(ctx context.Context, key string) error {
	var job mailJob
	leased := ""
	_, err := a.write(ctx, System("mail"), 0, func(tx store.Tx) error {
		leased = ""
		p, ok, err := tx.Private(scopeMail, key)
		if err != nil || !ok {
			return err // another node took it
		}
		job = mailJob{}
		if err := json.Unmarshal(p.Value, &job); err != nil {
			return err
		}
		if !a.stillWanted(tx, &job) {
			return tx.DropPrivate(scopeMail, key)
		}
		job.Attempts++
		job.Sending = true
		leased = mailKey(tx.Now().Add(a.mailLease), job.Mail.ID)
		return errors.Join(tx.DropPrivate(scopeMail, key), putPrivate(tx, store.Private{Scope: scopeMail, Key: leased, Owner: job.User}, job))
	})
	if err != nil || leased == "" {
		return err
	}
	sent := a.mailer.Send(ctx, job.Mail)
	if sent != nil && ctx.Err() != nil {
		return nil // tried again after the lease
	}
	// What the mail server took is noted also while the app is closed.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mailSettle)
	defer cancel()
	_, err = a.write(ctx, System("mail"), 0, func(tx store.Tx) error { return a.settleMail(tx, leased, job, sent) })
	return err
}

// stillWanted reports whether an e-mail that waited may still be sent: to the
// address that the person has now, while they want e-mail and may read what it
// is about.
func (a *App) stillWanted(tx store.Tx, job *mailJob) bool {
	u, ok := a.dir.User(job.User)
	if !ok || u.Disabled || u.Email == "" {
		return false
	}
	if h, err := hearingIn(tx, job.User); err != nil || h.Email == cairn.EmailOff {
		return false
	}
	for _, p := range job.Projects {
		if !a.mayHear(u, p) {
			return false
		}
	}
	job.Mail.To, job.Mail.Name = u.Email, u.Name
	return true
}

// settleMail writes what became of an e-mail: gone, later, or given up.
func (a *App) settleMail(tx store.Tx, key string, job mailJob, sent error) error {
	if err := tx.DropPrivate(scopeMail, key); err != nil || sent == nil {
		return err
	}
	job.Error, job.Sending = sent.Error(), false
	var refused MailRefused
	if errors.As(sent, &refused) || job.Attempts >= mailAttempts {
		return putPrivate(tx, store.Private{
			Scope: scopeMailDead, Key: job.Mail.ID, Owner: job.User, ExpiresAt: tx.Now().Add(keepDead),
		}, job)
	}
	wait := min(mailMostWait, a.mailRetry<<(2*(job.Attempts-1)))
	return putPrivate(tx, store.Private{Scope: scopeMail, Key: mailKey(tx.Now().Add(wait), job.Mail.ID), Owner: job.User}, job)
}
