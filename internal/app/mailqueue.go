package app

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

// MailState is what an administrator sees of e-mail.
type MailState struct {
	Configured bool
	// Waiting counts e-mails that wait to be sent or tried again, Failed those
	// that were given up.
	Waiting, Failed int
	// Mails are some of both: those that were tried in vain first, the newest of
	// them first.
	Mails    []QueuedMail
	Incoming MailIncoming
}

// MailIncoming is how e-mail comes in.
type MailIncoming struct {
	// Intake is where; its address is "" where none does.
	Intake
	// Read is when all of the mailbox was last read by this node; zero before that.
	Read time.Time
	// Trouble is why no e-mail comes now, "" when all is well.
	Trouble string
}

func (a *App) mailIncoming() MailIncoming {
	out := MailIncoming{Intake: a.intake}
	if read := a.lettersRead.Load(); read != 0 {
		out.Read = time.UnixMilli(read).UTC()
	}
	if trouble := a.letterTrouble.Load(); trouble != nil && *trouble != nil {
		out.Trouble = (*trouble).Error()
	}
	return out
}

// ProjectMail tells how e-mail becomes insights of a project: the address is the
// one that leads there, "" where none does. Why none comes is for those who change the project.
func (a *App) ProjectMail(by Caller, project cairn.ID) (MailIncoming, error) {
	p, err := a.mayIn(by, project, cairn.ReadProject)
	if err != nil {
		return MailIncoming{}, err
	}
	out := a.mailIncoming()
	at := slices.IndexFunc(out.Projects, func(key string) bool { return strings.EqualFold(key, p.Key) })
	if out.Address == "" || at < 0 {
		return MailIncoming{}, nil
	}
	if at > 0 {
		local, host, _ := strings.Cut(out.Address, "@")
		out.Address = local + "+" + strings.ToLower(p.Key) + "@" + host
	}
	out.Projects = []string{p.Key}
	if _, err := a.mayIn(by, project, cairn.ChangeProject); err != nil {
		out.Trouble = ""
	}
	return out, nil
}

// QueuedMail is an e-mail that was not taken yet, without what it says.
type QueuedMail struct {
	ID          string
	User        cairn.ID
	To, Subject string
	Attempts    int
	// Error is what became of the last attempt, "" before the first.
	Error string
	Since time.Time
	// Next is when it is tried again; zero for one that was given up at Ended.
	Next, Ended time.Time
	// Sending says that it is being sent now.
	Sending bool
}

const (
	// maxQueue is how many e-mails of the queue are counted, and can be picked.
	maxQueue = 10_000
	// shownMails is how many of each kind are named.
	shownMails = 100
)

// MailState tells administrators how e-mail stands.
func (a *App) MailState(ctx context.Context, by Caller) (MailState, error) {
	out := MailState{Configured: a.SendsMail()}
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return out, err
	}
	out.Incoming = a.mailIncoming()
	var failed, tried, fresh []QueuedMail
	err := a.eachMail(ctx, func(q QueuedMail, _ mailPlace) {
		switch {
		case !q.Ended.IsZero():
			failed = append(failed, q)
		case q.Attempts > 0:
			tried = append(tried, q)
		default:
			fresh = append(fresh, q)
		}
	})
	out.Failed, out.Waiting = len(failed), len(tried)+len(fresh)
	newest := func(x, y QueuedMail) int { return cmp.Or(y.Since.Compare(x.Since), cmp.Compare(x.ID, y.ID)) }
	slices.SortFunc(failed, newest)
	slices.SortFunc(tried, newest)
	slices.SortFunc(fresh, newest)
	waiting := append(tried, fresh...)
	out.Mails = slices.Concat(failed[:min(len(failed), shownMails)], waiting[:min(len(waiting), shownMails)])
	return out, err
}

// mailPlace is where an e-mail of the queue lies.
type mailPlace struct{ scope, key string }

// eachMail calls fn with every e-mail that waits or was given up.
func (a *App) eachMail(ctx context.Context, fn func(QueuedMail, mailPlace)) error {
	for _, scope := range []string{scopeMail, scopeMailDead} {
		list, err := a.store.PrivateRange(ctx, scope, store.Range{}, maxQueue)
		if err != nil {
			return err
		}
		for _, p := range list {
			var job mailJob
			if err := json.Unmarshal(p.Value, &job); err != nil {
				return err
			}
			q := QueuedMail{
				ID: job.Mail.ID, User: job.User, To: job.Mail.To, Subject: job.Mail.Subject, Attempts: job.Attempts,
				Error: job.Error, Since: job.Since, Sending: job.Sending,
			}
			if scope == scopeMailDead {
				q.Ended = p.CreatedAt
			} else {
				q.Next = mailDueAt(p.Key)
			}
			fn(q, mailPlace{scope, p.Key})
		}
	}
	return nil
}

// mailDueAt reads the time from a key that mailKey made.
func mailDueAt(key string) time.Time {
	at, _, _ := strings.Cut(key, "/")
	micro, err := strconv.ParseInt(at, 16, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMicro(micro)
}

// MailDeed is what an administrator does with e-mails of the queue.
type MailDeed string

// The deeds.
const (
	// RetryMails lets them be tried again at once, those given up from the start.
	RetryMails MailDeed = "retry"
	// DiscardMails drops them for good.
	DiscardMails MailDeed = "discard"
)

// HandleMails retries or discards e-mails by their ids, none for all, and returns
// how many they were. Those that are gone or being sent now are passed over.
func (a *App) HandleMails(ctx context.Context, by Caller, do MailDeed, ids []string) (int, error) {
	if err := a.may(by, cairn.AdministerWorkspace); err != nil {
		return 0, err
	}
	wanted := make(map[string]bool)
	for _, id := range ids {
		wanted[id] = true
	}
	var places []mailPlace
	if err := a.eachMail(ctx, func(q QueuedMail, at mailPlace) {
		if (len(ids) == 0 || wanted[q.ID]) && !q.Sending {
			places = append(places, at)
		}
	}); err != nil {
		return 0, err
	}
	count := 0
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		count = 0
		for _, at := range places {
			p, ok, err := tx.Private(at.scope, at.key)
			if err != nil {
				return err
			}
			if !ok {
				continue // sent, or being sent, since it was looked for
			}
			if err := handleMail(tx, do, p); err != nil {
				return err
			}
			count++
		}
		return nil
	})
	a.mailWake.poke()
	return count, err
}

func handleMail(tx store.Tx, do MailDeed, p store.Private) error {
	if err := tx.DropPrivate(p.Scope, p.Key); err != nil || do == DiscardMails {
		return err
	}
	var job mailJob
	if err := json.Unmarshal(p.Value, &job); err != nil {
		return err
	}
	if p.Scope == scopeMailDead {
		job.Attempts = 0
	}
	return putPrivate(tx, store.Private{Scope: scopeMail, Key: mailKey(tx.Now(), job.Mail.ID), Owner: job.User}, job)
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
