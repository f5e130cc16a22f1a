package api

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"cairn"
	"cairn/internal/app"
)

// requestInfo travels with a request.
type requestInfo struct {
	id     string
	route  string // operation id, for metrics and the log
	caller app.Caller
	client app.Client
	// secret marks answers that are not kept.
	secret bool
	// authErr says why credentials that were sent are not accepted.
	authErr error
	https   bool
}

type infoKey struct{}

func requestInfoOf(ctx context.Context) *requestInfo {
	info, _ := ctx.Value(infoKey{}).(*requestInfo)
	return info
}

// middleware wraps the routes, outermost first: request id and log, recovery,
// security headers, cross-origin protection, who is asking, repeated requests.
func (s *server) middleware(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.writeProblem(w, r, cairn.Forbidden("The request came from another site and was refused"))
	}))
	inner := cross.Handler(s.identified(s.repeatable(next)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		info := &requestInfo{id: requestID(), https: isHTTPS(r)}
		r = r.WithContext(context.WithValue(r.Context(), infoKey{}, info))
		rec := &recorder{ResponseWriter: w}
		start := time.Now()
		defer s.finish(rec, r, info, start)
		secure(rec.Header(), r, info)
		inner.ServeHTTP(rec, r)
	})
}

// finish recovers from a panic, and counts and logs the request.
func (s *server) finish(rec *recorder, r *http.Request, info *requestInfo, start time.Time) {
	if p := recover(); p != nil && p != http.ErrAbortHandler { // as net/http compares it
		s.logger.ErrorContext(r.Context(), "panic", "request", info.id, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
		if rec.status == 0 {
			s.writeProblem(rec, r, fmt.Errorf("panic: %v", p))
		}
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return
	}
	took := time.Since(start)
	s.metrics.observe(info.route, rec.status, took)
	if !s.logger.Enabled(r.Context(), slog.LevelDebug) {
		return // what is not said is not gathered
	}
	s.logger.DebugContext(r.Context(), "request", "request", info.id, "method", r.Method,
		"path", r.URL.Path, "status", rec.status, "bytes", rec.bytes, "took", took, "user", info.caller.User)
}

// always are the headers that every answer has. Scripts, styles and connections
// come from this server only.
var always = []fixedHeader{
	{"Content-Security-Policy", []string{"default-src 'self'; img-src 'self' data: blob:; " +
		"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Referrer-Policy", []string{"same-origin"}},
	{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
	{"Cross-Origin-Resource-Policy", []string{"same-origin"}},
	{"Permissions-Policy", []string{"camera=(), microphone=(), geolocation=()"}},
}

// fixedHeader is a header's name as net/http keeps it, with a value that all
// answers share.
type fixedHeader struct {
	name  string
	value []string
}

// secure sets the headers that every answer has, or every one of the API.
func secure(h http.Header, r *http.Request, info *requestInfo) {
	for i := range always {
		h[always[i].name] = always[i].value
	}
	if info.https {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		h.Set("Cache-Control", "no-store")
		h.Set("X-Request-Id", info.id)
	}
}

// isHTTPS tells whether the browser speaks https to us or to the proxy before us.
func isHTTPS(r *http.Request) bool {
	return r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// requestID makes a name that no other request has, later ones behind earlier
// ones: it also names the group of a write, and an index grows faster at its end.
func requestID() string {
	var b [15]byte
	binary.BigEndian.PutUint64(b[:8], uint64(time.Now().UnixMilli())<<16)
	rand.Read(b[6:]) // never fails
	return base32.HexEncoding.EncodeToString(b[:])
}

// identified finds out who is asking. It refuses nobody: routes do.
func (s *server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			info := requestInfoOf(r.Context())
			s.identify(r, info)
			info.caller.Group = clipHeader(r.Header.Get("Cairn-Group"), 64)
			info.caller.Reason = clipHeader(r.Header.Get("Cairn-Reason"), 500)
			if info.caller.Group == "" {
				info.caller.Group = info.id
			}
		}
		next.ServeHTTP(w, r)
	})
}

// clipHeader decodes a header that may carry percent-encoded UTF-8 and bounds it.
func clipHeader(s string, most int) string {
	if strings.Contains(s, "%") {
		if decoded, err := percentDecode(s); err == nil {
			s = decoded
		}
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most])
	}
	return s
}

// recorder notes the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int
}

// WriteHeader notes the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
