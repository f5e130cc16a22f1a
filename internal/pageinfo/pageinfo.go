// Package pageinfo asks a page for its title and icon, on behalf of people who
// give its address. The address may be hostile: nothing that is not on the public
// internet is ever connected to, whatever a name resolves to and wherever a page
// redirects, and neither time nor size is the other side's to decide.
//
// Start at Fetcher.
package pageinfo

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"cairn/internal/outward"
)

// Limits of what is read.
const (
	maxPage     = 512 << 10 // bytes of a page
	maxIcon     = 12 << 10  // bytes of an icon
	maxTitle    = 300       // characters
	maxHops     = 4
	timeLimit   = 6 * time.Second
	iconTimeout = 2 * time.Second
)

// ErrRefused marks an address that is not on the public internet.
var ErrRefused = outward.ErrRefused

// Info is what a page says of itself.
type Info struct {
	Title string
	// Icon is a data URL, "" for none.
	Icon string
}

// Fetcher fetches pages. Make it with New.
type Fetcher struct{ client *http.Client }

// New returns a fetcher that connects to public addresses only.
func New() *Fetcher { return with(outward.Public) }

// with returns a fetcher that connects to the addresses that allowed holds for.
func with(allowed func(netip.Addr) bool) *Fetcher {
	dialer := outward.Dialer(3*time.Second, allowed)
	return &Fetcher{client: &http.Client{
		Timeout: timeLimit,
		Transport: &http.Transport{
			Proxy:       nil, // a proxy would connect for us, unasked
			DialContext: dialer.DialContext, DisableKeepAlives: true, TLSHandshakeTimeout: 3 * time.Second,
			ResponseHeaderTimeout: 4 * time.Second, MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) >= maxHops {
				return errors.New("too many redirects")
			}
			return checkURL(r.URL)
		},
	}}
}

func checkURL(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" || u.User != nil {
		return ErrRefused
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" && port != "8080" && port != "8443" {
		return fmt.Errorf("%w: port %s", ErrRefused, port)
	}
	return nil
}

// Fetch asks a page for its title and icon. Errors say in a sentence why there is
// none; those of refused addresses wrap ErrRefused.
func (f *Fetcher) Fetch(ctx context.Context, address string) (Info, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return Info{}, errors.New("the address is not one of a page")
	}
	if err := checkURL(u); err != nil {
		return Info{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	body, kind, at, err := f.get(ctx, u, maxPage)
	if err != nil {
		return Info{}, err
	}
	if media, _, _ := mime.ParseMediaType(kind); media != "text/html" && media != "application/xhtml+xml" {
		return Info{}, errors.New("the address leads to no page")
	}
	text, err := charset.NewReader(bytes.NewReader(body), kind)
	if err != nil {
		text = bytes.NewReader(body)
	}
	title, icon := head(text)
	out := Info{Title: title}
	if icon == "" {
		icon = "/favicon.ico"
	}
	if ref, err := at.Parse(icon); err == nil && checkURL(ref) == nil {
		out.Icon = f.icon(ctx, ref)
	}
	return out, nil
}

// get reads up to so many bytes of what an address answers.
func (f *Fetcher) get(ctx context.Context, u *url.URL, most int64) (body []byte, kind string, at *url.URL, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, "", nil, err
	}
	r.Header.Set("User-Agent", "Cairn (title and icon of a linked page)")
	r.Header.Set("Accept", "text/html, image/*;q=0.8")
	res, err := f.client.Do(r)
	if err != nil {
		if errors.Is(err, ErrRefused) {
			return nil, "", nil, ErrRefused
		}
		return nil, "", nil, errors.New("the page does not answer")
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, "", nil, fmt.Errorf("the page answers %d", res.StatusCode)
	}
	// A page that is longer is cut: its head comes first.
	body, err = io.ReadAll(io.LimitReader(res.Body, most))
	if err != nil {
		return nil, "", nil, errors.New("the page breaks off")
	}
	return body, res.Header.Get("Content-Type"), res.Request.URL, nil
}

// icon fetches an icon and returns it as a data URL; "" when it is none, or none
// that is safe to show: what it is, is seen from its bytes, and SVG is left out.
func (f *Fetcher) icon(ctx context.Context, u *url.URL) string {
	ctx, cancel := context.WithTimeout(ctx, iconTimeout)
	defer cancel()
	body, _, _, err := f.get(ctx, u, maxIcon+1)
	if err != nil || len(body) > maxIcon {
		return ""
	}
	kind := http.DetectContentType(body)
	switch kind {
	case "image/png", "image/gif", "image/jpeg", "image/webp", "image/x-icon":
		return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)
	}
	return ""
}

// head finds the title and the icon's address in the head of a page.
func head(r io.Reader) (title, icon string) {
	z := html.NewTokenizer(r)
	z.SetMaxBuf(64 << 10)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return title, icon
		case html.EndTagToken:
			if name, _ := z.TagName(); string(name) == "head" {
				return title, icon
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "body":
				return title, icon
			case "title":
				if title == "" && z.Next() == html.TextToken {
					title = clean(string(z.Text()))
				}
			case "link":
				if rel := strings.Fields(strings.ToLower(attr(t, "rel"))); icon == "" && contains(rel, "icon") {
					icon = attr(t, "href")
				}
			}
		}
	}
}

func attr(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func contains(list []string, word string) bool {
	for _, one := range list {
		if one == word {
			return true
		}
	}
	return false
}

func clean(s string) string {
	s = strings.ToValidUTF8(html.UnescapeString(s), "")
	runes := []rune(strings.Join(strings.Fields(s), " "))
	return string(runes[:min(len(runes), maxTitle)])
}
