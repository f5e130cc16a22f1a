package app_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/cairntest/pgtest"
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

// database opens one database; each call is one more process on it.
type database func(t testing.TB) store.Store

// onEach runs a test on SQLite and on PostgreSQL, each on an empty database.
func onEach(t *testing.T, check func(t *testing.T, db database)) {
	t.Run("sqlite", func(t *testing.T) { check(t, sqliteDatabase(t)) })
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		check(t, func(t testing.TB) store.Store {
			return opened(t, func(ctx context.Context) (store.Store, error) {
				return sqlstore.OpenPostgres(ctx, url, sqlstore.Options{})
			})
		})
	})
}

func sqliteDatabase(t testing.TB) database {
	dir := t.TempDir()
	return func(t testing.TB) store.Store {
		return opened(t, func(ctx context.Context) (store.Store, error) {
			return sqlstore.OpenSQLite(ctx, dir, sqlstore.Options{})
		})
	}
}

func opened(t testing.TB, open func(context.Context) (store.Store, error)) store.Store {
	t.Helper()
	st, err := open(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("closing the store: %v", err)
		}
	})
	return st
}

// emptyOffice is a running Cairn that nobody has set up.
func emptyOffice(t testing.TB, db database) *office {
	t.Helper()
	return openOffice(t, db, &clock{now: time.Now()})
}

// openOffice starts one process on a database.
func openOffice(t testing.TB, db database, c *clock) *office {
	t.Helper()
	st := db(t)
	a, err := app.New(context.Background(), app.Config{Store: st, Logger: cairntest.Logger(t), Now: c.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return &office{TB: t, App: a, store: st, clock: c}
}

func newOffice(t testing.TB, db database) *office {
	t.Helper()
	o := emptyOffice(t, db)
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

// who is how a person's session counts now.
func (o *office) who(p person) app.Identity {
	o.Helper()
	who, err := o.Authenticate(context.Background(), p.secret)
	if err != nil {
		o.Fatal(err)
	}
	return who
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
