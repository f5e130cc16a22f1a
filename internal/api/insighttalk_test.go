package api_test

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
)

// counted is what an insight says of its talk and its files.
type counted struct{ Comments, Files int }

func counts(c *cairntest.Client, path string) (out counted) {
	c.Do("GET", path, nil).Want(200).Into(&out)
	return out
}

func filesOf(c *cairntest.Client, path string) string {
	var out struct{ Files []attached }
	c.Do("GET", path+"/files", nil).Want(200).Into(&out)
	var names []string
	for _, f := range out.Files {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

func wordsOf(c *cairntest.Client, path string) string {
	var words []string
	for _, one := range talk(c, path) {
		words = append(words, one.Body)
	}
	return strings.Join(words, ", ")
}

// EVD-9, CONV-6 to CONV-11: an insight is talked about as ideas are, by the people
// of its home.
func TestTalkOnInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		addIdea(w.Admin, "One", nil)
		bob, vic := w.Person("Bob Builder"), w.Person("Vic Viewer")
		i := insight(w.Admin, "INS", map[string]any{"title": "Too slow", "ideas": []any{map[string]any{"idea": "INS-1"}}})
		other := insight(w.Admin, "INS", map[string]any{"title": "Too dark"})
		on := "/insights/" + i.ID.String()
		var first, reply said
		say(bob, on, "Who said so? See INS-1", 0).Want(201).Into(&first)
		if first.Insight != i.ID || first.Idea != 0 || !strings.Contains(first.Body, "(cairn:idea/") {
			t.Errorf("the comment is %+v", first)
		}
		say(w.Admin, on, "Everybody", first.ID).Want(201).Into(&reply)
		if reply.Thread != first.ID {
			t.Errorf("the reply stands in %d, want %d", reply.Thread, first.ID)
		}
		say(w.Admin, "/insights/"+other.ID.String(), "Elsewhere", first.ID).Want(404)
		say(w.Admin, "/ideas/INS-1", "Elsewhere", first.ID).Want(404)
		at := "/comments/" + first.ID.String()
		w.Admin.Do("PUT", at+"/reactions/"+url.PathEscape("👍"), nil).Want(200)
		w.Admin.Do("POST", at+"/resolve", nil).Want(200)
		bob.Do("PATCH", at, map[string]any{"body": "Who said so, and when?"}).Want(200)
		if list := talk(bob, on); len(list) != 2 || list[0].ResolvedAt == "" || len(list[0].Reactions) != 1 || list[0].Body != "Who said so, and when?" {
			t.Errorf("said is %+v", list)
		}
		if n := counts(w.Admin, on); n.Comments != 2 {
			t.Errorf("%d comments, want 2", n.Comments)
		}
		// The idea that it belongs to is talked about apart.
		if list := talk(bob, "/ideas/INS-1"); len(list) != 0 {
			t.Errorf("on the idea: %+v", list)
		}

		// CONV-11: who may only read says nothing, who is outside learns nothing.
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		w.Admin.Do("PUT", "/projects/INS/members/"+vic.ID.String(), map[string]any{"role": "viewer"}).Want(200)
		if got := wordsOf(vic, on); !strings.Contains(got, "Everybody") {
			t.Errorf("who reads the project reads %q", got)
		}
		say(vic, on, "Me too", 0).Want(403)
		attach(vic, on, "x", []byte("x")).Want(403)
		say(bob, on, "Still here", 0).Want(404)
		for _, path := range []string{"/comments", "/files", "/watchers"} {
			bob.Do("GET", on+path, nil).Want(404)
			w.Anonymous().Do("GET", on+path, nil).Want(401)
		}
		bob.Do("PUT", on+"/watch", nil).Want(404)
		bob.Do("PUT", on+"/seen", map[string]any{}).Want(404)
		bob.Do("GET", at+"/wordings", nil).Want(404)
		refused(t, say(w.Admin, on, cairn.PersonMention(bob.ID, "Bob"), 0), 422, "Bob Builder has no access")

		// With the insight its talk goes, and comes back.
		w.Admin.With("Cairn-Group", "gone").Do("DELETE", on, nil).Want(204)
		w.Admin.Do("GET", at+"/wordings", nil).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "gone"}).Want(200)
		if n := counts(w.Admin, on); n.Comments != 2 || len(talk(w.Admin, on)) != 2 {
			t.Errorf("after undo there are %d comments", n.Comments)
		}
		// So it does when what made the insight is undone.
		made := w.Admin.With("Cairn-Group", "made").Do("POST", "/projects/INS/insights", map[string]any{"title": "Brief"}).Want(201).Map()["id"]
		brief := fmt.Sprintf("/insights/%v", made)
		var c said
		say(w.Admin, brief, "Short", 0).Want(201).Into(&c)
		attach(w.Admin, brief, "x.txt", []byte("x")).Want(201)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "made"}).Want(200)
		w.Admin.Do("GET", "/comments/"+c.ID.String()+"/wordings", nil).Want(404)
	})
}

