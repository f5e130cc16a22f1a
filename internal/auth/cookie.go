package auth

import (
	"net/http"
	"time"
)

// The names of the session cookie. A browser accepts the __Host- name over https
// only, for this very host and path /, so that no other site of the domain can
// set it. Plain http, on loopback or a local network, needs another name.
const (
	secureCookie = "__Host-cairn"
	plainCookie  = "cairn_session"
)

// Cookies reads and writes the session cookie. Secure says that the browser
// speaks https, be it to a proxy in front; only the cookie for that is read, so
// that one planted over plain http is worth nothing on https.
type Cookies struct {
	Secure bool
}

// Name returns the cookie's name.
func (c Cookies) Name() string {
	if c.Secure {
		return secureCookie
	}
	return plainCookie
}

// Session returns the session's secret that a request carries, "" for none.
func (c Cookies) Session(r *http.Request) string {
	cookie, err := r.Cookie(c.Name())
	if err != nil || !IsSecret(cookie.Value) {
		return ""
	}
	return cookie.Value
}

// Set returns the cookie that begins a session and lasts until then.
func (c Cookies) Set(secret string, expires time.Time) *http.Cookie {
	return &http.Cookie{
		Name: c.Name(), Value: secret, Path: "/", Expires: expires.UTC(),
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// Clear returns the cookie that ends the session in the browser.
func (c Cookies) Clear() *http.Cookie {
	return &http.Cookie{
		Name: c.Name(), Path: "/", MaxAge: -1,
		HttpOnly: true, Secure: c.Secure, SameSite: http.SameSiteLaxMode,
	}
}
