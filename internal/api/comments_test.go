package api_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// said is a comment as the API answers it.
type said struct {
	ID, Idea, View, Insight, Thread cairn.ID
	Version                         int64
	Body                            string
	Author, ResolvedBy              cairn.ID
	ResolvedAt                      string
	Deleted                         bool
	Reactions                       []struct {
		Emoji  string
		People []cairn.ID
	}
}

func say(c *cairntest.Client, path, body string, to cairn.ID) *cairntest.Answer {
	return c.Do("POST", path+"/comments", map[string]any{"body": body, "replyTo": to})
}

func talk(c *cairntest.Client, path string) []said {
	var list struct{ Comments []said }
	c.Do("GET", path+"/comments", nil).Want(200).Into(&list)
	return list.Comments
}

// CONV-1 to CONV-5: mentions are stored as ids; who does not see the project
// cannot be mentioned, what one may not read neither.
func TestMentionsInComments(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Secret", "key": "SEC", "template": "blank", "access": "private"}).Want(201)
		hidden := w.Admin.Do("POST", "/projects/SEC/ideas", map[string]any{"title": "Merger"}).Want(201).Map()
		one := addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Reader")
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PUT", "/projects/INS/members/"+bob.ID.String(), map[string]any{"role": "contributor"}).Want(200)

		seq := position(t, w)
		var c said
		say(bob, "/ideas/INS-2", "Like INS-1 and SEC-1, "+cairn.PersonMention(bob.ID, "Bob"), 0).Want(201).Into(&c)
		want := fmt.Sprintf("Like [INS-1](cairn:idea/%v) and SEC-1, [@Bob](cairn:person/%v)", one["id"], bob.ID)
		if c.Body != want {
			t.Errorf("stored as %q, want %q", c.Body, want)
		}
		sets, err := st.Log(t.Context(), seq, 10)
		if err != nil || len(sets) != 1 || len(sets[0].Changes) != 1 {
			t.Fatalf("the log has %+v (%v), want one change", sets, err)
		}
		if m := cairn.MentionedBy(sets[0].Changes[0]); len(m.People) != 1 || m.People[0] != bob.ID || len(m.Ideas) != 1 {
			t.Errorf("the change mentions %+v, want Bob and one idea", m)
		}

		// Somebody outside is refused by name, and by id for programs.
		outside := "Eve? " + cairn.PersonMention(eve.ID, "Eve")
		refused(t, say(bob, "/ideas/INS-1", outside, 0), 422, "Eve Reader has no access")
		refused(t, say(bob, "/ideas/INS-1", outside, 0), 422, "person/"+eve.ID.String())
		refused(t, bob.Do("PATCH", "/comments/"+c.ID.String(), map[string]any{"body": outside}), 422, "Eve Reader")
		refused(t, w.Admin.Do("PATCH", "/ideas/INS-1", map[string]any{"description": outside}), 422, "Eve Reader")
		refused(t, w.Admin.Do("POST", "/projects/INS/ideas", map[string]any{"title": "X", "description": outside}), 422, "Eve Reader")
		refused(t, say(bob, "/ideas/INS-1", fmt.Sprintf("[SEC-1](cairn:idea/%v)", hidden["id"]), 0), 422, "not found")
		refused(t, say(bob, "/ideas/INS-1", "[@Nobody](cairn:person/999999)", 0), 422, "not in the workspace")
		// With access she can be; when it is taken away, what was said stays editable.
		w.Admin.Do("PUT", "/projects/INS/members/"+eve.ID.String(), map[string]any{"role": "viewer"}).Want(200)
		say(bob, "/ideas/INS-1", outside, 0).Want(201).Into(&c)
		w.Admin.Do("DELETE", "/projects/INS/members/"+eve.ID.String(), nil).Want(204)
		bob.Do("PATCH", "/comments/"+c.ID.String(), map[string]any{"body": outside + " Yes."}).Want(200)

		// A thousand mentions are refused as a whole, and say so.
		var many strings.Builder
		for i := range 1000 {
			many.WriteString(cairn.PersonMention(cairn.ID(i+1), "x"))
		}
		refused(t, say(bob, "/ideas/INS-1", many.String(), 0), 422, "1000 people; at most 50")
		// The search finds the name, not the address of the mention.
		var found struct{ Hits []any }
		bob.Do("GET", "/search?q=person", nil).Want(200).Into(&found)
		if len(found.Hits) != 0 {
			t.Errorf("the search finds where mentions lead: %v", found.Hits)
		}
	})
}

