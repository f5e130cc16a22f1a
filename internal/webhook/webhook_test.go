package webhook

import (
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"cairn/internal/app"
	"cairn/internal/outward"
)

func rule(t *testing.T, text string) outward.Rule {
	t.Helper()
	r, err := outward.ParseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func message(url string) app.HookMessage {
	return app.HookMessage{URL: url, ID: "msg_1", At: time.Unix(1_700_000_000, 0), Body: []byte(`{"type":"test"}`), Keys: [][]byte{[]byte("one")}}
}

// HOOK-7: the example that Standard Webhooks gives of its scheme.
func TestSignature(t *testing.T) {
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	one := Signature([][]byte{key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if one != "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" {
		t.Errorf("the published example is signed %q", one)
	}
	two := Signature([][]byte{key, []byte("other")}, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if !strings.HasPrefix(two, one+" v1,") {
		t.Errorf("two keys: %q", two)
	}
	for _, other := range []string{
		Signature([][]byte{key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265331", []byte(`{"test": 2432232314}`)),
		Signature([][]byte{key}, "msg_x", "1614265330", []byte(`{"test": 2432232314}`)),
		Signature([][]byte{key}, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232315}`)),
	} {
		if other == one {
			t.Error("id, time and body are not all signed")
		}
	}
}

// HOOK-13: a target is slow, breaks off, says too much, redirects, or is away; each
// ends in a sentence, in bounded time and space.
func TestHostileTargets(t *testing.T) {
	ended := make(chan struct{})
	defer close(ended)
	for name, test := range map[string]struct {
		serve http.HandlerFunc
		want  string
	}{
		"slow": {func(http.ResponseWriter, *http.Request) { <-ended }, "did not answer within"},
		"closing": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				conn.Close() // as a target that dies
			}
		}, "did not answer: "},
		"no HTTP": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				fmt.Fprint(conn, "SSH-2.0-OpenSSH_9.9\r\n")
				conn.Close() // said all
			}
		}, "did not answer: "},
		"endless header": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			defer conn.Close()
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n")
			for {
				if _, err := fmt.Fprintf(conn, "X-Filler: %s\r\n", strings.Repeat("x", 1000)); err != nil {
					return
				}
			}
		}, "did not answer: "},
		"endless answer": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, strings.Repeat("y", 4096))
			}
		}, ""},
		"error": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "500 Internal Server Error"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/", http.StatusFound)
		}, "redirects are not followed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(test.serve)
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			got := New(rule(t, "127.0.0.0/8")).Send(ctx, message(s.URL))
			switch {
			case test.want == "" && (got.Err != nil || got.Status != 200):
				t.Errorf("got %d, %v", got.Status, got.Err)
			case test.want != "" && (got.Err == nil || !strings.Contains(got.Err.Error(), test.want)):
				t.Errorf("got %v, want %q", got.Err, test.want)
			}
			if len(got.Text) > maxAnswer {
				t.Errorf("%d bytes of the answer are kept", len(got.Text))
			}
			s.CloseClientConnections()
		})
	}
	away := httptest.NewServer(nil)
	address := away.URL
	away.Close()
	if got := New(rule(t, "127.0.0.0/8")).Send(t.Context(), message(address)); got.Err == nil {
		t.Error("a target that is away took it")
	}
}

// resolver answers every name with one address after the other.
func resolver(t *testing.T, answers ...[4]byte) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	var n atomic.Int64
	go func() {
		buf := make([]byte, 1500)
		for {
			size, from, err := conn.ReadFrom(buf)
			if err != nil {
				return // closed
			}
			var ask dnsmessage.Message
			if ask.Unpack(buf[:size]) != nil || len(ask.Questions) != 1 {
				continue
			}
			ask.Response = true
			if q := ask.Questions[0]; q.Type == dnsmessage.TypeA {
				at := answers[min(int(n.Add(1))-1, len(answers)-1)]
				ask.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}, Body: &dnsmessage.AResource{A: at},
				}}
			}
			ask.Additionals = nil
			if raw, err := ask.Pack(); err == nil {
				_, _ = conn.WriteTo(raw, from) // the asker gives up by itself
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// HOOK-13: what counts is the address that is connected to. A name that led to an
// allowed address when it was asked first, and to a private one a moment later, is
// refused, and so is http where the operator did not name the network.
func TestRebinding(t *testing.T) {
	var reached atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer s.Close()
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	address := "http://rebind.example:" + port + "/"
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	// 127.0.0.1 is what the operator allowed; 127.0.0.2 is this machine just as well.
	sender := with(rule(t, "127.0.0.1"), resolver(t, [4]byte{127, 0, 0, 1}, [4]byte{127, 0, 0, 2}))
	if err := sender.Check(u); err != nil {
		t.Fatal(err)
	}
	if got := sender.Send(t.Context(), message(address)); got.Err != nil || reached.Load() != 1 {
		t.Fatalf("the allowed address: %v, %d requests", got.Err, reached.Load())
	}
	for _, address := range []string{address, strings.Replace(address, "http:", "https:", 1)} {
		if got := sender.Send(t.Context(), message(address)); got.Err == nil || !strings.Contains(got.Err.Error(), "refused") || reached.Load() != 1 {
			t.Errorf("%s after the name moved: %v, %d requests", address, got.Err, reached.Load())
		}
	}
	closed := with(outward.Rule{}, resolver(t, [4]byte{127, 0, 0, 1}))
	if got := closed.Send(t.Context(), message(address)); got.Err == nil || reached.Load() != 1 {
		t.Errorf("a name that leads to this machine: %v, %d requests", got.Err, reached.Load())
	}
}
