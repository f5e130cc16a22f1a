package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"cairn"
	"cairn/internal/store"
)

// The private records of webhooks. Keys begin with hexID of the webhook.
const (
	scopeHook      = "hook"       // key and owner: the webhook; where it leads, and its secrets
	scopeHookState = "hook-state" // key and owner: the webhook
	scopeHookLog   = "hook-log"   // key: webhook/turned sequence number/message
	scopeHookBody  = "hook-body"  // key: webhook/message
	scopeHookAgain = "hook-again" // key: webhook/sequence number/message
)

// Limits of webhooks.
const (
	maxHooks      = 50 // of the workspace, and of each project
	maxHookURL    = 2000
	hookSecret    = "whsec_"
	hookOldSecret = 24 * time.Hour
)

// hookTarget is where a webhook leads and what its messages are signed with.
type hookTarget struct {
	URL     string       `json:"url"`
	Secrets []hookKeeper `json:"secrets"`
}

// hookKeeper is one secret; Until is when it ends, zero for the present one.
type hookKeeper struct {
	Secret string    `json:"secret"`
	Until  time.Time `json:"until,omitzero"`
}

// keys are the secrets that are valid at a time, as bytes.
func (t hookTarget) keys(now time.Time) [][]byte {
	var out [][]byte
	for _, s := range t.Secrets {
		if s.Until.IsZero() || s.Until.After(now) {
			key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.Secret, hookSecret))
			if err == nil {
				out = append(out, key)
			}
		}
	}
	return out
}

func newHookSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return hookSecret + base64.StdEncoding.EncodeToString(b[:])
}

// hooks is every webhook. It moves only by applying the log.
type hooks struct {
	mu    sync.Mutex
	known map[cairn.ID]cairn.Entity
	gone  map[cairn.ID]bool // deleted before the scan reached them
}

func newHooks() *hooks {
	return &hooks{known: make(map[cairn.ID]cairn.Entity), gone: make(map[cairn.ID]bool)}
}

func (x *hooks) load(ctx context.Context, st store.Store) error {
	_, err := st.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindHook}}, func(e cairn.Entity) error {
		x.mu.Lock()
		defer x.mu.Unlock()
		if !x.gone[e.ID] && x.known[e.ID].Version < e.Version {
			x.known[e.ID] = e
		}
		return nil
	})
	return err
}

func (x *hooks) apply(sets []cairn.ChangeSet) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range sets {
		for _, c := range sets[i].Changes {
			if c.Kind != cairn.KindHook {
				continue
			}
			old := x.known[c.ID]
			if old.Version > sets[i].Seq {
				continue
			}
			if e, ok := store.Applied(old, &sets[i], c); ok {
				x.known[c.ID] = e
				delete(x.gone, c.ID)
			} else if c.Deleted() {
				delete(x.known, c.ID)
				x.gone[c.ID] = true
			}
		}
	}
}

// list returns all webhooks, the oldest first.
func (x *hooks) list() []cairn.Hook {
	x.mu.Lock()
	defer x.mu.Unlock()
	var out []cairn.Hook
	for _, e := range x.known {
		if h, err := cairn.HookOf(e); err == nil {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b cairn.Hook) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// none reports whether there is no webhook.
func (x *hooks) none() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.known) == 0
}

func (x *hooks) get(id cairn.ID) (cairn.Hook, bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	e, ok := x.known[id]
	if !ok {
		return cairn.Hook{}, false
	}
	h, err := cairn.HookOf(e)
	return h, err == nil
}

// HookInfo is a webhook as its administrators see it.
type HookInfo struct {
	cairn.Hook
	URL string
	// Last is when something was taken last, and FailingSince since when nothing
	// is; both zero for never.
	Last, FailingSince time.Time
	// Next is when the next attempt is made, zero for at once.
	Next time.Time
}

// mayKeepHooks authorises a caller for the webhooks of a project, 0 for those of
// the workspace.
func (a *App) mayKeepHooks(by Caller, project cairn.ID) error {
	if project == 0 {
		return a.may(by, cairn.KeepHooks)
	}
	_, err := a.mayIn(by, project, cairn.KeepProjectHooks)
	return err
}

