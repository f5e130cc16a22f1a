package app_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/auth"
)

func TestSetUp(t *testing.T) { onEach(t, checkSetUp) }

func checkSetUp(t *testing.T, db database) {
	o := emptyOffice(t, db)
	secret, open := o.SetupSecret()
	again, _ := o.SetupSecret()
	if !open || secret != again {
		t.Fatal("the set-up link changes while the server runs")
	}
	good := app.Setup{Secret: secret, Workspace: "  Acme   Ltd ", Name: " Ada  Lovelace ", Email: " Ada@Example.com ", Password: goodPassword}
	for _, c := range []struct {
		name   string
		change func(*app.Setup)
		code   cairn.Code
		field  string
	}{
		{"another secret", func(s *app.Setup) { s.Secret = auth.NewSecret() }, cairn.CodeNotFound, ""},
		{"no secret", func(s *app.Setup) { s.Secret = "" }, cairn.CodeNotFound, ""},
		{"no name", func(s *app.Setup) { s.Name = " \t" }, cairn.CodeInvalid, "name"},
		{"no address", func(s *app.Setup) { s.Email = "ada" }, cairn.CodeInvalid, "email"},
		{"short password", func(s *app.Setup) { s.Password = "123456789" }, cairn.CodeInvalid, "password"},
		{"long workspace", func(s *app.Setup) { s.Workspace = strings.Repeat("é", 121) }, cairn.CodeInvalid, "workspace"},
	} {
		in := good
		c.change(&in)
		_, err := o.SetUp(t.Context(), in, chrome())
		if cairn.CodeOf(err) != c.code || (c.field != "" && !strings.Contains(details(err), c.field)) {
			t.Errorf("%s: %v %s; want %s about %q", c.name, err, details(err), c.code, c.field)
		}
	}
	if len(o.Directory().Users()) != 0 || o.Directory().Workspace().Name != "Cairn" {
		t.Fatal("a refused set-up left something behind")
	}
	in, err := o.SetUp(t.Context(), good, chrome())
	ok(t, err)
	if u := in.User; u.Name != "Ada Lovelace" || u.Email != "ada@example.com" || !u.Admin {
		t.Errorf("the first administrator is %+v", u)
	}
	if got := o.Directory().Workspace().Name; got != "Acme Ltd" {
		t.Errorf("the workspace is called %q", got)
	}
	if !o.alive(o.enter(in, goodPassword)) {
		t.Error("the first administrator is not signed in")
	}
	_, err = o.SetUp(t.Context(), good, chrome())
	refused(t, err, cairn.CodeConflict)
	if _, open := o.SetupSecret(); open || o.NeedsSetup() {
		t.Error("there is a set-up link although somebody administers the workspace")
	}
}

// details names the fields that an error speaks of.
func details(err error) string {
	e, _ := err.(*cairn.Error)
	if e == nil {
		return ""
	}
	raw, _ := json.Marshal(e.Details)
	return string(raw)
}

func TestSetUpOnce(t *testing.T) { onEach(t, checkSetUpOnce) }

func checkSetUpOnce(t *testing.T, db database) {
	o := emptyOffice(t, db)
	secret, _ := o.SetupSecret()
	errs := make([]error, 6)
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = o.SetUp(t.Context(), app.Setup{
				Secret: secret, Name: "Racer", Email: string(rune('a'+i)) + "@example.com", Password: goodPassword,
			}, chrome())
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if c := cairn.CodeOf(err); c != cairn.CodeConflict && c != cairn.CodeNotFound {
			t.Errorf("who was too late got %v", err)
		}
	}
	if won != 1 || len(o.Directory().Users()) != 1 {
		t.Errorf("%d set-ups succeeded and there are %d people; want one", won, len(o.Directory().Users()))
	}
}

func TestSetUpClaimsImportedPerson(t *testing.T) { onEach(t, checkSetUpClaimsImportedPerson) }

