package app

import (
	"context"
	"encoding/json"
	"net/url"
	"sync"
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
	hookLease = 20 * time.Second
	hookTick  = time.Second
	hookPage  = 256
	hooksBusy = 16 // webhooks that send at the same time
	// badMessage is how often a message is tried that the target calls wrong.
	badMessage = 3
	maxWait    = 6 * time.Hour
)

// hookState is how far a webhook has come.
type hookState struct {
	// After is the last change set dealt with.
	After int64 `json:"after"`
	// Seq is the change set that is being tried, since First, Tries times.
	Seq   int64     `json:"seq,omitempty"`
	First time.Time `json:"first,omitzero"`
	Tries int       `json:"tries,omitempty"`
	// Failures in a row since FailingSince; nothing is tried before Next.
	Failures     int       `json:"failures,omitempty"`
	FailingSince time.Time `json:"failingSince,omitzero"`
	Next         time.Time `json:"next,omitzero"`
	Last         time.Time `json:"last,omitzero"`
	// Holder sends, until Until.
	Holder string    `json:"holder,omitempty"`
	Until  time.Time `json:"until,omitzero"`
}

// soon begins anew after failures.
func (s *hookState) soon() {
	s.Failures, s.FailingSince, s.Next = 0, time.Time{}, time.Time{}
}

func (a *App) hookState(ctx context.Context, id cairn.ID) (st hookState, err error) {
	p, ok, err := a.store.Private(ctx, scopeHookState, hexID(id))
	if err != nil || !ok {
		return hookState{After: -1}, err
	}
	err = json.Unmarshal(p.Value, &st)
	return st, err
}

// hookStateIn is hookState in a transaction. A webhook without one, as after a
// restore, begins at the present.
func hookStateIn(tx store.Tx, id cairn.ID) (st hookState, err error) {
	p, ok, err := tx.Private(scopeHookState, hexID(id))
	if err != nil || !ok {
		return hookState{After: tx.Seq() - 1}, err
	}
	err = json.Unmarshal(p.Value, &st)
	return st, err
}

// wake says that there may be something to send.
type wake chan struct{}

func newWake() wake { return make(wake, 1) }

func (w wake) poke() {
	select {
	case w <- struct{}{}:
	default:
	}
}

func newHookRunner(a *App) *hookRunner {
	return &hookRunner{a: a, busy: make(map[cairn.ID]bool), read: make(map[cairn.ID]int64), sent: make(map[cairn.ID]int)}
}

// hookRunner sends what the webhooks of the workspace have to send, each in the
// order of the log and beside the others.
type hookRunner struct {
	a *App

	mu   sync.Mutex
	busy map[cairn.ID]bool
	// read is how far the log holds nothing for a webhook.
	read map[cairn.ID]int64
	// sent counts messages, so that logs are cut now and then.
	sent map[cairn.ID]int
	work sync.WaitGroup
}

func (r *hookRunner) run(ctx context.Context) {
	tick := time.NewTicker(hookTick)
	defer tick.Stop()
	defer r.release(ctx)
	r.a.tasks.Go(func() { r.listen(ctx) })
	for {
		r.start(ctx)
		select {
		case <-ctx.Done():
			return
		case <-r.a.hookWake:
		case <-tick.C:
		}
	}
}

// release lets other nodes go on at once with what this one was sending.
func (r *hookRunner) release(ctx context.Context) {
	r.work.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	for _, h := range r.a.hooks.list() {
		st, err := r.a.hookState(ctx, h.ID)
		if err != nil || st.Holder != r.a.hookNode {
			continue
		}
		if _, err := r.a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
			st, err := hookStateIn(tx, h.ID)
			if err != nil || st.Holder != r.a.hookNode {
				return err
			}
			st.Holder, st.Until = "", time.Time{}
			return putHook(tx, scopeHookState, h.ID, st)
		}); err != nil {
			r.a.logger.Warn("a webhook stays claimed for a while", "hook", h.ID, "err", err)
		}
	}
}

