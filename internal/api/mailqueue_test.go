package api_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/cairntest/pgtest"
	"cairn/internal/mail"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// MAIL-7: while the mail server is away the queue waits in the database, also
// over an end of Cairn, and nothing is lost or sent twice.
func TestMailServerDown(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		office := mailtest.Open(t, nil)
		office.Leave()
		first := cairntest.New(t, one)
		project(t, first)
		bob := first.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		posts(t, first, office)
		for i := range 3 {
			addIdea(first.Admin, fmt.Sprint("Idea ", i), nil)
		}
		cairntest.Eventually(t, "three e-mails tried in vain", func() bool {
			state := mailStateOf(first)
			tried := 0
			for _, m := range state.Mails {
				if m.Attempts > 1 && strings.Contains(m.Error, "refused") && m.State != "failed" {
					tried++
				}
			}
			return tried == 3 && state.Waiting == 3
		})
		first.App.Close()
		second := cairntest.New(t, two)
		second.Admin = second.SignIn("ada@example.com")
		if state := mailStateOf(second); state.Waiting != 3 || state.Failed != 0 {
			t.Fatalf("after a restart: %+v", state)
		}
		office.Back()
		posts(t, second, office)
		cairntest.Eventually(t, "an empty queue", func() bool { return mailStateOf(second).Waiting == 0 })
		if got := subjects(office); got != "INS-1 Idea 0, INS-2 Idea 1, INS-3 Idea 2" {
			t.Errorf("sent: %s", got)
		}
	})
}

// MAIL-7: each failure lets an e-mail wait four times as long as the one before.
func TestMailBacksOff(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	office := mailtest.Open(t, nil)
	for range 8 {
		office.Refuse(&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "busy"})
	}
	posts(t, w, office)
	project(t, w)
	bob := w.Person("Bob Builder")
	bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
	wantsMail(bob, "soon")
	addIdea(w.Admin, "One", nil)
	seen := make(map[int]time.Duration) // by attempts: how long it waits for the next
	cairntest.Eventually(t, "the sixth attempt", func() bool {
		for _, m := range mailStateOf(w).Mails {
			if m.State == "waiting" && m.Attempts > 0 {
				seen[m.Attempts] = time.Until(m.Next)
			}
		}
		return seen[5] > 0
	})
	// 20 ms, 80 ms, 320 ms, 1.28 s, 5.12 s: what is left of the last is far above the one before.
	if seen[5] < 2*time.Second || seen[5] > 6*time.Second {
		t.Errorf("after five attempts the next one follows in %s, want about 5 s", seen[5])
	}
}

// MAIL-7: an e-mail with which the server is slow holds up no other.
func TestSlowMailServer(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	office := mailtest.Open(t, nil)
	release := office.Hold("bob.builder@example.com")
	posts(t, w, office)
	project(t, w)
	bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
	for _, c := range []*cairntest.Client{bob, cy} {
		c.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(c, "soon")
	}
	addIdea(w.Admin, "One", nil)
	cairntest.Eventually(t, "the slow one at the server", func() bool { return office.Waiting() == 1 })
	for i := range 10 {
		addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)
	}
	to := func(name string) (n int) {
		for _, m := range office.Mails() {
			if m.To == name {
				n++
			}
		}
		return n
	}
	cairntest.Eventually(t, "Cy's eleven", func() bool {
		return to("cy.clerk@example.com") == 11 && mailStateOf(w).Waiting == 11
	})
	state := mailStateOf(w)
	sending := ""
	for _, m := range state.Mails {
		if m.State == "sending" {
			sending += m.Subject
		}
	}
	if sending != "INS-1 One" || state.Waiting != 11 {
		t.Errorf("%d wait, and %q is being sent", state.Waiting, sending)
	}
	// What is being sent can be neither sent again nor dropped.
	if got := w.Admin.Do("POST", "/mail/queue", map[string]any{"do": "discard"}).Want(200).Map()["count"]; got != 10.0 {
		t.Errorf("dropped %v, want 10", got)
	}
	release()
	cairntest.Eventually(t, "an empty queue", func() bool { return mailStateOf(w).Waiting == 0 })
	if n := to("bob.builder@example.com"); n != 1 {
		t.Errorf("Bob got %d, want the one that was being sent", n)
	}
}

