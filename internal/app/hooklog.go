package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"cairn"
	"cairn/internal/store"
)

// DeliveryState says what became of a message of a webhook.
type DeliveryState string

// The states.
const (
	HookWaiting DeliveryState = "waiting" // it is tried again
	HookSent    DeliveryState = "sent"
	HookFailed  DeliveryState = "failed" // it was given up; a replay sends it again
)

const (
	keepHookLog = 30 * 24 * time.Hour
	maxHookLog  = 1000 // messages of a webhook
	trimEvery   = 50
	maxHookTry  = 10 // attempts of a message that are kept, the last ones
	hookLogPage = 100
)

// hookRecord is a message in the log of deliveries.
type hookRecord struct {
	ID    string        `json:"id"`
	Seq   int64         `json:"seq,omitempty"` // 0: a test
	Type  string        `json:"type"`
	At    time.Time     `json:"at"`
	State DeliveryState `json:"state"`
	// Count is how many attempts there were, Tries the last of them.
	Count int       `json:"count"`
	Tries []HookTry `json:"tries"`
	// Key is its place in the log.
	Key string `json:"key"`
	// body is what is sent.
	body []byte
}

// HookTry is one attempt to deliver a message.
type HookTry struct {
	At time.Time `json:"at"`
	// Took is how long it lasted, in milliseconds.
	Took int64 `json:"took"`
	// Status is the answer's, 0 when there was none; Answer begins with its body.
	Status int    `json:"status,omitempty"`
	Answer string `json:"answer,omitempty"`
	Error  string `json:"error,omitempty"`
	Replay bool   `json:"replay,omitempty"`
}

// HookDelivery is a message of a webhook and what became of it.
type HookDelivery struct {
	ID, Type string
	Seq      int64
	At       time.Time
	State    DeliveryState
	Count    int
	Tries    []HookTry
	// Body is what was sent, nil where it was not asked for or is gone.
	Body []byte
}

func (m *hookRecord) delivery() HookDelivery {
	return HookDelivery{ID: m.ID, Type: m.Type, Seq: m.Seq, At: m.At, State: m.State, Count: m.Count, Tries: m.Tries}
}

// hookMessageID names a message, also among those of other workspaces and after
// a restore, when sequence numbers come again.
func hookMessageID(hook cairn.ID, set *cairn.ChangeSet) string {
	return fmt.Sprintf("msg_%s_%d_%s", hook, set.Seq, strconv.FormatInt(set.At.UnixMicro(), 36))
}

// hookLogKey is the place of a message in the log: the newest comes first.
func hookLogKey(hook cairn.ID, seq int64, id string) string {
	return fmt.Sprintf("%s/%016x/%s", hexID(hook), uint64(1<<63-1-seq), id)
}

func hookBodyKey(hook cairn.ID, id string) string { return hexID(hook) + "/" + id }

// hookBodyOf returns what a message said when it was first tried, nil for a new one.
func (a *App) hookBodyOf(ctx context.Context, h cairn.Hook, id string) ([]byte, error) {
	p, ok, err := a.store.Private(ctx, scopeHookBody, hookBodyKey(h.ID, id))
	if err != nil || !ok {
		return nil, err
	}
	var text string
	err = json.Unmarshal(p.Value, &text)
	return []byte(text), err
}

// attempt sends a message once. Its error is for what could not even be begun.
func (a *App) attempt(ctx context.Context, h cairn.Hook, m *hookRecord) (HookTry, HookAnswer, error) {
	target, err := a.hookTarget(ctx, h.ID)
	if err != nil {
		return HookTry{}, HookAnswer{}, err
	}
	start := a.now()
	answer := a.hookSender.Send(ctx, HookMessage{URL: target.URL, ID: m.ID, At: start, Body: m.body, Keys: target.keys(start)})
	try := HookTry{At: start.UTC(), Took: a.now().Sub(start).Milliseconds(), Status: answer.Status, Answer: answer.Text}
	if answer.Err != nil {
		try.Error = answer.Err.Error()
	}
	return try, answer, nil
}

// keepHookRecord writes an attempt into the log of deliveries.
func keepHookRecord(tx store.Tx, hook cairn.ID, m hookRecord, try HookTry) error {
	if m.Key == "" {
		m.Key = hookLogKey(hook, m.Seq, m.ID)
	}
	state := m.State
	p, ok, err := tx.Private(scopeHookLog, m.Key)
	if err != nil {
		return err
	}
	if ok {
		if err := json.Unmarshal(p.Value, &m); err != nil {
			return err
		}
	}
	m.State = state
	m.Count++
	m.Tries = append(m.Tries, try)
	if more := len(m.Tries) - maxHookTry; more > 0 {
		m.Tries = m.Tries[more:]
	}
	ends := tx.Now().Add(keepHookLog)
	if err := putPrivate(tx, store.Private{Scope: scopeHookLog, Key: m.Key, Owner: hook, ExpiresAt: ends}, m); err != nil {
		return err
	}
	return putPrivate(tx, store.Private{Scope: scopeHookBody, Key: hookBodyKey(hook, m.ID), Owner: hook, ExpiresAt: ends}, string(m.body))
}

