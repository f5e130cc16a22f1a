package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"cairn"
	"cairn/internal/app"
)

func percentDecode(s string) (string, error) { return url.PathUnescape(s) }

// onceKeys lets one request at a time run under an idempotency key.
type onceKeys struct {
	mu   sync.Mutex
	busy map[string]chan struct{}
}

func newOnceKeys() *onceKeys { return &onceKeys{busy: make(map[string]chan struct{})} }

// lock waits for its turn; the returned function ends it.
func (o *onceKeys) lock(key string) (unlock func()) {
	for {
		o.mu.Lock()
		wait, taken := o.busy[key]
		if !taken {
			done := make(chan struct{})
			o.busy[key] = done
			o.mu.Unlock()
			return func() {
				o.mu.Lock()
				delete(o.busy, key)
				o.mu.Unlock()
				close(done)
			}
		}
		o.mu.Unlock()
		<-wait
	}
}

// onceAnswer is a kept answer.
type onceAnswer struct {
	Hash   string          `json:"hash"`
	Status int             `json:"status"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// isUpload tells files, which are not held in memory, from other bodies. To
// upload a file twice changes nothing in a project.
func isUpload(r *http.Request) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "application/octet-stream")
}

// repeatable makes POST requests with an Idempotency-Key safe to send again: the
// first answer is kept for a day and given again, and nothing is done twice.
func (s *server) repeatable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Idempotency-Key")
		info := requestInfoOf(r.Context())
		if key == "" || r.Method != http.MethodPost || isUpload(r) || info.caller.User == 0 || !strings.HasPrefix(r.URL.Path, prefix+"/") {
			next.ServeHTTP(w, r)
			return
		}
		if len(key) > 200 {
			s.writeProblem(w, r, cairn.Invalid("Idempotency-Key", "An idempotency key has at most 200 characters"))
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			s.writeProblem(w, r, err)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		sum := sha256.Sum256(append([]byte(r.Method+" "+r.URL.RequestURI()+"\n"), body...))
		run := onceRequest{s, next, info.caller.User.String() + ":" + key, hex.EncodeToString(sum[:])}
		run.serve(w, r)
	})
}

// onceRequest is a request under an idempotency key.
type onceRequest struct {
	s    *server
	next http.Handler
	// key is unique to the person; hash tells the request from others.
	key, hash string
}

// serve carries the request out, or answers as the first time.
func (o onceRequest) serve(w http.ResponseWriter, r *http.Request) {
	s, key, hash := o.s, o.key, o.hash
	defer s.once.lock(key)()
	info := requestInfoOf(r.Context())
	kept, done, err := s.app.OnceAnswer(r.Context(), key)
	var answer onceAnswer
	switch {
	case err != nil:
		s.writeProblem(w, r, err)
		return
	case kept != nil && json.Unmarshal(kept, &answer) == nil:
		if answer.Hash != hash {
			s.writeProblem(w, r, cairn.Conflict("This idempotency key was used for a different request; take a new key"))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Idempotent-Replay", "true")
		w.WriteHeader(answer.Status)
		w.Write(answer.Body) // the client left
		return
	case done:
		s.writeProblem(w, r, cairn.Conflict("This request was carried out before, but its answer was lost; load the result instead of sending it again"))
		return
	}
	info.caller.Once = key
	tee := &teeWriter{ResponseWriter: w}
	o.next.ServeHTTP(tee, r)
	if tee.status < 200 || tee.status > 299 || info.secret {
		return
	}
	raw, err := json.Marshal(onceAnswer{Hash: hash, Status: tee.status, Body: bytes.TrimSpace(tee.body.Bytes())})
	if err == nil {
		err = s.app.KeepAnswer(r.Context(), app.Caller{Actor: info.caller.Actor}, key, raw)
	}
	if err != nil {
		s.logger.WarnContext(r.Context(), "the answer to a repeatable request was not kept", "err", err)
	}
}

// teeWriter keeps a copy of the answer.
type teeWriter struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader notes the status.
func (t *teeWriter) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

// Write copies the body.
func (t *teeWriter) Write(b []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	t.body.Write(b)
	return t.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (t *teeWriter) Unwrap() http.ResponseWriter { return t.ResponseWriter }