// Hooks returns the webhooks that the caller keeps: those of the workspace and of
// each project, as far as they administer them.
func (a *App) Hooks(ctx context.Context, by Caller) ([]HookInfo, error) {
	if by.User == 0 && !by.System {
		return nil, cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first")
	}
	out := []HookInfo{}
	for _, h := range a.hooks.list() {
		if a.mayKeepHooks(by, h.Project) != nil {
			continue
		}
		info, err := a.hookInfo(ctx, h)
		if err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	return out, nil
}

// hookFor finds a webhook that the caller keeps.
func (a *App) hookFor(by Caller, id cairn.ID) (cairn.Hook, error) {
	h, ok := a.hooks.get(id)
	if !ok {
		return h, cairn.NotFound("The webhook")
	}
	return h, a.mayKeepHooks(by, h.Project)
}

func (a *App) hookInfo(ctx context.Context, h cairn.Hook) (HookInfo, error) {
	t, err := a.hookTarget(ctx, h.ID)
	if err != nil {
		return HookInfo{}, err
	}
	st, err := a.hookState(ctx, h.ID)
	return HookInfo{Hook: h, URL: t.URL, Last: st.Last, FailingSince: st.FailingSince, Next: st.Next}, err
}

func (a *App) hookTarget(ctx context.Context, id cairn.ID) (t hookTarget, err error) {
	p, ok, err := a.store.Private(ctx, scopeHook, hexID(id))
	if err != nil || !ok {
		return t, err
	}
	err = json.Unmarshal(p.Value, &t)
	return t, err
}

// NewHook is a webhook to be made.
type NewHook struct {
	cairn.Hook
	URL string
}

// CreateHook makes a webhook, which sends what happens from now on. The secret is
// shown this once.
func (a *App) CreateHook(ctx context.Context, by Caller, in NewHook) (HookInfo, string, error) {
	if err := a.mayKeepHooks(by, in.Project); err != nil {
		return HookInfo{}, "", err
	}
	if err := a.checkHook(ctx, &in.Hook); err != nil {
		return HookInfo{}, "", err
	}
	var err error
	if in.Host, err = a.hookHost(in.URL); err != nil {
		return HookInfo{}, "", err
	}
	secret := newHookSecret()
	out := in.Hook
	_, err = a.write(ctx, by, in.Project, func(tx store.Tx) error {
		n := 0
		if err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindHook}}, func(e cairn.Entity) error {
			if e.Project == in.Project {
				n++
			}
			return nil
		}); err != nil {
			return err
		}
		if n >= maxHooks {
			return cairn.Conflict("There are %d webhooks here already, which is the most; delete one that is not used any more", n)
		}
		out.Author, out.CreatedAt, out.Version = by.User, tx.Now(), tx.Seq()
		e, err := out.Entity()
		if err != nil {
			return err
		}
		if out.ID, err = tx.Create(e); err != nil {
			return err
		}
		if err := putHook(tx, scopeHookState, out.ID, hookState{After: tx.Seq()}); err != nil {
			return err
		}
		return putHook(tx, scopeHook, out.ID, hookTarget{URL: in.URL, Secrets: []hookKeeper{{Secret: secret}}})
	})
	return HookInfo{Hook: out, URL: in.URL}, secret, err
}

func putHook(tx store.Tx, scope string, id cairn.ID, value any) error {
	return putPrivate(tx, store.Private{Scope: scope, Key: hexID(id), Owner: id}, value)
}

// checkHook checks what a person entered, with the fields of its project.
func (a *App) checkHook(ctx context.Context, h *cairn.Hook) error {
	if err := h.Clean(); err != nil || len(h.Fields) == 0 {
		return err
	}
	if h.Project == 0 {
		return cairn.Invalid("fields", "Fields belong to a project; a webhook of the workspace has none")
	}
	st, err := a.states.get(ctx, h.Project)
	if err != nil {
		return err
	}
	for _, ref := range h.Fields {
		_, builtin := builtinField(string(ref))
		if _, ok := st.state.Field(ref); !ok && !builtin {
			return cairn.Invalid("fields", "There is no field %q in the project", ref)
		}
	}
	return nil
}

// hookHost checks an address and returns the host in it.
func (a *App) hookHost(address string) (string, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return "", cairn.Invalid("url", "Enter the whole address that changes are sent to, such as https://example.com/cairn")
	case len(address) > maxHookURL:
		return "", cairn.Invalid("url", "The address has at most %d characters; this one has %d", maxHookURL, len(address))
	case u.User != nil:
		return "", cairn.Invalid("url", "Leave name and password out of the address: messages are signed with the webhook's secret")
	case u.Fragment != "":
		return "", cairn.Invalid("url", "Leave out what follows the # in the address: it is never sent")
	}
	if a.hookSender == nil {
		return u.Host, nil
	}
	if err := a.hookSender.Check(u); err != nil {
		return "", cairn.Invalid("url", "%s", err.Error())
	}
	return u.Host, nil
}