// CONV-6 to CONV-8, CONV-10: threads, settling, deleting, wordings.
func TestThreads(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		bob := w.Person("Bob Builder")
		const on = "/ideas/INS-1"
		var first, reply, deep said
		say(w.Admin, on, "Shall we?", 0).Want(201).Into(&first)
		say(bob, on, "Yes", first.ID).Want(201).Into(&reply)
		say(w.Admin, on, "Good", reply.ID).Want(201).Into(&deep)
		if reply.Thread != first.ID || deep.Thread != first.ID {
			t.Errorf("replies stand in %d and %d, want both in %d", reply.Thread, deep.Thread, first.ID)
		}
		say(bob, "/ideas/INS-2", "Yes", first.ID).Want(404)
		say(bob, on, "Yes", 999_999).Want(404)

		// Any comment of a thread settles it; a reply opens it again.
		bob.Do("POST", "/comments/"+deep.ID.String()+"/resolve", nil).Want(200).Into(&first)
		if first.Thread != 0 || first.ResolvedBy != bob.ID || first.ResolvedAt == "" {
			t.Errorf("the thread is not settled: %+v", first)
		}
		say(bob, on, "Wait", first.ID).Want(201)
		if list := talk(bob, on); list[0].ResolvedAt != "" {
			t.Errorf("a reply left the thread settled")
		}
		bob.With("Cairn-Group", "done").Do("POST", "/comments/"+first.ID.String()+"/resolve", nil).Want(200)
		bob.Do("POST", "/undo", map[string]any{"group": "done"}).Want(200)
		bob.Do("POST", "/comments/"+first.ID.String()+"/resolve", nil).Want(200)
		first = said{}
		bob.Do("POST", "/comments/"+reply.ID.String()+"/reopen", nil).Want(200).Into(&first)
		if first.ResolvedAt != "" {
			t.Errorf("the thread was not opened again: %+v", first)
		}

		// Words: reactions and replies do not stand in the way of an edit, other words do.
		bob.Do("PUT", "/comments/"+first.ID.String()+"/reactions/"+url.PathEscape("🎉"), nil).Want(200)
		edit := func(body string, version int64) *cairntest.Answer {
			return w.Admin.Do("PATCH", "/comments/"+first.ID.String(), map[string]any{"body": body, "version": version})
		}
		seen := first.Version
		edit("Shall we begin?", seen).Want(200)
		edit("Shall we stop?", seen).Want(409)
		var words struct{ Wordings []struct{ Body string } }
		bob.Do("GET", "/comments/"+first.ID.String()+"/wordings", nil).Want(200).Into(&words)
		if len(words.Wordings) != 2 || words.Wordings[0].Body != "Shall we?" || words.Wordings[1].Body != "Shall we begin?" {
			t.Errorf("wordings %+v, want both", words.Wordings)
		}

		// The first comment goes, its place stays, its words are nowhere to be read.
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", "/comments/"+first.ID.String(), nil).Want(204)
		list := talk(bob, on)
		if len(list) != 4 || !list[0].Deleted || list[0].Body != "" || len(list[0].Reactions) != 0 {
			t.Errorf("after the first was deleted: %+v, want its empty place and three replies", list)
		}
		bob.Do("GET", "/comments/"+first.ID.String()+"/wordings", nil).Want(404)
		edit("again", 0).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if list = talk(bob, on); list[0].Deleted || list[0].Body != "Shall we begin?" || len(list[0].Reactions) != 1 {
			t.Errorf("undo did not bring it back: %+v", list[0])
		}
		// With the last reply an empty place goes too.
		w.Admin.Do("DELETE", "/comments/"+first.ID.String(), nil).Want(204)
		for _, c := range list[1:] {
			w.Admin.Do("DELETE", "/comments/"+c.ID.String(), nil).Want(204)
		}
		if list = talk(bob, on); len(list) != 0 {
			t.Errorf("left over: %+v", list)
		}
	})
}

