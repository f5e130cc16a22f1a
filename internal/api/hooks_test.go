package api_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/outward"
	"cairn/internal/store"
	"cairn/internal/webhook"
)

// hookTarget is a real HTTP server that keeps what it is sent.
type hookTarget struct {
	*httptest.Server
	mu     sync.Mutex
	answer func(n int, w http.ResponseWriter) // nil: 200
	got    []hookGot
}

type hookGot struct {
	id, signature, stamp, body string
	status                     int
}

func newHookTarget(t *testing.T) *hookTarget {
	t.Helper()
	h := &hookTarget{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		h.mu.Lock()
		defer h.mu.Unlock()
		rec := &statusKeeper{ResponseWriter: w, status: 200}
		if h.answer != nil {
			h.answer(len(h.got), rec)
		}
		h.got = append(h.got, hookGot{r.Header.Get("Webhook-Id"), r.Header.Get("Webhook-Signature"), r.Header.Get("Webhook-Timestamp"), string(body), rec.status})
	}))
	t.Cleanup(h.Close)
	return h
}

type statusKeeper struct {
	http.ResponseWriter
	status int
}

func (s *statusKeeper) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

func (h *hookTarget) answers(fn func(n int, w http.ResponseWriter)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answer = fn
}

func (h *hookTarget) all() []hookGot {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.got)
}

// taken are the messages that were answered with 200.
func (h *hookTarget) taken() (out []hookGot) {
	for _, g := range h.all() {
		if g.status == 200 {
			out = append(out, g)
		}
	}
	return out
}

type hookSaid struct {
	Type    string
	Version int
	Data    struct {
		Seq       int64
		Reason    string
		Project   struct{ Key, Name, URL string }
		Actor     struct{ Name string }
		Workspace struct{ Name, URL string }
		Omitted   int
		Changes   []struct {
			Kind, Key, Name, URL, Change, Attr, Field, OldText, NewText string
			Old, New                                                    json.RawMessage
			Long                                                        bool
			On                                                          *struct{ Key, Name string }
		}
	}
}

func (g hookGot) said(t *testing.T) (s hookSaid) {
	t.Helper()
	if err := json.Unmarshal([]byte(g.body), &s); err != nil {
		t.Fatalf("%v in %s", err, g.body)
	}
	return s
}

// signedBy computes the signature anew, as a target does.
func (g hookGot) signedBy(t *testing.T, secret string) bool {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) != 32 {
		t.Fatalf("secret %q: %v", secret, err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(g.id + "." + g.stamp + "." + g.body))
	want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	return slices.Contains(strings.Fields(g.signature), want)
}

// sendsHooks lets a world send webhooks to this machine.
func sendsHooks(t *testing.T, w *cairntest.World) {
	t.Helper()
	rule, err := outward.ParseRule("127.0.0.0/8")
	if err != nil {
		t.Fatal(err)
	}
	w.App.Post(app.Postal{Base: w.URL, Hooks: webhook.New(rule)})
}

type madeHook struct {
	ID     json.Number
	Secret string
}

func makeHook(c *cairntest.Client, url string, more map[string]any) (h madeHook) {
	body := map[string]any{"name": "Chat", "url": url}
	for k, v := range more {
		body[k] = v
	}
	c.Do("POST", "/hooks", body).Want(201).Into(&h)
	return h
}

type hookState struct {
	ID           json.Number
	URL, Name    string
	Paused       string
	FailingSince time.Time
}

func hookNow(t *testing.T, c *cairntest.Client, id json.Number) hookState {
	t.Helper()
	var list struct{ Hooks []hookState }
	c.Do("GET", "/hooks", nil).Want(200).Into(&list)
	for _, h := range list.Hooks {
		if h.ID == id {
			return h
		}
	}
	t.Fatalf("there is no webhook %s", id)
	return hookState{}
}

type hookDelivery struct {
	ID, State, Type, Body string
	Count                 int
	Tries                 []struct {
		Status        int
		Answer, Error string
		Replay        bool
	}
}

func deliveries(c *cairntest.Client, id json.Number, query string) []hookDelivery {
	var list struct{ Deliveries []hookDelivery }
	c.Do("GET", "/hooks/"+id.String()+"/deliveries"+query, nil).Want(200).Into(&list)
	return list.Deliveries
}

