package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"cairn"
	"cairn/internal/app"
)

// Box takes e-mail out of one folder of an IMAP server: what is unread there is
// new, and what was taken is marked as read.
type Box struct {
	address, host  string
	user, password string
	folder         string
	tls            string // "tls", "starttls" or "none"
	// Poll is how long a server that tells of nothing by itself is left alone, and
	// Retry how long after a failure; 0 is a minute.
	Poll, Retry time.Duration
}

var _ app.LetterBox = (*Box)(nil)

const (
	// maxLetter is the largest e-mail that is read, in bytes.
	maxLetter = 40 << 20
	longRetry = 10 * time.Minute
	idleCheck = 10 * time.Minute
)

// ParseBox reads imaps://user:password@host:993/FOLDER?project=KEY&address=ADDRESS.
// The scheme imap insists on STARTTLS unless ?tls=none; the folder is INBOX when
// none is named. The address is what people write to, the user when it is one.
func ParseBox(address string) (*Box, app.Intake, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User == nil || u.Scheme != "imap" && u.Scheme != "imaps" {
		return nil, app.Intake{}, cairn.Invalid("imap", "The address of the mailbox looks like imaps://user:password@host:993/INBOX?project=INS&address=ideas@example.com")
	}
	b := &Box{host: u.Hostname(), user: u.User.Username(), folder: strings.Trim(u.Path, "/"), tls: "tls"}
	b.password, _ = u.User.Password()
	if b.folder == "" {
		b.folder = "INBOX"
	}
	port := "993"
	if u.Scheme == "imap" {
		port, b.tls = "143", "starttls"
		switch given := u.Query().Get("tls"); given {
		case "", "starttls":
		case "none":
			b.tls = given
		default:
			return nil, app.Intake{}, cairn.Invalid("imap", "?tls= is starttls or none, not %q", given)
		}
	}
	if u.Port() != "" {
		port = u.Port()
	}
	b.address = net.JoinHostPort(b.host, port)
	in := app.Intake{Address: u.Query().Get("address"), Projects: u.Query()["project"]}
	if in.Address == "" {
		in.Address = b.user
	}
	to, err := mail.ParseAddress(in.Address)
	if err != nil || strings.Contains(to.Address, "+") {
		return nil, app.Intake{}, cairn.Invalid("imap", "The address of the mailbox needs ?address= with what people write to, such as &address=ideas@example.com")
	}
	if len(in.Projects) == 0 {
		return nil, app.Intake{}, cairn.Invalid("imap", "The address of the mailbox needs ?project= with the key of the project that takes the e-mail; more than one may stand there")
	}
	in.Address = to.Address
	return b, in, nil
}

