package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	mailLease     = 2 * time.Minute
	mailAttempts  = 8
	mailFirstWait = time.Minute
	mailMostWait  = 6 * time.Hour
	mailTick      = time.Second
	mailPage      = 50
)

// mailJob is an e-mail that waits.
type mailJob struct {
	Mail     Mail      `json:"mail"`
	User     cairn.ID  `json:"user"`
	Attempts int       `json:"attempts,omitempty"`
	Error    string    `json:"error,omitempty"`
	Since    time.Time `json:"since"`
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

// sendAll sends e-mails until the app is closed.
func (a *App) sendAll() {
	tick := time.NewTicker(mailTick)
	defer tick.Stop()
	for {
		if err := a.post(a.life); err != nil && a.life.Err() == nil {
			a.logger.Warn("e-mail waits", "err", err)
		}
		select {
		case <-a.life.Done():
			return
		case <-tick.C:
		}
	}
}

// post writes what is due, then sends what waits.
func (a *App) post(ctx context.Context) error {
	if err := a.writeDue(ctx); err != nil {
		return err
	}
	now := a.now()
	list, err := a.store.PrivateRange(ctx, scopeMail, store.Range{To: mailKey(now, "")}, mailPage)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := a.sendJob(ctx, p.Key); err != nil {
			return err
		}
	}
	return nil
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
		job.Attempts++
		leased = mailKey(tx.Now().Add(mailLease), job.Mail.ID)
		return errors.Join(tx.DropPrivate(scopeMail, key), putPrivate(tx, store.Private{Scope: scopeMail, Key: leased, Owner: job.User}, job))
	})
	if err != nil || leased == "" {
		return err
	}
	sent := a.mailer.Send(ctx, job.Mail)
	if ctx.Err() != nil {
		return nil // tried again after the lease
	}
	_, err = a.write(ctx, System("mail"), 0, func(tx store.Tx) error { return a.settleMail(tx, leased, job, sent) })
	return err
}

// settleMail writes what became of an e-mail: gone, later, or given up.
func (a *App) settleMail(tx store.Tx, key string, job mailJob, sent error) error {
	if err := tx.DropPrivate(scopeMail, key); err != nil || sent == nil {
		return err
	}
	job.Error = sent.Error()
	var refused MailRefused
	if errors.As(sent, &refused) || job.Attempts >= mailAttempts {
		job.Mail.Text, job.Mail.HTML = "", ""
		return putPrivate(tx, store.Private{
			Scope: scopeMailDead, Key: job.Mail.ID, Owner: job.User, ExpiresAt: tx.Now().Add(keepDead),
		}, job)
	}
	wait := min(mailMostWait, a.mailRetry<<(2*(job.Attempts-1)))
	return putPrivate(tx, store.Private{Scope: scopeMail, Key: mailKey(tx.Now().Add(wait), job.Mail.ID), Owner: job.User}, job)
}

// MailState is what an administrator sees of e-mail.
type MailState struct {
	Configured bool
	// Waiting counts e-mails that wait to be sent or tried again.
	Waiting int
	Dead    []DeadMail
	// Intake is where e-mail comes in; its address is "" where none does. Trouble
	// is why none comes now, "" when all is well.
	Intake  Intake
	Trouble string
}

// DeadMail is an e-mail that was given up.
type DeadMail struct {
	User           cairn.ID
	To, Subject    string
	Attempts       int
	Error          string
	Since, EndedAt time.Time
}

// MailState tells administrators how e-mail stands.
func (a *App) MailState(ctx context.Context, by Caller) (MailState, error) {
	out := MailState{Configured: a.SendsMail(), Dead: []DeadMail{}}
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return out, err
	}
	out.Intake = a.intake
	if trouble := a.letterTrouble.Load(); trouble != nil && *trouble != nil {
		out.Trouble = (*trouble).Error()
	}
	waiting, err := a.store.PrivateRange(ctx, scopeMail, store.Range{}, 10_000)
	if err != nil {
		return out, err
	}
	out.Waiting = len(waiting)
	dead, err := a.store.PrivateRange(ctx, scopeMailDead, store.Range{}, 200)
	if err != nil {
		return out, err
	}
	for _, p := range dead {
		var job mailJob
		if err := json.Unmarshal(p.Value, &job); err != nil {
			return out, err
		}
		out.Dead = append(out.Dead, DeadMail{job.User, job.Mail.To, job.Mail.Subject, job.Attempts, job.Error, job.Since, p.CreatedAt})
	}
	return out, nil
}

// TestMail sends an e-mail at once to somebody, "" for the caller, and returns
// what the mail server said.
func (a *App) TestMail(ctx context.Context, by Caller, to string) error {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return err
	}
	if a.mailer == nil {
		return cairn.Conflict("No mail server is set. Start Cairn with --smtp smtp://user:password@host:587?from=cairn@example.com")
	}
	u, _ := a.dir.User(by.User)
	if to == "" {
		to = u.Email
	}
	to, err := cairn.CleanEmail(to)
	if err != nil {
		return err
	}
	name := a.dir.Workspace().Name
	err = a.mailer.Send(ctx, Mail{
		ID: fmt.Sprintf("test.%d@%s", a.now().UnixMicro(), a.mailHost()), To: to, Name: u.Name, At: a.now(),
		Subject: "E-mail from " + name + " works",
		Text:    "This e-mail was sent to test the mail server that Cairn uses.\n",
		HTML:    "<p>This e-mail was sent to test the mail server that Cairn uses.</p>",
	})
	if err != nil {
		return &cairn.Error{Code: cairn.CodeConflict, Cause: err, Message: "The mail server did not take the e-mail: " + err.Error()}
	}
	return nil
}
