package api_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/mail"
	"cairn/internal/mail/mailtest"
	"cairn/internal/store"
)

// letterbox is a real IMAP server with one mailbox.
type letterbox struct {
	t      *testing.T
	server *imapserver.Server
	addr   string
	user   *imapmemserver.User
	sent   int
}

func newLetterbox(t *testing.T) *letterbox {
	t.Helper()
	b := &letterbox{t: t, user: imapmemserver.NewUser("ideas", "secret")}
	if err := b.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	b.open("127.0.0.1:0")
	return b
}

// open serves the mailbox, at an address where it may have been served before.
func (b *letterbox) open(addr string) {
	b.t.Helper()
	memory := imapmemserver.New()
	memory.AddUser(b.user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}},
	})
	l, err := net.Listen("tcp", addr)
	if err != nil {
		b.t.Fatal(err)
	}
	b.server, b.addr = server, l.Addr().String()
	go server.Serve(l) // until it is closed
	b.t.Cleanup(func() { server.Close() })
}

func (b *letterbox) post() (*mail.Box, app.Intake) {
	b.t.Helper()
	box, in, err := mail.ParseBox("imap://ideas:secret@" + b.addr + "/INBOX?tls=none&project=INS&project=OPS&address=" + url.QueryEscape("ideas@example.com"))
	if err != nil {
		b.t.Fatal(err)
	}
	box.Retry, box.Poll = 20*time.Millisecond, 20*time.Millisecond
	return box, in
}

// put lays an e-mail into the mailbox; headers are those it needs beside a date.
func (b *letterbox) put(headers []string, body string) {
	b.t.Helper()
	b.sent++
	raw := strings.Join(append(headers, fmt.Sprintf("X-Number: %d", b.sent), "Date: Fri, 27 Nov 2026 10:00:00 +0000", "", body), "\r\n")
	if _, err := b.user.Append("INBOX", literal{strings.NewReader(raw)}, &imap.AppendOptions{}); err != nil {
		b.t.Fatal(err)
	}
}

type literal struct{ *strings.Reader }

// Size implements imap.LiteralReader.
func (l literal) Size() int64 { return l.Reader.Size() }

// marks counts the e-mails that are read, and those that were left aside.
func (b *letterbox) marks() (read, aside int) {
	b.t.Helper()
	c, err := imapclient.DialInsecure(b.addr, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	defer c.Close()
	if err := c.Login("ideas", "secret").Wait(); err != nil {
		b.t.Fatal(err)
	}
	if _, err := c.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		b.t.Fatal(err)
	}
	count := func(f imap.Flag) int {
		found, err := c.UIDSearch(&imap.SearchCriteria{Flag: []imap.Flag{f}}, nil).Wait()
		if err != nil {
			b.t.Fatal(err)
		}
		return len(found.AllUIDs())
	}
	return count(imap.FlagSeen), count(imap.FlagFlagged)
}

// settled waits until so many e-mails are read and left aside.
func (b *letterbox) settled(read, aside int) {
	b.t.Helper()
	gotRead, gotAside := 0, 0
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if gotRead, gotAside = b.marks(); gotRead == read && gotAside == aside {
			return
		}
	}
	b.t.Fatalf("%d e-mails are read and %d left aside, want %d and %d", gotRead, gotAside, read, aside)
}

type foundInsights struct {
	Total    int
	Insights []struct {
		Title, Note, On, PersonName, CompanyName string
	}
}

func insightsOf(c *cairntest.Client, project string) (out foundInsights) {
	c.Do("GET", "/projects/"+project+"/insights", nil).Want(200).Into(&out)
	return out
}

