package app

import (
	"context"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
)

const (
	hookTick  = time.Second
	hookPage  = 256
	hooksBusy = 16 // webhooks that send at the same time
)

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
		if r.a.hooks.none() {
			rest(ctx) // nobody waits, and who edits shall not wake two for it
			continue
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
