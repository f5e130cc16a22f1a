package auth

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn"

	"pgregory.net/rapid"
)

func TestSecrets(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		s := NewSecret()
		if !IsSecret(s) || seen[s] {
			t.Fatalf("NewSecret returned %q: malformed or twice", s)
		}
		seen[s] = true
	}
	token := NewToken()
	if !IsToken(token) || IsSecret(token) {
		t.Errorf("%q is not taken for an API token", token)
	}
	shown := ShownToken(token)
	if len(shown) != 12 || !strings.HasPrefix(token, shown) {
		t.Errorf("ShownToken(%q) = %q; want its first 12 characters", token, shown)
	}
	if got := Hash("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("Hash(abc) = %s; want the SHA-256 of FIPS 180-2", got)
	}
	if !Equal("same", "same") || Equal("same", "sane") || Equal("same", "sam") || Equal("", "x") {
		t.Error("Equal does not compare")
	}
}

func TestMalformedSecrets(t *testing.T) {
	good := NewSecret()
	for _, s := range []string{"", "x", good[:42], good + "A", good[:42] + "!", good[:42] + "=", "cairn_", strings.Repeat("A", 1<<16)} {
		if IsSecret(s) || IsToken(s) || IsToken(TokenPrefix+s) {
			t.Errorf("%.60q passes for a secret or token", s)
		}
	}
}

func TestLimiter(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	l := NewLimiter(Limits{Burst: 3, Every: time.Minute, Keys: 2, Now: func() time.Time { return now }})
	take := func(key string, allowed bool, wait time.Duration) {
		t.Helper()
		err := l.Take(key, "attempts to sign in")
		if allowed {
			if err != nil {
				t.Fatalf("%s is refused: %v", key, err)
			}
			return
		}
		tooMany, ok := errors.AsType[*TooMany](err)
		if cairn.CodeOf(err) != cairn.CodeRateLimited || !ok {
			t.Fatalf("%s: %v; want rate_limited", key, err)
		}
		if tooMany.RetryAfter != wait {
			t.Fatalf("%s is told to wait %s; want %s", key, tooMany.RetryAfter, wait)
		}
	}
	for range 3 {
		take("ada", true, 0)
	}
	take("ada", false, time.Minute)
	take("ada", false, time.Minute) // refused attempts do not add up
	take("bob", true, 0)            // another key is free
	now = now.Add(20 * time.Second)
	take("ada", false, 40*time.Second)
	now = now.Add(40 * time.Second)
	take("ada", true, 0)
	take("ada", false, time.Minute)
	l.Forget("ada")
	take("ada", true, 0)
}

func TestLimiterMessage(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		every time.Duration
		want  string
	}{
		{400 * time.Millisecond, "There were too many attempts to sign in; try again in 1 second"},
		{25 * time.Second, "There were too many attempts to sign in; try again in 25 seconds"},
		{10 * time.Minute, "There were too many attempts to sign in; try again in 10 minutes"},
	} {
		l := NewLimiter(Limits{Burst: 1, Every: c.every, Keys: 1, Now: func() time.Time { return now }})
		if err := l.Take("k", "attempts to sign in"); err != nil {
			t.Fatal(err)
		}
		if err := l.Take("k", "attempts to sign in"); err == nil || err.Error() != c.want {
			t.Errorf("one every %s says %q; want %q", c.every, err, c.want)
		}
	}
}

func TestAddressKey(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.7":               "192.0.2.7",
		"192.0.2.7:51234":         "192.0.2.7",
		"[2001:db8:1:2:3::4]:443": "2001:db8:1:2::/64",
		"2001:db8:1:2:ffff::1":    "2001:db8:1:2::/64",
		"fe80::1%eth0":            "fe80::/64",
		"::ffff:192.0.2.7":        "192.0.2.7",
		"@":                       "@",
		"":                        "",
	} {
		if got := AddressKey(in); got != want {
			t.Errorf("AddressKey(%q) = %q; want %q", in, got, want)
		}
	}
}