// MAIL-8: administrators, and nobody else, let e-mails be tried again and drop them.
func TestMailQueue(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		office := mailtest.Open(t, nil)
		gone := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here"}
		office.Refuse(gone, gone, gone)
		posts(t, w, office)
		project(t, w)
		bob := w.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		for i := range 3 {
			addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)
		}
		cairntest.Eventually(t, "three given up", func() bool { return mailStateOf(w).Failed == 3 })
		mails := mailStateOf(w).Mails
		for _, m := range mails {
			if m.To != "bob.builder@example.com" || !strings.Contains(m.Error, "nobody here") || m.State != "failed" || !m.Next.IsZero() {
				t.Errorf("one given up: %+v", m)
			}
		}
		if raw := w.Admin.Do("GET", "/mail", nil).Want(200).Map(); strings.Contains(fmt.Sprint(raw), "added it") {
			t.Error("the administrator sees what the e-mail says")
		}
		do := func(c *cairntest.Client, deed string, ids ...string) *cairntest.Answer {
			body := map[string]any{"do": deed}
			if len(ids) > 0 {
				body["ids"] = ids
			}
			return c.Do("POST", "/mail/queue", body)
		}
		do(bob, "retry").Want(403)
		do(bob, "discard", mails[0].ID).Want(403)
		do(w.Anonymous(), "retry").Want(401)
		do(w.Admin, "burn").Want(422)
		if got := do(w.Admin, "discard", mails[0].ID, "1.2.3@else.example").Want(200).Map()["count"]; got != 1.0 {
			t.Errorf("discarded %v, want 1", got)
		}
		if got := do(w.Admin, "retry").Want(200).Map()["count"]; got != 2.0 {
			t.Errorf("tried again %v, want 2", got)
		}
		cairntest.Eventually(t, "two e-mails", func() bool { return len(office.Mails()) == 2 })
		cairntest.Eventually(t, "an empty queue", func() bool { s := mailStateOf(w); return s.Waiting+s.Failed == 0 })
		for _, m := range office.Mails() {
			if m.ID() == "<"+mails[0].ID+">" || !strings.Contains(m.Text, "added it") {
				t.Errorf("sent: %s\n%s", m.ID(), m.Text)
			}
		}
	})
}

// MAIL-10: what waited is sent only to who still wants it and may read it, at the
// address that they have by then.
func TestMailNoLongerWanted(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("PATCH", "/projects/INS", map[string]any{"access": "private"}).Want(200)
		office := mailtest.Open(t, nil)
		posts(t, w, office)
		people := make(map[string]*cairntest.Client)
		for _, name := range []string{"Ina In", "Otto Off", "Dora Disabled", "Olga Out", "Nora New"} {
			c := w.Person(name)
			w.Admin.Do("PUT", fmt.Sprint("/projects/INS/members/", c.ID), map[string]any{"role": "viewer"}).Want(200, 201, 204)
			c.Do("PUT", "/projects/INS/watch", nil).Want(204)
			wantsMail(c, "soon")
			people[name] = c
			office.Refuse(&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 0, 0}, Message: "not now"})
		}
		addIdea(w.Admin, "One", nil)
		cairntest.Eventually(t, "five given up", func() bool { return mailStateOf(w).Failed == 5 })
		wantsMail(people["Otto Off"], "")
		w.Admin.Do("PATCH", fmt.Sprint("/people/", people["Dora Disabled"].ID), map[string]any{"disabled": true}).Want(200)
		w.Admin.Do("DELETE", fmt.Sprint("/projects/INS/members/", people["Olga Out"].ID), nil).Want(204)
		w.Admin.Do("PATCH", fmt.Sprint("/people/", people["Nora New"].ID), map[string]any{"email": "nora@new.example"}).Want(200)
		w.Admin.Do("POST", "/mail/queue", map[string]any{"do": "retry"}).Want(200)
		cairntest.Eventually(t, "an empty queue", func() bool { s := mailStateOf(w); return s.Waiting+s.Failed == 0 })
		if got := recipients(office); got != "ina.in@example.com, nora@new.example" {
			t.Errorf("sent to %s", got)
		}
	})
}

