package api_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/internal/cairntest"
	"cairn/internal/store"
)

type noticeOf struct {
	ID, Kind, Why, On, Key, Title, Excerpt, Reason, Project string
	Actor, Count, Target                                    int
	Read, Done                                              bool
	Changes                                                 []struct{ Name, Old, New string }
}

type inboxOf struct {
	Notices         []noticeOf
	Unread, Snoozed int
}

// inbox waits until everything written so far was heard of, and reads somebody's
// inbox.
func inbox(t *testing.T, w *cairntest.World, c *cairntest.Client, part string) (in inboxOf) {
	t.Helper()
	if err := w.App.Heard(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.Do("GET", "/inbox?part="+part, nil).Want(200).Into(&in)
	return in
}

// brief says a whole inbox in one line, newest first.
func brief(in inboxOf) string {
	var out []string
	for _, n := range in.Notices {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", n.Kind, n.Key, n.Why)))
	}
	return strings.Join(out, ", ")
}

func watchers(c *cairntest.Client, path string) (out struct {
	Watching, Through bool
	Why               string
	Watchers          []int64
	Seen              int64
	SeenAt            time.Time
}) {
	c.Do("GET", path+"/watchers", nil).Want(200).Into(&out)
	return out
}

func comment(c *cairntest.Client, idea, body string) int64 {
	var out struct{ ID int64 }
	c.Do("POST", "/ideas/"+idea+"/comments", map[string]any{"body": body}).Want(201).Into(&out)
	return out.ID
}

func rename(c *cairntest.Client, idea, title string) {
	c.Do("PATCH", "/ideas/"+idea, map[string]any{"title": title}).Want(200)
}

// HEAR-1 to HEAR-4: watching begins by itself on create, comment and mention,
// and nothing turns it on again for who turned it off.
func TestWatching(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		addIdea(w.Admin, "One", nil)
		if got := watchers(w.Admin, "/ideas/INS-1"); !got.Watching || got.Why != "create" {
			t.Errorf("who made the idea: %+v, want watching by create", got)
		}
		comment(bob, "INS-1", fmt.Sprintf("What does [@Cy Clerk](cairn:person/%d) say?", cy.ID))
		if got := watchers(bob, "/ideas/INS-1"); !got.Watching || got.Why != "comment" || len(got.Watchers) != 3 {
			t.Errorf("who commented: %+v, want watching by comment, three in all", got)
		}
		if got := watchers(cy, "/ideas/INS-1"); !got.Watching || got.Why != "mention" {
			t.Errorf("who was named: %+v, want watching by mention", got)
		}
		cy.Do("DELETE", "/ideas/INS-1/watch", nil).Want(204)
		comment(cy, "INS-1", "Nothing.")
		if got := watchers(cy, "/ideas/INS-1"); got.Watching || len(got.Watchers) != 2 {
			t.Errorf("who turned it off and commented: %+v, want not watching", got)
		}
		cy.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		if got := watchers(cy, "/ideas/INS-1"); !got.Watching || got.Why != "hand" {
			t.Errorf("who turned it on: %+v, want watching by hand", got)
		}
		// Each way can be turned off.
		bob.Do("PUT", "/account/hearing", map[string]any{"notOn": []string{"create"}, "hour": 8, "weekday": 1, "quietFrom": 0, "quietTo": 0}).Want(204)
		addIdea(bob, "Two", nil)
		if got := watchers(bob, "/ideas/INS-2"); got.Watching {
			t.Errorf("with create turned off: %+v, want not watching", got)
		}
	})
}