// HOOK-1 to HOOK-8: what a target gets, in order, signed, and only what was chosen.
func TestHook(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		target, chosen := newHookTarget(t), newHookTarget(t)
		w := cairntest.New(t, st)
		sendsHooks(t, w)
		refs := project(t, w)
		all := makeHook(w.Admin, target.URL+"/x", nil)
		makeHook(w.Admin, chosen.URL, map[string]any{"project": "INS", "kinds": []string{"idea"}, "fields": []string{refs["Impact"]}})
		addIdea(w.Admin, "One", nil)
		w.Admin.With("Cairn-Reason", "asked for").Do("PATCH", "/ideas/INS-1", map[string]any{"title": "Uno", "values": map[string]any{refs["Impact"]: 4}}).Want(200)
		w.Admin.Do("POST", "/ideas/INS-1/comments", map[string]any{"body": "Nice <b>"}).Want(201)
		rename(w.Admin, "INS-1", "Ein")
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank"}).Want(201)
		cairntest.Eventually(t, "five messages", func() bool { return len(target.all()) == 5 })
		last := int64(0)
		for _, g := range target.all() {
			s := g.said(t)
			if s.Data.Seq <= last || s.Type != "changes" || s.Version != 1 || !g.signedBy(t, all.Secret) {
				t.Errorf("after %d: %s, signed %v", last, g.body, g.signedBy(t, all.Secret))
			}
			last = s.Data.Seq
		}
		edit := target.all()[1].said(t)
		if d := edit.Data; d.Reason != "asked for" || d.Project.Key != "INS" || d.Project.URL != w.URL+"/p/INS" || d.Actor.Name != "Ada Admin" || d.Workspace.URL != w.URL || len(d.Changes) != 2 {
			t.Errorf("the edit: %+v", d)
		}
		for _, c := range edit.Data.Changes {
			switch c.Attr {
			case "title":
				if c.Field != "Title" || c.OldText != "One" || c.NewText != "Uno" || c.Key != "INS-1" || c.URL != w.URL+"/i/INS-1" || c.Change != "changed" {
					t.Errorf("the title: %+v", c)
				}
			case refs["Impact"]:
				if c.Field != "Impact" || string(c.New) != "4" || c.NewText != "4" {
					t.Errorf("the impact: %+v", c)
				}
			default:
				t.Errorf("a change of %q", c.Attr)
			}
		}
		said := target.all()[2].said(t).Data.Changes[0]
		if said.Kind != "comment" || said.Change != "created" || said.On == nil || said.On.Key != "INS-1" || !strings.Contains(target.all()[2].body, "Nice <b>") {
			t.Errorf("the comment: %+v in %s", said, target.all()[2].body)
		}
		// HOOK-4: a new idea, and the one change of the chosen field.
		cairntest.Eventually(t, "the chosen ones", func() bool { return len(chosen.all()) == 2 })
		if s := chosen.all()[1].said(t); len(s.Data.Changes) != 1 || s.Data.Changes[0].Attr != refs["Impact"] {
			t.Errorf("the chosen change: %s", chosen.all()[1].body)
		}
		checkLog(t, w, all, target)
	})
}

// checkLog is HOOK-7, HOOK-14 and HOOK-15: the log has what was sent and answered; a
// test is signed too; a new secret signs beside the old one.
func checkLog(t *testing.T, w *cairntest.World, h madeHook, target *hookTarget) {
	t.Helper()
	cairntest.Eventually(t, "the log", func() bool { return len(deliveries(w.Admin, h.ID, "?state=sent")) == 5 })
	list := deliveries(w.Admin, h.ID, "")
	if list[0].State != "sent" || list[0].Tries[0].Status != 200 {
		t.Fatalf("the log: %+v", list)
	}
	var one hookDelivery
	w.Admin.Do("GET", "/hooks/"+h.ID.String()+"/deliveries/"+list[4].ID, nil).Want(200).Into(&one)
	if one.Body != target.all()[0].body {
		t.Errorf("the log says that\n%s was sent, and it was\n%s", one.Body, target.all()[0].body)
	}
	var next madeHook
	w.Admin.Do("POST", "/hooks/"+h.ID.String()+"/secret", nil).Want(200).Into(&next)
	target.answers(func(_ int, rw http.ResponseWriter) { fmt.Fprint(rw, strings.Repeat("thanks\x00\xff ", 1000)) })
	w.Admin.Do("POST", "/hooks/"+h.ID.String()+"/test", nil).Want(200).Into(&one)
	last := target.all()[5]
	if one.State != "sent" || one.Type != "test" || len(one.Tries[0].Answer) > 2000 || !strings.HasPrefix(one.Tries[0].Answer, "thanks") {
		t.Errorf("the test: %+v", one)
	}
	if !last.signedBy(t, h.Secret) || !last.signedBy(t, next.Secret) || h.Secret == next.Secret {
		t.Errorf("signed with %q", last.signature)
	}
	if raw := string(w.Admin.Do("GET", "/hooks", nil).Want(200).Raw); strings.Contains(raw, "whsec_") {
		t.Errorf("a secret is shown again: %s", raw)
	}
	w.Admin.Do("DELETE", "/hooks/"+h.ID.String(), nil).Want(204)
	w.Admin.Do("GET", "/hooks/"+h.ID.String()+"/deliveries", nil).Want(404)
}

