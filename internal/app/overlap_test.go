package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/store"
)

// gated is a store that holds readers of one scope of private records between
// having read and returning, so that a test decides what happens meanwhile.
type gated struct {
	store.Store
	mu    sync.Mutex
	scope string
	read  chan struct{} // receives when somebody is held
	open  chan struct{} // closed to let them go
}

// Private reads, and waits while the scope's gate is shut.
func (g *gated) Private(ctx context.Context, scope, key string) (store.Private, bool, error) {
	p, ok, err := g.Store.Private(ctx, scope, key)
	g.mu.Lock()
	held, read, open := g.scope == scope, g.read, g.open
	if held {
		g.scope = "" // only the first is held
	}
	g.mu.Unlock()
	if held {
		read <- struct{}{}
		<-open
	}
	return p, ok, err
}

// during runs what while a reader of the scope that do starts is held.
func (g *gated) during(scope string, do, what func()) {
	g.mu.Lock()
	g.scope, g.read, g.open = scope, make(chan struct{}), make(chan struct{})
	g.mu.Unlock()
	var wg sync.WaitGroup
	wg.Go(do)
	<-g.read
	what()
	close(g.open)
	wg.Wait()
}

func gatedOffice(t *testing.T, db database) (*office, *gated) {
	t.Helper()
	g := &gated{}
	o := newOffice(t, func(t testing.TB) store.Store {
		g.Store = db(t)
		return g
	})
	return o, g
}

// TestLateReadIsNotRemembered signs out between the moment at which another
// request has read the session and the moment at which it remembers it.
func TestLateReadIsNotRemembered(t *testing.T) { onEach(t, checkLateReadIsNotRemembered) }

func checkLateReadIsNotRemembered(t *testing.T, db database) {
	o, g := gatedOffice(t, db)
	p := o.signIn(o.ada.email, goodPassword)
	o.clock.pass(10 * time.Second) // the next use asks the store
	g.during("session-seen",
		func() { o.Authenticate(t.Context(), p.secret) }, // it overlaps the sign-out: either is right
		func() { ok(t, o.SignOut(t.Context(), p.Caller)) })
	if o.alive(p) {
		t.Error("a session that was read before its sign-out is accepted after it")
	}
}

// TestLateSignIn changes the password while somebody signs in with the old one.
func TestLateSignIn(t *testing.T) { onEach(t, checkLateSignIn) }

func checkLateSignIn(t *testing.T, db database) {
	o, g := gatedOffice(t, db)
	bob := o.hire("bob")
	g.during("password",
		func() {
			_, err := o.SignIn(t.Context(), bob.email, goodPassword, chrome())
			if cairn.CodeOf(err) != cairn.CodeUnauthenticated {
				t.Errorf("the old password opened a session after the change: %v", err)
			}
		},
		func() { ok(t, o.ResetPassword(t.Context(), o.ada.Caller, bob.id, "the new password")) })
	records, err := o.store.PrivateOf(t.Context(), "session", bob.id)
	if err != nil || len(records) != 0 {
		t.Errorf("%d sessions are left after the reset, %v", len(records), err)
	}
	o.signIn(bob.email, "the new password")
}
