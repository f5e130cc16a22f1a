package app_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// clock is a clock that only tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the present time.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// office is a running Cairn with Ada, who administers it.
type office struct {
	testing.TB
	*app.App
	store store.Store
	clock *clock
	dir   string
	ada   person
}

// person is somebody with an account and a session.
type person struct {
	app.Caller
	id       cairn.ID
	email    string
	password string
	secret   string
}

const goodPassword = "correct horse battery"

// chrome is the browser of the tests.
func chrome() app.Client {
	return app.Client{
		Address:   "192.0.2.7:4711",
		UserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
	}
}

// emptyOffice is a running Cairn that nobody has set up.
func emptyOffice(t testing.TB) *office {
	t.Helper()
	return openOffice(t, t.TempDir(), &clock{now: time.Now()})
}

// openOffice starts one process on a data directory.
func openOffice(t testing.TB, dir string, c *clock) *office {
	t.Helper()
	ctx := context.Background()
	st, err := sqlstore.OpenSQLite(ctx, dir, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(ctx, app.Config{Store: st, Logger: slog.New(slog.DiscardHandler), Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		a.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return &office{TB: t, App: a, store: st, clock: c, dir: dir}
}

func newOffice(t testing.TB) *office {
	t.Helper()
	o := emptyOffice(t)
	secret, ok := o.SetupSecret()
	if !ok {
		t.Fatal("an empty workspace has no set-up link")
	}
	in, err := o.SetUp(t.Context(), app.Setup{
		Secret: secret, Workspace: "Acme", Name: "Ada Lovelace", Email: "ada@example.com", Password: goodPassword,
	}, chrome())
	if err != nil {
		t.Fatal(err)
	}
	o.ada = o.enter(in, goodPassword)
	return o
}

// enter is the person behind a new session.
func (o *office) enter(in app.SignedIn, password string) person {
	o.Helper()
	who, err := o.Authenticate(context.Background(), in.Secret)
	if err != nil {
		o.Fatal(err)
	}
	return person{Caller: who.Caller, id: in.User.ID, email: in.User.Email, password: password, secret: in.Secret}
}

// hire makes an account for somebody and signs them in.
func (o *office) hire(name string) person {
	o.Helper()
	u, err := o.AddUser(context.Background(), o.ada.Caller, app.NewUser{Name: name, Email: name + "@example.com", Password: goodPassword})
	if err != nil {
		o.Fatal(err)
	}
	return o.signIn(u.Email, goodPassword)
}

func (o *office) signIn(email, password string) person {
	o.Helper()
	in, err := o.SignIn(context.Background(), email, password, chrome())
	if err != nil {
		o.Fatal(err)
	}
	return o.enter(in, password)
}

// imported makes a person that an import knows.
func (o *office) imported(name, email string) cairn.ID {
	o.Helper()
	attrs, err := cairn.AttrsOf(cairn.User{Name: name, Email: email, Placeholder: true, CreatedAt: time.Now().UTC()})
	if err != nil {
		o.Fatal(err)
	}
	var id cairn.ID
	if _, err := o.store.Write(context.Background(), store.Meta{}, func(tx store.Tx) error {
		id, err = tx.Create(cairn.Entity{Kind: cairn.KindUser, Attrs: attrs})
		return err
	}); err != nil {
		o.Fatal(err)
	}
	return id
}

// project makes a project.
func (o *office) project(by person, key string, access cairn.Access) cairn.ID {
	o.Helper()
	p, err := o.CreateProject(context.Background(), by.Caller, app.NewProject{Name: "Project " + key, Key: key, Access: access})
	if err != nil {
		o.Fatal(err)
	}
	return p.ID
}

// alive reports whether a session still counts.
func (o *office) alive(p person) bool {
	o.Helper()
	who, err := o.Authenticate(context.Background(), p.secret)
	if err != nil && cairn.CodeOf(err) != cairn.CodeUnauthenticated {
		o.Fatal(err)
	}
	return err == nil && who.User == p.id
}

// refused fails the test unless err has the code.
func refused(t testing.TB, err error, code cairn.Code) {
	t.Helper()
	if cairn.CodeOf(err) != code {
		t.Fatalf("got %v (%s); want %s", err, cairn.CodeOf(err), code)
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ptr[T any](v T) *T { return &v }