// HOOK-1 and HOOK-2: who may not keep webhooks, and what is no address.
func TestHookRefused(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		w.App.Post(app.Postal{Base: w.URL, Hooks: webhook.New(outward.Rule{})})
		project(t, w)
		w.Admin.Do("POST", "/projects", map[string]any{"name": "Other", "key": "OTH", "template": "blank"}).Want(201)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		w.Admin.Do("PUT", "/projects/INS/members/"+bob.ID.String(), map[string]any{"role": "admin"}).Want(200, 204)
		whole := makeHook(w.Admin, "https://example.com/a", nil)
		other := makeHook(w.Admin, "https://example.com/b", map[string]any{"project": "OTH"})
		mine := makeHook(bob, "https://example.com/c", map[string]any{"project": "INS"})
		for _, test := range []struct {
			who    *cairntest.Client
			hook   madeHook
			status int
		}{{bob, whole, 403}, {bob, other, 403}, {cy, whole, 403}, {cy, mine, 403}, {w.Anonymous(), mine, 401}} {
			for _, ask := range []struct {
				method, path string
				body         any
			}{
				{"PATCH", "", map[string]any{"url": "https://evil.example.com"}}, {"DELETE", "", nil}, {"POST", "/secret", nil}, {"POST", "/test", nil},
				{"GET", "/deliveries", nil}, {"GET", "/deliveries/x", nil}, {"POST", "/replay", map[string]any{"delivery": "x"}},
				{"POST", "/replay", map[string]any{"failedSince": time.Now()}},
			} {
				test.who.Do(ask.method, "/hooks/"+test.hook.ID.String()+ask.path, ask.body).Want(test.status)
			}
		}
		for _, who := range []*cairntest.Client{bob, cy} {
			who.Do("POST", "/hooks", map[string]any{"name": "x", "url": "https://example.com"}).Want(403)
			who.Do("POST", "/hooks", map[string]any{"name": "x", "url": "https://example.com", "project": "OTH"}).Want(403)
		}
		var list struct{ Hooks []hookState }
		bob.Do("GET", "/hooks", nil).Want(200).Into(&list)
		if len(list.Hooks) != 1 || list.Hooks[0].ID != mine.ID {
			t.Errorf("a project's administrator sees %+v", list.Hooks)
		}
		w.Anonymous().Do("GET", "/hooks", nil).Want(401)
		for _, bad := range []string{
			"", "example.com", "ftp://example.com", "https://a:b@example.com/", "http://93.184.216.34/", "https://127.0.0.1/", "https://localhost/",
			"https://[::1]/", "https://169.254.169.254/latest", "https://10.0.0.1/", "https://example.com/#x", "https://example.com/" + strings.Repeat("x", 2000),
		} {
			w.Admin.Do("POST", "/hooks", map[string]any{"name": "x", "url": bad}).Want(422)
		}
		for _, bad := range []map[string]any{{"kinds": []string{"token"}}, {"kinds": []string{"unicorn"}}, {"name": ""}, {"fields": []string{"f1"}}, {"project": "INS", "fields": []string{"f99999"}}} {
			body := map[string]any{"name": "x", "url": "https://example.com"}
			for k, v := range bad {
				body[k] = v
			}
			w.Admin.Do("POST", "/hooks", body).Want(422)
		}
	})
}