func checkSetUpClaimsImportedPerson(t *testing.T, db database) {
	o := emptyOffice(t, db)
	id := o.imported("A. Lovelace", "ada@example.com")
	secret, _ := o.SetupSecret()
	in, err := o.SetUp(t.Context(), app.Setup{Secret: secret, Name: "Ada", Email: "ada@example.com", Password: goodPassword}, chrome())
	ok(t, err)
	u, _ := o.Directory().User(id)
	if in.User.ID != id || u.Placeholder || !u.Admin || u.Name != "Ada" {
		t.Errorf("the imported person %d became %+v and %d signed in", id, u, in.User.ID)
	}
}

func TestSignIn(t *testing.T) { onEach(t, checkSignIn) }

func checkSignIn(t *testing.T, db database) {
	o := newOffice(t, db)
	bob, eve := o.hire("bob"), o.hire("eve")
	_, err := o.UpdateUser(t.Context(), o.ada.Caller, eve.id, app.UserPatch{Disabled: ptr(true)})
	ok(t, err)
	o.imported("Ina", "ina@example.com")
	var wrong []string
	for _, c := range []struct {
		name, email, password string
		code                  cairn.Code
	}{
		{"as entered", bob.email, goodPassword, ""},
		{"other case and spaces", "  BOB@example.COM ", goodPassword, ""},
		{"wrong password", bob.email, "correct horse batterz", cairn.CodeUnauthenticated},
		{"empty password", bob.email, "", cairn.CodeUnauthenticated},
		{"unknown address", "nobody@example.com", goodPassword, cairn.CodeUnauthenticated},
		{"imported person", "ina@example.com", goodPassword, cairn.CodeUnauthenticated},
		{"disabled, wrong password", eve.email, "something else", cairn.CodeUnauthenticated},
		{"disabled", eve.email, goodPassword, cairn.CodeForbidden},
		{"no address", "bob", goodPassword, cairn.CodeInvalid},
	} {
		in, err := o.SignIn(t.Context(), c.email, c.password, chrome())
		if cairn.CodeOf(err) != c.code {
			t.Errorf("%s: %v; want %q", c.name, err, c.code)
		}
		switch c.code {
		case "":
			if in.User.ID != bob.id || !o.alive(o.enter(in, c.password)) {
				t.Errorf("%s: signed in as %+v", c.name, in.User)
			}
		case cairn.CodeUnauthenticated:
			wrong = append(wrong, err.Error())
		}
	}
	if slices.Sort(wrong); len(slices.Compact(wrong)) != 1 {
		t.Errorf("the answers to wrong attempts tell which addresses exist: %q", wrong)
	}
}

func TestSignInLimits(t *testing.T) { onEach(t, checkSignInLimits) }

func checkSignInLimits(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	attempt := func(email, password, address string) error {
		_, err := o.SignIn(t.Context(), email, password, app.Client{Address: address})
		return err
	}
	for range 10 {
		refused(t, attempt(bob.email, "wrong password", "198.51.100.1"), cairn.CodeUnauthenticated)
	}
	err := attempt(bob.email, goodPassword, "203.0.113.9")
	refused(t, err, cairn.CodeRateLimited)
	if !strings.Contains(err.Error(), "try again in 60 seconds") {
		t.Errorf("the refusal does not say when to try again: %v", err)
	}
	ok(t, attempt(o.ada.email, goodPassword, "198.51.100.1")) // another person, same network
	o.clock.pass(time.Minute)
	ok(t, attempt(bob.email, goodPassword, "203.0.113.9"))
	for range 10 { // the success set the count back
		refused(t, attempt(bob.email, "wrong password", "203.0.113.9"), cairn.CodeUnauthenticated)
	}
}

func TestSignInLimitPerNetwork(t *testing.T) { onEach(t, checkSignInLimitPerNetwork) }

func checkSignInLimitPerNetwork(t *testing.T, db database) {
	o := newOffice(t, db)
	var err error
	for i := range 61 {
		email := strings.Repeat("x", i+1) + "@example.com"
		// Addresses of one /64 network are one key.
		_, err = o.SignIn(t.Context(), email, "wrong password", app.Client{Address: "[2001:db8::" + string(rune('a'+i%6)) + "]:99"})
		if i < 60 {
			refused(t, err, cairn.CodeUnauthenticated)
		}
	}
	refused(t, err, cairn.CodeRateLimited)
	_, err = o.SignIn(t.Context(), o.ada.email, goodPassword, app.Client{Address: "[2001:db8:0:1::a]:99"})
	ok(t, err)
}

