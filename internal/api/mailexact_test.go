package api_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cairn/internal/cairntest"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
)

// MAIL-1 to MAIL-6: of known changes by several people exactly the e-mails that
// each of them asked for, word by word, and to nobody else any.
func TestMailsExpected(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		var ahead atomic.Int64
		w := cairntest.NewWith(t, st, cairntest.Config{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
		f := project(t, w)
		bob, cy, dee, eve, flo := w.Person("Bob Builder"), w.Person("Cy Clerk"), w.Person("Dee Digest"), w.Person("Eve Else"), w.Person("Flo Fox")
		addIdea(w.Admin, "One", nil)
		const long, cut = "Two weeks of holidays for everybody who answers the telephone at night", "Two weeks of holidays for everybody who answers the telepho…"
		addIdea(w.Admin, long, nil)
		var view struct{ ID int64 }
		w.Admin.Do("POST", "/projects/INS/views", map[string]any{
			"name": "Big", "kind": "list", "position": 1, "query": map[string]any{"filter": map[string]any{"field": f["Impact"], "op": "gte", "value": 4}},
		}).Want(201).Into(&view)
		for path, who := range map[string]*cairntest.Client{
			"/projects/INS/watch": bob, "/ideas/INS-1/watch": cy, fmt.Sprint("/views/", view.ID, "/watch"): dee,
		} {
			who.Do("PUT", path, nil).Want(204)
		}
		eve.Do("PUT", "/projects/INS/watch", nil).Want(204) // and never asks for e-mail
		wantsMail(bob, "soon")
		wantsMail(flo, "soon")
		wantsMail(cy, "daily")
		wantsMail(dee, "weekly")

		w.Admin.With("Cairn-Reason", "clearer").Do("PATCH", "/ideas/INS-1", map[string]any{"title": "First"}).Want(200)
		comment(bob, "INS-1", fmt.Sprintf("Who needs it, [@Flo Fox](cairn:person/%d)?", flo.ID))
		w.Admin.Do("PATCH", "/ideas/INS-2", map[string]any{"values": map[string]any{f["Impact"]: 5}}).Want(200)
		if err := w.App.Heard(t.Context()); err != nil {
			t.Fatal(err)
		}
		bob.Do("PUT", "/ideas/INS-2/seen", map[string]any{}).Want(204) // read by now: left out

		const end = "\n-- \nNo more e-mail: https://cairn.example/unsubscribe?t=…\nWhen it comes: https://cairn.example/settings/hearing\n"
		const first, two = "INS-1 First\nhttps://cairn.example/i/INS-1\n", "INS-2 " + long + "\nhttps://cairn.example/i/INS-2\n"
		const renamed = first + "  Ada Admin changed it\n  Title: One → First\n  Why: clearer\n"
		soon := []string{
			"bob.builder@example.com: INS-1 First\n" + renamed + end,
			"flo.fox@example.com: INS-1 First\n" + first + "  Bob Builder mentioned you\n  “Who needs it, @Flo Fox?”\n" + end,
		}
		digests := []string{
			"cy.clerk@example.com: Test: Bob Builder commented on “First”\n" + renamed + "  Bob Builder commented\n  “Who needs it, @Flo Fox?”\n" + end,
			"dee.digest@example.com: Test: Ada Admin changed “" + cut + "”\n" + two + "  Ada Admin changed it\n  Impact: nothing → 5\n" + end,
		}
		office := mailtest.Open(t, nil)
		posts(t, w, office)
		token := regexp.MustCompile(`\?t=\S+`)
		check := func(want []string) {
			t.Helper()
			cairntest.Eventually(t, "the e-mails", func() bool { return len(office.Mails()) >= len(want) && mailStateOf(w).Waiting == 0 })
			var got []string
			for _, m := range office.Mails() {
				got = append(got, m.To+": "+m.Subject()+"\n"+token.ReplaceAllString(m.Text, "?t=…"))
				one := m.Header.Get("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click"
				if !one || !strings.Contains(m.Text, strings.Trim(m.Header.Get("List-Unsubscribe"), "<>")) {
					t.Errorf("to %s: the headers of RFC 8058 are %v", m.To, m.Header)
				}
			}
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("sent:\n%s\nwant:\n%s", strings.Join(got, "\n=====\n"), strings.Join(want, "\n=====\n"))
			}
		}
		check(soon)
		ahead.Store(int64(8 * 24 * time.Hour))
		check(slices.Concat(soon, digests))
	})
}

// MAIL-3: a digest names a hundred things that happened, and the number of the others.
func TestLongDigest(t *testing.T) {
	var ahead atomic.Int64
	w := cairntest.NewWith(t, cairntest.SQLite(t), cairntest.Config{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	project(t, w)
	bob := w.Person("Bob Builder")
	bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
	wantsMail(bob, "daily")
	for i := range 130 {
		addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)
	}
	if err := w.App.Heard(t.Context()); err != nil {
		t.Fatal(err)
	}
	office := mailtest.Open(t, nil)
	ahead.Store(int64(2 * 24 * time.Hour))
	posts(t, w, office)
	cairntest.Eventually(t, "the digest", func() bool { return len(office.Mails()) == 1 })
	m := office.Mails()[0]
	if m.Subject() != "Test: Ada Admin added “Idea 129”, and 129 more" || strings.Count(m.Text, "added it") != 100 || !strings.Contains(m.Text, "And 30 more: https://cairn.example/inbox") {
		t.Errorf("%s\n%s", m.Subject(), m.Text)
	}
}

// HEAR-5 and MAIL-3: a comment that names a thousand people is refused with a
// reason and nobody hears of it; one that names somebody a thousand times is one
// notice and one e-mail, which does not repeat the names.
func TestThousandMentions(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	addIdea(w.Admin, "One", nil)
	bob := w.Person("Bob Builder")
	wantsMail(bob, "soon")
	say := func(next int) *cairntest.Answer {
		var body strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&body, "[@Bob Builder](cairn:person/%d) ", int(bob.ID)+i*next)
		}
		return w.Admin.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": body.String()})
	}
	if said := fmt.Sprint(say(1).Want(422).Map()); !strings.Contains(said, "mentions") {
		t.Errorf("the refusal: %s", said)
	}
	if got := inbox(t, w, bob, "open"); len(got.Notices) != 0 {
		t.Errorf("after the refusal: %s", brief(got))
	}
	say(0).Want(201)
	if got := inbox(t, w, bob, "open"); brief(got) != "mention INS-1 mention" || len([]rune(got.Notices[0].Excerpt)) > 280 {
		t.Errorf("the inbox: %s", brief(got))
	}
	office := mailtest.Open(t, nil)
	posts(t, w, office)
	cairntest.Eventually(t, "the e-mail", func() bool { return len(office.Mails()) == 1 && mailStateOf(w).Waiting == 0 })
	if m := office.Mails()[0]; len(m.Text) > 1500 {
		t.Errorf("an e-mail of %d bytes", len(m.Text))
	}
}
