package api_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// around is the event of who else is where a tab is.
type around struct {
	View, Idea     cairn.ID
	InView, InIdea struct{ People []cairn.ID }
	Editing        []struct {
		User  cairn.ID
		Idea  cairn.ID
		Field string
	}
}

func whereIs(c *cairntest.Client, tab string, at map[string]any) *cairntest.Answer {
	body := map[string]any{"tab": tab}
	for name, value := range at {
		body[name] = value
	}
	return c.Do("POST", "/presence", body)
}

// waitAround reads events until one of who is around is as wanted.
func waitAround(t *testing.T, events <-chan cairntest.Event, what string, ok func(around) bool) {
	t.Helper()
	last := ""
	for e := range events {
		if e.Event != "presence" {
			continue
		}
		var a around
		if err := json.Unmarshal([]byte(e.Data), &a); err != nil {
			t.Fatal(err)
		}
		if last = e.Data; ok(a) {
			return
		}
	}
	t.Fatalf("never heard that %s; last %s", what, last)
}

func idOf(t *testing.T, v any) cairn.ID {
	t.Helper()
	return cairn.ID(v.(float64))
}

// PRES-1 to PRES-5 over HTTP: others hear who looks at and edits what they look
// at, and when they leave; nothing of it is in the log.
func TestPresence(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		idea := idOf(t, addIdea(w.Admin, "Watched", nil)["id"])
		view := newView(w.Admin, map[string]any{"name": "All", "kind": "list", "position": 9, "query": map[string]any{}, "columns": []any{}})
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Outside")
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		events := w.Admin.Stream(ctx, "/stream?project=INS&tab=admin-tab-1")
		bobs, leave := context.WithCancel(ctx)
		bobEvents := bob.Stream(bobs, "/stream?project=INS&tab=bobs-tab-1")
		before := position(t, w)

		whereIs(w.Admin, "admin-tab-1", map[string]any{"view": view, "idea": idea}).Want(204)
		whereIs(bob, "bobs-tab-1", map[string]any{"view": view}).Want(204)
		waitAround(t, events, "Bob sees the view", func(a around) bool {
			return a.View == view && slices.Equal(a.InView.People, []cairn.ID{bob.ID}) && len(a.InIdea.People) == 0
		})
		whereIs(bob, "bobs-tab-1", map[string]any{"view": view, "idea": idea, "field": "title"}).Want(204)
		waitAround(t, events, "Bob edits the title", func(a around) bool {
			return len(a.InIdea.People) == 1 && len(a.Editing) == 1 && a.Editing[0].User == bob.ID && a.Editing[0].Field == "title"
		})
		waitAround(t, bobEvents, "the administrator is there", func(a around) bool { return len(a.InIdea.People) == 1 })
		whereIs(bob, "bobs-tab-1", nil).Want(204)
		waitAround(t, events, "Bob looks elsewhere", func(a around) bool { return len(a.InView.People) == 0 })
		whereIs(bob, "bobs-tab-1", map[string]any{"view": view}).Want(204)
		waitAround(t, events, "Bob is back", func(a around) bool { return len(a.InView.People) == 1 })
		leave()
		waitAround(t, events, "Bob closed the page", func(a around) bool { return len(a.InView.People) == 0 })
		if now := position(t, w); now != before {
			t.Errorf("the log moved from %d to %d", before, now)
		}

		// The wrong person: neither says where they are nor is told, by whichever id.
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		for _, at := range []map[string]any{{"view": view}, {"idea": idea}} {
			refused(t, whereIs(eve, "eves-tab-1", at), 404, "not found")
		}
		w.Anonymous().Do("POST", "/presence", map[string]any{"tab": "nobodys-tab"}).Want(401)
		refused(t, whereIs(w.Admin, "admin-tab-1", map[string]any{"view": idea}), 404, "not found")
		refused(t, whereIs(w.Admin, "admin-tab-1", map[string]any{"idea": view}), 404, "not found")
		refused(t, whereIs(w.Admin, "admin-tab-1", map[string]any{"field": "title"}), 422, "field")
		refused(t, whereIs(w.Admin, "x", nil), 422, "tab")
		w.Admin.Do("GET", "/stream?tab=x", nil).Want(422)
	})
}

