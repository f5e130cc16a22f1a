package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"cairn"
	"cairn/internal/changelog"
	"cairn/internal/store"
)

// The private records behind hearing of things. Keys begin with the hexadecimal
// form of an id (hexID), so that stretches of them belong together.
const (
	scopeWatch   = "watch"    // key: target/person; owner: the person
	scopeNotice  = "notice"   // key: person/turned sequence number/target; owner: the person
	scopeHearing = "hearing"  // key and owner: the person
	scopeReader  = "reader"   // key: the reader's name; its position
	scopeMailDue = "mail-due" // key and owner: the person
	scopeSeen    = "seen"     // key: person/target; owner: the person
)

const (
	hearer      = "hearing" // the reader's name
	keepNotices = 90 * 24 * time.Hour
	// notePosition is how many change sets that concern nobody may pass before
	// the position is written.
	notePosition = 1000
	hearPage     = 256
	hearRetry    = time.Second
	hearGather   = 25 * time.Millisecond
	mailDelay    = time.Minute
)

// hearing follows the log and tells people of what concerns them. Every node
// does so; what one of them has written, the position it wrote with it keeps the
// others from writing again.
type hearing struct {
	a   *App
	hub *hub

	mu      sync.Mutex
	pos     int64 // the last change set dealt with
	running bool
	moved   chan struct{} // closed and replaced when pos moves
	// noted is the position that is known to be stored.
	noted int64
}

func newHearing(a *App) *hearing {
	return &hearing{a: a, hub: newHub(), moved: make(chan struct{})}
}

// position is a reader's stored position.
type position struct {
	Seq int64 `json:"seq"`
}

// Hear begins to follow the log for people's inboxes and e-mails, and the other
// nodes for who is where, until the app is closed. A server calls it once it serves; commands beside it do not.
func (a *App) Hear() {
	a.tasks.Go(func() { a.hearing.run(a.life) })
	a.tasks.Go(func() { a.here.book.Run(a.life, a.store.Told()) })
	a.tasks.Go(func() { a.sweepFiles(a.life) })
}

func (h *hearing) run(ctx context.Context) {
	for ctx.Err() == nil {
		if err := h.follow(ctx); ctx.Err() == nil {
			h.a.logger.Warn("notices wait for the database", "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(hearRetry):
			}
		}
	}
	h.mu.Lock()
	h.running = false
	h.mu.Unlock()
	h.reach(0)
}

// follow reads the log from where the last reader of it stopped; it returns only
// with the error that ended it.
func (h *hearing) follow(ctx context.Context) error {
	from, err := h.begin(ctx)
	if err != nil {
		return err
	}
	for {
		// What a subscriber is too far behind for is read from the store.
		for from < h.a.log.Position() {
			sets, err := h.a.store.Log(ctx, from, hearPage)
			if err != nil {
				return err
			}
			if len(sets) == 0 {
				break
			}
			if err := h.take(ctx, sets); err != nil {
				return err
			}
			from = sets[len(sets)-1].Seq
		}
		sub := h.a.log.Subscribe(from)
		from, err = h.listen(ctx, sub)
		sub.Close()
		if err != nil {
			return err
		}
	}
}

// listen deals with what a subscription brings, until it has missed too much.
func (h *hearing) listen(ctx context.Context, sub *changelog.Subscription) (from int64, err error) {
	for {
		from = sub.Position()
		sets, reset, err := sub.Next(ctx)
		if err != nil || reset {
			return from, err
		}
		if err := h.take(ctx, sets); err != nil {
			return from, err
		}
		if len(sets) < hearPage {
			rest(ctx)
		}
	}
}

// rest lets the next change sets gather: where many come, one look then serves more
// of them, and who writes one after the other does not wake a reader each time.
func rest(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(hearGather):
	}
}

// begin returns where to go on: where the workspace's readers stopped, or, when
// there has been none, the present. Nobody is told what happened before.
func (h *hearing) begin(ctx context.Context) (int64, error) {
	p, ok, err := h.a.store.Private(ctx, scopeReader, hearer)
	if err != nil {
		return 0, err
	}
	at := position{h.a.log.Position()}
	if ok {
		if err := json.Unmarshal(p.Value, &at); err != nil {
			return 0, err
		}
	} else if err := h.note(ctx, at.Seq); err != nil {
		return 0, err
	}
	h.mu.Lock()
	h.running, h.noted = true, at.Seq
	h.mu.Unlock()
	h.reach(at.Seq)
	return at.Seq, nil
}

