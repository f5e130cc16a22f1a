package pageinfo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

// liar is a server that answers as a hostile page would. Its port is not one of
// those that pages have, so that the tests ask it behind the check of addresses.
func liar(t *testing.T, handle http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handle)
	t.Cleanup(s.Close)
	return s
}

// EVD-50: names that resolve to what is not public are refused when connecting,
// also when a redirect leads there.
func TestRefused(t *testing.T) {
	reached := false
	s := liar(t, func(http.ResponseWriter, *http.Request) { reached = true })
	port := s.URL[strings.LastIndex(s.URL, ":")+1:]
	f := New()
	for _, address := range []string{
		"http://127.0.0.1:8080/", "http://localhost:8080/", "http://[::1]:8080/", "http://169.254.169.254/latest/meta-data/", "http://10.1.2.3/",
		"http://0x7f.1/", "http://2130706433/", "ftp://example.com/", "file:///etc/passwd", "http://user:pass@example.com/", "http://example.com:22/",
		"javascript:alert(1)", "http:///x", "http://127.0.0.1:" + port + "/",
	} {
		if info, err := f.Fetch(context.Background(), address); err == nil {
			t.Errorf("%s gives %+v", address, info)
		}
	}
	// The name is fine; what it resolves to at the moment of connecting is not.
	r, _ := http.NewRequest(http.MethodGet, "http://localhost:"+port+"/", nil)
	if _, err := f.client.Do(r); !errors.Is(err, ErrRefused) {
		t.Errorf("localhost gives %v", err)
	}
	if reached {
		t.Error("a private server was reached")
	}
}

// Only here: a fetcher that may reach the test's own first server, and nothing
// else on this machine.
func onlyTo(t *testing.T, s *httptest.Server) (*Fetcher, *int) {
	t.Helper()
	dials := 0
	f := with(func(a netip.Addr) bool { dials++; return dials == 1 && a.IsLoopback() })
	return f, &dials
}

func TestRedirectToPrivate(t *testing.T) {
	reached := false
	private := liar(t, func(http.ResponseWriter, *http.Request) { reached = true })
	s := liar(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, private.URL, http.StatusFound) })
	f, _ := onlyTo(t, s)
	r, _ := http.NewRequest(http.MethodGet, s.URL, nil)
	_, err := f.client.Do(r)
	if err == nil || !errors.Is(err, ErrRefused) || reached {
		t.Errorf("a redirect to a private server gives %v, reached %v", err, reached)
	}
	loop := liar(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://example.com:80/", http.StatusFound)
	})
	f, dials := onlyTo(t, loop)
	r, _ = http.NewRequest(http.MethodGet, loop.URL, nil)
	if _, err := f.client.Do(r); err == nil || *dials > 3 {
		t.Errorf("a redirect elsewhere gives %v after %d dials", err, *dials)
	}
}

// EVD-51: what a page sends is bounded in size and time.
func TestBounds(t *testing.T) {
	endless := liar(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<title>Early</title>")
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 32<<10)); err != nil {
				return
			}
		}
	})
	f := with(netip.Addr.IsLoopback)
	begun := time.Now()
	r, _ := http.NewRequest(http.MethodGet, endless.URL, nil)
	body, _, _, err := f.get(context.Background(), r.URL, maxPage)
	if err != nil || len(body) != maxPage || time.Since(begun) > timeLimit {
		t.Errorf("an endless page gives %d bytes, %v after %v", len(body), err, time.Since(begun))
	}
	hang := make(chan struct{})
	silent := liar(t, func(http.ResponseWriter, *http.Request) { <-hang })
	defer close(hang)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	r, _ = http.NewRequest(http.MethodGet, silent.URL, nil)
	if _, _, _, err := f.get(ctx, r.URL, maxPage); err == nil {
		t.Error("a silent page gives no error")
	}
}

func TestHead(t *testing.T) {
	for page, want := range map[string]string{
		`<html><head><title> One &amp;
			two </title><link rel="shortcut icon" href="/i.png"></head>`: "One & two|/i.png",
		`<title><script>alert(1)</script></title>`:        "<script>alert(1)</script>|",
		`<body><title>late</title>`:                       "|",
		`<head><link rel="stylesheet" href="x"></head>`:   "|",
		"<title>" + strings.Repeat("a", 999) + "</title>": strings.Repeat("a", maxTitle) + "|",
	} {
		title, icon := head(strings.NewReader(page))
		if got := title + "|" + icon; got != want {
			t.Errorf("%q gives %q; want %q", page, got, want)
		}
	}
}

// An icon is what its bytes are: no page, no SVG, nothing large.
func TestIcon(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n0000"
	for body, want := range map[string]bool{png: true, "<svg onload='alert(1)'/>": false, "<html>": false, png + strings.Repeat("x", maxIcon): false} {
		s := liar(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			fmt.Fprint(w, body)
		})
		r, _ := http.NewRequest(http.MethodGet, s.URL, nil)
		if got := with(netip.Addr.IsLoopback).icon(context.Background(), r.URL); (got != "") != want {
			t.Errorf("%.20q is an icon: %q", body, got)
		}
	}
}
