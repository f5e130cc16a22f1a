// Package mailtest is a real SMTP server on this machine for tests, which keeps
// what it takes and can be slow, refuse or be away.
//
// Start at Open.
package mailtest

import (
	"crypto/tls"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// Mail is an e-mail that an office took.
type Mail struct {
	// To is whom the envelope named.
	To     string
	Header mail.Header
	// Text and HTML are its two bodies, decoded, with line feeds.
	Text, HTML string
}

// Subject is the subject, decoded.
func (m Mail) Subject() string {
	s, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return m.Header.Get("Subject")
	}
	return s
}

// ID is the message id.
func (m Mail) ID() string { return m.Header.Get("Message-Id") }

// Office is an SMTP server.
type Office struct {
	t   testing.TB
	tls *tls.Config
	// Addr is where it listens; it stays the same when it is away for a while.
	Addr string

	mu     sync.Mutex
	server *smtp.Server
	door   net.Listener
	refuse []*smtp.SMTPError
	tries  int
	got    []Mail
	held   map[string]chan struct{}
	inside int
	// inClear counts e-mails that came without encryption.
	inClear int
}

// Open starts an office, without encryption when config is nil, until the test
// ends.
func Open(t testing.TB, config *tls.Config) *Office {
	t.Helper()
	o := &Office{t: t, tls: config, Addr: "127.0.0.1:0", held: make(map[string]chan struct{})}
	o.Back()
	t.Cleanup(o.Leave)
	return o
}

// URL is the address for --smtp; options are like tls=none.
func (o *Office) URL(options string) string {
	return "smtp://" + o.Addr + "?" + options + "&from=" + url.QueryEscape("Cairn <cairn@example.com>")
}

// Leave closes the office until Back: connections are refused.
func (o *Office) Leave() {
	o.mu.Lock()
	server, door := o.server, o.door
	o.server = nil
	for to, gate := range o.held {
		close(gate)
		delete(o.held, to)
	}
	o.mu.Unlock()
	if server != nil {
		door.Close() // also when the server has not begun with it yet
		server.Close()
	}
}

// Back opens it again at the same address.
func (o *Office) Back() {
	o.t.Helper()
	l, err := net.Listen("tcp", o.Addr)
	if err != nil {
		o.t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) { return &session{o: o, c: c}, nil }))
	server.TLSConfig = o.tls
	server.Domain = "mailtest"
	o.mu.Lock()
	o.Addr, o.server, o.door = l.Addr().String(), server, l
	o.mu.Unlock()
	go server.Serve(l) // until it is closed
}

// Refuse answers the next e-mails so, one each.
func (o *Office) Refuse(with ...*smtp.SMTPError) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.refuse = append(o.refuse, with...)
}

// Hold lets e-mails to an address, "" for all, wait for an answer, after they came
// whole and were kept, until release is called.
func (o *Office) Hold(to string) (release func()) {
	gate := make(chan struct{})
	o.mu.Lock()
	defer o.mu.Unlock()
	o.held[to] = gate
	return func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.held[to] == gate {
			close(gate)
			delete(o.held, to)
		}
	}
}

// Waiting counts e-mails that came and have no answer yet.
func (o *Office) Waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.inside
}

// Mails are those that were taken, in their order.
func (o *Office) Mails() []Mail {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.got[:len(o.got):len(o.got)]
}

// Tries counts the e-mails that came, also those refused, and InClear those of
// them without encryption.
func (o *Office) Tries() (all, inClear int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.tries, o.inClear
}

type session struct {
	o  *Office
	c  *smtp.Conn
	to string
}

func (s *session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Reset()                               {}
func (s *session) Logout() error                        { return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return nil
}

func (s *session) Data(r io.Reader) error {
	m, err := read(r)
	if err != nil {
		return err
	}
	m.To = s.to
	o := s.o
	o.mu.Lock()
	o.tries++
	if _, encrypted := s.c.TLSConnectionState(); !encrypted {
		o.inClear++
	}
	if len(o.refuse) > 0 {
		refusal := o.refuse[0]
		o.refuse = o.refuse[1:]
		o.mu.Unlock()
		return refusal
	}
	o.got = append(o.got, m)
	o.inside++
	gate := o.held[s.to]
	if gate == nil {
		gate = o.held[""]
	}
	o.mu.Unlock()
	if gate != nil {
		<-gate
	}
	o.mu.Lock()
	o.inside--
	o.mu.Unlock()
	return nil
}

func read(r io.Reader) (out Mail, err error) {
	m, err := mail.ReadMessage(r)
	if err != nil {
		return out, err
	}
	out.Header = m.Header
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return out, err
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		body, err := io.ReadAll(p) // quoted-printable is decoded by the reader
		if err != nil {
			return out, err
		}
		text := strings.ReplaceAll(string(body), "\r\n", "\n")
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			out.HTML = text
		} else {
			out.Text = text
		}
	}
}