// MAIL-20, MAIL-21, MAIL-24: what people write becomes insights, of whom it is
// from, in the project that it was written to; what programs write does not.
func TestLetters(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		box := newLetterbox(t)
		w := cairntest.New(t, st)
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Operations", "key": "OPS"}).Want(201)
		company := w.Admin.Do("POST", "/customers", map[string]any{"type": "company", "name": "Acme"}).Want(201).Map()["id"]
		w.Admin.Do("POST", "/customers", map[string]any{"type": "person", "name": "Ina May", "email": "ina@acme.example", "company": company}).Want(201)
		b, in := box.post()
		w.App.Post(app.Postal{Base: w.URL, Box: b, Intake: in})

		box.put([]string{"From: Ina May <Ina@Acme.example>", "To: ideas@example.com", "Subject: Export", "Message-ID: <1@acme.example>"}, "We need an **export**.\r\n\r\n-- \r\nIna")
		box.put([]string{"From: Jo <jo@acme.example>", "To: ideas+ops@example.com", "Subject: Slow", "Message-ID: <2@acme.example>"}, "It is slow.")
		box.put([]string{"From: Somebody <s@else.example>", "To: other@example.com", "Cc: Ideas <IDEAS@example.com>", "Message-ID: <3@else.example>"}, "No subject here")
		box.put([]string{"From: Ina May <ina@acme.example>", "To: ideas@example.com", "Subject: Away", "Auto-Submitted: auto-replied", "Message-ID: <4@acme.example>"}, "I am away.")
		box.put([]string{"From: Eve <eve@else.example>", "To: ideas+SECRET@example.com", "Subject: x", "Message-ID: <5@else.example>"}, "x")
		box.put([]string{"From: Cairn <cairn@example.com>", "To: ideas@example.com", "Subject: x", "Message-ID: <6@127.0.0.1>"}, "x")
		box.put([]string{"From: Ina May <ina@acme.example>", "To: ideas@example.com", "Subject: Export", "Message-ID: <1@acme.example>"}, "the same once more")
		box.settled(7, 3)

		ins := insightsOf(w.Admin, "INS")
		if ins.Total != 2 {
			t.Fatalf("%d insights, want 2: %+v", ins.Total, ins)
		}
		for _, i := range ins.Insights {
			switch i.Title {
			case "Export":
				if i.Note != "We need an **export**." || i.PersonName != "Ina May" || i.CompanyName != "Acme" || i.On != "2026-11-27" {
					t.Errorf("Ina's: %+v", i)
				}
			case "No subject here":
				if i.PersonName != "" || i.CompanyName != "" || !strings.Contains(i.Note, "s@else.example") {
					t.Errorf("somebody's: %+v", i)
				}
			default:
				t.Errorf("an insight %q", i.Title)
			}
		}
		// The colleague of somebody who is known is of the same company.
		ops := insightsOf(w.Admin, "OPS")
		if ops.Total != 1 || ops.Insights[0].PersonName != "" || ops.Insights[0].CompanyName != "Acme" {
			t.Errorf("in the other project: %+v", ops)
		}
	})
}

// MAIL-28: what came with a letter is attached to its insight; what may not be kept
// is named, and a storage that is full does not lose the letter.
func TestLettersKeepFiles(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		box := newLetterbox(t)
		w := cairntest.NewWith(t, st, cairntest.Config{File: 1 << 10, Files: 4 << 10})
		project(t, w)
		b, in := box.post()
		w.App.Post(app.Postal{Base: w.URL, Box: b, Intake: in})
		picture := dots(t, 3, 2)
		part := func(name string, content []byte) string {
			return "--x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n\r\n" +
				base64.StdEncoding.EncodeToString(content) + "\r\n"
		}
		letter := func(id, subject, text string, parts ...string) {
			box.put([]string{
				"From: Jo <jo@acme.example>", "To: ideas@example.com", "Subject: " + subject, "Message-ID: <" + id + "@acme.example>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x",
			}, "--x\r\nContent-Type: text/plain\r\n\r\n"+text+"\r\n"+strings.Join(parts, "")+"--x--\r\n")
		}
		letter("1", "Slow", "See the picture.", part("screen.png", picture), part("big.log", make([]byte, 2000)), part("../notes.txt", []byte("12 s")), part("none.txt", nil))
		letter("2", "", "", part("only.txt", []byte("x")))
		letter("1", "Slow", "once more", part("again.txt", []byte("x")))
		box.settled(3, 0)
		var list struct {
			Insights []struct {
				ID          cairn.ID
				Title, Note string
				Files       int
			}
		}
		w.Admin.Do("GET", "/projects/INS/insights", nil).Want(200).Into(&list)
		if len(list.Insights) != 2 {
			t.Fatalf("%d insights, want 2: %+v", len(list.Insights), list)
		}
		for _, i := range list.Insights {
			on := "/insights/" + i.ID.String()
			switch got := filesOf(w.Admin, on); i.Title {
			case "Slow":
				if got != "screen.png, notes.txt" || i.Files != 2 {
					t.Errorf("Slow has %d files: %s", i.Files, got)
				}
				if !strings.Contains(i.Note, "(big.log was not kept: The file is larger than 1 KiB") || !strings.Contains(i.Note, "(none.txt was not kept: The file is empty)") {
					t.Errorf("the note does not name what is missing: %s", i.Note)
				}
				var files struct{ Files []attached }
				w.Admin.Do("GET", on+"/files", nil).Want(200).Into(&files)
				if content := w.Admin.Do("GET", strings.TrimPrefix(files.Files[0].URL, "/api/v1"), nil).Want(200); !bytes.Equal(content.Raw, picture) || !files.Files[0].Inline {
					t.Errorf("the picture came with other bytes: %+v", files.Files[0])
				}
			case "only.txt":
				if got != "only.txt" {
					t.Errorf("only.txt has %s", got)
				}
			default:
				t.Errorf("an insight %q", i.Title)
			}
		}
	})
}

