package app

import (
	"context"
	"encoding/json"
	"time"

	"cairn"
	"cairn/internal/store"
)

// hookLease is how long a node is a webhook's sender without saying so again.
const hookLease = 20 * time.Second

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