// PRES-4: who loses the right to see the project is no longer told of, and hears
// nothing more.
func TestPresenceEndsWithTheRight(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	idea := idOf(t, addIdea(w.Admin, "Watched", nil)["id"])
	bob, ann := w.Person("Bob Builder"), w.Person("Ann Author")
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	events := w.Admin.Stream(ctx, "/stream?project=INS&tab=admin-tab-1")
	bobEvents := bob.Stream(ctx, "/stream?project=INS&tab=bobs-tab-1")
	whereIs(w.Admin, "admin-tab-1", map[string]any{"idea": idea}).Want(204)
	whereIs(bob, "bobs-tab-1", map[string]any{"idea": idea}).Want(204)
	waitAround(t, events, "Bob is there", func(a around) bool { return len(a.InIdea.People) == 1 })
	waitAround(t, bobEvents, "the administrator is there", func(a around) bool { return len(a.InIdea.People) == 1 })
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	w.Admin.Do("PUT", "/projects/INS/members/"+ann.ID.String(), map[string]any{"role": "viewer"}).Want(200)
	whereIs(ann, "anns-tab-1", map[string]any{"idea": idea, "field": "comment"}).Want(204)
	waitAround(t, events, "only Ann is there", func(a around) bool {
		return slices.Equal(a.InIdea.People, []cairn.ID{ann.ID})
	})
	waitAround(t, bobEvents, "Bob is told nothing", func(a around) bool { return a.Idea == 0 && len(a.InIdea.People) == 0 })
}

// PRES-7: reports beyond the limit are refused, and say when to try again.
func TestPresenceIsLimited(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	for range 200 {
		if a := whereIs(w.Admin, "admin-tab-1", nil); a.Status == 429 {
			if a.Header.Get("Retry-After") == "" || !strings.Contains(string(a.Raw), "too many reports") {
				t.Errorf("refused with %s", a.Raw)
			}
			return
		}
	}
	t.Error("200 reports at once were taken")
}

// PRES-6: nodes on PostgreSQL tell each other, whichever of them a report reaches.
func TestPresenceOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		if strings.HasSuffix(t.Name(), "sqlite") {
			t.Skip("one server runs on a file") // so there is no other node to tell
		}
		first := cairntest.New(t, one)
		project(t, first)
		idea := idOf(t, addIdea(first.Admin, "Watched", nil)["id"])
		known := first.Person("Bob Builder").ID
		second := cairntest.New(t, two)
		bob := second.SignIn("bob.builder@example.com")
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		events := first.Admin.Stream(ctx, "/stream?project=INS&tab=admin-tab-1")
		bobs, leave := context.WithCancel(ctx)
		bob.Stream(bobs, "/stream?project=INS&tab=bobs-tab-1")
		first.Admin.Do("GET", "/ideas/INS-1", nil).Want(200)
		whereIs(first.Admin, "admin-tab-1", map[string]any{"idea": idea}).Want(204)
		whereIs(bob, "bobs-tab-1", map[string]any{"idea": idea, "field": "title"}).Want(204)
		waitAround(t, events, "Bob edits on the other node", func(a around) bool { return len(a.InIdea.People) == 1 && len(a.Editing) == 1 })
		// Who shows only a view of the project hears of it as well.
		view := newView(first.Admin, map[string]any{"name": "All", "kind": "list", "position": 9, "query": map[string]any{}, "columns": []any{}})
		whereIs(first.Admin, "admin-tab-1", map[string]any{"view": view}).Want(204)
		waitAround(t, events, "Bob edits an idea of the view", func(a around) bool {
			return a.View == view && len(a.Editing) == 1 && a.Editing[0].Idea == idea && a.Editing[0].User == known
		})
		whereIs(bob, "bobs-tab-1", map[string]any{"idea": idea}).Want(204)
		waitAround(t, events, "Bob is done", func(a around) bool { return a.View == view && len(a.Editing) == 0 })
		whereIs(bob, "bobs-tab-1", map[string]any{"idea": idea, "field": "f17"}).Want(204)
		waitAround(t, events, "Bob edits again", func(a around) bool { return len(a.Editing) == 1 })
		leave()
		waitAround(t, events, "Bob closed the page in the middle of it", func(a around) bool { return len(a.Editing) == 0 })
		whereIs(first.Admin, "admin-tab-1", map[string]any{"idea": idea}).Want(204)
		waitAround(t, events, "Bob left on the other node", func(a around) bool { return len(a.InIdea.People) == 0 })
	})
}