// trimHookLog drops what the log of a webhook holds beyond its newest messages.
func (a *App) trimHookLog(ctx context.Context, h cairn.Hook) error {
	list, err := a.store.PrivateRange(ctx, scopeHookLog, store.Prefix(hexID(h.ID)+"/"), maxHookLog+4*trimEvery)
	if err != nil || len(list) <= maxHookLog {
		return err
	}
	_, err = a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
		for _, p := range list[maxHookLog:] {
			var m hookRecord
			if err := json.Unmarshal(p.Value, &m); err != nil {
				return err
			}
			if err := tx.DropPrivate(scopeHookLog, p.Key); err != nil {
				return err
			}
			if err := tx.DropPrivate(scopeHookBody, hookBodyKey(h.ID, m.ID)); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// HookDeliveries returns up to 100 messages of a webhook, the newest first, after
// the one with that id ("": from the newest), and whether there are more. state ""
// is all of them.
func (a *App) HookDeliveries(ctx context.Context, by Caller, hook cairn.ID, state DeliveryState, after string) (out []HookDelivery, more bool, err error) {
	if _, err := a.hookFor(by, hook); err != nil {
		return nil, false, err
	}
	list, err := a.hookRecords(ctx, hook)
	if err != nil {
		return nil, false, err
	}
	begun := after == ""
	for i := range list {
		m := &list[i]
		if begun && (state == "" || m.State == state) {
			if len(out) == hookLogPage {
				return out, true, nil
			}
			out = append(out, m.delivery())
		}
		begun = begun || m.ID == after
	}
	return out, false, nil
}

func (a *App) hookRecords(ctx context.Context, hook cairn.ID) ([]hookRecord, error) {
	list, err := a.store.PrivateRange(ctx, scopeHookLog, store.Prefix(hexID(hook)+"/"), maxHookLog+4*trimEvery)
	if err != nil {
		return nil, err
	}
	out := make([]hookRecord, len(list))
	for i, p := range list {
		if err := json.Unmarshal(p.Value, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// HookDelivery returns one message with what was sent.
func (a *App) HookDelivery(ctx context.Context, by Caller, hook cairn.ID, id string) (HookDelivery, error) {
	h, err := a.hookFor(by, hook)
	if err != nil {
		return HookDelivery{}, err
	}
	m, err := a.hookRecordOf(ctx, hook, id)
	if err != nil {
		return HookDelivery{}, err
	}
	out := m.delivery()
	out.Body, err = a.hookBodyOf(ctx, h, id)
	return out, err
}

func (a *App) hookRecordOf(ctx context.Context, hook cairn.ID, id string) (hookRecord, error) {
	list, err := a.hookRecords(ctx, hook)
	if err != nil {
		return hookRecord{}, err
	}
	for i := range list {
		if list[i].ID == id {
			return list[i], nil
		}
	}
	return hookRecord{}, cairn.NotFound("The delivery")
}

// TestHook sends a test message at once and returns what became of it. It works
// while the webhook is paused.
func (a *App) TestHook(ctx context.Context, by Caller, hook cairn.ID) (HookDelivery, error) {
	h, err := a.hookReady(by, hook)
	if err != nil {
		return HookDelivery{}, err
	}
	m := hookRecord{ID: fmt.Sprintf("test_%s_%d", hook, a.now().UnixMicro()), Type: hookTypeTest, At: a.now().UTC(), State: HookFailed}
	// Of what has one position a test comes first, and the newest of them.
	m.Key = hookLogKey(hook, a.log.Position(), fmt.Sprintf("!%016x", uint64(1<<63-1-m.At.UnixMicro())))
	if m.body, err = a.hookTest(by, h); err != nil {
		return HookDelivery{}, err
	}
	return a.sendNow(ctx, by, h, m)
}

// hookReady finds a webhook that the caller keeps, where webhooks are sent.
func (a *App) hookReady(by Caller, hook cairn.ID) (cairn.Hook, error) {
	h, err := a.hookFor(by, hook)
	if err == nil && a.hookSender == nil {
		err = cairn.Conflict("This program sends no webhooks; a server does")
	}
	return h, err
}

// sendNow makes an attempt while somebody waits for it.
func (a *App) sendNow(ctx context.Context, by Caller, h cairn.Hook, m hookRecord) (HookDelivery, error) {
	try, answer, err := a.attempt(ctx, h, &m)
	if err != nil || ctx.Err() != nil {
		return HookDelivery{}, cmpErr(err, ctx.Err())
	}
	try.Replay = m.Type != hookTypeTest
	if answer.Err == nil {
		m.State = HookSent
	}
	if _, err := a.write(ctx, by, h.Project, func(tx store.Tx) error { return keepHookRecord(tx, h.ID, m, try) }); err != nil {
		return HookDelivery{}, err
	}
	return a.HookDelivery(ctx, by, h.ID, m.ID)
}

func cmpErr(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

// ReplayDelivery sends one message again at once, with the id that it had. One
// that still waits is tried at once in its turn.
func (a *App) ReplayDelivery(ctx context.Context, by Caller, hook cairn.ID, id string) (HookDelivery, error) {
	h, err := a.hookReady(by, hook)
	if err != nil {
		return HookDelivery{}, err
	}
	m, err := a.hookRecordOf(ctx, hook, id)
	if err != nil {
		return HookDelivery{}, err
	}
	if m.State == HookWaiting && h.Paused == cairn.HookRuns {
		_, err := a.write(ctx, by, h.Project, func(tx store.Tx) error {
			st, err := hookStateIn(tx, hook)
			if err != nil {
				return err
			}
			st.Next = time.Time{}
			return putHook(tx, scopeHookState, hook, st)
		})
		a.hookWake.poke()
		return m.delivery(), err
	}
	m.body, err = a.hookBodyOf(ctx, h, id)
	switch {
	case err != nil:
		return HookDelivery{}, err
	case m.body == nil:
		return HookDelivery{}, cairn.NotFound("What the message said")
	case m.State == HookWaiting:
		return HookDelivery{}, cairn.Conflict("The webhook is paused; resume it, and it goes on with this message")
	}
	return a.sendNow(ctx, by, h, m)
}

// ReplayFailed sends everything again that was given up since a time, the oldest
// first and before anything new, and returns how many messages that are.
func (a *App) ReplayFailed(ctx context.Context, by Caller, hook cairn.ID, since time.Time) (int, error) {
	h, err := a.hookReady(by, hook)
	if err != nil {
		return 0, err
	}
	if h.Paused != cairn.HookRuns {
		return 0, cairn.Conflict("The webhook is paused; resume it first")
	}
	list, err := a.hookRecords(ctx, hook)
	if err != nil {
		return 0, err
	}
	n := 0
	_, err = a.write(ctx, by, h.Project, func(tx store.Tx) error {
		n = 0
		for i := range list {
			m := &list[i]
			if m.State != HookFailed || m.Type == hookTypeTest || m.At.Before(since) {
				continue
			}
			n++
			key := fmt.Sprintf("%s/%016x/%s", hexID(hook), uint64(m.Seq), m.ID)
			if err := putPrivate(tx, store.Private{Scope: scopeHookAgain, Key: key, Owner: hook}, m); err != nil {
				return err
			}
		}
		return nil
	})
	a.hookWake.poke()
	return n, err
}

// hookAgain is the next message that is to be sent again, nil for none.
func (a *App) hookAgain(ctx context.Context, hook cairn.ID) (*hookRecord, error) {
	list, err := a.store.PrivateRange(ctx, scopeHookAgain, store.Prefix(hexID(hook)+"/"), 1)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var m hookRecord
	if err := json.Unmarshal(list[0].Value, &m); err != nil {
		return nil, err
	}
	m.Key = list[0].Key
	return &m, nil
}

// sendAgain makes the one attempt of a replay. Where it fails, the rest of the
// replay is called off: what comes after it would not be taken either.
func (a *App) sendAgain(ctx context.Context, h cairn.Hook, m hookRecord) error {
	key := m.Key
	m.Key = ""
	var err error
	if m.body, err = a.hookBodyOf(ctx, h, m.ID); err != nil {
		return err
	}
	var try HookTry
	var answer HookAnswer
	if m.body != nil {
		if try, answer, err = a.attempt(ctx, h, &m); err != nil || ctx.Err() != nil {
			return err
		}
		try.Replay = true
	}
	_, err = a.write(ctx, System("hooks"), h.Project, func(tx store.Tx) error {
		if err := tx.DropPrivate(scopeHookAgain, key); err != nil || m.body == nil {
			return err // what it said is gone
		}
		if _, err := tx.Entity(h.ID); err != nil {
			return nil // deleted meanwhile
		}
		m.State = HookSent
		if answer.Err != nil {
			m.State = HookFailed
			if err := tx.DropPrivateOf(scopeHookAgain, h.ID, ""); err != nil {
				return err
			}
		}
		return keepHookRecord(tx, h.ID, m, try)
	})
	return err
}