// HOOK-9 to HOOK-11: what is not taken is tried again under the same id, before
// anything newer; what the target calls wrong is left, and replayed in order.
func TestHookTriedAgain(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		target := newHookTarget(t)
		target.answers(func(n int, w http.ResponseWriter) {
			if n < 2 {
				w.WriteHeader(503)
				fmt.Fprint(w, "busy")
			}
		})
		w := cairntest.New(t, st)
		sendsHooks(t, w)
		project(t, w)
		h := makeHook(w.Admin, target.URL, nil)
		addIdea(w.Admin, "One", nil)
		addIdea(w.Admin, "Two", nil)
		cairntest.Eventually(t, "both", func() bool { return len(deliveries(w.Admin, h.ID, "?state=sent")) == 2 })
		got := target.all()
		if len(got) != 4 || got[0].id != got[1].id || got[0].id != got[2].id || got[0].body != got[2].body || got[3].id == got[0].id {
			t.Errorf("attempts: %+v", got)
		}
		if first := deliveries(w.Admin, h.ID, "")[1]; first.Count != 3 || first.Tries[0].Status != 503 || first.Tries[0].Answer != "busy" || first.State != "sent" {
			t.Errorf("the first in the log: %+v", first)
		}
		target.answers(func(_ int, w http.ResponseWriter) { w.WriteHeader(400) })
		for i := range 3 {
			rename(w.Admin, "INS-1", fmt.Sprint("Name ", i))
		}
		cairntest.Eventually(t, "three failed", func() bool { return len(deliveries(w.Admin, h.ID, "?state=failed")) == 3 })
		failed := deliveries(w.Admin, h.ID, "?state=failed")
		if failed[2].Count != 3 {
			t.Errorf("a wrong message was tried %d times, want 3", failed[2].Count)
		}
		target.answers(nil)
		var one struct{ Delivery hookDelivery }
		w.Admin.Do("POST", "/hooks/"+h.ID.String()+"/replay", map[string]any{"delivery": failed[2].ID}).Want(200).Into(&one)
		if d := one.Delivery; d.State != "sent" || d.Count != 4 || !d.Tries[3].Replay {
			t.Errorf("the replay: %+v", d)
		}
		var n struct{ Count int }
		w.Admin.Do("POST", "/hooks/"+h.ID.String()+"/replay", map[string]any{"failedSince": time.Now().Add(-time.Hour)}).Want(200).Into(&n)
		cairntest.Eventually(t, "the replays", func() bool { return len(deliveries(w.Admin, h.ID, "?state=sent")) == 5 })
		taken := target.taken()
		if n.Count != 2 || taken[3].id != failed[1].ID || taken[4].id != failed[0].ID {
			t.Errorf("%d replayed: %+v", n.Count, taken)
		}
	})
}

// HOOK-12: a webhook whose target is gone, or takes nothing for days, is paused,
// its administrators hear of it, and nothing is lost.
func TestHookPaused(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		target := newHookTarget(t)
		target.answers(func(_ int, w http.ResponseWriter) { w.WriteHeader(500) })
		w := cairntest.NewWith(t, st, cairntest.Config{Hooks: app.HookPace{Retry: 5 * time.Millisecond, Pause: 30 * time.Millisecond}})
		sendsHooks(t, w)
		project(t, w)
		bob, cy := w.Person("Bob Builder"), w.Person("Cy Clerk")
		w.Admin.Do("PUT", "/projects/INS/members/"+bob.ID.String(), map[string]any{"role": "admin"}).Want(200, 204)
		h := makeHook(w.Admin, target.URL, map[string]any{"project": "INS"})
		whole := makeHook(w.Admin, target.URL+"/all", nil)
		addIdea(w.Admin, "One", nil)
		paused := func(id json.Number, why string) func() bool {
			return func() bool { return hookNow(t, w.Admin, id).Paused == why }
		}
		cairntest.Eventually(t, "the pause", paused(h.ID, "failing"))
		cairntest.Eventually(t, "the pause of the other", paused(whole.ID, "failing"))
		for _, test := range []struct {
			who  *cairntest.Client
			want int
		}{{w.Admin, 2}, {bob, 1}, {cy, 0}} {
			n := 0
			var box struct {
				Notices []struct{ Kind, Excerpt, Title, On, Why string }
			}
			test.who.Do("GET", "/inbox", nil).Want(200).Into(&box)
			for _, one := range box.Notices {
				if one.Kind == "hook" && one.Excerpt == "failing" && one.Title == "Chat" && one.On == "hook" && one.Why == "admin" {
					n++
				}
			}
			if n != test.want {
				t.Errorf("%d notices of paused webhooks, want %d: %+v", n, test.want, box.Notices)
			}
		}
		rename(w.Admin, "INS-1", "1")
		target.answers(nil)
		w.Admin.Do("PATCH", "/hooks/"+h.ID.String(), map[string]any{"paused": false}).Want(200)
		cairntest.Eventually(t, "what waited", func() bool { return len(target.taken()) == 2 })
		// The other one leaves out what waits.
		w.Admin.Do("PATCH", "/hooks/"+whole.ID.String(), map[string]any{"paused": false, "skip": true, "name": "Whole"}).Want(200)
		w.Admin.Do("PATCH", "/hooks/"+h.ID.String(), map[string]any{"paused": true}).Want(200)
		target.answers(func(_ int, w http.ResponseWriter) { w.WriteHeader(410) })
		rename(w.Admin, "INS-1", "2")
		cairntest.Eventually(t, "gone at once", paused(whole.ID, "gone"))
		if got := target.all(); !strings.Contains(got[len(got)-1].body, `"newText":"2"`) {
			t.Errorf("the last message is %s", got[len(got)-1].body)
		}
		if got := hookNow(t, w.Admin, h.ID).Paused; got != "hand" {
			t.Errorf("the other one is paused: %q", got)
		}
	})
}