// EVD-9, FILE-6: files of an insight are for everybody who sees it; contributors
// of its home attach them.
func TestFilesOfInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.NewWith(t, st, cairntest.Config{File: 1 << 20})
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank"}).Want(201)
		w.Admin.Do("POST", "/projects/OTH/ideas", map[string]any{"title": "Reports"}).Want(201)
		bob, eve := w.Person("Bob Builder"), w.Person("Eve Reader")
		i := insight(w.Admin, "INS", map[string]any{"title": "Too slow", "ideas": []any{map[string]any{"idea": "OTH-1"}}})
		on := "/insights/" + i.ID.String()
		picture := dots(t, 3, 2)
		var f attached
		seq := position(t, w)
		attach(bob, on, "screen.png", picture).Want(201).Into(&f)
		attach(bob, on, "notes.txt", []byte("slow")).Want(201)
		refused(t, attach(bob, on, "big", make([]byte, 1<<20+1)), 413, "larger than 1 MiB")
		if n := counts(w.Admin, on); n.Files != 2 || filesOf(w.Admin, on) != "screen.png, notes.txt" {
			t.Errorf("%d files: %s", n.Files, filesOf(w.Admin, on))
		}
		// EVD-6: the other project hears of it.
		sets, err := st.Log(t.Context(), seq, 100)
		if err != nil {
			t.Fatal(err)
		}
		heard := 0
		for _, set := range sets {
			for _, c := range set.Changes {
				if c.Kind == cairn.KindEvidence && c.Attr == "seen" {
					heard++
				}
			}
		}
		if heard != 2 {
			t.Errorf("the project of the idea heard %d times, want 2", heard)
		}

		// Who knows it only by the idea of another project sees the files, not the talk.
		say(w.Admin, on, "Ours alone", 0).Want(201)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		path := "/files/" + f.ID.String()
		if got := eve.Do("GET", path+"/content", nil).Want(200); !bytes.Equal(got.Raw, picture) {
			t.Error("the picture came with other bytes")
		}
		if n := counts(eve, on); n != (counted{Files: 2}) || filesOf(eve, on) != "screen.png, notes.txt" {
			t.Errorf("who knows it by the idea sees %+v", n)
		}
		refused(t, eve.Do("GET", on+"/comments", nil), 403, "cannot see")
		say(eve, on, "Mine", 0).Want(403)
		attach(eve, on, "x", []byte("x")).Want(403)
		eve.Do("GET", on+"/watchers", nil).Want(403)
		eve.Do("DELETE", path, nil).Want(404)
		w.Admin.Do("PATCH", "/projects/OTH", map[string]any{"access": "private"}).Want(200)
		eve.Do("GET", path+"/content", nil).Want(404)
		eve.Do("GET", on+"/files", nil).Want(404)

		// FILE-9: what was deleted comes back.
		w.Admin.With("Cairn-Group", "file").Do("DELETE", path, nil).Want(204)
		if n := counts(w.Admin, on); n.Files != 1 {
			t.Errorf("%d files after one was deleted, want 1", n.Files)
		}
		w.Admin.Do("POST", "/undo", map[string]any{"group": "file"}).Want(200)
		w.Admin.With("Cairn-Group", "all").Do("DELETE", on, nil).Want(204)
		w.Admin.Do("GET", path+"/content", nil).Want(404)
		w.Admin.Do("POST", "/undo", map[string]any{"group": "all"}).Want(200)
		w.Admin.Do("GET", path+"/content", nil).Want(200)
		if n := counts(w.Admin, on); n != (counted{Comments: 1, Files: 2}) {
			t.Errorf("after undo there are %+v", n)
		}
	})
}

