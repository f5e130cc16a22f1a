// Package cairntest gives tests a whole Cairn on a temporary database, people to
// act in it, and clients that speak HTTP to it.
//
// Start at EachDB and New.
package cairntest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/auth"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/exporter"
	"cairn/internal/exporter/csv"
	jsonformat "cairn/internal/exporter/json"
	"cairn/internal/exporter/md"
	"cairn/internal/exporter/xlsx"
	"cairn/internal/importer"
	"cairn/internal/importer/githubjson"
	"cairn/internal/importer/jiracsv"
	"cairn/internal/importer/table"
	"cairn/internal/importer/trello"
	"cairn/internal/store"
	"cairn/internal/store/shelf"
	"cairn/internal/store/sqlstore"
)

// EachDB runs a test on SQLite and on PostgreSQL at the same time, each on an
// empty database; both begin when the function that calls it has returned.
func EachDB(t *testing.T, run func(t *testing.T, st store.Store)) {
	EachKind(t, func(t *testing.T, open Open) { run(t, open(sqlstore.Options{})) })
}

// Open opens an empty database of one kind, which is closed when the test ends.
type Open func(sqlstore.Options) store.Store

// EachKind is EachDB for a test that opens the database with options of its own.
func EachKind(t *testing.T, run func(t *testing.T, open Open)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		run(t, func(opts sqlstore.Options) store.Store { return sqlite(t, opts) })
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		run(t, func(opts sqlstore.Options) store.Store {
			st, err := sqlstore.OpenPostgres(t.Context(), pgtest.URL(t), opts)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { closeStore(t, st) })
			return st
		})
	})
}

// SQLite opens an empty embedded database with its directory of files. On
// PostgreSQL they are in the database, so that EachDB tries both.
func SQLite(t testing.TB) store.Store {
	t.Helper()
	return sqlite(t, sqlstore.Options{})
}

func sqlite(t testing.TB, opts sqlstore.Options) store.Store {
	t.Helper()
	dir := t.TempDir()
	opts.Shelf = shelf.OpenDir(filepath.Join(dir, "files"))
	return SQLiteIn(t, dir, opts)
}

// SQLiteIn opens a database in a directory of the test's own.
func SQLiteIn(t testing.TB, dir string, opts sqlstore.Options) *sqlstore.Store {
	t.Helper()
	st, err := sqlstore.OpenSQLite(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, st) })
	return st
}

func closeStore(t testing.TB, st store.Store) {
	if err := st.Close(); err != nil {
		t.Errorf("closing the store: %v", err)
	}
}

// Logger prints warnings and errors with the test's output when it fails.
func Logger(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(testWriter{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

type testWriter struct{ t testing.TB }

// Write logs one line, unless the test is over.
func (w testWriter) Write(b []byte) (int, error) {
	if w.t.Context().Err() == nil {
		w.t.Log(strings.TrimSpace(string(b)))
	}
	return len(b), nil
}

// World is a running Cairn with an administrator.
type World struct {
	T     testing.TB
	Store store.Store
	App   *app.App
	URL   string
	Admin *Client
}

func exporters() []exporter.Format {
	return []exporter.Format{csv.Leaf(), xlsx.Leaf(), jsonformat.Leaf(), md.Leaf()}
}

// Importers are all formats that the program imports.
func Importers() []importer.Leaf {
	return []importer.Leaf{jiracsv.Leaf(), githubjson.Leaf(), trello.Leaf(), table.Leaf()}
}

// Password is everybody's password.
const Password = "correct horse battery"

// Config is what a test may set otherwise; zero values are as usual.
type Config struct {
	// File and Files bound one attached file and all of them, in bytes.
	File, Files int64
	// Now is the app's clock; nil is the system's. The store's is always the system's.
	Now func() time.Time
	// Hooks is how webhooks are tried; the second attempt follows after 10 ms.
	Hooks app.HookPace
}

// QuickPasswords is what hashing a password takes in tests that are about something
// else; package auth tests what it takes for real.
func QuickPasswords() auth.Cost { return auth.Cost{Passes: 1, Memory: 64} }

// New starts a Cairn on a store, with HTTP, and sets up its administrator.
func New(t testing.TB, st store.Store) *World {
	t.Helper()
	return NewWith(t, st, Config{})
}

// NewWith is New with some things set otherwise.
func NewWith(t testing.TB, st store.Store, cfg Config) *World {
	t.Helper()
	if cfg.Hooks.Retry == 0 {
		cfg.Hooks.Retry = 10 * time.Millisecond
	}
	a, err := app.New(t.Context(), app.Config{
		Store: st, Logger: Logger(t), Now: cfg.Now, Passwords: QuickPasswords(),
		Exporters: exporters(), Importers: Importers(), Hooks: cfg.Hooks,
		MailDelay: time.Millisecond, MailRetry: 20 * time.Millisecond,
		Files: app.FileLimits{One: cfg.File, All: cfg.Files},
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Hear()
	handler := api.New(api.Options{App: a, Logger: Logger(t), Version: "test"})
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		handler.Close()
		server.Close()
		a.Close()
	})
	w := &World{T: t, Store: st, App: a, URL: server.URL}
	secret, ok := a.SetupSecret()
	if !ok {
		return w // somebody administers it already: a second node
	}
	w.Admin = w.Anonymous()
	w.Admin.Do("POST", "/setup", map[string]any{
		"token": secret, "name": "Ada Admin", "email": "ada@example.com", "password": Password, "workspace": "Test",
	}).Want(http.StatusOK, http.StatusCreated)
	return w
}

// Eventually waits for a condition, half a minute at most.
func Eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}

// Person adds somebody and signs them in.
func (w *World) Person(name string) *Client {
	w.T.Helper()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@example.com"
	u, err := w.App.AddUser(context.Background(), app.System("test"), app.NewUser{Name: name, Email: email, Password: Password})
	if err != nil {
		w.T.Fatal(err)
	}
	c := w.SignIn(email)
	c.ID = u.ID
	return c
}

// SignIn returns a client with a session.
func (w *World) SignIn(email string) *Client {
	w.T.Helper()
	c := w.Anonymous()
	c.Do("POST", "/session", map[string]any{"email": email, "password": Password}).Want(http.StatusOK, http.StatusCreated)
	return c
}

// Anonymous returns a client that nobody knows.
func (w *World) Anonymous() *Client {
	return &Client{t: w.T, url: w.URL, Header: make(http.Header)}
}

// At returns the administrator's client at another address of the same Cairn.
func (w *World) At(url string) *Client {
	copied := *w.Admin
	copied.url = url
	return &copied
}

// Client speaks to the API as one person.
type Client struct {
	t       testing.TB
	url     string
	cookies []*http.Cookie
	// ID is the person's id, when Person made the client.
	ID cairn.ID
	// Header is sent with every request.
	Header http.Header
}

// With returns a copy of the client that also sends a header.
func (c *Client) With(name, value string) *Client {
	copied := *c
	copied.Header = c.Header.Clone()
	copied.Header.Set(name, value)
	return &copied
}

// Event is one server-sent event.
type Event struct{ ID, Event, Data string }

// Stream opens a live stream; the channel ends with the context or the stream.
func (c *Client) Stream(ctx context.Context, path string) <-chan Event {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/api/v1"+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header = c.Header.Clone()
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		c.t.Fatalf("stream: status %d", res.StatusCode)
	}
	out := make(chan Event, 64)
	go func() {
		defer close(out)
		defer res.Body.Close() // the stream is over
		var e Event
		lines := bufio.NewScanner(res.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ": ")
			switch name {
			case "id":
				e.ID = value
			case "event":
				e.Event = value
			case "data":
				e.Data += value
			case "":
				if e.Event != "" {
					out <- e
				}
				e = Event{}
			}
		}
	}()
	return out
}