// MAIL-29: people of a project see where e-mail comes in and when it was last read;
// why none comes is for those who change the project.
func TestProjectMail(t *testing.T) {
	box := newLetterbox(t)
	w := cairntest.New(t, cairntest.SQLite(t))
	project(t, w)
	for _, key := range []string{"OPS", "NON"} {
		w.Admin.Do("POST", "/projects", map[string]any{"name": key, "key": key, "template": "blank"}).Want(201)
	}
	bob := w.Person("Bob Builder")
	type mailIn struct {
		Incoming *struct {
			Address, Read, Trouble string
			Projects               []string
		}
	}
	of := func(c *cairntest.Client, key string) (out mailIn) {
		c.Do("GET", "/projects/"+key+"/mail", nil).Want(200).Into(&out)
		return out
	}
	if got := of(bob, "INS"); got.Incoming != nil {
		t.Errorf("without a mailbox: %+v", got.Incoming)
	}
	b, in := box.post()
	w.App.Post(app.Postal{Base: w.URL, Box: b, Intake: in})
	cairntest.Eventually(t, "the mailbox to be read", func() bool { return of(bob, "INS").Incoming.Read != "" })
	if got := of(bob, "INS").Incoming; got.Address != "ideas@example.com" || len(got.Projects) != 1 {
		t.Errorf("of the first project: %+v", got)
	}
	if got := of(bob, "OPS").Incoming; got.Address != "ideas+ops@example.com" {
		t.Errorf("of the second project: %+v", got)
	}
	if got := of(bob, "NON"); got.Incoming != nil {
		t.Errorf("of a project that takes none: %+v", got.Incoming)
	}
	box.server.Close()
	cairntest.Eventually(t, "the trouble", func() bool { return of(w.Admin, "OPS").Incoming.Trouble != "" })
	if got := of(bob, "OPS").Incoming; got.Trouble != "" || got.Read == "" {
		t.Errorf("an editor sees %+v", got)
	}
	w.Admin.Do("PATCH", "/projects/OPS", map[string]any{"access": "private"}).Want(200)
	bob.Do("GET", "/projects/OPS/mail", nil).Want(404)
	w.Anonymous().Do("GET", "/projects/OPS/mail", nil).Want(401)
}

