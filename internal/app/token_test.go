package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/auth"
)

// token makes an API token and returns it.
func (o *office) token(by person, in app.NewToken) app.MadeToken {
	o.Helper()
	made, err := o.CreateToken(o.Context(), by.Caller, in)
	if err != nil {
		o.Fatal(err)
	}
	return made
}

func TestCreateToken(t *testing.T) { onEach(t, checkCreateToken) }

func checkCreateToken(t *testing.T, db database) {
	o := newOffice(t, db)
	for _, c := range []struct {
		name  string
		in    app.NewToken
		field string
	}{
		{"no name", app.NewToken{Name: "  ", Scope: cairn.ScopeRead}, "name"},
		{"long name", app.NewToken{Name: strings.Repeat("n", 121), Scope: cairn.ScopeRead}, "name"},
		{"no scope", app.NewToken{Name: "ci"}, "scope"},
		{"unknown scope", app.NewToken{Name: "ci", Scope: "admin"}, "scope"},
		{"expired", app.NewToken{Name: "ci", Scope: cairn.ScopeRead, ExpiresAt: o.clock.Now()}, "expiresAt"},
	} {
		_, err := o.CreateToken(t.Context(), o.ada.Caller, c.in)
		if cairn.CodeOf(err) != cairn.CodeInvalid || !strings.Contains(details(err), c.field) {
			t.Errorf("%s: %v %s; want invalid about %s", c.name, err, details(err), c.field)
		}
	}
	made := o.token(o.ada, app.NewToken{Name: " nightly  export ", Scope: cairn.ScopeRead})
	if made.Name != "nightly export" || !auth.IsToken(made.Secret) || !strings.HasPrefix(made.Secret, made.Prefix) || made.User != o.ada.id {
		t.Errorf("the token is %+v", made)
	}
	who, err := o.AuthenticateToken(t.Context(), made.Secret)
	ok(t, err)
	if who.User != o.ada.id || !who.Admin || !who.ReadOnly || who.Origin != "api" {
		t.Errorf("the token stands for %+v", who.Caller)
	}
	for _, wrong := range []string{"", "cairn_", made.Secret[:len(made.Secret)-1], auth.NewToken(), o.ada.secret, strings.TrimPrefix(made.Secret, "cairn_")} {
		_, err := o.AuthenticateToken(t.Context(), wrong)
		refused(t, err, cairn.CodeUnauthenticated)
	}
	_, err = o.Authenticate(t.Context(), made.Secret)
	refused(t, err, cairn.CodeUnauthenticated)
	for range 99 {
		o.token(o.ada, app.NewToken{Name: "many", Scope: cairn.ScopeRead})
	}
	_, err = o.CreateToken(t.Context(), o.ada.Caller, app.NewToken{Name: "one too many", Scope: cairn.ScopeRead})
	refused(t, err, cairn.CodeConflict)
}

// TestTokenRights lists what a token of an administrator may not do.
func TestTokenRights(t *testing.T) { onEach(t, checkTokenRights) }