// note writes the position, unless another node has written a later one.
func (h *hearing) note(ctx context.Context, seq int64) error {
	_, err := h.a.write(ctx, System("hearing"), 0, func(tx store.Tx) error {
		_, err := advance(tx, seq)
		return err
	})
	return err
}

// advance writes the position inside a transaction and returns the one before,
// which may be later.
func advance(tx store.Tx, seq int64) (before int64, err error) {
	p, ok, err := tx.Private(scopeReader, hearer)
	if err != nil {
		return 0, err
	}
	if ok {
		var at position
		if err := json.Unmarshal(p.Value, &at); err != nil {
			return 0, err
		}
		if before = at.Seq; before >= seq {
			return before, nil
		}
	}
	return before, putPrivate(tx, store.Private{Scope: scopeReader, Key: hearer}, position{seq})
}

// take deals with the next change sets.
func (h *hearing) take(ctx context.Context, sets []cairn.ChangeSet) error {
	last := sets[len(sets)-1].Seq
	t := newTelling(h.a)
	if err := t.sets(ctx, sets); err != nil {
		return err
	}
	switch {
	case !t.empty():
		if err := h.keep(ctx, t, last); err != nil {
			return err
		}
	case last-h.notedSeq() >= notePosition:
		if err := h.note(ctx, last); err != nil {
			return err
		}
		h.setNoted(last)
	}
	h.reach(last)
	h.hub.tell(t.people())
	return nil
}

// keep writes what was found, less what another node has written already.
func (h *hearing) keep(ctx context.Context, t *telling, last int64) error {
	_, err := h.a.write(ctx, System("hearing"), 0, func(tx store.Tx) error {
		before, err := advance(tx, last)
		if err != nil {
			return err
		}
		return t.write(tx, before)
	})
	if err == nil {
		h.setNoted(last)
	}
	return err
}

func (h *hearing) notedSeq() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.noted
}

func (h *hearing) setNoted(seq int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.noted = max(h.noted, seq)
}

// reach moves the position and wakes those who wait for it.
func (h *hearing) reach(seq int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pos = max(h.pos, seq)
	close(h.moved)
	h.moved = make(chan struct{})
}

// Heard waits until everything that this node knows of has reached people's
// inboxes, or ctx ends. Where nobody follows the log it does not wait.
func (a *App) Heard(ctx context.Context) error {
	h, want := a.hearing, a.log.Position()
	for {
		h.mu.Lock()
		done, moved := !h.running || h.pos >= want, h.moved
		h.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// hub wakes those who wait for a person's inbox to change.
type hub struct {
	mu   sync.Mutex
	subs map[cairn.ID]map[chan struct{}]bool
}

func newHub() *hub { return &hub{subs: make(map[cairn.ID]map[chan struct{}]bool)} }

// listen returns a channel that receives after the person's inbox has changed.
func (h *hub) listen(user cairn.ID) (ch <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs[user] == nil {
		h.subs[user] = make(map[chan struct{}]bool)
	}
	h.subs[user][c] = true
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if delete(h.subs[user], c); len(h.subs[user]) == 0 {
			delete(h.subs, user)
		}
	}
}

func (h *hub) tell(users []cairn.ID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, u := range users {
		for c := range h.subs[u] {
			select {
			case c <- struct{}{}:
			default:
			}
		}
	}
}

// InboxChanged returns a channel that receives after the caller's inbox has
// changed, until stop is called.
func (a *App) InboxChanged(by Caller) (changed <-chan struct{}, stop func()) {
	return a.hearing.hub.listen(by.User)
}

// hexID is an id in a form whose byte order is the order of ids.
func hexID(id cairn.ID) string { return fmt.Sprintf("%016x", uint64(id)) }

// parseHexID reads hexID back.
func parseHexID(s string) (cairn.ID, error) {
	var n uint64
	if len(s) < 16 {
		return 0, errors.New("too short for an id")
	}
	_, err := fmt.Sscanf(s[:16], "%016x", &n)
	return cairn.ID(n), err
}
