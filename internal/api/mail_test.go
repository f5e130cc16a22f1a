package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/mail"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
)

// posts begins to send a world's e-mail through an office.
func posts(t *testing.T, w *cairntest.World, office *mailtest.Office) {
	t.Helper()
	w.App.Post(app.Postal{Mailer: mailer(t, office), Base: "https://cairn.example"})
}

func mailer(t *testing.T, office *mailtest.Office) *mail.Sender {
	t.Helper()
	sender, err := mail.Parse(office.URL("tls=none"))
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

func wantsMail(c *cairntest.Client, pace string) {
	c.Do("PUT", "/account/hearing", map[string]any{"email": pace, "hour": 8, "weekday": 1, "quietFrom": 0, "quietTo": 0}).Want(204)
}

type queuedMail struct {
	ID, To, Subject, State, Error string
	Attempts                      int
	Next                          time.Time
}

type mailState struct {
	Configured      bool
	Waiting, Failed int
	Incoming        struct{ Address, Trouble string }
	Mails           []queuedMail
}

func mailStateOf(w *cairntest.World) (out mailState) {
	w.Admin.Do("GET", "/mail", nil).Want(200).Into(&out)
	return out
}

// MAIL-1, MAIL-3, MAIL-5 and MAIL-6: who asked for it gets one e-mail about one
// idea, threaded, and ends it with one click.
func TestMail(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		office := mailtest.Open(t, nil)
		w := cairntest.New(t, st)
		posts(t, w, office)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		addIdea(w.Admin, "One", nil)
		for _, c := range []*cairntest.Client{bob, cy} {
			c.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		}
		wantsMail(bob, "soon")
		w.Admin.With("Cairn-Reason", "shorter").Do("PATCH", "/ideas/INS-1", map[string]any{"title": "1"}).Want(200)
		cairntest.Eventually(t, "the e-mail", func() bool { return len(office.Mails()) > 0 })
		m := office.Mails()[0]
		for header, part := range map[string]string{
			"To": "bob.builder@example.com", "Subject": "INS-1 1", "References": ".thread@cairn.example", "Message-Id": "@cairn.example",
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
		} {
			if got := m.Header.Get(header); !strings.Contains(got, part) {
				t.Errorf("%s is %q, want %q in it", header, got, part)
			}
		}
		if !strings.Contains(m.Text, "Why: shorter") {
			t.Errorf("the e-mail lacks the reason:\n%s", m.Text)
		}
		// Looking at the link changes nothing; a forged one neither.
		link := w.URL + strings.TrimPrefix(strings.Trim(m.Header.Get("List-Unsubscribe"), "<>"), "https://cairn.example")
		forged := link[:len(link)-2] + "xx"
		for _, test := range []struct {
			method, link string
			status       int
		}{{"GET", link, 200}, {"POST", forged, 404}, {"GET", forged, 404}} {
			if got := visit(t, test.method, test.link); got != test.status {
				t.Errorf("%s %s: %d, want %d", test.method, test.link, got, test.status)
			}
		}
		rename(w.Admin, "INS-1", "2")
		cairntest.Eventually(t, "the second e-mail", func() bool { return len(office.Mails()) == 2 })
		if got := visit(t, "POST", link); got != 200 {
			t.Fatalf("one click: %d", got)
		}
		rename(w.Admin, "INS-1", "3")
		inbox(t, w, bob, "open")
		if state := bob.Do("GET", "/account/hearing", nil).Want(200).Map(); state["email"] != nil {
			t.Errorf("after one click e-mail is %v", state["email"])
		}
		if state := mailStateOf(w); state.Waiting != 0 || len(office.Mails()) != 2 {
			t.Errorf("after one click: %d waiting, %d sent", state.Waiting, len(office.Mails()))
		}
		bob.Do("GET", "/mail", nil).Want(403)
		bob.Do("POST", "/mail/test", nil).Want(403)
		w.Anonymous().Do("GET", "/mail", nil).Want(401)
		w.Admin.Do("POST", "/mail/test", nil).Want(204)
		if n := len(office.Mails()); n != 3 {
			t.Errorf("%d e-mails after the test, want 3", n)
		}
	})
}