func TestSessionsExpire(t *testing.T) { onEach(t, checkSessionsExpire) }

func checkSessionsExpire(t *testing.T, db database) {
	o := newOffice(t, db)
	const day = 24 * time.Hour
	used, idle := o.signIn(o.ada.email, goodPassword), o.signIn(o.ada.email, goodPassword)
	o.clock.pass(29 * day)
	if !o.alive(used) {
		t.Fatal("a session ended after 29 days")
	}
	o.clock.pass(2 * day)
	if o.alive(idle) {
		t.Error("a session that was not used for 31 days goes on")
	}
	for total := 31; total < 180; total += 20 {
		if !o.alive(used) {
			t.Fatalf("a session in use ended after %d days", total)
		}
		o.clock.pass(20 * day)
	}
	if o.alive(used) {
		t.Error("a session goes on after more than 180 days")
	}
}

func TestSessionList(t *testing.T) { onEach(t, checkSessionList) }

func checkSessionList(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	o.clock.pass(time.Hour)
	phone, err := o.SignIn(t.Context(), bob.email, goodPassword, app.Client{Address: "198.51.100.4:1", UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) Version/26.0 Safari/604.1"})
	ok(t, err)
	o.clock.pass(time.Hour)
	if !o.alive(bob) {
		t.Fatal("the session ended")
	}
	list, err := o.Sessions(t.Context(), bob.Caller)
	ok(t, err)
	if len(list) != 2 {
		t.Fatalf("there are %d sessions; want 2", len(list))
	}
	if s := list[0]; !s.Current || s.Device != "Chrome on Linux" || s.Address != "192.0.2.7" || o.clock.Now().Sub(s.LastSeen).Abs() > time.Second {
		t.Errorf("the session that asks is listed as %+v", s)
	}
	if s := list[1]; s.Current || s.Device != "Safari on iPhone" || s.Address != "198.51.100.4" || o.clock.Now().Sub(s.LastSeen)-time.Hour > time.Second {
		t.Errorf("the other session is listed as %+v", s)
	}
	// Nobody ends somebody else's session.
	refused(t, o.EndSession(t.Context(), o.ada.Caller, list[1].ID), cairn.CodeNotFound)
	refused(t, o.EndSession(t.Context(), bob.Caller, ""), cairn.CodeNotFound)
	ok(t, o.EndSession(t.Context(), bob.Caller, list[1].ID))
	if o.alive(o.with(bob, phone.Secret)) || !o.alive(bob) {
		t.Error("ending one session did not end that one alone")
	}
}

// with is the same person with another session.
func (o *office) with(p person, secret string) person {
	p.secret = secret
	return p
}

func TestSignOut(t *testing.T) { onEach(t, checkSignOut) }

func checkSignOut(t *testing.T, db database) {
	o := newOffice(t, db)
	one, two, three := o.signIn(o.ada.email, goodPassword), o.signIn(o.ada.email, goodPassword), o.hire("bob")
	ok(t, o.SignOut(t.Context(), one.Caller))
	if o.alive(one) || !o.alive(two) || !o.alive(three) {
		t.Error("signing out did not end that session alone")
	}
	ok(t, o.SignOutEverywhere(t.Context(), two.Caller))
	if o.alive(two) || o.alive(o.ada) || !o.alive(three) {
		t.Error("signing out everywhere did not end all sessions of that person alone")
	}
	refused(t, o.SignOut(t.Context(), app.Caller{}), cairn.CodeUnauthenticated)
	refused(t, o.SignOutEverywhere(t.Context(), app.Caller{}), cairn.CodeUnauthenticated)
}

// TestSignOutWins uses a session from many sides while it is ended: once the
// sign-out has returned, no use may succeed, however it overlapped.
func TestSignOutWins(t *testing.T) { onEach(t, checkSignOutWins) }

func checkSignOutWins(t *testing.T, db database) {
	o := newOffice(t, db)
	for range 8 {
		p := o.signIn(o.ada.email, goodPassword)
		o.clock.pass(2 * time.Minute) // every use wants to ask the store and to note itself
		stop := make(chan struct{})
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						o.Authenticate(context.Background(), p.secret) // fails from some moment on
					}
				}
			})
		}
		ok(t, o.SignOut(t.Context(), p.Caller))
		if o.alive(p) {
			t.Error("a session is alive after its sign-out")
		}
		close(stop)
		wg.Wait()
		if o.alive(p) {
			t.Error("a use that overlapped the sign-out brought the session back")
		}
	}
}