// EVD-24, EVD-25: a part keeps its talk and its files; the whole shows them, and
// gives them back.
func TestMergedInsightsKeepTalk(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		whole := "/insights/" + insight(w.Admin, "INS", map[string]any{"title": "Too slow"}).ID.String()
		id := insight(w.Admin, "INS", map[string]any{"title": "Takes ages"}).ID
		part := "/insights/" + id.String()
		say(w.Admin, whole, "Of the whole", 0).Want(201)
		var c said
		say(bob, part, "Of the part", 0).Want(201).Into(&c)
		attach(w.Admin, whole, "whole.txt", []byte("w")).Want(201)
		attach(w.Admin, part, "part.txt", []byte("p")).Want(201)

		w.Admin.Do("PUT", whole+"/parts/"+id.String(), nil).Want(200)
		both := "Of the whole, Of the part"
		if wordsOf(bob, whole) != both || wordsOf(bob, part) != both || filesOf(bob, part) != "whole.txt, part.txt" {
			t.Errorf("merged: %s; %s", wordsOf(bob, whole), filesOf(bob, part))
		}
		if n := counts(bob, whole); n != (counted{2, 2}) {
			t.Errorf("merged there are %+v", n)
		}
		// A reply stands with what it replies to; what is new is the whole's.
		say(w.Admin, whole, "A reply", c.ID).Want(201)
		say(w.Admin, part, "Since", 0).Want(201)
		attach(w.Admin, part, "since.txt", []byte("s")).Want(201)
		if got := watchers(bob, whole); !got.Watching {
			t.Error("who watches the part does not hear of the whole")
		}
		if got := brief(inbox(t, w, bob, "open")); got != "comment  comment, comment  comment" {
			t.Errorf("Bob hears %s", got)
		}

		w.Admin.Do("DELETE", whole+"/parts/"+id.String(), nil).Want(200)
		if got := wordsOf(bob, whole) + "; " + wordsOf(bob, part); got != "Of the whole, Since; Of the part, A reply" {
			t.Errorf("taken apart: %s", got)
		}
		if got := filesOf(bob, whole) + "; " + filesOf(bob, part); got != "whole.txt, since.txt; part.txt" {
			t.Errorf("taken apart: %s", got)
		}
	})
}

// HEAR-1 to HEAR-7: insights are watched as ideas are; making one tells nobody.
func TestHearingOfInsights(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		box, office := newLetterbox(t), mailtest.Open(t, nil)
		w := cairntest.New(t, st)
		b, in := box.post()
		w.App.Post(app.Postal{Base: w.URL, Mailer: mailer(t, office), Box: b, Intake: in})
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		cy.Do("PUT", "/projects/INS/watch", nil).Want(204)
		i := insight(bob, "INS", map[string]any{"title": "Too slow", "note": cairn.PersonMention(cy.ID, "Cy")})
		on := "/insights/" + i.ID.String()
		if got := watchers(bob, on); !got.Watching || got.Why != "create" {
			t.Errorf("who recorded it: %+v", got)
		}
		if got := brief(inbox(t, w, cy, "open")); got != "" {
			t.Errorf("of a new insight Cy hears %s", got)
		}
		wantsMail(bob, "soon")
		say(w.Admin, on, "Since when? "+cairn.PersonMention(cy.ID, "Cy Clerk"), 0).Want(201)
		got := inbox(t, w, bob, "open")
		if brief(got) != "comment  create" || got.Notices[0].On != "insight" || got.Notices[0].Target != int(i.ID) || got.Notices[0].Title != "Too slow" {
			t.Errorf("Bob's inbox: %+v", got)
		}
		if got := brief(inbox(t, w, cy, "open")); got != "mention  mention" {
			t.Errorf("Cy's inbox: %s", got)
		}
		var list struct {
			Watches []struct{ On, Title, Why string }
		}
		cy.Do("GET", "/account/watches", nil).Want(200).Into(&list)
		if s := fmt.Sprint(list.Watches); s != "[{insight Too slow mention} {project Insure hand}]" && s != "[{project Insure hand} {insight Too slow mention}]" {
			t.Errorf("Cy watches %s", s)
		}

		// The e-mail leads there, and an answer to it is a comment.
		cairntest.Eventually(t, "the e-mail", func() bool { return len(office.Mails()) == 1 })
		notice := office.Mails()[0]
		if !strings.Contains(notice.Text, w.URL+"/p/INS/insights?stage=all&insight="+i.ID.String()) {
			t.Errorf("the e-mail leads elsewhere:\n%s", notice.Text)
		}
		reply := strings.Trim(notice.Header.Get("Reply-To"), "<>")
		box.put([]string{"From: Bob <bob.builder@example.com>", "To: " + reply, "Message-ID: <1@e>"}, "Since May.")
		box.settled(1, 0)
		if got := talk(w.Admin, on); len(got) != 2 || got[1].Body != "Since May." || got[1].Author != bob.ID || got[1].Thread != got[0].ID {
			t.Errorf("answered: %+v", got)
		}

		// Looking at it reads it.
		seen := inbox(t, w, bob, "open")
		bob.Do("PUT", on+"/seen", map[string]any{}).Want(204)
		if got := inbox(t, w, bob, "open"); seen.Unread != 1 || got.Unread != 0 {
			t.Errorf("%d unread, after a look %d", seen.Unread, got.Unread)
		}
		bob.Do("DELETE", on+"/watch", nil).Want(204)
		say(w.Admin, on, "Thanks", 0).Want(201)
		if got := inbox(t, w, bob, "open"); got.Unread != 0 {
			t.Errorf("with watching turned off: %s", brief(got))
		}
	})
}