// HEAR-19: everything that a person watches is in one list, and nothing of it that
// they may not read.
func TestWatched(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		list := func(c *cairntest.Client) string {
			var out struct {
				Watches []struct{ On, Key, Project, Title, Why string }
			}
			c.Do("GET", "/account/watches", nil).Want(200).Into(&out)
			var lines []string
			for _, w := range out.Watches {
				lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", w.On, cmp.Or(w.Key, w.Project), w.Title, w.Why)))
			}
			return strings.Join(lines, ", ")
		}
		var view struct{ ID int64 }
		w.Admin.Do("POST", "/projects/INS/views", map[string]any{"name": "Big", "kind": "list", "position": 1, "query": map[string]any{}}).Want(201).Into(&view)
		addIdea(bob, "One", nil)
		addIdea(w.Admin, "Two", nil)
		comment(bob, "INS-2", "Yes.")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		bob.Do("PUT", fmt.Sprint("/views/", view.ID, "/watch"), nil).Want(204)
		rename(bob, "INS-1", "First")
		want := "idea INS-1 First create, idea INS-2 Two comment, project INS Insure hand, view INS Big hand"
		if got := sorted(list(bob)); got != want {
			t.Errorf("Bob watches %s, want %s", got, want)
		}
		if got := list(cy); got != "" {
			t.Errorf("Cy watches %s", got)
		}
		w.Anonymous().Do("GET", "/account/watches", nil).Want(401)
		bob.Do("DELETE", "/projects/INS/watch", nil).Want(204)
		bob.Do("DELETE", "/ideas/INS-1", nil).Want(204, 403)
		w.Admin.Do("DELETE", "/ideas/INS-1", nil).Want(204, 404)
		if got := sorted(list(bob)); got != "idea INS-2 Two comment, view INS Big hand" {
			t.Errorf("later Bob watches %s", got)
		}
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		if got := list(bob); got != "" {
			t.Errorf("outside the project Bob watches %s", got)
		}
	})
}

// HEAR-5 to HEAR-9: who hears of what, why, and with which words.
func TestInbox(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		addIdea(w.Admin, "One", nil)
		cy.Do("PUT", "/projects/INS/watch", nil).Want(204)
		bob.With("Cairn-Reason", "two teams asked").Do("PATCH", "/ideas/INS-1", map[string]any{
			"title": "First", "values": map[string]any{f["Impact"]: 4},
		}).Want(200)
		comment(bob, "INS-1", fmt.Sprintf("See [@Ada Admin](cairn:person/%d)", int(w.Admin.Do("GET", "/me", nil).Want(200).Map()["id"].(float64))))
		if got := inbox(t, w, bob, "open"); len(got.Notices) != 0 {
			t.Errorf("who did it hears of it: %s", brief(got))
		}
		got := inbox(t, w, w.Admin, "open")
		if brief(got) != "mention INS-1 mention, changed INS-1 create" || got.Unread != 2 {
			t.Fatalf("the maker's inbox: %s, %d unread", brief(got), got.Unread)
		}
		changed := got.Notices[1]
		if changed.Reason != "two teams asked" || changed.Title != "First" || changed.Project != "INS" || changed.Actor != int(bob.ID) {
			t.Errorf("the notice of the change: %+v", changed)
		}
		words := fmt.Sprintf("%+v", changed.Changes)
		if !strings.Contains(words, "{Name:Title Old:One New:First}") || !strings.Contains(words, "{Name:Impact Old: New:4}") {
			t.Errorf("the changes: %s", words)
		}
		if got := brief(inbox(t, w, cy, "open")); got != "comment INS-1 project, changed INS-1 project" {
			t.Errorf("the inbox of who watches the project: %s", got)
		}
		// Turning one idea off is stronger than its project.
		cy.Do("DELETE", "/ideas/INS-1/watch", nil).Want(204)
		rename(bob, "INS-1", "Again")
		addIdea(bob, "Two", nil)
		if got := brief(inbox(t, w, cy, "open")); got != "created INS-2 project, comment INS-1 project, changed INS-1 project" {
			t.Errorf("the inbox after one idea was turned off: %s", got)
		}
	})
}

// HEAR-10: many ideas changed at once are one notice.
func TestInboxOfManyIdeas(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	bob := w.Person("Bob Builder")
	bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
	var ids []any
	for i := range 12 {
		ids = append(ids, addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)["id"])
	}
	seen := inbox(t, w, bob, "open")
	if len(seen.Notices) != 12 {
		t.Fatalf("%d notices of 12 new ideas", len(seen.Notices))
	}
	w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{"ids": ids, "patch": map[string]any{"archived": true}}).Want(200)
	got := inbox(t, w, bob, "open")
	if n := got.Notices[0]; len(got.Notices) != 13 || n.Kind != "many" || n.Count != 12 || n.On != "project" {
		t.Errorf("after a change of 12 ideas: %d notices, the newest %+v", len(got.Notices), n)
	}
}

