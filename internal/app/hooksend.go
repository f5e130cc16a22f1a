package app

import (
	"context"
	"net/url"
	"time"

	"cairn"
	"cairn/internal/store"
)

// HookSender sends messages of webhooks over HTTP.
type HookSender interface {
	// Check refuses an address that is never connected to, in a sentence.
	Check(u *url.URL) error
	// Send makes one attempt. It is over within HookTimeLimit.
	Send(ctx context.Context, m HookMessage) HookAnswer
}

// HookTimeLimit bounds one attempt from the name's resolution to the answer's end.
const HookTimeLimit = 10 * time.Second

// HookMessage is one signed request.
type HookMessage struct {
	URL string
	// ID is the same for every attempt of the message.
	ID   string
	At   time.Time
	Body []byte
	// Keys are the secrets that it is signed with, each once.
	Keys [][]byte
}

// HookAnswer is what became of one attempt.
type HookAnswer struct {
	// Status is the answer's, 0 when there was none. Text is the beginning of its
	// body.
	Status int
	Text   string
	// Err says in a sentence why the message was not taken, nil when it was.
	Err error
	// Wait is how long the target asked to be left alone.
	Wait time.Duration
}

// HookPace is how webhooks are tried.
type HookPace struct {
	// Retry is the wait before the second attempt: 5 s. The next ones follow
	// after 6, 24, 120, 360, 720, 2160, 4320 times as much, the last again and
	// again.
	Retry time.Duration
	// Drop is how long one message is tried: a day. Pause is how long nothing may
	// be taken before the webhook is paused: five days.
	Drop, Pause time.Duration
}

func (p HookPace) orDefault() HookPace {
	if p.Retry <= 0 {
		p.Retry = 5 * time.Second
	}
	if p.Drop <= 0 {
		p.Drop = 24 * time.Hour
	}
	if p.Pause <= 0 {
		p.Pause = 5 * 24 * time.Hour
	}
	return p
}

// wait is how long to wait after so many failures in a row.
func (p HookPace) wait(failures int) time.Duration {
	times := [...]time.Duration{1, 6, 24, 120, 360, 720, 2160, 4320}
	return p.Retry * times[min(max(failures, 1), len(times))-1]
}

const (
	// badMessage is how often a message is tried that the target calls wrong.
	badMessage = 3
	maxWait    = 6 * time.Hour
)

// send makes one attempt with a change set and writes what became of it. A node
// that ends in between leaves it to whoever claims the webhook next.
func (r *hookRunner) send(ctx context.Context, h cairn.Hook, st hookState, set *cairn.ChangeSet) error {
	a := r.a
	m := hookRecord{ID: hookMessageID(h.ID, set), Seq: set.Seq, Type: hookTypeChanges, At: set.At, State: HookWaiting}
	var err error
	if m.body, err = a.hookBodyOf(ctx, h, m.ID); err != nil {
		return err
	}
	if m.body == nil { // the first attempt: the others say the same
		if m.body, err = a.hookBody(ctx, set); err != nil {
			return err
		}
	}
	try, answer, err := a.attempt(ctx, h, &m)
	if err != nil || ctx.Err() != nil {
		return err
	}
	var told []cairn.ID
	_, err = a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
		told = nil
		now, err := hookStateIn(tx, h.ID)
		if err != nil || now.Holder != a.hookNode || now.After != st.After {
			return err // another node took over, or an administrator skipped it
		}
		if _, err := tx.Entity(h.ID); err != nil {
			return nil // deleted meanwhile
		}
		if now.Seq != set.Seq {
			now.Seq, now.First, now.Tries = set.Seq, tx.Now(), 0
		}
		now.Tries++
		now.Until = tx.Now().Add(hookLease)
		var pause cairn.HookPause
		m.State, pause = a.judge(&now, answer, tx.Now())
		if pause != cairn.HookRuns {
			if told, err = a.pauseHook(tx, h.ID, pause, now); err != nil {
				return err
			}
		}
		if err := putHook(tx, scopeHookState, h.ID, now); err != nil {
			return err
		}
		return keepHookRecord(tx, h.ID, m, try)
	})
	a.hearing.hub.tell(told)
	if err == nil && r.count(h.ID)%trimEvery == 0 {
		err = a.trimHookLog(ctx, h)
	}
	return err
}

func (r *hookRunner) count(id cairn.ID) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent[id]++
	return r.sent[id]
}

// judge moves a webhook's state by what became of an attempt: it goes on with the
// next message, tries again, or ends.
func (a *App) judge(st *hookState, answer HookAnswer, now time.Time) (DeliveryState, cairn.HookPause) {
	if answer.Err == nil {
		st.After, st.Last = st.Seq, now
		st.Seq, st.First, st.Tries = 0, time.Time{}, 0
		st.soon()
		return HookSent, cairn.HookRuns
	}
	st.Failures++
	if st.FailingSince.IsZero() {
		st.FailingSince = now
	}
	st.Next = now.Add(max(a.hookPace.wait(st.Failures), min(answer.Wait, maxWait)))
	switch {
	case answer.Status == 410:
		return HookWaiting, cairn.HookGone
	case now.Sub(st.FailingSince) >= a.hookPace.Pause:
		return HookWaiting, cairn.HookFailing
	case badRequest(answer.Status) && st.Tries >= badMessage:
		// It is this message that the target does not want; the next one may be
		// another matter.
		st.Next, st.Failures = now, 0
	case now.Sub(st.First) < a.hookPace.Drop:
		return HookWaiting, cairn.HookRuns
	}
	st.After = st.Seq
	st.Seq, st.First, st.Tries = 0, time.Time{}, 0
	return HookFailed, cairn.HookRuns
}

// badRequest are answers that speak of the message, not of the target.
func badRequest(status int) bool {
	switch status {
	case 400, 413, 415, 422:
		return true
	}
	return false
}

// pauseHook ends a webhook, unless somebody paused it during the attempt, and
// tells those who administer it.
func (a *App) pauseHook(tx store.Tx, id cairn.ID, why cairn.HookPause, st hookState) (told []cairn.ID, err error) {
	e, err := tx.Entity(id)
	if err != nil {
		return nil, err
	}
	h, err := cairn.HookOf(e)
	if err != nil || h.Paused != cairn.HookRuns {
		return nil, err
	}
	h.Paused = why
	if err := putAttrs(tx, e, h); err != nil {
		return nil, err
	}
	n := cairn.Notice{
		Seq: tx.Seq(), At: tx.Now(), Kind: cairn.NoticeHookEnded, Why: cairn.WhyAdmin, Project: h.Project, Target: h.ID, On: cairn.KindHook,
		Title: h.Name, Excerpt: string(why), Count: st.Failures,
	}
	t := newTelling(a)
	for _, u := range a.dir.Users() {
		if u.Disabled || u.Placeholder || a.mayKeepHooks(person(u), h.Project) != nil {
			continue
		}
		if t.settings[u.ID], err = hearingIn(tx, u.ID); err != nil {
			return nil, err
		}
		mine := personal{u.ID, n}
		if err := putNotice(tx, u.ID, &mine.notice); err != nil {
			return nil, err
		}
		if err := t.mail(tx, &mine); err != nil {
			return nil, err
		}
		told = append(told, u.ID)
	}
	return told, nil
}
