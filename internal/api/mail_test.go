package api_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"

	sending "cairn/internal/mail"
)

// postOffice is a real SMTP server that keeps what it takes.
type postOffice struct {
	mu     sync.Mutex
	refuse []*smtp.SMTPError // one for each of the next e-mails
	tries  int
	got    []*mail.Message
	addr   string
}

func newPostOffice(t *testing.T) *postOffice {
	t.Helper()
	p := &postOffice{}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &counter{p: p}, nil }))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.addr = l.Addr().String()
	go server.Serve(l) // until it is closed
	t.Cleanup(func() { server.Close() })
	return p
}

func (p *postOffice) sender(t *testing.T) *sending.Sender {
	t.Helper()
	s, err := sending.Parse("smtp://" + p.addr + "?tls=none&from=" + url.QueryEscape("Cairn <cairn@example.com>"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (p *postOffice) mails() []*mail.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.got[:len(p.got):len(p.got)]
}

type counter struct{ p *postOffice }

func (c *counter) Mail(string, *smtp.MailOptions) error { return nil }
func (c *counter) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (c *counter) Reset()                               {}
func (c *counter) Logout() error                        { return nil }

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.tries++
	if len(c.p.refuse) > 0 {
		refusal := c.p.refuse[0]
		c.p.refuse = c.p.refuse[1:]
		return refusal
	}
	m, err := mail.ReadMessage(strings.NewReader(string(raw)))
	if err != nil {
		return err
	}
	body, err := io.ReadAll(m.Body)
	if err != nil {
		return err
	}
	m.Body = strings.NewReader(string(body))
	c.p.got = append(c.p.got, m)
	return nil
}

// eventually waits for a condition.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: not within 30 s", what)
		}
	}
}

func wantsMail(c *cairntest.Client, pace string) {
	c.Do("PUT", "/account/hearing", map[string]any{"email": pace, "hour": 8, "weekday": 1, "quietFrom": 0, "quietTo": 0}).Want(204)
}

type mailState struct {
	Waiting  int
	Incoming struct{ Address, Trouble string }
	Dead     []struct {
		To, Error string
		Attempts  int
	}
}

func mailStateOf(w *cairntest.World) (out mailState) {
	w.Admin.Do("GET", "/mail", nil).Want(200).Into(&out)
	return out
}

// MAIL-1, MAIL-3, MAIL-5 and MAIL-6: who asked for it gets one e-mail about one
// idea, threaded, and ends it with one click.
func TestMail(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		office := newPostOffice(t)
		w := cairntest.New(t, st)
		w.App.Post(app.Postal{Mailer: office.sender(t), Base: w.URL})
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		addIdea(w.Admin, "One", nil)
		for _, c := range []*cairntest.Client{bob, cy} {
			c.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		}
		wantsMail(bob, "soon")
		w.Admin.With("Cairn-Reason", "shorter").Do("PATCH", "/ideas/INS-1", map[string]any{"title": "1"}).Want(200)
		eventually(t, "the e-mail", func() bool { return len(office.mails()) > 0 })
		m := office.mails()[0]
		body, _ := io.ReadAll(m.Body)
		for header, part := range map[string]string{
			"To": "bob.builder@example.com", "Subject": "INS-1 1", "References": ".thread@127.0.0.1", "Message-Id": "@127.0.0.1",
			"List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Auto-Submitted": "auto-generated",
		} {
			if got := m.Header.Get(header); !strings.Contains(got, part) {
				t.Errorf("%s is %q, want %q in it", header, got, part)
			}
		}
		if !strings.Contains(string(body), "Why: shorter") {
			t.Errorf("the e-mail lacks the reason:\n%s", body)
		}
		// Looking at the link changes nothing; a forged one neither.
		link := strings.Trim(m.Header.Get("List-Unsubscribe"), "<>")
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
		eventually(t, "the second e-mail", func() bool { return len(office.mails()) == 2 })
		if got := visit(t, "POST", link); got != 200 {
			t.Fatalf("one click: %d", got)
		}
		rename(w.Admin, "INS-1", "3")
		inbox(t, w, bob, "open")
		if state := bob.Do("GET", "/account/hearing", nil).Want(200).Map(); state["email"] != nil {
			t.Errorf("after one click e-mail is %v", state["email"])
		}
		if state := mailStateOf(w); state.Waiting != 0 || len(office.mails()) != 2 {
			t.Errorf("after one click: %d waiting, %d sent", state.Waiting, len(office.mails()))
		}
		bob.Do("GET", "/mail", nil).Want(403)
		bob.Do("POST", "/mail/test", nil).Want(403)
		w.Anonymous().Do("GET", "/mail", nil).Want(401)
		w.Admin.Do("POST", "/mail/test", nil).Want(204)
		if n := len(office.mails()); n != 3 {
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
		office := newPostOffice(t)
		busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "busy"}
		office.refuse = []*smtp.SMTPError{busy, busy, nil}[:2]
		w := cairntest.New(t, st)
		w.App.Post(app.Postal{Mailer: office.sender(t), Base: w.URL})
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "One", nil)
		bob.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		wantsMail(bob, "soon")
		rename(w.Admin, "INS-1", "1")
		eventually(t, "the third attempt", func() bool { return len(office.mails()) == 1 })
		if office.tries != 3 {
			t.Errorf("%d attempts, want 3", office.tries)
		}
		office.mu.Lock()
		office.refuse = []*smtp.SMTPError{{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "nobody here"}}
		office.mu.Unlock()
		rename(w.Admin, "INS-1", "2")
		eventually(t, "the refused e-mail", func() bool { return len(mailStateOf(w).Dead) == 1 })
		if d := mailStateOf(w).Dead[0]; !strings.Contains(d.Error, "nobody here") || d.Attempts != 1 || d.To != "bob.builder@example.com" {
			t.Errorf("what the administrator sees: %+v", d)
		}
	})
}

// MAIL-9: two nodes send each e-mail once.
func TestMailOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		office := newPostOffice(t)
		first := cairntest.New(t, one)
		project(t, first)
		second := cairntest.New(t, two)
		first.App.Post(app.Postal{Mailer: office.sender(t), Base: first.URL})
		second.App.Post(app.Postal{Mailer: office.sender(t), Base: first.URL})
		bob := first.Person("Bob Builder")
		bob.Do("PUT", "/projects/INS/watch", nil).Want(204)
		wantsMail(bob, "soon")
		for i := range 5 {
			addIdea(first.Admin, fmt.Sprint("Idea ", i), nil)
		}
		seen := make(map[string]bool)
		eventually(t, "five e-mails", func() bool { return len(office.mails()) >= 5 })
		for _, m := range office.mails() {
			if id := m.Header.Get("Message-Id"); seen[id] {
				t.Errorf("%s was sent twice", id)
			} else {
				seen[id] = true
			}
		}
	})
}