// HEAR-5: of several ideas changed together each one's watchers hear of theirs,
// whether few or many watches lie among them.
func TestInboxOfSeveral(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		var ids []any
		for i := range 12 {
			ids = append(ids, addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)["id"])
			bob.Do("PUT", fmt.Sprintf("/ideas/INS-%d/watch", i+1), nil).Want(204)
		}
		cy.Do("PUT", "/ideas/INS-2/watch", nil).Want(204)
		for _, test := range []struct {
			ids       []any
			bobs, cys string
		}{
			{ids[:2], "changed INS-1 hand, changed INS-2 hand", "changed INS-2 hand"},
			{[]any{ids[2], ids[11]}, "changed INS-12 hand, changed INS-3 hand, changed INS-1 hand, changed INS-2 hand", "changed INS-2 hand"},
		} {
			w.Admin.Do("POST", "/projects/INS/ideas/bulk", map[string]any{"ids": test.ids, "patch": map[string]any{"archived": true}}).Want(200)
			for who, want := range map[*cairntest.Client]string{bob: test.bobs, cy: test.cys} {
				if got := brief(inbox(t, w, who, "open")); sorted(got) != sorted(want) {
					t.Errorf("after %v changed: %s, want %s", test.ids, got, want)
				}
			}
		}
	})
}

// sorted puts the parts of a brief in the order of their names: those of one
// moment have none.
func sorted(brief string) string {
	parts := strings.Split(brief, ", ")
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}

// HEAR-11: a view's watchers hear of the ideas that it shows, as each of them
// sees it.
func TestInboxOfAView(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		f := project(t, w)
		bob := w.Person("Bob Builder")
		var view struct{ ID int64 }
		w.Admin.Do("POST", "/projects/INS/views", map[string]any{
			"name": "Big", "kind": "list", "position": 1, "query": map[string]any{"filter": map[string]any{"field": f["Impact"], "op": "gte", "value": 4}},
		}).Want(201).Into(&view)
		path := fmt.Sprint("/views/", view.ID)
		bob.Do("PUT", path+"/watch", nil).Want(204)
		addIdea(w.Admin, "Small", map[string]any{f["Impact"]: 1})
		addIdea(w.Admin, "Large", map[string]any{f["Impact"]: 5})
		rename(w.Admin, "INS-1", "Still small")
		if got := brief(inbox(t, w, bob, "open")); got != "created INS-2 view" {
			t.Errorf("the inbox of who watches the view: %s", got)
		}
		w.Admin.Do("PATCH", path, map[string]any{"name": "Bigger"}).Want(200)
		got := inbox(t, w, bob, "open")
		if n := got.Notices[0]; n.On != "view" || n.Title != "Bigger" || len(n.Changes) != 1 || n.Changes[0].New != "Bigger" {
			t.Errorf("after the view was renamed: %+v", n)
		}
	})
}