// Collect implements app.LetterBox.
func (b *Box) Collect(ctx context.Context, into app.Letters) error {
	wait := time.Duration(0)
	for ctx.Err() == nil {
		err := b.session(ctx, into)
		if ctx.Err() != nil {
			return nil
		}
		into.Trouble(err)
		wait = min(max(2*wait, b.retry()), longRetry)
		if errors.Is(err, errEnded) {
			wait = b.retry()
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return nil
}

func (b *Box) poll() time.Duration  { return orMinute(b.Poll) }
func (b *Box) retry() time.Duration { return orMinute(b.Retry) }

func orMinute(d time.Duration) time.Duration {
	if d == 0 {
		return time.Minute
	}
	return d
}

// errEnded: a connection that worked has ended.
var errEnded = errors.New("the connection to the mailbox ended")

// session takes e-mail over one connection, until it ends.
func (b *Box) session(ctx context.Context, into app.Letters) error {
	news := make(chan struct{}, 1)
	c, err := b.dial(&imapclient.Options{
		Dialer: &net.Dialer{Timeout: timeout},
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{Mailbox: func(*imapclient.UnilateralDataMailbox) {
			select {
			case news <- struct{}{}:
			default:
			}
		}},
	})
	if err != nil {
		return fmt.Errorf("the mailbox at %s cannot be reached: %w", b.address, err)
	}
	defer c.Close() // for the second time when the app stops
	defer context.AfterFunc(ctx, func() { c.Close() })()
	if err := c.Login(b.user, b.password).Wait(); err != nil {
		return fmt.Errorf("the mail server does not let %s in: %w", b.user, err)
	}
	if _, err := c.Select(b.folder, nil).Wait(); err != nil {
		return fmt.Errorf("the folder %s cannot be opened: %w", b.folder, err)
	}
	for {
		left, err := b.drain(ctx, c, into)
		if err != nil {
			return errors.Join(errEnded, err)
		}
		into.Trouble(left)
		if err := b.wait(ctx, c, waiting{news, left != nil}); err != nil {
			return errors.Join(errEnded, err)
		}
	}
}

func (b *Box) dial(opts *imapclient.Options) (*imapclient.Client, error) {
	switch b.tls {
	case "tls":
		return imapclient.DialTLS(b.address, opts)
	case "starttls":
		return imapclient.DialStartTLS(b.address, opts)
	}
	return imapclient.DialInsecure(b.address, opts)
}

// waiting is what one waits for: news, or a letter that was left.
type waiting struct {
	news <-chan struct{}
	left bool
}

// wait returns when there may be news.
func (b *Box) wait(ctx context.Context, c *imapclient.Client, w waiting) error {
	pause := idleCheck
	idles := c.Caps().Has(imap.CapIdle)
	if !idles {
		pause = b.poll()
	}
	if w.left {
		pause = b.retry()
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	var idle *imapclient.IdleCommand
	if idles {
		var err error
		if idle, err = c.Idle(); err != nil {
			return err
		}
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.Closed():
		return errEnded
	case <-w.news:
	case <-timer.C:
	}
	if idle != nil {
		return errors.Join(idle.Close(), idle.Wait())
	}
	return c.Noop().Wait()
}

// drain takes what is unread. What cannot be taken now stays unread; left says
// why the last of it did.
func (b *Box) drain(ctx context.Context, c *imapclient.Client, into app.Letters) (left, err error) {
	found, err := c.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return nil, err
	}
	uids := found.AllUIDs()
	slices.Sort(uids)
	for _, uid := range uids {
		refused, err := b.one(ctx, c, letterAt{uid, into})
		if err != nil {
			if ctx.Err() != nil || c.State() == imap.ConnStateLogout {
				return left, err
			}
			left = err
			continue
		}
		flags := []imap.Flag{imap.FlagSeen}
		if refused {
			flags = append(flags, imap.FlagFlagged)
		}
		if err := c.Store(imap.UIDSetNum(uid), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: flags}, nil).Close(); err != nil {
			return left, err
		}
	}
	return left, nil
}

// letterAt is a letter in the folder and where it goes.
type letterAt struct {
	uid  imap.UID
	into app.Letters
}

// one reads and hands over one e-mail; refused ones stay flagged for people.
func (b *Box) one(ctx context.Context, c *imapclient.Client, at letterAt) (refused bool, err error) {
	set := imap.UIDSetNum(at.uid)
	sizes, err := c.Fetch(set, &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil || len(sizes) == 0 {
		return false, err // it was taken out of the folder meanwhile
	}
	if size := sizes[0].RFC822Size; size > maxLetter {
		at.into.Trouble(fmt.Errorf("an e-mail of %d MB was left aside: at most %d MB are read", size>>20, maxLetter>>20))
		return true, nil
	}
	body := &imap.FetchItemBodySection{Peek: true}
	got, err := c.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{body}}).Collect()
	if err != nil || len(got) == 0 {
		return false, err
	}
	letter, err := ReadLetter(got[0].FindBodySection(body))
	if err != nil {
		at.into.Trouble(fmt.Errorf("an e-mail was left aside: %w", err))
		return true, nil
	}
	err = at.into.Take(ctx, letter)
	var no app.LetterRefused
	if errors.As(err, &no) {
		return true, nil
	}
	return false, err
}
