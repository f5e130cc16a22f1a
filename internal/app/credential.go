package app

import (
	"context"
	"encoding/json"
	"runtime"
	"sync"
	"time"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// The private records behind accounts. The last use of a session or token is a
// record of its own: writing it can never bring back what was revoked.
const (
	scopePassword       = "password"     // key and owner: the person
	scopeSession        = "session"      // key: the secret's hash; owner: the person
	scopeSessionSeen    = "session-seen" // key: the secret's hash; owner: the person
	scopeToken          = "token"        // key: the secret's hash; owner: the token
	scopeTokenSeen      = "token-seen"   // key: the token; owner: the person
	scopeInvitation     = "invitation"   // key: the secret's hash; owner: the invitation
	sessionIdle         = 30 * 24 * time.Hour
	sessionLife         = 180 * 24 * time.Hour
	trustCredential     = 5 * time.Second // how long another node's revocation may go unnoticed
	noteUseEvery        = time.Minute
	maxCredentials      = 20_000
	signInsPerEmail     = 10
	signInEveryEmail    = time.Minute
	signInsPerAddress   = 60
	signInEveryAddress  = 5 * time.Second
	maxSignInKeys       = 50_000
	maxWaitingPasswords = 200
)

// access is what App knows of people's credentials beside the store: recently
// verified ones, who tried to sign in how often, and the set-up secret.
type access struct {
	hasher    *auth.Hasher
	byEmail   *auth.Limiter
	byAddress *auth.Limiter

	mu    sync.Mutex
	known *auth.LRU[string, credential] // by hash
	// revoked counts revocations on this node. What was read from the store
	// before one must not be remembered after it.
	revoked uint64
	setup   string // the set-up secret, "" when there is none
}

// credential is a verified session or token.
type credential struct {
	user    cairn.ID
	token   cairn.ID // 0 for a session
	scope   cairn.Scope
	expires time.Time // zero: never
	seen    time.Time // the last use that was recorded
	checked time.Time // when the store was asked
}

// credentialReader reads what a hash stands for from the store; ok is false for
// an unknown or revoked one.
type credentialReader func(ctx context.Context, hash string) (c credential, ok bool, err error)

func newAccess(now func() time.Time, passwords auth.Cost) *access {
	return &access{
		hasher:    auth.NewHasher(passwords, max(2, runtime.GOMAXPROCS(0)), maxWaitingPasswords),
		byEmail:   auth.NewLimiter(auth.Limits{Burst: signInsPerEmail, Every: signInEveryEmail, Keys: maxSignInKeys, Now: now}),
		byAddress: auth.NewLimiter(auth.Limits{Burst: signInsPerAddress, Every: signInEveryAddress, Keys: maxSignInKeys, Now: now}),
		known:     auth.NewLRU[string, credential](maxCredentials),
	}
}

// credential returns what a secret's hash stands for; ok is false for an
// unknown, revoked or expired one. It asks the store at most every few seconds.
func (a *App) credential(ctx context.Context, hash string, read credentialReader) (c credential, ok bool, err error) {
	now := a.now()
	a.access.mu.Lock()
	c, ok = a.access.known.Get(hash)
	revoked := a.access.revoked
	a.access.mu.Unlock()
	trusted := ok && now.Sub(c.checked) < trustCredential
	if !trusted {
		if c, ok, err = a.askAgain(ctx, hash, c, read); err != nil || !ok {
			return credential{}, false, err
		}
	}
	if !c.expires.IsZero() && !now.Before(c.expires) {
		return credential{}, false, nil
	}
	due := now.Sub(c.seen) >= noteUseEvery
	if trusted && !due {
		return c, true, nil
	}
	if due {
		c.seen = now
	}
	a.access.mu.Lock()
	if a.access.revoked == revoked {
		a.access.known.Put(hash, c)
	}
	a.access.mu.Unlock()
	if due {
		a.noteUse(ctx, hash, c)
	}
	return c, true, nil
}

// askAgain reads a credential from the store; known is what this node knew.
func (a *App) askAgain(ctx context.Context, hash string, known credential, read credentialReader) (credential, bool, error) {
	c, ok, err := read(ctx, hash)
	if err != nil || !ok {
		if !ok && err == nil {
			a.forget(func(key string, _ credential) bool { return key == hash })
		}
		return credential{}, false, err
	}
	// A use may have been noted in memory and not be in the store yet.
	if known.seen.After(c.seen) {
		c.seen = known.seen
	}
	c.checked = a.now()
	return c, true, nil
}

// lastUse is the value of the records of last use.
type lastUse struct {
	At time.Time `json:"at"`
}

// noteUse records that a session or token was used. Failing to is no reason to
// refuse the request.
func (a *App) noteUse(ctx context.Context, hash string, c credential) {
	p := store.Private{Scope: scopeSessionSeen, Key: hash, Owner: c.user, ExpiresAt: c.seen.Add(sessionIdle)}
	if c.token != 0 {
		p.Scope, p.Key, p.ExpiresAt = scopeTokenSeen, c.token.String(), c.expires
	}
	if err := a.putPrivate(ctx, p, lastUse{At: c.seen.UTC()}); err != nil && ctx.Err() == nil {
		a.logger.WarnContext(ctx, "the last use of a session or token was not recorded", "user", c.user, "err", err)
	}
}

func (a *App) putPrivate(ctx context.Context, p store.Private, value any) error {
	_, err := a.write(ctx, System(""), 0, func(tx store.Tx) error { return putPrivate(tx, p, value) })
	return err
}

// putPrivate stores a private record with a value that is encoded as JSON.
func putPrivate(tx store.Tx, p store.Private, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	p.Value, p.CreatedAt = raw, tx.Now()
	return tx.PutPrivate(p)
}

// seenAt returns when a session or token was last used, zero for never.
func (a *App) seenAt(ctx context.Context, scope, key string) (at time.Time, ok bool, err error) {
	p, ok, err := a.store.Private(ctx, scope, key)
	if err != nil || !ok {
		return time.Time{}, false, err
	}
	at, err = seenIn(p)
	return at, err == nil, err
}

func seenIn(p store.Private) (time.Time, error) {
	var use lastUse
	err := json.Unmarshal(p.Value, &use)
	return use.At, err
}

// forget makes this node ask the store again for the credentials that gone
// picks. Call it after what revoked them is committed.
func (a *App) forget(gone func(hash string, c credential) bool) {
	a.access.mu.Lock()
	defer a.access.mu.Unlock()
	a.access.revoked++
	a.access.known.DeleteFunc(gone)
}

// forgetUser is forget for everything of one person.
func (a *App) forgetUser(id cairn.ID) {
	a.forget(func(_ string, c credential) bool { return c.user == id })
}

// BackupScopes are the private records that a backup holds: what people and
// programs sign in with, what people watch, their inboxes, and where webhooks go. A restored copy
// tells nobody again of what happened before. Sessions are left out, so that a restored copy lets
// nobody in who has not signed in to it.
func BackupScopes() []string {
	return []string{scopePassword, scopeToken, scopeInvitation, scopeWatch, scopeHearing, scopeNotice, scopeSeen, scopeHook}
}
