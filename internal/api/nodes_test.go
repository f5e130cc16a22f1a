package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// openTwice opens one database as two processes would.
func openTwice(t *testing.T, run func(t *testing.T, one, two store.Store)) {
	open := func(t *testing.T, open func() (*sqlstore.Store, error)) store.Store {
		st, err := open()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := st.Close(); err != nil {
				t.Error(err)
			}
		})
		return st
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		file := func() (*sqlstore.Store, error) { return sqlstore.OpenSQLite(t.Context(), dir, sqlstore.Options{}) }
		run(t, open(t, file), open(t, file))
	})
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		db := func() (*sqlstore.Store, error) { return sqlstore.OpenPostgres(t.Context(), url, sqlstore.Options{}) }
		run(t, open(t, db), open(t, db))
	})
}

// An account and a token that another process has just made work at once: on
// the command line beside the server, one follows the other.
func TestNewAccountOnTheOtherNode(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		first, second := cairntest.New(t, one), cairntest.New(t, two)
		for i := range 5 {
			email := fmt.Sprintf("new%d@example.com", i)
			u, err := first.App.AddUser(t.Context(), app.System("cli"), app.NewUser{Name: "New", Email: email, Password: cairntest.Password})
			if err != nil {
				t.Fatal(err)
			}
			token, err := first.App.IssueToken(t.Context(), app.System("cli"), u.ID, app.NewToken{Name: "Script", Scope: cairn.ScopeRead})
			if err != nil {
				t.Fatal(err)
			}
			if got, err := second.App.AuthenticateToken(t.Context(), token.Secret); err != nil || got.Person.Email != email {
				t.Errorf("the token of %s: %v", email, err)
			}
		}
		if _, err := first.App.AddUser(t.Context(), app.System("cli"), app.NewUser{Name: "Last", Email: "last@example.com", Password: cairntest.Password}); err != nil {
			t.Fatal(err)
		}
		if _, err := second.App.SignIn(t.Context(), "last@example.com", cairntest.Password, app.Client{}); err != nil {
			t.Errorf("signing in: %v", err)
		}
	})
}

// What one node has just made is found on the other at once, by whatever name.
func TestNewProjectOnTheOtherNode(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		first := cairntest.New(t, one)
		second := cairntest.New(t, two)
		other := second.SignIn("ada@example.com")
		for i := range 5 {
			key := fmt.Sprintf("P%d", i)
			first.Admin.Do("POST", "/projects", map[string]any{"name": "Project " + key, "key": key, "template": "product-discovery"}).Want(201)
			other.Do("GET", "/projects/"+key, nil).Want(200)
			view := first.Admin.Do("POST", "/projects/"+key+"/views", map[string]any{"name": "New", "kind": "list", "position": 9, "query": map[string]any{}, "columns": []any{}}).Want(201).Map()
			other.Do("GET", fmt.Sprintf("/views/%v/result", view["id"]), nil).Want(200)
			idea := first.Admin.Do("POST", "/projects/"+key+"/ideas", map[string]any{"title": "New"}).Want(201).Map()
			other.Do("GET", fmt.Sprintf("/ideas/%v", idea["key"]), nil).Want(200)
			other.Do("GET", "/ideas/"+key+"-99", nil).Want(404)
		}
	})
}

// Two nodes on one database: each sees the other's writes, in order, and its
// streams tell of them.
func TestTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		first := cairntest.New(t, one)
		f := project(t, first)
		second := cairntest.New(t, two)
		admin := second.SignIn("ada@example.com")
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		events := admin.Stream(ctx, "/stream?project=INS")
		<-events // hello
		for i := range 5 {
			addIdea(first.Admin, fmt.Sprint("From the first node ", i), map[string]any{f["Impact"]: 1 + i%5})
		}
		last := int64(0)
		for range 5 {
			e := <-events
			var set cairn.ChangeSet
			if err := json.Unmarshal([]byte(e.Data), &set); err != nil || set.Seq <= last {
				t.Fatalf("event %s after %d: %v", e.Data, last, err)
			}
			last = set.Seq
		}
		// What the stream told is what the second node answers from.
		a := admin.Do("POST", "/projects/INS/query", map[string]any{"query": map[string]any{}, "columns": []any{f["Impact"]}}).Want(200)
		if n := strings.Count(string(a.Raw), "["); n < 6 {
			t.Errorf("the second node does not show five ideas: %s", a.Raw)
		}
		// Numbers and edits do not collide.
		got := admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "From the second node"}).Want(201).Map()
		if got["key"] != "INS-6" {
			t.Errorf("the second node made %v, want INS-6", got["key"])
		}
		admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Impact"]: 5}}).Want(200)
		first.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"values": map[string]any{f["Effort"]: 2}}).Want(200)
		if i, e := value(first.Admin, "INS-1", f["Impact"]), value(first.Admin, "INS-1", f["Effort"]); i != "5" || e != "2" {
			t.Errorf("impact %s and effort %s on the first node, want 5 and 2", i, e)
		}
	})
}
