package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// Client is the browser or program that signs in.
type Client struct {
	// Address is its network address, with or without a port.
	Address string
	// UserAgent is what it calls itself.
	UserAgent string
}

// SignedIn is a new session. Its secret is shown once, to the browser.
type SignedIn struct {
	User      cairn.User
	Secret    string
	ExpiresAt time.Time
}

// Identity is who a secret stands for.
type Identity struct {
	Caller
	Person cairn.User
	// ExpiresAt is when the session or token ends unless it is used again; zero
	// is never.
	ExpiresAt time.Time
}

// Session is one sign-in of a person, as they see it in their account.
type Session struct {
	// ID names the session to the person; it is no secret.
	ID        string
	Device    string
	Address   string
	CreatedAt time.Time
	LastSeen  time.Time
	// Current says that it is the one that asks.
	Current bool
}

// sessionValue is what is stored of a session beside its hash and its person.
type sessionValue struct {
	Device  string `json:"device"`
	Address string `json:"address,omitempty"`
}

// shownHash is how much of a session's hash names it: nobody has two sessions
// that agree in 64 bits.
const shownHash = 16

// errWrongPassword is the one answer to a wrong e-mail address and a wrong
// password, so that it does not tell which addresses have an account.
func errWrongPassword() error {
	return cairn.Errorf(cairn.CodeUnauthenticated, "The e-mail address or the password is wrong. Check both, or ask an administrator to set a new password")
}

// SignIn begins a session for the person with that e-mail address and password.
// The error is unauthenticated when they do not belong together, forbidden for a
// disabled account and rate_limited after too many attempts.
func (a *App) SignIn(ctx context.Context, email, password string, client Client) (SignedIn, error) {
	email, err := cairn.CleanEmail(email)
	if err != nil {
		return SignedIn{}, err
	}
	if err := a.access.byAddress.Take(auth.AddressKey(client.Address), "attempts to sign in from your network"); err != nil {
		return SignedIn{}, err
	}
	if err := a.access.byEmail.Take(email, "attempts to sign in with this e-mail address"); err != nil {
		return SignedIn{}, err
	}
	// The account may have been made by another process a moment ago.
	if err := a.log.CatchUp(ctx); err != nil {
		return SignedIn{}, err
	}
	u, _ := a.dir.UserByEmail(email)
	verified, err := a.verifyPassword(ctx, u.ID, password)
	if err != nil {
		return SignedIn{}, err
	}
	if verified == "" {
		return SignedIn{}, errWrongPassword()
	}
	if u.Disabled {
		return SignedIn{}, cairn.Forbidden("Your account is disabled; ask an administrator of the workspace to enable it")
	}
	in := a.newSession(u, client)
	if _, err := a.write(ctx, System(""), 0, func(tx store.Tx) error {
		return putSession(tx, in, client)
	}); err != nil {
		return SignedIn{}, err
	}
	// Somebody may have changed the password, and with it ended all sessions,
	// between the look at the old one and the write above.
	if now, err := a.passwordHash(ctx, u.ID); err != nil || now != verified {
		return SignedIn{}, cmp.Or(err, a.dropSession(ctx, auth.Hash(in.Secret)), errWrongPassword())
	}
	a.access.byEmail.Forget(email)
	return in, nil
}

// verifyPassword returns the stored hash if the password belongs to it, else "".
// An unknown person takes as long as a known one.
func (a *App) verifyPassword(ctx context.Context, user cairn.ID, password string) (string, error) {
	stored, err := a.passwordHash(ctx, user)
	if err != nil {
		return "", err
	}
	match, err := a.access.hasher.Verify(ctx, stored, password)
	if err != nil || !match {
		return "", err
	}
	return stored, nil
}

// passwordHash returns the PHC string of a person's password, "" for none.
func (a *App) passwordHash(ctx context.Context, user cairn.ID) (hash string, err error) {
	p, ok, err := a.store.Private(ctx, scopePassword, user.String())
	if err != nil || !ok {
		return "", err
	}
	err = json.Unmarshal(p.Value, &hash)
	return hash, err
}

func putPassword(tx store.Tx, user cairn.ID, hash string) error {
	return putPrivate(tx, store.Private{Scope: scopePassword, Key: user.String(), Owner: user}, hash)
}

func (a *App) newSession(u cairn.User, client Client) SignedIn {
	return SignedIn{User: u, Secret: auth.NewSecret(), ExpiresAt: a.now().Add(sessionLife)}
}

// putSession stores a new session, of which only the hash is kept.
func putSession(tx store.Tx, in SignedIn, client Client) error {
	key := auth.Hash(in.Secret)
	begun := in.ExpiresAt.Add(-sessionLife)
	seen := store.Private{Scope: scopeSessionSeen, Key: key, Owner: in.User.ID, ExpiresAt: begun.Add(sessionIdle)}
	if err := putPrivate(tx, seen, lastUse{At: begun.UTC()}); err != nil {
		return err
	}
	session := store.Private{Scope: scopeSession, Key: key, Owner: in.User.ID, ExpiresAt: in.ExpiresAt}
	return putPrivate(tx, session, sessionValue{
		Device: auth.Device(client.UserAgent), Address: auth.AddressKey(client.Address),
	})
}

