package script

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// targetKey finds the webhook target among the values of a script.
type targetKey struct{}

// target takes webhooks, and may be told to let them wait.
type target struct {
	*httptest.Server
	mu    sync.Mutex
	held  chan struct{} // closed when it may answer
	asked int           // requests that have come
	ids   map[string]bool
	names []string // of new ideas, each message once
}

func newTarget() *target {
	t := &target{held: make(chan struct{}), ids: make(map[string]bool)}
	close(t.held)
	t.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		t.mu.Lock()
		t.asked++
		held := t.held
		t.mu.Unlock()
		select {
		case <-held:
			t.take(r.Header.Get("Webhook-Id"), body)
		case <-r.Context().Done():
		}
	}))
	return t
}

func (t *target) take(id string, body []byte) {
	var said struct {
		Data struct {
			Changes []struct{ Kind, Change, Name string }
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ids[id] || json.Unmarshal(body, &said) != nil {
		return
	}
	t.ids[id] = true
	for _, c := range said.Data.Changes {
		if c.Kind == "idea" && c.Change == "created" {
			t.names = append(t.names, c.Name)
		}
	}
}

// cmdTarget is a webhook target: target start sets TARGET; target hold lets requests wait and
// target release answers them; target asked waits for a request that is held; target took NAMES
// waits until ideas of those names were told of, and compares their order.
func cmdTarget(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) == 1 && args[0] == "start" {
		t := newTarget()
		ts.Setenv("TARGET", t.URL)
		*ts.Value(targetKey{}).(**target) = t
		ts.Defer(func() {
			t.CloseClientConnections()
			t.Close()
		})
		return
	}
	t := *ts.Value(targetKey{}).(**target)
	if t == nil || len(args) == 0 {
		ts.Fatalf("usage: target start; then target hold, asked, release or took NAMES")
	}
	switch args[0] {
	case "hold":
		t.mu.Lock()
		t.held, t.asked = make(chan struct{}), 0
		t.mu.Unlock()
	case "release":
		t.mu.Lock()
		close(t.held)
		t.mu.Unlock()
	case "asked":
		t.until(ts, "a request", func() bool { return t.asked > 0 })
	case "took":
		t.until(ts, strings.Join(args[1:], " "), func() bool { return len(t.names) >= len(args)-1 })
		t.mu.Lock()
		defer t.mu.Unlock()
		if got, want := strings.Join(t.names, " "), strings.Join(args[1:], " "); got != want {
			ts.Fatalf("the target was told of %s, want %s", got, want)
		}
	default:
		ts.Fatalf("there is no target %s", args[0])
	}
}

func (t *target) until(ts *testscript.TestScript, what string, holds func() bool) {
	deadline := time.Now().Add(2 * patience)
	for range time.Tick(20 * time.Millisecond) {
		t.mu.Lock()
		done := holds()
		t.mu.Unlock()
		if done {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("the target still waits for %s", what)
		}
	}
}
