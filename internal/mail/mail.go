// Package mail sends e-mail over SMTP.
//
// Start at Parse, which reads the address of a server, and Sender.Send. What is
// sent, to whom and when is the app's.
package mail

import (
	"context"
	"errors"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"cairn"
	"cairn/internal/app"
)

// timeout bounds each part of an attempt to send: connecting, greeting, handing
// over. A server that is slow to answer may have taken the e-mail, which makes
// short ones expensive.
const timeout = time.Minute

// Sender sends through one SMTP server, with a connection for each e-mail.
type Sender struct {
	host string
	opts []gomail.Option
	from *mail.Address
}

var _ app.Mailer = (*Sender)(nil)

// Parse reads smtp://user:password@host:port?from=ADDRESS. The scheme smtp
// begins without encryption and insists on it by STARTTLS; smtps is encrypted
// from the start; ?tls=none sends in the clear, for a server on this machine.
func Parse(address string) (*Sender, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, cairn.Invalid("smtp", "The address of the mail server looks like smtp://user:password@host:587?from=cairn@example.com")
	}
	s := &Sender{host: u.Hostname()}
	if s.from, err = mail.ParseAddress(u.Query().Get("from")); err != nil {
		return nil, cairn.Invalid("smtp", "The address of the mail server needs ?from= with the sender, such as ?from=cairn@example.com")
	}
	if s.from.Name == "" {
		s.from.Name = "Cairn"
	}
	s.opts = []gomail.Option{gomail.WithTimeout(timeout), gomail.WithoutNoop()}
	port := 587
	switch tls := u.Query().Get("tls"); {
	case u.Scheme == "smtps":
		port = 465
		s.opts = append(s.opts, gomail.WithSSL())
	case tls == "none":
		port = 25
		s.opts = append(s.opts, gomail.WithTLSPolicy(gomail.NoTLS))
	case tls == "" || tls == "starttls":
		s.opts = append(s.opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		return nil, cairn.Invalid("smtp", "?tls= is starttls or none, not %q", tls)
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, cairn.Invalid("smtp", "%q is not a port", u.Port())
		}
	}
	s.opts = append(s.opts, gomail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		s.opts = append(s.opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(u.User.Username()), gomail.WithPassword(password))
		if u.Query().Get("tls") == "none" {
			s.opts = append(s.opts, gomail.WithSMTPAuth(gomail.SMTPAuthPlainNoEnc))
		}
	}
	return s, nil
}

// Send implements app.Mailer.
func (s *Sender) Send(ctx context.Context, m app.Mail) error {
	msg, err := s.message(m)
	if err != nil {
		return app.MailRefused{Err: err}
	}
	client, err := gomail.NewClient(s.host, s.opts...)
	if err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() { done <- send(ctx, client, msg) }()
	select {
	case err = <-done:
	case <-ctx.Done(): // who waits no longer does not wait for a slow server
		return ctx.Err()
	}
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return err
	}
	// To whom it went is known already.
	said, _, _ := strings.Cut(err.Error(), ", affected ")
	if !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return app.MailRefused{Err: errors.New(said)}
	}
	return errors.New(said)
}

// send hands over one e-mail. How a server takes leave afterwards says nothing
// about what it took.
func send(ctx context.Context, client *gomail.Client, msg *gomail.Msg) error {
	conn, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return err
	}
	err = client.SendWithSMTPClient(conn, msg)
	_ = client.CloseWithSMTPClient(conn)
	if msg.IsDelivered() {
		return nil
	}
	return err
}

func (s *Sender) message(m app.Mail) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(s.from)
	if err := msg.AddToFormat(m.Name, m.To); err != nil {
		return nil, err
	}
	msg.Subject(strings.Join(strings.Fields(m.Subject), " "))
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(m.ID)
	if m.Thread != "" {
		msg.SetGenHeaderPreformatted(gomail.HeaderReferences, "<"+m.Thread+">")
		msg.SetGenHeaderPreformatted(gomail.HeaderInReplyTo, "<"+m.Thread+">")
	}
	if m.ReplyTo != "" {
		if err := msg.ReplyTo(m.ReplyTo); err != nil {
			return nil, err
		}
	}
	if m.Unsubscribe != "" {
		msg.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeaderPreformatted(gomail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	// Programs that answer by themselves leave such mail alone.
	msg.SetGenHeader(gomail.Header("Auto-Submitted"), "auto-generated")
	msg.SetGenHeader(gomail.HeaderPrecedence, "bulk")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}