// HEAR-12: who may no longer read a project hears no more of it and sees nothing
// of what they heard; the wrong person is refused everywhere.
func TestInboxIsPrivate(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PUT", fmt.Sprint("/projects/INS/members/", bob.ID), map[string]any{"role": "viewer"}).Want(200, 201, 204)
		addIdea(w.Admin, "One", nil)
		var view struct{ ID int64 }
		w.Admin.Do("POST", "/projects/INS/views", map[string]any{"name": "V", "kind": "list", "position": 1, "query": map[string]any{}}).Want(201).Into(&view)
		for _, thing := range []string{"/ideas/INS-1", fmt.Sprint("/views/", view.ID), "/projects/INS"} {
			bob.Do("PUT", thing+"/watch", nil).Want(204)
			cy.Do("PUT", thing+"/watch", nil).Want(404)
			cy.Do("DELETE", thing+"/watch", nil).Want(404)
			cy.Do("GET", thing+"/watchers", nil).Want(404)
			if thing != "/projects/INS" {
				cy.Do("PUT", thing+"/seen", map[string]any{"seq": 1}).Want(404)
			}
			w.Anonymous().Do("PUT", thing+"/watch", nil).Want(401)
		}
		rename(w.Admin, "INS-1", "Secret")
		got := inbox(t, w, bob, "open")
		if len(got.Notices) != 1 {
			t.Fatalf("the member's inbox: %s", brief(got))
		}
		// A mention lets nobody in.
		w.Admin.Do("POST", "/ideas/INS-1/comments", map[string]any{
			"body": fmt.Sprintf("[@Cy Clerk](cairn:person/%d) must not hear this", cy.ID),
		}).Want(422)
		if got := inbox(t, w, cy, "open"); len(got.Notices) != 0 {
			t.Errorf("a stranger who was named: %s", brief(got))
		}
		// Somebody else's notice cannot be marked.
		cy.Do("POST", "/inbox/marks", map[string]any{"marks": []any{map[string]any{"id": got.Notices[0].ID, "done": true}}}).Want(200)
		if got := inbox(t, w, bob, "open"); len(got.Notices) != 1 {
			t.Errorf("after a stranger marked it: %s", brief(got))
		}
		w.Admin.Do("DELETE", fmt.Sprint("/projects/INS/members/", bob.ID), nil).Want(204)
		rename(w.Admin, "INS-1", "More secret")
		if got := inbox(t, w, bob, "open"); len(got.Notices) != 0 || got.Unread != 0 {
			t.Errorf("after the membership ended: %s", brief(got))
		}
		if got := watchers(w.Admin, "/ideas/INS-1"); slices.Contains(got.Watchers, int64(bob.ID)) {
			t.Errorf("the former member is still listed: %v", got.Watchers)
		}
		for _, path := range []string{"/inbox", "/inbox/unread", "/account/hearing"} {
			w.Anonymous().Do("GET", path, nil).Want(401)
		}
		w.Anonymous().Do("PUT", "/account/hearing", map[string]any{}).Want(401)
		w.Anonymous().Do("POST", "/inbox/marks", map[string]any{"marks": []any{}}).Want(401)
	})
}

// HEAR-13 and HEAR-14: done, snoozed and read, and all of it undone; what is
// looked at is read.
func TestInboxTriage(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(bob, "One", nil)
		addIdea(bob, "Two", nil)
		stop := bob.Stream(t.Context(), "/stream?only=inbox")
		rename(w.Admin, "INS-1", "1")
		rename(w.Admin, "INS-2", "2")
		rename(w.Admin, "INS-2", "2b")
		got := inbox(t, w, bob, "open")
		if len(got.Notices) != 3 || got.Unread != 3 {
			t.Fatalf("the inbox: %s", brief(got))
		}
		mark := func(n noticeOf, what string, value any) json.RawMessage {
			var out struct{ Marks json.RawMessage }
			bob.Do("POST", "/inbox/marks", map[string]any{"marks": []any{map[string]any{"id": n.ID, what: value}}}).Want(200).Into(&out)
			return out.Marks
		}
		undo := mark(got.Notices[2], "done", true)
		mark(got.Notices[1], "until", time.Now().Add(time.Hour).Format(time.RFC3339))
		now := inbox(t, w, bob, "open")
		if len(now.Notices) != 1 || now.Unread != 1 || now.Snoozed != 1 {
			t.Errorf("after done and snooze: %s, %+v", brief(now), now)
		}
		if in := inbox(t, w, bob, "done"); len(in.Notices) != 1 || in.Notices[0].ID != got.Notices[2].ID {
			t.Errorf("the done ones: %s", brief(in))
		}
		bob.Do("POST", "/inbox/marks", map[string]any{"marks": undo}).Want(200)
		mark(got.Notices[1], "until", time.Now().Add(-time.Hour).Format(time.RFC3339))
		if now := inbox(t, w, bob, "open"); len(now.Notices) != 3 || now.Unread != 3 {
			t.Errorf("after undo: %s", brief(now))
		}
		// Looking at an idea reads its notices, and how far was read is kept.
		at := position(t, w)
		bob.Do("PUT", "/ideas/INS-2/seen", map[string]any{"seq": at}).Want(204)
		if now := inbox(t, w, bob, "open"); now.Unread != 1 || len(now.Notices) != 3 {
			t.Errorf("after looking at INS-2: %d unread of %d", now.Unread, len(now.Notices))
		}
		if got := watchers(bob, "/ideas/INS-2").Seen; got != at {
			t.Errorf("seen up to %d, want %d", got, at)
		}
		for e := range stop {
			if e.Event == "inbox" && strings.Contains(e.Data, `"unread":1`) {
				break
			}
			if e.Event == "change" {
				t.Errorf("a stream of the inbox only sent %s", e.Data)
			}
		}
	})
}

