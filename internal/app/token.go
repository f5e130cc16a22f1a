package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cairn"
	"cairn/internal/auth"
	"cairn/internal/store"
)

// maxTokens is how many API tokens one person may have.
const maxTokens = 100

// NewToken is an API token to be made.
type NewToken struct {
	Name  string
	Scope cairn.Scope
	// ExpiresAt zero is never.
	ExpiresAt time.Time
}

// MadeToken is a new API token; its secret is shown this once.
type MadeToken struct {
	cairn.Token
	Secret string
}

// TokenInfo is a token as its owner sees it.
type TokenInfo struct {
	cairn.Token
	// LastUsed is exact to a minute; zero is never.
	LastUsed time.Time
}

// tokenValue is what is stored of a token beside its hash and its entity.
type tokenValue struct {
	User  cairn.ID    `json:"user"`
	Scope cairn.Scope `json:"scope"`
}

// CreateToken makes an API token for the person who asks.
func (a *App) CreateToken(ctx context.Context, by Caller, in NewToken) (MadeToken, error) {
	if err := a.needSession(by, "Creating an API token"); err != nil {
		return MadeToken{}, err
	}
	return a.issueToken(ctx, by, by.User, in)
}

// IssueToken makes an API token for somebody. For the command line only: an
// administrator could act as another person with it.
func (a *App) IssueToken(ctx context.Context, by Caller, user cairn.ID, in NewToken) (MadeToken, error) {
	if !by.System {
		return MadeToken{}, cairn.Forbidden("Everybody creates their own API tokens")
	}
	return a.issueToken(ctx, by, user, in)
}

func (a *App) issueToken(ctx context.Context, by Caller, user cairn.ID, in NewToken) (MadeToken, error) {
	if err := a.checkToken(&in); err != nil {
		return MadeToken{}, err
	}
	secret := auth.NewToken()
	out := MadeToken{Secret: secret}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		_, u, err := userIn(tx, user)
		switch {
		case err != nil:
			return err
		case u.Placeholder:
			return noAccount(u)
		case u.Disabled:
			return cairn.Conflict("The account of %s is disabled; enable it first", u.Name)
		}
		if err := roomForToken(tx, user); err != nil {
			return err
		}
		out.Token = cairn.Token{
			User: user, Name: in.Name, Prefix: auth.ShownToken(secret), Scope: in.Scope,
			CreatedAt: tx.Now(), ExpiresAt: in.ExpiresAt,
		}
		attrs, err := cairn.AttrsOf(out.Token)
		if err != nil {
			return err
		}
		if out.ID, err = tx.Create(cairn.Entity{Kind: cairn.KindToken, Parent: user, Attrs: attrs}); err != nil {
			return err
		}
		out.Version = tx.Seq()
		return putPrivate(tx, store.Private{
			Scope: scopeToken, Key: auth.Hash(secret), Owner: out.ID, ExpiresAt: in.ExpiresAt,
		}, tokenValue{User: user, Scope: in.Scope})
	})
	if err != nil {
		return MadeToken{}, err
	}
	return out, nil
}

// checkToken checks and normalises what a person entered.
func (a *App) checkToken(in *NewToken) error {
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	n := utf8.RuneCountInString(in.Name)
	switch {
	case n == 0:
		return cairn.Invalid("name", "Enter a name for the token that says what it is for")
	case n > 120:
		return cairn.Invalid("name", "The name of a token has at most 120 characters; this one has %d", n)
	case in.Scope != cairn.ScopeRead && in.Scope != cairn.ScopeWrite:
		return cairn.Invalid("scope", "The scope of a token is read or write, not %q", in.Scope)
	case !in.ExpiresAt.IsZero() && !in.ExpiresAt.After(a.now()):
		return cairn.Invalid("expiresAt", "A token expires in the future; %s is past", in.ExpiresAt.UTC().Format(time.RFC3339))
	}
	if !in.ExpiresAt.IsZero() {
		in.ExpiresAt = in.ExpiresAt.UTC().Truncate(time.Second)
	}
	return nil
}

func roomForToken(tx store.Tx, user cairn.ID) error {
	n := 0
	err := tx.Scan(store.Query{Kinds: []cairn.Kind{cairn.KindToken}, Parent: user}, func(cairn.Entity) error {
		n++
		return nil
	})
	if err == nil && n >= maxTokens {
		return cairn.Conflict("There are %d API tokens already, which is the most that one person has; revoke one that is not used any more", n)
	}
	return err
}

