// Package webhook sends signed messages over HTTP, after the scheme of Standard
// Webhooks. The target may be slow, lie or be hostile: neither time nor size is
// its to decide, redirects are not followed, and only addresses of the public
// internet are connected to unless the operator allowed more. What is sent, to
// whom and when is decided in app.
//
// Start at Sender.
package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	"cairn/internal/app"
	"cairn/internal/outward"
)

// maxAnswer is how many bytes of an answer are kept.
const maxAnswer = 2000

// Sender sends messages. Make it with New.
type Sender struct {
	rule   outward.Rule
	secure *http.Client // https, to whatever the rule allows
	plain  *http.Client // http, to the operator's own networks only
}

// New returns a sender that connects to what the rule allows. Addresses without
// https are for the networks that the operator named.
func New(rule outward.Rule) *Sender { return with(rule, nil) }

// with returns a sender that asks a resolver, nil is the system's.
func with(rule outward.Rule, resolver *net.Resolver) *Sender {
	return &Sender{rule: rule, secure: client(rule.Allows, resolver), plain: client(rule.Named, resolver)}
}

func client(allowed func(netip.Addr) bool, resolver *net.Resolver) *http.Client {
	dialer := outward.Dialer(5*time.Second, allowed)
	dialer.Resolver = resolver
	return &http.Client{
		Timeout: app.HookTimeLimit,
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would connect for us, unasked
			DialContext: dialer.DialContext, DisableKeepAlives: true, TLSHandshakeTimeout: 5 * time.Second,
			MaxResponseHeaderBytes: 32 << 10,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Check refuses addresses that are never connected to, whatever they resolve to.
func (s *Sender) Check(u *url.URL) error {
	at, err := netip.ParseAddr(u.Hostname())
	switch {
	case err != nil && u.Hostname() == "localhost":
		at = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	case err != nil:
		return nil // a name: it is asked when connecting
	}
	switch {
	case !s.rule.Allows(at):
		return refusal(private)
	case u.Scheme == "http" && !s.rule.Named(at):
		return refusal(insecure)
	}
	return nil
}

// refusal is why an address may not be used, for people.
type refusal string

// Error implements error.
func (r refusal) Error() string { return string(r) }

const (
	private  = "The address is not on the public internet; whoever runs Cairn can allow its network with --hooks-allow"
	insecure = "Addresses on the internet need https, so that nobody reads along"
)

// Send makes one attempt.
func (s *Sender) Send(ctx context.Context, m app.HookMessage) app.HookAnswer {
	ctx, cancel := context.WithTimeout(ctx, app.HookTimeLimit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, m.URL, bytes.NewReader(m.Body))
	if err != nil {
		return app.HookAnswer{Err: errors.New("the address is not one that a message can be sent to")}
	}
	if len(m.Keys) == 0 {
		return app.HookAnswer{Err: errors.New("the webhook has no secret to sign with; make a new one")}
	}
	stamp := strconv.FormatInt(m.At.Unix(), 10)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("User-Agent", "Cairn-Webhook/1")
	r.Header.Set("Webhook-Id", m.ID)
	r.Header.Set("Webhook-Timestamp", stamp)
	r.Header.Set("Webhook-Signature", Signature(m.Keys, m.ID, stamp, m.Body))
	by := s.secure
	if r.URL.Scheme != "https" {
		by = s.plain
	}
	res, err := by.Do(r)
	if err != nil {
		return app.HookAnswer{Err: said(err, r.URL)}
	}
	defer res.Body.Close()
	// The answer's beginning is kept; whatever follows is not waited for.
	body, _ := io.ReadAll(io.LimitReader(res.Body, maxAnswer)) // what came before it broke off
	out := app.HookAnswer{Status: res.StatusCode, Text: text(body)}
	switch {
	case res.StatusCode >= 200 && res.StatusCode < 300:
	case res.StatusCode >= 300 && res.StatusCode < 400:
		out.Err = fmt.Errorf("the target answers %d and points elsewhere; redirects are not followed: enter the address that it means", res.StatusCode)
	default:
		out.Err = fmt.Errorf("the target answers %s", strings.TrimSpace(strconv.Itoa(res.StatusCode)+" "+http.StatusText(res.StatusCode)))
		if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
			out.Wait = time.Duration(min(seconds, 86_400)) * time.Second
		}
	}
	return out
}

// said puts why no answer came into a sentence.
func said(err error, u *url.URL) error {
	var dns *net.DNSError
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, outward.ErrRefused) && u.Scheme != "https":
		return errors.New("refused: " + insecure + ". " + private)
	case errors.Is(err, outward.ErrRefused):
		return errors.New("refused: " + private)
	case errors.As(err, &dns):
		return fmt.Errorf("the name %s is not found", u.Hostname())
	case errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Errorf("the target did not answer within %d seconds", int(app.HookTimeLimit.Seconds()))
	}
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	return fmt.Errorf("the target did not answer: %w", err)
}

// text is an answer as text that can be stored and shown.
func text(b []byte) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == '\uFFFD' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(string(b), ""))
}

// Signature is the Webhook-Signature header of a message: for each key, v1 and
// the HMAC-SHA256 of its id, time and body.
func Signature(keys [][]byte, id, stamp string, body []byte) string {
	var out []string
	for _, key := range keys {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(id + "." + stamp + "."))
		mac.Write(body)
		out = append(out, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(out, " ")
}