// CONV-9: reactions are per person and emoji.
func TestReactions(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		bob := w.Person("Bob Builder")
		var c said
		say(w.Admin, "/ideas/INS-1", "Done!", 0).Want(201).Into(&c)
		at := func(emoji string) string {
			return "/comments/" + c.ID.String() + "/reactions/" + url.PathEscape(emoji)
		}
		bob.Do("PUT", at("👍"), nil).Want(200)
		seq := position(t, w)
		bob.Do("PUT", at("👍"), nil).Want(200)
		if got := changesSince(t, w, seq); len(got) != 0 {
			t.Errorf("the same reaction again wrote %v", got)
		}
		w.Admin.Do("PUT", at("👍"), nil).Want(200)
		w.Admin.Do("PUT", at("👩🏽‍💻"), nil).Want(200).Into(&c)
		if len(c.Reactions) != 2 || len(c.Reactions[0].People) != 2 || c.Reactions[0].People[0] != bob.ID {
			t.Errorf("reactions %+v, want two by two, Bob first", c.Reactions)
		}
		refused(t, bob.Do("PUT", at("hello"), nil), 422, "one emoji")
		bob.Do("DELETE", at("👍"), nil).Want(200)
		bob.Do("DELETE", at("🎉"), nil).Want(200).Into(&c)
		if len(c.Reactions) != 2 || len(c.Reactions[0].People) != 1 {
			t.Errorf("reactions %+v, want Bob's taken back", c.Reactions)
		}
		for i := range cairn.MaxReactions - 2 {
			bob.Do("PUT", at(string(rune(0x1F400+i))), nil).Want(200)
		}
		refused(t, bob.Do("PUT", at("🦄"), nil), 422, "the most there can be")
	})
}

// CONV-11: every way to a comment is closed to who may not see the project, and
// every change to who may only read.
func TestWhoMayTalk(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	addIdea(w.Admin, "One", nil)
	var c said
	say(w.Admin, "/ideas/INS-1", "Secret", 0).Want(201).Into(&c)
	outsider, viewer := w.Person("Olga Outside"), w.Person("Vic Viewer")
	w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
	w.Admin.Do("PUT", "/projects/INS/members/"+viewer.ID.String(), map[string]any{"role": "viewer"}).Want(200)
	path := "/comments/" + c.ID.String()
	for _, r := range []struct {
		method, path string
		viewer       int
	}{
		{"GET", "/ideas/INS-1/comments", 200},
		{"POST", "/ideas/INS-1/comments", 403},
		{"PATCH", path, 403},
		{"DELETE", path, 403},
		{"GET", path + "/wordings", 200},
		{"PUT", path + "/reactions/" + url.PathEscape("👍"), 403},
		{"DELETE", path + "/reactions/" + url.PathEscape("👍"), 403},
		{"POST", path + "/resolve", 403},
		{"POST", path + "/reopen", 403},
	} {
		var body any
		if r.method == "PATCH" || strings.HasSuffix(r.path, "/comments") && r.method == "POST" {
			body = map[string]any{"body": "Mine"}
		}
		outsider.Do(r.method, r.path, body).Want(404)
		w.Anonymous().Do(r.method, r.path, body).Want(401)
		viewer.Do(r.method, r.path, body).Want(r.viewer)
	}
}