func visit(t *testing.T, method, link string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, link, strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close() // not read
	return res.StatusCode
}

// MAIL-7 and MAIL-8: what is not taken is tried again; what is refused, or a
// server that stays away, ends in the administrator's list.
func TestMailTriedAgain(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		office := mailtest.Open(t, nil)
		busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "busy"}
		office.Refuse(busy, busy)
		w := cairntest.New(t, st)
		posts(t, w, office)
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "One", nil)
		bob.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		wantsMail(bob, "soon")
		rename(w.Admin, "INS-1", "1")
		cairntest.Eventually(t, "the third attempt", func() bool { return len(office.Mails()) == 1 })
		if tries, _ := office.Tries(); tries != 3 {
			t.Errorf("%d attempts, want 3", tries)
		}
		office.Refuse(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here"})
		rename(w.Admin, "INS-1", "2")
		cairntest.Eventually(t, "the refused e-mail", func() bool { return mailStateOf(w).Failed == 1 })
		if d := mailStateOf(w).Mails[0]; d.State != "failed" || !strings.Contains(d.Error, "nobody here") || d.Attempts != 1 || d.To != "bob.builder@example.com" {
			t.Errorf("what the administrator sees: %+v", d)
		}
	})
}

// MAIL-9: two nodes send each e-mail once.
func TestMailOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		office := mailtest.Open(t, nil)
		first := cairntest.New(t, one)
		project(t, first)
		second := cairntest.New(t, two)
		posts(t, first, office)
		posts(t, second, office)
		bob := first.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		for i := range 5 {
			addIdea(first.Admin, fmt.Sprint("Idea ", i), nil)
		}
		seen := make(map[string]bool)
		cairntest.Eventually(t, "five e-mails", func() bool { return len(office.Mails()) >= 5 })
		for _, m := range office.Mails() {
			if id := m.ID(); seen[id] {
				t.Errorf("%s was sent twice", id)
			} else {
				seen[id] = true
			}
		}
	})
}

// slowReader does something between the moment in which an e-mail's notices are
// read and the one in which it is written.
type slowReader struct {
	store.Store
	between func()
	once    sync.Once
}

func (s *slowReader) PrivateRange(ctx context.Context, scope string, keys store.Range, limit int) ([]store.Private, error) {
	list, err := s.Store.PrivateRange(ctx, scope, keys, limit)
	if scope == "notice" {
		s.once.Do(s.between)
	}
	return list, err
}

// MAIL-3: what happens while an e-mail is being written is in the next one.
func TestMailWhileWriting(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		office := mailtest.Open(t, nil)
		slow := &slowReader{Store: st}
		w := cairntest.New(t, slow)
		slow.between = func() { addIdea(w.Admin, "Two", nil) }
		project(t, w)
		posts(t, w, office)
		bob := w.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		addIdea(w.Admin, "One", nil)
		cairntest.Eventually(t, "both e-mails", func() bool { return len(office.Mails()) >= 2 })
		if got := subjects(office); got != "INS-1 One, INS-2 Two" {
			t.Errorf("the e-mails are %s", got)
		}
	})
}

// subjects are those of all e-mails that an office took, sorted.
func subjects(office *mailtest.Office) string {
	var out []string
	for _, m := range office.Mails() {
		out = append(out, m.Subject())
	}
	return sorted(strings.Join(out, ", "))
}

// recipients are those of all e-mails that an office took.
func recipients(office *mailtest.Office) string {
	var out []string
	for _, m := range office.Mails() {
		out = append(out, m.To)
	}
	return sorted(strings.Join(out, ", "))
}
