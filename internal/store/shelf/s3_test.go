package shelf

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"

	"cairn"
	"cairn/internal/store"
)

// s3Server is a server that speaks S3, checks signatures and fails when it is
// told to.
type s3Server struct {
	*httptest.Server
	// busy is how many requests are answered "busy" before one gets through.
	busy atomic.Int32
	// cut ends connections in the middle of an answer.
	cut  atomic.Bool
	seen atomic.Int32
}

const s3Bucket = "shots"

func startS3(t *testing.T) *s3Server {
	t.Helper()
	backend := s3mem.New()
	if err := backend.CreateBucket(t.Context(), s3Bucket); err != nil {
		t.Fatal(err)
	}
	inner := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{"the-key": "secret"})).Server()
	s := &s3Server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.seen.Add(1)
		if s.busy.Add(-1) >= 0 {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "<Error><Code>SlowDown</Code><Message>later</Message></Error>")
			return
		}
		if s.cut.Load() && r.Method == http.MethodGet {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "only a part")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// shelf returns a shelf in the server's bucket; change makes it another one.
func (s *s3Server) shelf(t *testing.T, change func(*S3Config)) *S3 {
	t.Helper()
	cfg := S3Config{Bucket: s3Bucket, Folder: "in/cairn", Endpoint: s.URL, Region: "eu-central-1", Key: "the-key", Secret: "secret"}
	if change != nil {
		change(&cfg)
	}
	shelf, err := NewS3(cfg)
	if err != nil {
		t.Fatal(err)
	}
	shelf.wait = time.Millisecond
	return shelf
}