// HEAR-14, HEAR-17 and HEAR-18: a new insight is news of its idea; what is unread
// is named by its idea until that was looked at, also without saying how far.
func TestFresh(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		one, two := addIdea(bob, "One", nil)["id"], addIdea(bob, "Two", nil)["id"]
		fresh := func() string {
			t.Helper()
			if err := w.App.Heard(t.Context()); err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(bob.Do("GET", "/inbox/unread", nil).Want(200).Map()["fresh"])
		}
		if got := fresh(); got != "[]" {
			t.Errorf("before anything happened: %s", got)
		}
		insight(w.Admin, "INS", map[string]any{"title": "They *all* print it", "ideas": []any{map[string]any{"idea": "INS-2"}}})
		comment(w.Admin, "INS-1", "Why?")
		got := inbox(t, w, bob, "open")
		if brief(got) != "comment INS-1 create, insight INS-2 create" || got.Notices[1].Excerpt != "They *all* print it" {
			t.Errorf("the inbox: %s, %+v", brief(got), got.Notices)
		}
		if got := fresh(); got != fmt.Sprint([]any{one, two}) {
			t.Errorf("unread: %s, want %v and %v", got, one, two)
		}
		before := watchers(bob, "/ideas/INS-2")
		if before.Seen != 0 || !before.SeenAt.IsZero() {
			t.Errorf("before INS-2 was looked at: %+v", before)
		}
		stream := bob.Stream(t.Context(), "/stream?only=inbox")
		bob.Do("PUT", "/ideas/INS-2/seen", map[string]any{}).Want(204)
		if got := fresh(); got != fmt.Sprint([]any{one}) {
			t.Errorf("unread after INS-2 was looked at: %s, want %v", got, one)
		}
		for e := range stream { // other pages learn it
			if e.Event == "inbox" && strings.Contains(e.Data, fmt.Sprintf(`"fresh":[%v]`, one)) {
				break
			}
		}
		after := watchers(bob, "/ideas/INS-2")
		if after.Seen == 0 || time.Since(after.SeenAt) > time.Hour {
			t.Errorf("after INS-2 was looked at: %+v", after)
		}
		// Seen is as of the change set, not of the moment it is said.
		bob.Do("PUT", "/ideas/INS-1/seen", map[string]any{"seq": 1}).Want(204)
		if got, want := watchers(bob, "/ideas/INS-1").SeenAt, after.SeenAt; !got.Before(want) || fresh() != fmt.Sprint([]any{one}) {
			t.Errorf("seen up to the first change set at %s, and INS-2 at %s; unread %s", got, want, fresh())
		}
	})
}

// HEAR-15: two nodes tell of everything once, and one that comes later goes on
// where the last stopped.
func TestInboxOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		first := cairntest.New(t, one)
		project(t, first)
		second := cairntest.New(t, two)
		bob := first.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		ada := second.SignIn("ada@example.com")
		for i := range 20 {
			by := first.Admin
			if i%2 == 0 {
				by = ada
			}
			by.Do("POST", "/projects/INS/ideas", map[string]any{"title": fmt.Sprint("Idea ", i)}).Want(201)
		}
		for _, w := range []*cairntest.World{first, second} {
			if err := w.App.Log().CatchUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := inbox(t, w, bob, "open"); len(got.Notices) != 20 {
				t.Errorf("%d notices of 20 new ideas: %s", len(got.Notices), brief(got))
			}
		}
	})
}