// HookPatch is what changes of a webhook; nil leaves a part as it is.
type HookPatch struct {
	Name, URL *string
	Kinds     *[]cairn.Kind
	Fields    *[]cairn.Ref
	// Paused true pauses. False sends on where it stopped: what happened meanwhile
	// comes first, or with Skip not at all.
	Paused *bool
	Skip   *bool
}

// UpdateHook changes a webhook.
func (a *App) UpdateHook(ctx context.Context, by Caller, id cairn.ID, patch HookPatch) (HookInfo, error) {
	h, err := a.hookFor(by, id)
	if err != nil {
		return HookInfo{}, err
	}
	t, err := a.hookTarget(ctx, id)
	if err != nil {
		return HookInfo{}, err
	}
	passed := int64(0)
	set(&h.Name, patch.Name)
	set(&t.URL, patch.URL)
	set(&h.Kinds, patch.Kinds)
	set(&h.Fields, patch.Fields)
	if err := a.checkHook(ctx, &h); err != nil {
		return HookInfo{}, err
	}
	if patch.URL != nil {
		if h.Host, err = a.hookHost(t.URL); err != nil {
			return HookInfo{}, err
		}
	}
	if patch.Kinds != nil || patch.Fields != nil {
		// What was passed over by the old choice stays passed over.
		old, _ := a.hooks.get(id)
		st, err := a.hookState(ctx, id)
		if err != nil {
			return HookInfo{}, err
		}
		waits, to, err := a.nextForHook(ctx, &old, max(0, st.After))
		if err != nil {
			return HookInfo{}, err
		}
		if passed = to; waits != nil {
			passed--
		}
	}
	if patch.Paused != nil {
		switch {
		case !*patch.Paused:
			h.Paused = cairn.HookRuns
		case h.Paused == cairn.HookRuns:
			h.Paused = cairn.HookByHand
		}
	}
	_, err = a.write(ctx, by, h.Project, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil {
			return err
		}
		if err := putAttrs(tx, e, h); err != nil {
			return err
		}
		if patch.URL != nil {
			if err := putHook(tx, scopeHook, id, t); err != nil {
				return err
			}
		}
		st, err := hookStateIn(tx, id)
		if err != nil {
			return err
		}
		if patch.URL != nil || patch.Paused != nil && !*patch.Paused {
			st.soon()
		}
		st.After = max(st.After, passed)
		if patch.Skip != nil && *patch.Skip {
			st.After, st.Seq, st.Tries = tx.Seq()-1, 0, 0
		}
		return putHook(tx, scopeHookState, id, st)
	})
	if err != nil {
		return HookInfo{}, err
	}
	a.hookWake.poke()
	h, err = a.hookFor(by, id)
	if err != nil {
		return HookInfo{}, err
	}
	return a.hookInfo(ctx, h)
}

// RollHook gives a webhook a new secret. Messages are signed with the old one
// too for a day, so that the target can change over.
func (a *App) RollHook(ctx context.Context, by Caller, id cairn.ID) (string, error) {
	h, err := a.hookFor(by, id)
	if err != nil {
		return "", err
	}
	secret := newHookSecret()
	_, err = a.write(ctx, by, h.Project, func(tx store.Tx) error {
		p, ok, err := tx.Private(scopeHook, hexID(id))
		if err != nil || !ok {
			return cmp.Or(err, error(cairn.NotFound("The webhook")))
		}
		var t hookTarget
		if err := json.Unmarshal(p.Value, &t); err != nil {
			return err
		}
		kept := []hookKeeper{{Secret: secret}}
		for _, s := range t.Secrets {
			if s.Until.IsZero() {
				s.Until = tx.Now().Add(hookOldSecret)
				kept = append(kept, s)
			}
		}
		t.Secrets = kept
		return putHook(tx, scopeHook, id, t)
	})
	return secret, err
}

// DeleteHook removes a webhook with its secret and its log. Nothing waits.
func (a *App) DeleteHook(ctx context.Context, by Caller, id cairn.ID) error {
	h, err := a.hookFor(by, id)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, h.Project, func(tx store.Tx) error {
		if err := tx.Delete(id); err != nil {
			return err
		}
		return dropHookRecords(tx, id)
	})
	return err
}

func dropHookRecords(tx store.Tx, id cairn.ID) error {
	for _, scope := range []string{scopeHook, scopeHookState, scopeHookLog, scopeHookBody, scopeHookAgain} {
		if err := tx.DropPrivateOf(scope, id, ""); err != nil {
			return err
		}
	}
	return nil
}