// listen wakes the runner when the log has grown.
func (r *hookRunner) listen(ctx context.Context) {
	sub := r.a.log.Subscribe(r.a.log.Position())
	defer sub.Close()
	for {
		_, _, err := sub.Next(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil { // the tick goes on meanwhile
			select {
			case <-ctx.Done():
				return
			case <-time.After(hookTick):
			}
		}
		r.a.hookWake.poke()
	}
}

// start lets every webhook that is not at it look for something to send.
func (r *hookRunner) start(ctx context.Context) {
	for _, h := range r.a.hooks.list() {
		if h.Paused != cairn.HookRuns || !r.begin(h.ID) {
			continue
		}
		r.work.Go(func() {
			defer r.end(h.ID)
			if err := r.drain(ctx, h); err != nil && ctx.Err() == nil {
				r.a.logger.Warn("a webhook waits", "hook", h.ID, "err", err)
			}
		})
	}
}

func (r *hookRunner) begin(id cairn.ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy[id] || len(r.busy) >= hooksBusy {
		return false
	}
	r.busy[id] = true
	return true
}

func (r *hookRunner) end(id cairn.ID) {
	r.mu.Lock()
	full := len(r.busy) >= hooksBusy
	delete(r.busy, id)
	r.mu.Unlock()
	if full {
		r.a.hookWake.poke()
	}
}

// drain sends until nothing is left, or the webhook has to wait.
func (r *hookRunner) drain(ctx context.Context, h cairn.Hook) error {
	a := r.a
	for ctx.Err() == nil {
		now, ok := a.hooks.get(h.ID)
		if !ok || now.Paused != cairn.HookRuns {
			return nil
		}
		h = now
		again, err := a.hookAgain(ctx, h.ID)
		if err != nil {
			return err
		}
		if again == nil && r.readTo(h.ID) >= a.log.Position() {
			return nil
		}
		st, mine, err := a.claimHook(ctx, h)
		if err != nil || !mine {
			return err
		}
		if again != nil {
			if err := a.sendAgain(ctx, h, *again); err != nil {
				return err
			}
			continue
		}
		set, to, err := r.next(ctx, &h, st.After)
		if err != nil {
			return err
		}
		if set == nil {
			if to-st.After >= notePosition {
				if err := a.passHook(ctx, h, to); err != nil {
					return err
				}
			}
			r.setRead(h.ID, to)
			continue
		}
		if err := r.send(ctx, h, st, set); err != nil {
			return err
		}
	}
	return nil
}

func (r *hookRunner) readTo(id cairn.ID) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.read[id]
}

func (r *hookRunner) setRead(id cairn.ID, to int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read[id] = to
}

// next finds the next change set that the webhook sends, after a position; nil
// when there is none up to the returned one.
func (r *hookRunner) next(ctx context.Context, h *cairn.Hook, after int64) (*cairn.ChangeSet, int64, error) {
	return r.a.nextForHook(ctx, h, max(after, min(r.readTo(h.ID), r.a.log.Position())))
}

func (a *App) nextForHook(ctx context.Context, h *cairn.Hook, at int64) (*cairn.ChangeSet, int64, error) {
	to := a.log.Position()
	for {
		sets, err := a.store.LogOf(ctx, store.LogQuery{Project: h.Project, After: at, Before: to + 1, Limit: hookPage})
		if err != nil {
			return nil, at, err
		}
		for i := range sets {
			if changes := h.Wants(&sets[i]); len(changes) > 0 {
				sets[i].Changes = changes
				return &sets[i], sets[i].Seq, nil
			}
			at = sets[i].Seq
		}
		if len(sets) < hookPage {
			return nil, to, nil
		}
	}
}

// claimHook makes this node the webhook's sender for a while. mine is false when
// another one is, or it is not time yet.
func (a *App) claimHook(ctx context.Context, h cairn.Hook) (st hookState, mine bool, err error) {
	st, err = a.hookState(ctx, h.ID)
	now := a.now()
	switch {
	case err != nil || st.Next.After(now):
		return st, false, err
	case st.Holder == a.hookNode && st.Until.After(now.Add(HookTimeLimit+hookTick)):
		return st, true, nil
	case st.Holder != a.hookNode && st.Until.After(now):
		return st, false, nil
	}
	_, err = a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
		mine = false
		if st, err = hookStateIn(tx, h.ID); err != nil {
			return err
		}
		if st.Next.After(tx.Now()) || st.Holder != a.hookNode && st.Until.After(tx.Now()) {
			return nil
		}
		mine, st.Holder, st.Until = true, a.hookNode, tx.Now().Add(hookLease)
		return putHook(tx, scopeHookState, h.ID, st)
	})
	return st, mine, err
}

// passHook notes that nothing up to a position concerns the webhook.
func (a *App) passHook(ctx context.Context, h cairn.Hook, to int64) error {
	_, err := a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
		st, err := hookStateIn(tx, h.ID)
		if err != nil || st.Holder != a.hookNode {
			return err
		}
		st.After = max(st.After, to)
		return putHook(tx, scopeHookState, h.ID, st)
	})
	return err
}

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
			if told, err = a.pauseHook(tx, h, pause, now); err != nil {
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

// pauseHook ends a webhook and tells those who administer it.
func (a *App) pauseHook(tx store.Tx, h cairn.Hook, why cairn.HookPause, st hookState) (told []cairn.ID, err error) {
	e, err := tx.Entity(h.ID)
	if err != nil {
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