// AuthenticateToken returns whose API token it is. The error is unauthenticated
// when it is nobody's.
func (a *App) AuthenticateToken(ctx context.Context, token string) (Identity, error) {
	if !auth.IsToken(token) {
		return Identity{}, errUnknownToken()
	}
	c, ok, err := a.credential(ctx, auth.Hash(token), a.readToken)
	if err != nil {
		return Identity{}, err
	}
	u, known := a.owner(ctx, c)
	if !ok || !known || u.Disabled {
		return Identity{}, errUnknownToken()
	}
	actor := cairn.Actor{User: u.ID, Admin: u.Admin, ReadOnly: c.scope != cairn.ScopeWrite}
	return Identity{Caller: Caller{Actor: actor, Origin: "api"}, Person: u, ExpiresAt: c.expires}, nil
}

func errUnknownToken() error {
	return cairn.Errorf(cairn.CodeUnauthenticated, "This API token is unknown, revoked or expired; create a new one in your account settings")
}

func (a *App) readToken(ctx context.Context, hash string) (credential, bool, error) {
	p, ok, err := a.store.Private(ctx, scopeToken, hash)
	if err != nil || !ok {
		return credential{}, false, err
	}
	var v tokenValue
	if err := json.Unmarshal(p.Value, &v); err != nil {
		return credential{}, false, err
	}
	seen, _, err := a.seenAt(ctx, scopeTokenSeen, p.Owner.String())
	if err != nil {
		return credential{}, false, err
	}
	return credential{user: v.User, token: p.Owner, scope: v.Scope, expires: p.ExpiresAt, seen: seen}, true, nil
}

// Tokens returns the API tokens of the person who asks, the newest first.
func (a *App) Tokens(ctx context.Context, by Caller) ([]TokenInfo, error) {
	if err := a.needSession(by, "Looking at your API tokens"); err != nil {
		return nil, err
	}
	return a.tokensOf(ctx, by.User)
}

func (a *App) tokensOf(ctx context.Context, user cairn.ID) ([]TokenInfo, error) {
	out := []TokenInfo{}
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindToken}, Parent: user}, func(e cairn.Entity) error {
		t, err := tokenOf(e)
		out = append(out, TokenInfo{Token: t})
		return err
	})
	if err != nil {
		return nil, err
	}
	used, err := a.store.PrivateOf(ctx, scopeTokenSeen, user)
	if err != nil {
		return nil, err
	}
	for _, p := range used {
		i := slices.IndexFunc(out, func(t TokenInfo) bool { return t.ID.String() == p.Key })
		if i < 0 {
			continue // revoked
		}
		if out[i].LastUsed, err = seenIn(p); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(x, y TokenInfo) int {
		return cmp.Or(y.CreatedAt.Compare(x.CreatedAt), cmp.Compare(y.ID, x.ID))
	})
	return out, nil
}

func tokenOf(e cairn.Entity) (cairn.Token, error) {
	t := cairn.Token{ID: e.ID, Version: e.Version}
	return t, e.Attrs.Decode(&t)
}

// RevokeToken ends an API token at once. People revoke their own, the command
// line anybody's.
func (a *App) RevokeToken(ctx context.Context, by Caller, id cairn.ID) error {
	if !by.System {
		if err := a.needSession(by, "Revoking an API token"); err != nil {
			return err
		}
	}
	_, err := a.write(ctx, by, 0, func(tx store.Tx) error {
		e, err := tx.Entity(id)
		if err != nil || e.Kind != cairn.KindToken || (!by.System && e.Parent != by.User) {
			return cairn.NotFound("The API token")
		}
		if err := tx.DropPrivateOf(scopeToken, id, ""); err != nil {
			return err
		}
		if err := tx.DropPrivate(scopeTokenSeen, id.String()); err != nil {
			return err
		}
		return tx.Delete(id)
	})
	a.forget(func(_ string, c credential) bool { return c.token == id })
	return err
}

// FindToken returns the token with that id, shown beginning or whole text, for
// the command line.
func (a *App) FindToken(ctx context.Context, by Caller, text string) (cairn.Token, error) {
	if !by.System {
		return cairn.Token{}, cairn.Forbidden("Only the command line can look for anybody's API tokens")
	}
	shown := ""
	if strings.HasPrefix(text, auth.TokenPrefix) {
		shown = auth.ShownToken(text)
	}
	var found []cairn.Token
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindToken}}, func(e cairn.Entity) error {
		t, err := tokenOf(e)
		if t.ID.String() == text || t.Prefix == shown {
			found = append(found, t)
		}
		return err
	})
	switch {
	case err != nil:
		return cairn.Token{}, err
	case len(found) == 0:
		return cairn.Token{}, cairn.Errorf(cairn.CodeNotFound, "There is no such API token; give its id or how it begins, such as cairn_AbC123")
	case len(found) > 1:
		return cairn.Token{}, cairn.Conflict("%d API tokens begin with %s; give the id of the one you mean", len(found), shown)
	}
	return found[0], nil
}