func TestS3(t *testing.T) {
	s := startS3(t)
	t.Run("folder", func(t *testing.T) { conform(t, s.shelf(t, nil)) })
	t.Run("no folder", func(t *testing.T) { conform(t, s.shelf(t, func(c *S3Config) { c.Folder = "" })) })
	if err := s.shelf(t, nil).Probe(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestS3List reads a list of more than one page.
func TestS3List(t *testing.T) {
	server := startS3(t)
	s := server.shelf(t, nil)
	s.pageSize = 4
	for i := range 10 {
		if _, err := s.Put(t.Context(), "here", bytes.NewReader(bytesOf(8, uint64(i)))); err != nil {
			t.Fatal(err)
		}
	}
	names := map[string]bool{}
	if err := s.List(t.Context(), "here", func(c store.Shelved) error { names[c.Name] = true; return nil }); err != nil || len(names) != 10 {
		t.Errorf("%d names, %v", len(names), err)
	}
	if n := server.seen.Load(); n != 10+3 {
		t.Errorf("%d requests, want 10 and 3 pages", n)
	}
	stop := errors.New("enough")
	if err := s.List(t.Context(), "here", func(store.Shelved) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

// TestS3Refused: a wrong key, a missing bucket and a server that is away are told
// as such, whatever is asked.
func TestS3Refused(t *testing.T) {
	s := startS3(t)
	good := s.shelf(t, nil)
	put, err := good.Put(t.Context(), "here", strings.NewReader("whole"))
	if err != nil {
		t.Fatal(err)
	}
	gone := startS3(t)
	away := gone.shelf(t, nil)
	gone.Close()
	for _, c := range []struct {
		name  string
		shelf *S3
		words []string
	}{
		{"wrong secret", s.shelf(t, func(c *S3Config) { c.Secret = "wrong" }), []string{"s3://shots/in/cairn", "refuses Cairn's key", "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"}},
		{"wrong key", s.shelf(t, func(c *S3Config) { c.Key = "wrong-key" }), []string{"refuses Cairn's key", "InvalidAccessKeyId"}},
		{"missing bucket", s.shelf(t, func(c *S3Config) { c.Bucket = "other" }), []string{"s3://other", "no such bucket", "--files"}},
		{"server away", away, []string{"does not answer", "nothing was done"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for what, do := range map[string]func() error{
				"probe":  func() error { return c.shelf.Probe(t.Context()) },
				"put":    func() error { _, err := c.shelf.Put(t.Context(), "here", strings.NewReader("x")); return err },
				"open":   func() error { _, err := c.shelf.Open(t.Context(), put.Name); return err },
				"remove": func() error { return c.shelf.Remove(t.Context(), put.Name) },
				"list":   func() error { return c.shelf.List(t.Context(), "here", func(store.Shelved) error { return nil }) },
			} {
				err := do()
				wantError(t, err, cairn.CodeUnavailable, c.words...)
				if err != nil && strings.Contains(err.Error(), "secret") {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
	b, err := good.Open(t.Context(), put.Name)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(b); string(all) != "whole" || err != nil || b.Close() != nil {
		t.Errorf("afterwards it is %q, %v", all, err)
	}
}

// TestS3Busy: a server that is busy is asked again, with the whole content; one
// that stays so is given up.
func TestS3Busy(t *testing.T) {
	s := startS3(t)
	shelf := s.shelf(t, nil)
	s.busy.Store(attempts - 1)
	data := bytesOf(100<<10, 7)
	put, err := shelf.Put(t.Context(), "here", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s.busy.Store(attempts - 1)
	b, err := shelf.Open(t.Context(), put.Name)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(b); !bytes.Equal(all, data) || err != nil || b.Close() != nil {
		t.Errorf("%d bytes, %v", len(all), err)
	}
	s.busy.Store(attempts)
	before := s.seen.Load()
	_, err = shelf.Put(t.Context(), "here", bytes.NewReader(data))
	wantError(t, err, cairn.CodeUnavailable, "SlowDown", "Try again")
	if n := s.seen.Load() - before; n != attempts {
		t.Errorf("it was asked %d times", n)
	}
}

// TestS3Broken: an answer that ends too early is never taken for the end of the
// file, and what was removed while it was read is told.
func TestS3Broken(t *testing.T) {
	s := startS3(t)
	shelf := s.shelf(t, nil)
	data := bytesOf(5<<20, 3)
	put, err := shelf.Put(t.Context(), "here", bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	s.cut.Store(true)
	b, err := shelf.Open(t.Context(), put.Name)
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(b); err == nil {
		t.Errorf("%d bytes pass for the whole", len(all))
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
	s.cut.Store(false)
	again, err := shelf.Open(t.Context(), put.Name)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := shelf.Remove(t.Context(), put.Name); err != nil {
		t.Fatal(err)
	}
	_, err = again.ReadAt(make([]byte, 10), 3<<20)
	wantError(t, err, cairn.CodeConflict, "removed while it was read")
}

// TestS3Down: a server that goes away in the middle of an upload leaves an error
// that says so.
func TestS3Down(t *testing.T) {
	s := startS3(t)
	shelf := s.shelf(t, nil)
	_, err := shelf.Put(t.Context(), "here", io.MultiReader(bytes.NewReader(bytesOf(1<<20, 1)), closeReader{s}))
	wantError(t, err, cairn.CodeUnavailable, "does not answer")
}

type closeReader struct{ s *s3Server }

func (r closeReader) Read([]byte) (int, error) {
	r.s.CloseClientConnections()
	r.s.Close()
	return 0, io.EOF
}

// TestS3Amazon: without an endpoint the address is Amazon's, of the region.
func TestS3Amazon(t *testing.T) {
	shelf, err := NewS3(S3Config{Bucket: "shots", Region: "eu-central-1", Key: "id", Secret: "secret", Session: "token"})
	if err != nil {
		t.Fatal(err)
	}
	var asked *http.Request
	shelf.client.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		asked = r
		return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("<ListBucketResult/>"))}, nil
	})
	shelf.now = func() time.Time { return time.Unix(0, 0) }
	if err := shelf.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := asked.URL.Scheme + "://" + asked.URL.Host + asked.URL.Path; got != "https://shots.s3.eu-central-1.amazonaws.com/" {
		t.Error(got)
	}
	if asked.Header.Get("X-Amz-Security-Token") != "token" || !strings.Contains(asked.Header.Get("Authorization"), "x-amz-security-token") {
		t.Errorf("%v", asked.Header)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