// Authenticate returns whose session a secret is. The error is unauthenticated
// when it is nobody's any more: it expires after 30 days without use and after
// 180 days in any case.
func (a *App) Authenticate(ctx context.Context, secret string) (Identity, error) {
	if !auth.IsSecret(secret) {
		return Identity{}, errSessionEnded()
	}
	hash := auth.Hash(secret)
	c, ok, err := a.credential(ctx, hash, a.readSession)
	if err != nil {
		return Identity{}, err
	}
	u, known := a.owner(ctx, c)
	if !ok || !known || u.Disabled {
		return Identity{}, errSessionEnded()
	}
	by := Caller{Actor: cairn.Actor{User: u.ID, Admin: u.Admin}, Origin: "web", session: hash}
	return Identity{Caller: by, Person: u, ExpiresAt: c.expires}, nil
}

// owner is the person that a credential belongs to. Another process may have
// made the account and the credential only just now.
func (a *App) owner(ctx context.Context, c credential) (cairn.User, bool) {
	u, ok := a.dir.User(c.user)
	if ok || c.user == 0 || a.log.CatchUp(ctx) != nil {
		return u, ok
	}
	return a.dir.User(c.user)
}

func errSessionEnded() error {
	return cairn.Errorf(cairn.CodeUnauthenticated, "Your session has ended; sign in again")
}

func (a *App) readSession(ctx context.Context, hash string) (credential, bool, error) {
	p, ok, err := a.store.Private(ctx, scopeSession, hash)
	if err != nil || !ok {
		return credential{}, false, err
	}
	seen, ok, err := a.seenAt(ctx, scopeSessionSeen, hash)
	if err != nil || !ok {
		return credential{}, false, err
	}
	expires := seen.Add(sessionIdle)
	if p.ExpiresAt.Before(expires) {
		expires = p.ExpiresAt
	}
	return credential{user: p.Owner, expires: expires, seen: seen}, true, nil
}

// needSession refuses everything but a person who signed in: an API token must
// not be able to take over the account that it belongs to.
func (a *App) needSession(by Caller, doing string) error {
	if err := a.may(by, cairn.ChangeAccount); err != nil {
		return err
	}
	if by.session == "" || by.User == 0 {
		return cairn.Forbidden("%s needs a sign-in in the web app; an API token is not enough", doing)
	}
	return nil
}

// SignOut ends the session that asks.
func (a *App) SignOut(ctx context.Context, by Caller) error {
	if by.session == "" {
		return cairn.Errorf(cairn.CodeUnauthenticated, "You are not signed in")
	}
	return a.dropSession(ctx, by.session)
}

// SignOutEverywhere ends every session of the person, the one that asks too.
func (a *App) SignOutEverywhere(ctx context.Context, by Caller) error {
	if err := a.needSession(by, "Signing out everywhere"); err != nil {
		return err
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error { return dropSessions(tx, by.User, "") })
	a.forgetUser(by.User)
	return err
}

// Sessions returns the sessions of the person who asks, the last used first.
func (a *App) Sessions(ctx context.Context, by Caller) ([]Session, error) {
	if err := a.needSession(by, "Looking at your sessions"); err != nil {
		return nil, err
	}
	records, err := a.store.PrivateOf(ctx, scopeSession, by.User)
	if err != nil {
		return nil, err
	}
	out := make([]Session, 0, len(records))
	for _, p := range records {
		s, ok, err := a.sessionOf(ctx, p)
		if err != nil {
			return nil, err
		}
		if ok {
			s.Current = p.Key == by.session
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(x, y Session) int { return y.LastSeen.Compare(x.LastSeen) })
	return out, nil
}

// sessionOf reads one session; ok is false when it has expired.
func (a *App) sessionOf(ctx context.Context, p store.Private) (s Session, ok bool, err error) {
	c, ok, err := a.readSession(ctx, p.Key)
	if err != nil || !ok || !a.now().Before(c.expires) {
		return Session{}, false, err
	}
	var v sessionValue
	if err := json.Unmarshal(p.Value, &v); err != nil {
		return Session{}, false, err
	}
	return Session{
		ID: p.Key[:min(shownHash, len(p.Key))], Device: v.Device, Address: v.Address,
		CreatedAt: p.CreatedAt, LastSeen: c.seen,
	}, true, nil
}

// EndSession ends one session of the person who asks, by its ID.
func (a *App) EndSession(ctx context.Context, by Caller, id string) error {
	if err := a.needSession(by, "Ending a session"); err != nil {
		return err
	}
	records, err := a.store.PrivateOf(ctx, scopeSession, by.User)
	if err != nil {
		return err
	}
	for _, p := range records {
		if len(id) == shownHash && len(p.Key) > shownHash && p.Key[:shownHash] == id {
			return a.dropSession(ctx, p.Key)
		}
	}
	return cairn.NotFound("The session")
}

func (a *App) dropSession(ctx context.Context, hash string) error {
	_, err := a.write(ctx, System(""), 0, func(tx store.Tx) error {
		if err := tx.DropPrivate(scopeSession, hash); err != nil {
			return err
		}
		return tx.DropPrivate(scopeSessionSeen, hash)
	})
	a.forget(func(key string, _ credential) bool { return key == hash })
	return err
}

// dropSessions ends a person's sessions except the one with the hash keep. Call
// forgetUser after the commit.
func dropSessions(tx store.Tx, user cairn.ID, keep string) error {
	if err := tx.DropPrivateOf(scopeSession, user, keep); err != nil {
		return err
	}
	return tx.DropPrivateOf(scopeSessionSeen, user, keep)
}