// HOOK-12: what an administrator does during an attempt stays.
func TestHookChangedDuringAttempt(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		target := newHookTarget(t)
		tried, goOn := make(chan struct{}), make(chan struct{})
		target.answers(func(_ int, w http.ResponseWriter) {
			close(tried)
			<-goOn
			w.WriteHeader(410)
		})
		w := cairntest.New(t, st)
		sendsHooks(t, w)
		project(t, w)
		h := makeHook(w.Admin, target.URL, map[string]any{"project": "INS"})
		addIdea(w.Admin, "One", nil)
		<-tried
		w.Admin.Do("PATCH", "/hooks/"+h.ID.String(), map[string]any{"paused": true, "name": "Renamed"}).Want(200)
		close(goOn)
		cairntest.Eventually(t, "what came of it", func() bool { return !hookNow(t, w.Admin, h.ID).FailingSince.IsZero() })
		if got := hookNow(t, w.Admin, h.ID); got.Paused != "hand" || got.Name != "Renamed" {
			t.Errorf("it is %q and paused: %q", got.Name, got.Paused)
		}
	})
}

// HOOK-13: redirects are not followed, and the log says so.
func TestHookRedirects(t *testing.T) {
	w := cairntest.New(t, cairntest.SQLite(t))
	target, elsewhere := newHookTarget(t), newHookTarget(t)
	target.answers(func(_ int, rw http.ResponseWriter) {
		rw.Header().Set("Location", elsewhere.URL)
		rw.WriteHeader(307)
	})
	sendsHooks(t, w)
	h := makeHook(w.Admin, target.URL, nil)
	var one hookDelivery
	w.Admin.Do("POST", "/hooks/"+h.ID.String()+"/test", nil).Want(200).Into(&one)
	if one.State != "failed" || one.Tries[0].Status != 307 || !strings.Contains(one.Tries[0].Error, "redirects are not followed") || len(elsewhere.all()) != 0 {
		t.Errorf("%+v, and %d messages elsewhere", one, len(elsewhere.all()))
	}
}

// HOOK-8: two nodes send each message once and in order.
func TestHookOnTwoNodes(t *testing.T) {
	openTwice(t, func(t *testing.T, one, two store.Store) {
		target := newHookTarget(t)
		first := cairntest.New(t, one)
		project(t, first)
		second := cairntest.New(t, two)
		sendsHooks(t, first)
		sendsHooks(t, second)
		makeHook(first.Admin, target.URL, nil)
		for i := range 20 {
			by := first.Admin
			if i%2 == 1 {
				by = first.At(second.URL)
			}
			addIdea(by, fmt.Sprint("Idea ", i), nil)
		}
		cairntest.Eventually(t, "twenty messages", func() bool { return len(target.all()) >= 20 })
		last := int64(0)
		for _, g := range target.all() {
			if s := g.said(t); s.Data.Seq <= last {
				t.Errorf("%d came after %d", s.Data.Seq, last)
			} else {
				last = s.Data.Seq
			}
		}
	})
}
