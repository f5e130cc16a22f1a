package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestClientAddress(t *testing.T) {
	for _, c := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"203.0.113.9:1234", nil, "203.0.113.9"},
		{"203.0.113.9:1234", []string{"198.51.100.1"}, "203.0.113.9"}, // anybody could say so
		{"127.0.0.1:1234", []string{"198.51.100.1"}, "198.51.100.1"},
		{"10.0.0.2:1234", []string{"6.6.6.6, 198.51.100.1"}, "198.51.100.1"}, // the rest is the client's own word
		{"10.0.0.2:1234", []string{"6.6.6.6", "198.51.100.1"}, "198.51.100.1"},
		{"[::1]:1234", []string{"2001:db8::7"}, "2001:db8::/64"},
		{"[::1]:1234", []string{"unknown"}, "::1"},
		{"[::1]:1234", []string{""}, "::1"},
		{"[::ffff:203.0.113.9]:1234", nil, "203.0.113.9"},
		{"@", nil, "@"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		for _, f := range c.forwarded {
			r.Header.Add("X-Forwarded-For", f)
		}
		if got := clientAddress(r); got != c.want {
			t.Errorf("from %s with %q: %s; want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