func checkTokenRights(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	p := o.project(o.ada, "INS", cairn.AccessOpen)
	for _, scope := range []cairn.Scope{cairn.ScopeRead, cairn.ScopeWrite} {
		who, err := o.AuthenticateToken(t.Context(), o.token(o.ada, app.NewToken{Name: "t", Scope: scope}).Secret)
		ok(t, err)
		by, ctx := who.Caller, t.Context()
		never := map[string]func() error{
			"change the password": func() error { return o.ChangePassword(ctx, by, goodPassword, "another password") },
			"change the address": func() error {
				return second(o.UpdateAccount(ctx, by, app.AccountPatch{Email: ptr("x@example.com"), Password: goodPassword}))
			},
			"make a token":        func() error { return second(o.CreateToken(ctx, by, app.NewToken{Name: "x", Scope: scope})) },
			"issue a token":       func() error { return second(o.IssueToken(ctx, by, bob.id, app.NewToken{Name: "x", Scope: scope})) },
			"list tokens":         func() error { return second(o.Tokens(ctx, by)) },
			"find a token":        func() error { return second(o.FindToken(ctx, by, "1")) },
			"list sessions":       func() error { return second(o.Sessions(ctx, by)) },
			"end a session":       func() error { return o.EndSession(ctx, by, "0123456789abcdef") },
			"sign out everywhere": func() error { return o.SignOutEverywhere(ctx, by) },
			"revoke a token":      func() error { return o.RevokeToken(ctx, by, 1) },
		}
		writes := map[string]func() error{
			"change the name":      func() error { return second(o.UpdateAccount(ctx, by, app.AccountPatch{Name: ptr("Ada")})) },
			"rename the workspace": func() error { return second(o.RenameWorkspace(ctx, by, "Acme")) },
			"add a person": func() error {
				return second(o.AddUser(ctx, by, app.NewUser{Name: "N", Email: string(scope) + "@example.com", Password: goodPassword}))
			},
			"change a person":  func() error { return second(o.UpdateUser(ctx, by, bob.id, app.UserPatch{Name: ptr("Bob")})) },
			"reset a password": func() error { return o.ResetPassword(ctx, by, bob.id, goodPassword) },
			"invite":           func() error { return second(o.Invite(ctx, by, app.NewInvitation{})) },
			"set a member": func() error {
				return second(o.SetMember(ctx, by, cairn.Member{Project: p, User: bob.id, Role: cairn.RoleViewer}))
			},
			"remove a member": func() error { return o.RemoveMember(ctx, by, p, bob.id) },
		}
		for name, do := range never {
			if err := do(); cairn.CodeOf(err) != cairn.CodeForbidden {
				t.Errorf("a %s token may %s: %v", scope, name, err)
			}
		}
		for _, name := range []string{"change the name", "rename the workspace", "add a person", "change a person", "reset a password", "invite", "set a member", "remove a member"} {
			err := writes[name]()
			if scope == cairn.ScopeRead && cairn.CodeOf(err) != cairn.CodeForbidden {
				t.Errorf("a read token may %s: %v", name, err)
			}
			if scope == cairn.ScopeWrite && err != nil {
				t.Errorf("a write token of an administrator may not %s: %v", name, err)
			}
		}
		if _, err := o.People(by); err != nil {
			t.Errorf("a %s token may not list people: %v", scope, err)
		}
		if _, err := o.Members(by, p); err != nil {
			t.Errorf("a %s token may not list members: %v", scope, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestTokenEnds(t *testing.T) { onEach(t, checkTokenEnds) }

func checkTokenEnds(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	works := func(secret string) bool {
		_, err := o.AuthenticateToken(t.Context(), secret)
		if err != nil {
			refused(t, err, cairn.CodeUnauthenticated)
		}
		return err == nil
	}
	short := o.token(bob, app.NewToken{Name: "short", Scope: cairn.ScopeWrite, ExpiresAt: o.clock.Now().Add(time.Hour)})
	long := o.token(bob, app.NewToken{Name: "long", Scope: cairn.ScopeWrite})
	if !works(short.Secret) || !works(long.Secret) {
		t.Fatal("a new token does not work")
	}
	o.clock.pass(time.Hour)
	if works(short.Secret) || !works(long.Secret) {
		t.Error("a token must end when it expires, and one that never expires must not")
	}
	refused(t, o.RevokeToken(t.Context(), o.ada.Caller, long.ID), cairn.CodeNotFound) // another's
	refused(t, o.RevokeToken(t.Context(), bob.Caller, bob.id), cairn.CodeNotFound)    // no token
	if !works(long.Secret) {
		t.Fatal("a refused revocation revoked")
	}
	ok(t, o.RevokeToken(t.Context(), bob.Caller, long.ID))
	if works(long.Secret) {
		t.Error("a revoked token still works")
	}
	list, err := o.Tokens(t.Context(), bob.Caller)
	ok(t, err)
	if len(list) != 1 || list[0].ID != short.ID {
		t.Errorf("after the revocation there are %+v", list)
	}
}

func TestTokenFollowsItsOwner(t *testing.T) { onEach(t, checkTokenFollowsItsOwner) }

func checkTokenFollowsItsOwner(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	_, err := o.UpdateUser(t.Context(), o.ada.Caller, bob.id, app.UserPatch{Admin: ptr(true)})
	ok(t, err)
	made := o.token(bob, app.NewToken{Name: "t", Scope: cairn.ScopeWrite})
	who, err := o.AuthenticateToken(t.Context(), made.Secret)
	ok(t, err)
	if !who.Admin {
		t.Error("the token of an administrator does not administer")
	}
	_, err = o.UpdateUser(t.Context(), o.ada.Caller, bob.id, app.UserPatch{Admin: ptr(false)})
	ok(t, err)
	if who, err = o.AuthenticateToken(t.Context(), made.Secret); err != nil || who.Admin {
		t.Errorf("after the owner stopped to administer, the token stands for %+v, %v", who.Caller, err)
	}
	_, err = o.UpdateUser(t.Context(), o.ada.Caller, bob.id, app.UserPatch{Disabled: ptr(true)})
	ok(t, err)
	_, err = o.AuthenticateToken(t.Context(), made.Secret)
	refused(t, err, cairn.CodeUnauthenticated)
	if o.alive(bob) {
		t.Error("a disabled person is still signed in")
	}
	_, err = o.UpdateUser(t.Context(), o.ada.Caller, bob.id, app.UserPatch{Disabled: ptr(false)})
	ok(t, err)
	if o.alive(bob) {
		t.Error("enabling an account brought an old session back")
	}
}

func TestTokenLastUse(t *testing.T) { onEach(t, checkTokenLastUse) }

func checkTokenLastUse(t *testing.T, db database) {
	o := newOffice(t, db)
	made := o.token(o.ada, app.NewToken{Name: "t", Scope: cairn.ScopeRead})
	used := func() time.Time {
		t.Helper()
		list, err := o.Tokens(t.Context(), o.ada.Caller)
		ok(t, err)
		return list[0].LastUsed
	}
	use := func() {
		t.Helper()
		_, err := o.AuthenticateToken(t.Context(), made.Secret)
		ok(t, err)
	}
	if !used().IsZero() {
		t.Error("a new token was used already")
	}
	use()
	first := used()
	if first.Sub(o.clock.Now()).Abs() > time.Second {
		t.Errorf("the first use is recorded at %s; want %s", first, o.clock.Now())
	}
	o.clock.pass(59 * time.Second)
	use()
	if !used().Equal(first) {
		t.Error("uses are recorded more than once a minute")
	}
	o.clock.pass(2 * time.Second)
	use()
	if used().Sub(first) != 61*time.Second {
		t.Errorf("the later use is recorded %s after the first; want 61 s", used().Sub(first))
	}
}

func TestTokensFromTheCommandLine(t *testing.T) { onEach(t, checkTokensFromTheCommandLine) }

func checkTokensFromTheCommandLine(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	cli := app.System("cli")
	made, err := o.IssueToken(t.Context(), cli, bob.id, app.NewToken{Name: "ci", Scope: cairn.ScopeWrite})
	ok(t, err)
	who, err := o.AuthenticateToken(t.Context(), made.Secret)
	if err != nil || who.User != bob.id {
		t.Fatalf("the token stands for %+v, %v", who.Caller, err)
	}
	for _, text := range []string{made.ID.String(), made.Prefix, made.Secret} {
		found, err := o.FindToken(t.Context(), cli, text)
		if err != nil || found.ID != made.ID {
			t.Errorf("FindToken(%.12s…) = %+v, %v", text, found, err)
		}
	}
	for _, text := range []string{"", "cairn_", "999999", "bob"} {
		_, err := o.FindToken(t.Context(), cli, text)
		refused(t, err, cairn.CodeNotFound)
	}
	ok(t, o.RevokeToken(t.Context(), cli, made.ID))
	_, err = o.AuthenticateToken(t.Context(), made.Secret)
	refused(t, err, cairn.CodeUnauthenticated)
	_, err = o.IssueToken(t.Context(), cli, o.imported("Ina", ""), app.NewToken{Name: "ci", Scope: cairn.ScopeWrite})
	refused(t, err, cairn.CodeInvalid)
}

// TestSecretsStayOutOfTheLog does everything that has a secret in it and then
// looks for each in all that is kept forever or shown to people.
func TestSecretsStayOutOfTheLog(t *testing.T) { onEach(t, checkSecretsStayOutOfTheLog) }

func checkSecretsStayOutOfTheLog(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	const second = "the second password"
	ok(t, o.ChangePassword(t.Context(), bob.Caller, goodPassword, second))
	made := o.token(bob, app.NewToken{Name: "ci", Scope: cairn.ScopeWrite})
	invited, err := o.Invite(t.Context(), o.ada.Caller, app.NewInvitation{Email: "ina@example.com"})
	ok(t, err)
	in, err := o.AcceptInvitation(t.Context(), app.Acceptance{Secret: invited.Secret, Name: "Ina", Password: goodPassword}, chrome())
	ok(t, err)
	sets, err := o.store.Log(t.Context(), 0, 1000)
	ok(t, err)
	raw, err := json.Marshal(sets)
	ok(t, err)
	log := string(raw)
	if !strings.Contains(log, made.Prefix) || !strings.Contains(log, "ina@example.com") {
		t.Fatal("the log that was searched does not hold what it should")
	}
	for name, secret := range map[string]string{
		"a password": goodPassword, "a changed password": second, "a password hash": "argon2", "an API token": made.Secret,
		"an invitation": invited.Secret, "a session": bob.secret, "a session from an invitation": in.Secret,
	} {
		if strings.Contains(log, secret) || strings.Contains(log, auth.Hash(secret)) {
			t.Errorf("the log holds %s or its hash", name)
		}
	}
}