func TestRevocationReachesOtherProcesses(t *testing.T) {
	onEach(t, checkRevocationReachesOtherProcesses)
}

func checkRevocationReachesOtherProcesses(t *testing.T, db database) {
	here := newOffice(t, db)
	there := openOffice(t, db, here.clock)
	p := here.signIn(here.ada.email, goodPassword)
	if !there.alive(p) {
		t.Fatal("the other process does not know the session")
	}
	ok(t, here.SignOut(t.Context(), p.Caller))
	here.clock.pass(5 * time.Second)
	if there.alive(p) {
		t.Error("five seconds after its end the other process still accepts the session")
	}
}

func TestChangePassword(t *testing.T) { onEach(t, checkChangePassword) }

func checkChangePassword(t *testing.T, db database) {
	o := newOffice(t, db)
	here, there := o.hire("bob"), o.signIn("bob@example.com", goodPassword)
	const next = "a much better one"
	refused(t, o.ChangePassword(t.Context(), here.Caller, "not the present", next), cairn.CodeInvalid)
	refused(t, o.ChangePassword(t.Context(), here.Caller, goodPassword, "short"), cairn.CodeInvalid)
	refused(t, o.ChangePassword(t.Context(), app.System("cli"), goodPassword, next), cairn.CodeForbidden)
	if !o.alive(here) || !o.alive(there) {
		t.Fatal("a refused change ended a session")
	}
	ok(t, o.ChangePassword(t.Context(), here.Caller, goodPassword, next))
	if !o.alive(here) || o.alive(there) {
		t.Error("the change must end the other sessions and keep this one")
	}
	_, err := o.SignIn(t.Context(), here.email, goodPassword, chrome())
	refused(t, err, cairn.CodeUnauthenticated)
	o.signIn(here.email, next)

	for range 10 {
		refused(t, o.ChangePassword(t.Context(), here.Caller, "guess after guess", next), cairn.CodeInvalid)
	}
	refused(t, o.ChangePassword(t.Context(), here.Caller, next, "yet another one"), cairn.CodeRateLimited)
}

func TestResetPassword(t *testing.T) { onEach(t, checkResetPassword) }

func checkResetPassword(t *testing.T, db database) {
	o := newOffice(t, db)
	bob := o.hire("bob")
	ina := o.imported("Ina", "ina@example.com")
	const next = "set by an administrator"
	refused(t, o.ResetPassword(t.Context(), bob.Caller, o.ada.id, next), cairn.CodeForbidden)
	refused(t, o.ResetPassword(t.Context(), o.ada.Caller, o.ada.id, next), cairn.CodeForbidden)
	refused(t, o.ResetPassword(t.Context(), o.ada.Caller, ina, next), cairn.CodeInvalid)
	refused(t, o.ResetPassword(t.Context(), o.ada.Caller, 999_999, next), cairn.CodeNotFound)
	refused(t, o.ResetPassword(t.Context(), o.ada.Caller, bob.id, "short"), cairn.CodeInvalid)
	ok(t, o.ResetPassword(t.Context(), o.ada.Caller, bob.id, next))
	if o.alive(bob) || !o.alive(o.ada) {
		t.Error("a reset must sign that person out everywhere")
	}
	o.signIn(bob.email, next)
	ok(t, o.ResetPassword(t.Context(), app.System("cli"), o.ada.id, next))
	o.signIn(o.ada.email, next)
}

func BenchmarkAuthenticate(b *testing.B) {
	o := newOffice(b, sqliteDatabase(b))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := o.Authenticate(b.Context(), o.ada.secret); err != nil {
			b.Fatal(err)
		}
	}
}