// The databases that a process of its own opens, and where it sends to.
const (
	childStore  = "CAIRN_TEST_MAIL_STORE"
	childOffice = "CAIRN_TEST_MAIL_OFFICE"
)

// TestMailChild is no test: it is the process that TestMailKilled kills.
func TestMailChild(t *testing.T) {
	where := os.Getenv(childStore)
	if where == "" {
		t.Skip("a part of TestMailKilled")
	}
	open := sqlstore.OpenSQLite
	if strings.HasPrefix(where, "postgres") {
		open = sqlstore.OpenPostgres
	}
	st, err := open(t.Context(), where, sqlstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sender, err := mail.Parse(os.Getenv(childOffice))
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), app.Config{
		Store: st, Logger: cairntest.Logger(t), MailDelay: time.Millisecond, MailRetry: 20 * time.Millisecond, MailLease: 500 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Post(app.Postal{Mailer: sender, Base: "https://cairn.example"})
	select {} // until it is killed
}

// MAIL-9: of a sender that is killed again and again nothing is lost, and only
// what was at the mail server in that moment comes twice, under the same id.
func TestMailKilled(t *testing.T) {
	killed := func(t *testing.T, where string, st *sqlstore.Store) {
		t.Cleanup(func() { st.Close() })
		office := mailtest.Open(t, nil)
		w := cairntest.New(t, st)
		project(t, w)
		bob := w.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		const mails = 20
		var want []string
		for i := range mails {
			addIdea(w.Admin, fmt.Sprint("Idea ", i), nil)
			want = append(want, fmt.Sprintf("INS-%d Idea %d", i+1, i))
		}
		if err := w.App.Heard(t.Context()); err != nil {
			t.Fatal(err)
		}
		begin := func() *exec.Cmd {
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMailChild$", "-test.count=1", "-test.timeout=2m")
			child.Env = append(os.Environ(), childStore+"="+where, childOffice+"="+office.URL("tls=none"))
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				_ = child.Process.Kill() // gone already
				_ = child.Wait()         // says that it was killed
			})
			return child
		}
		most := mails
		for range 2 {
			release := office.Hold("")
			child := begin()
			cairntest.Eventually(t, "e-mails at the server", func() bool { return office.Waiting() > 0 })
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = child.Wait() // says that it was killed
			most += office.Waiting()
			release()
		}
		begin()
		cairntest.Eventually(t, "an empty queue", func() bool {
			return mailStateOf(w).Waiting == 0 && len(office.Mails()) >= mails
		})
		got := make(map[string]int)
		for _, m := range office.Mails() {
			got[m.Subject()+m.ID()]++
		}
		if len(got) != mails || len(office.Mails()) > most {
			t.Errorf("%d different e-mails and %d in all, want %d and at most %d", len(got), len(office.Mails()), mails, most)
		}
		for _, subject := range want {
			if !strings.Contains(subjects(office), subject) {
				t.Errorf("%q is lost", subject)
			}
		}
	}
	t.Run("sqlite", func(t *testing.T) {
		dir := t.TempDir()
		st, err := sqlstore.OpenSQLite(t.Context(), dir, sqlstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		killed(t, dir, st)
	})
	t.Run("postgres", func(t *testing.T) {
		url := pgtest.URL(t)
		st, err := sqlstore.OpenPostgres(t.Context(), url, sqlstore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		killed(t, url, st)
	})
}