// TestLRU compares an LRU with a slow model of one.
func TestLRU(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.IntRange(1, 5).Draw(t, "bound")
		l := NewLRU[int, int](bound)
		type pair struct{ key, value int }
		var model []pair // least recently used first
		find := func(key int) int {
			return slices.IndexFunc(model, func(p pair) bool { return p.key == key })
		}
		key := rapid.IntRange(0, 7)
		t.Repeat(map[string]func(*rapid.T){
			"put": func(t *rapid.T) {
				p := pair{key.Draw(t, "key"), rapid.Int().Draw(t, "value")}
				l.Put(p.key, p.value)
				if i := find(p.key); i >= 0 {
					model = slices.Delete(model, i, i+1)
				}
				model = append(model, p)
				model = model[max(0, len(model)-bound):]
			},
			"get": func(t *rapid.T) {
				k := key.Draw(t, "key")
				value, ok := l.Get(k)
				i := find(k)
				if ok != (i >= 0) {
					t.Fatalf("Get(%d) finds %v; want %v", k, ok, i >= 0)
				}
				if ok {
					p := model[i]
					if value != p.value {
						t.Fatalf("Get(%d) = %d; want %d", k, value, p.value)
					}
					model = append(slices.Delete(model, i, i+1), p)
				}
			},
			"delete": func(t *rapid.T) {
				k := key.Draw(t, "key")
				l.Delete(k)
				model = slices.DeleteFunc(model, func(p pair) bool { return p.key == k })
			},
			"delete some": func(t *rapid.T) {
				odd := rapid.IntRange(0, 1).Draw(t, "odd")
				l.DeleteFunc(func(k, _ int) bool { return k%2 == odd })
				model = slices.DeleteFunc(model, func(p pair) bool { return p.key%2 == odd })
			},
			"": func(t *rapid.T) {
				if l.Len() != len(model) {
					t.Fatalf("Len = %d; want %d", l.Len(), len(model))
				}
			},
		})
	})
}

func TestCookies(t *testing.T) {
	expires := time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)
	secret := NewSecret()
	https, http1 := Cookies{Secure: true}, Cookies{}
	set := https.Set(secret, expires)
	if err := set.Valid(); err != nil {
		t.Fatal(err)
	}
	want := "__Host-cairn=" + secret + "; Path=/; Expires=Sat, 02 Jan 2027 03:04:05 GMT; HttpOnly; Secure; SameSite=Lax"
	if set.String() != want {
		t.Errorf("over https the cookie is\n%s; want\n%s", set, want)
	}
	want = "cairn_session=" + secret + "; Path=/; Expires=Sat, 02 Jan 2027 03:04:05 GMT; HttpOnly; SameSite=Lax"
	if got := http1.Set(secret, expires).String(); got != want {
		t.Errorf("over http the cookie is\n%s; want\n%s", got, want)
	}
	if got, want := https.Clear().String(), "__Host-cairn=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax"; got != want {
		t.Errorf("signing out sets\n%s; want\n%s", got, want)
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(http1.Set(secret, expires))
	if got := http1.Session(r); got != secret {
		t.Errorf("over http the session reads %q", got)
	}
	if got := https.Session(r); got != "" {
		t.Errorf("a cookie planted over http counts on https: %q", got)
	}
	r = httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(&http.Cookie{Name: "cairn_session", Value: "not-a-secret"})
	if got := http1.Session(r); got != "" {
		t.Errorf("a malformed session reads %q; want none", got)
	}
}

func TestDevice(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0":                                                        "Firefox on Windows",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36":                   "Chrome on macOS",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0":           "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1": "Safari on iPhone",
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36":     "Samsung Internet on Android",
		"curl/8.14.1":              "curl",
		"my-script/1.0 (+contact)": "my-script",
		"":                         "Unknown device",
		strings.Repeat("x", 5000):  "Unknown device",
	} {
		if got := Device(agent); got != want {
			t.Errorf("Device(%.60q) = %q; want %q", agent, got, want)
		}
	}
}