// Answer is what the server said.
type Answer struct {
	t      testing.TB
	what   string
	Status int
	Header http.Header
	Raw    []byte
}

// Do sends a request below /api/v1; body is encoded as JSON unless it is nil or
// []byte.
func (c *Client) Do(method, path string, body any) *Answer {
	c.t.Helper()
	var in io.Reader
	if raw, ok := body.([]byte); ok {
		in = bytes.NewReader(raw)
	} else if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		in = bytes.NewReader(raw)
	}
	return c.send(method, path, c.url+"/api/v1"+path, in)
}

// Page asks for a page of the web app, at its whole address.
func (c *Client) Page(url string) *Answer {
	c.t.Helper()
	return c.send(http.MethodGet, url, url, nil)
}

// send asks for an address and takes note of cookies.
func (c *Client) send(method, what, url string, in io.Reader) *Answer {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, url, in)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header = c.Header.Clone()
	if in != nil && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, cookie := range c.cookies {
		r.AddCookie(cookie)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close() // read to the end
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if set := res.Cookies(); len(set) > 0 {
		c.cookies = set
	}
	return &Answer{c.t, method + " " + what, res.StatusCode, res.Header, raw}
}

// Want fails the test unless the status is one of those.
func (a *Answer) Want(statuses ...int) *Answer {
	a.t.Helper()
	for _, s := range statuses {
		if a.Status == s {
			return a
		}
	}
	a.t.Fatalf("%s: status %d, want %v\n%s", a.what, a.Status, statuses, a.Raw)
	return a
}

// Into decodes the answer.
func (a *Answer) Into(v any) *Answer {
	a.t.Helper()
	if err := json.Unmarshal(a.Raw, v); err != nil {
		a.t.Fatalf("%s: %v\n%s", a.what, err, a.Raw)
	}
	return a
}

// Map decodes the answer as an object.
func (a *Answer) Map() map[string]any {
	a.t.Helper()
	var m map[string]any
	a.Into(&m)
	return m
}

// Samples returns a file of the sample data, or skips the test when the data is
// not there: CAIRN_SAMPLES names its folder, else it is ../shared/data beside the
// repository.
func Samples(t testing.TB, path string) string {
	t.Helper()
	dir := os.Getenv("CAIRN_SAMPLES")
	if dir == "" {
		dir = filepath.Join(root(t), "..", "shared", "data")
	}
	full := filepath.Join(dir, filepath.FromSlash(path))
	if _, err := os.Stat(full); err != nil {
		t.Skipf("sample data is absent: %s", path)
	}
	return full
}

// root is the repository's folder: the nearest one above that has a go.mod.
func root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above the test")
		}
		dir = up
	}
}