// MAIL-22: who answers a notice comments on what it was about, in their own name;
// nobody else can, with that address or a forged one.
func TestAnswers(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		box, office := newLetterbox(t), mailtest.Open(t, nil)
		w := cairntest.New(t, st)
		b, in := box.post()
		w.App.Post(app.Postal{Base: w.URL, Mailer: mailer(t, office), Box: b, Intake: in})
		project(t, w)
		bob := w.Person("Bob Builder")
		addIdea(w.Admin, "One", nil)
		bob.Do("PUT", "/ideas/INS-1/watch", nil).Want(204)
		wantsMail(bob, "soon")
		w.Admin.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "Shall we?"}).Want(201)
		cairntest.Eventually(t, "the e-mail", func() bool { return len(office.Mails()) == 1 })
		notice := office.Mails()[0]
		reply := strings.Trim(notice.Header.Get("Reply-To"), "<>")
		if !strings.HasPrefix(reply, "ideas+r.") || !strings.Contains(notice.Text, "Answer above this line") {
			t.Fatalf("answers go to %q\n%s", reply, notice.Text)
		}
		quoted := "\r\n\r\nOn Fri, 27 Nov 2026, Cairn <cairn@example.com> wrote:\r\n\r\n> ––– Answer above this line, and it becomes a comment –––\r\n> INS-1"
		bobs := "From: Bob <bob.builder@example.com>"
		box.put([]string{"From: Eve <eve@else.example>", "To: " + reply, "Message-ID: <1@e>"}, "I am Bob"+quoted)
		box.put([]string{bobs, "To: " + strings.Replace(reply, "@", "x@", 1), "Message-ID: <2@e>"}, "forged"+quoted)
		box.put([]string{bobs, "To: " + reply, "Message-ID: <3@e>"}, quoted)
		box.put([]string{
			bobs, "To: " + strings.ToUpper(reply), "Message-ID: <4@e>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x",
		}, "--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nYes, let us."+quoted+
			"\r\n--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\nfirst this\r\n--x--\r\n")
		box.settled(4, 3)
		var said struct {
			Comments []struct {
				ID, Author, Thread cairn.ID
				Body               string
			}
		}
		w.Admin.Do("GET", "/ideas/INS-1/comments", nil).Want(200).Into(&said)
		if len(said.Comments) != 2 {
			t.Fatalf("%d comments: %+v", len(said.Comments), said)
		}
		answer := said.Comments[1]
		if answer.Thread != said.Comments[0].ID || answer.Author != bob.ID || !strings.HasPrefix(answer.Body, "Yes, let us.\n\n[plan.txt](cairn:file/") {
			t.Errorf("the answer: %+v", answer)
		}

		// An answer that is not taken, for what it answers to is gone, leaves no file either.
		bob.Do("DELETE", "/comments/"+answer.ID.String(), nil).Want(204)
		w.Admin.Do("DELETE", "/comments/"+answer.Thread.String(), nil).Want(204)
		picture := base64.StdEncoding.EncodeToString(dots(t, 3, 2))
		box.put([]string{
			bobs, "To: " + reply, "Message-ID: <5@e>", "MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=x",
		}, "--x\r\nContent-Type: text/plain\r\n\r\nToo late?"+quoted+
			"\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=dots.png\r\n\r\n"+picture+"\r\n--x--\r\n")
		box.settled(5, 4)
		var files struct{ Files []attached }
		w.Admin.Do("GET", "/ideas/INS-1/files", nil).Want(200).Into(&files)
		if len(files.Files) != 1 || files.Files[0].Name != "plan.txt" {
			t.Errorf("the idea has the files %+v", files.Files)
		}
		if cover := w.Admin.Do("GET", "/ideas/INS-1", nil).Want(200).Map()["cover"]; cover != nil && cover != "" {
			t.Errorf("the idea has the cover %v", cover)
		}
	})
}

// MAIL-27: a mailbox that goes away comes back by itself, and what two nodes read
// is taken once.
func TestLettersOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		box := newLetterbox(t)
		first := cairntest.New(t, one)
		project(t, first)
		second := cairntest.New(t, two)
		for _, w := range []*cairntest.World{first, second} {
			b, in := box.post()
			w.App.Post(app.Postal{Base: first.URL, Box: b, Intake: in})
		}
		letters := func(from, to int) {
			for i := from; i < to; i++ {
				box.put([]string{"From: a@b.example", "To: ideas@example.com", fmt.Sprintf("Subject: %d", i), fmt.Sprintf("Message-ID: <%d@b>", i)}, "x")
			}
		}
		letters(0, 10)
		box.settled(10, 0)
		box.server.Close() // and with it the connections
		cairntest.Eventually(t, "the trouble", func() bool { return mailStateOf(first).Incoming.Trouble != "" })
		letters(10, 20)
		box.open(box.addr)
		box.settled(20, 0)
		cairntest.Eventually(t, "the end of the trouble", func() bool { return mailStateOf(first).Incoming.Trouble == "" })
		for _, c := range []*cairntest.Client{first.Admin, second.SignIn("ada@example.com")} { // what the other node took is on its way
			cairntest.Eventually(t, "20 insights of 20 e-mails", func() bool { return insightsOf(c, "INS").Total >= 20 })
			if n := insightsOf(c, "INS").Total; n != 20 {
				t.Errorf("%d insights of 20 e-mails", n)
			}
		}
	})
}
