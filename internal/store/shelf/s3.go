package shelf

import (
	"cmp"
	"context"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"cairn"
	"cairn/internal/store"
)

// S3Config says where a bucket is and how to get in.
type S3Config struct {
	Bucket string
	// Folder is what all names in the bucket begin with; "" is nothing.
	Folder string
	// Endpoint is the server, such as https://minio.example.com; "" is Amazon's.
	Endpoint string
	Region   string
	// Key, Secret and Session are the credentials.
	Key, Secret, Session string
}

// S3 is a shelf in a bucket of a server that speaks S3's protocol.
type S3 struct {
	cfg    S3Config
	base   url.URL // of the bucket
	client *http.Client
	now    func() time.Time
	// pageSize is how many names are asked for at once.
	pageSize int
	// wait is the pause before a request is made again; each further one is four
	// times as long.
	wait time.Duration
}

var _ store.Shelf = (*S3)(nil)

const (
	// attempts is how often a request is made that does not come through.
	attempts  = 3
	firstWait = 200 * time.Millisecond
	// answerWait is how long the server may take until it begins to answer.
	answerWait = 30 * time.Second
	// maxErrorBody is how much of a refusal is read.
	maxErrorBody = 64 << 10
)

// NewS3 makes a shelf of a bucket; nothing is asked of the server yet.
func NewS3(cfg S3Config) (*S3, error) {
	if cfg.Bucket == "" {
		return nil, errors.New("the bucket is missing: s3://bucket?endpoint=https://host&region=…")
	}
	if cfg.Key == "" || cfg.Secret == "" {
		return nil, errors.New("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to the key of the bucket")
	}
	cfg.Region = cmp.Or(cfg.Region, "us-east-1")
	base := url.URL{Scheme: "https", Host: cfg.Bucket + ".s3." + cfg.Region + ".amazonaws.com", Path: "/"}
	if cfg.Endpoint != "" {
		e, err := url.Parse(cfg.Endpoint)
		if err != nil || e.Host == "" || e.Scheme != "http" && e.Scheme != "https" || e.RawQuery != "" {
			return nil, fmt.Errorf("the endpoint %q is no address such as https://s3.example.com", cfg.Endpoint)
		}
		base = url.URL{Scheme: e.Scheme, Host: e.Host, Path: strings.TrimSuffix(e.Path, "/") + "/" + cfg.Bucket + "/"}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.ResponseHeaderTimeout = answerWait
	return &S3{cfg: cfg, base: base, client: &http.Client{Transport: transport}, now: time.Now, pageSize: 1000, wait: firstWait}, nil
}

// String implements store.Shelf.
func (s *S3) String() string {
	where := "s3://" + s.cfg.Bucket
	if s.cfg.Folder != "" {
		where += "/" + s.cfg.Folder
	}
	if s.cfg.Endpoint != "" {
		where += " at " + s.base.Host
	}
	return where
}

// Probe asks the server whether the bucket can be used.
func (s *S3) Probe(ctx context.Context) error {
	_, err := s.page(ctx, "", "")
	return err
}

// inBucket is the name in the bucket of a name on the shelf.
func (s *S3) inBucket(name string) string {
	if s.cfg.Folder == "" {
		return name
	}
	return s.cfg.Folder + "/" + name
}

// Refused reports whether a bucket's server has answered, and said no in a way
// that does not change by waiting.
func Refused(err error) bool {
	var said *refusal
	return errors.As(err, &said) && said.status < 500 && said.status != http.StatusTooManyRequests
}

// call is one request to the server.
type call struct {
	method string
	object string
	query  url.Values
	header http.Header
	// body is sent anew with each attempt.
	body io.ReadSeeker
	size int64
	sum  string
}

// do makes a request, more than once while the server does not answer or says
// that it cannot now, and returns an answer that is no refusal.
func (s *S3) do(ctx context.Context, c call) (*http.Response, error) {
	wait := s.wait
	for n := 1; ; n++ {
		res, err := s.once(ctx, c)
		if err == nil {
			return res, nil
		}
		var said *refusal
		again := ctx.Err() == nil && (!errors.As(err, &said) || said.status >= 500 || said.status == http.StatusTooManyRequests)
		if !again || n == attempts {
			return nil, s.failed(ctx, err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		wait *= 4
	}
}

func (s *S3) once(ctx context.Context, c call) (*http.Response, error) {
	u := s.base
	u.Path += c.object
	u.RawPath = escapePath(u.Path)
	u.RawQuery = canonicalQuery(c.query)
	var body io.Reader
	if c.body != nil {
		if _, err := c.body.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		body = io.NopCloser(c.body) // it is sent again, so that the transport must not close it
	}
	r, err := http.NewRequestWithContext(ctx, c.method, u.String(), body)
	if err != nil {
		return nil, err
	}
	for name, values := range c.header {
		r.Header[name] = values
	}
	if r.ContentLength = c.size; c.size == 0 {
		r.Body = http.NoBody
	}
	signer{s.cfg, "s3"}.sign(r, cmp.Or(c.sum, emptySum), s.now())
	res, err := s.client.Do(r)
	if err != nil {
		return nil, err
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer res.Body.Close() // only read
	said := &refusal{status: res.StatusCode}
	raw, _ := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
	_ = xml.Unmarshal(raw, said) // HEAD and proxies say nothing
	return nil, said
}

// refusal is an answer of the server that is no success.
type refusal struct {
	status  int
	Code    string `xml:"Code"`
	Message string `xml:"Message"`
}

// Error implements error.
func (r *refusal) Error() string {
	return strings.TrimSpace(fmt.Sprintf("%d %s: %s %s", r.status, http.StatusText(r.status), r.Code, r.Message))
}

// failed says what is the matter, for people.
func (s *S3) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var said *refusal
	if !errors.As(err, &said) {
		return errAway(s.String(), "does not answer, so nothing was done. Try again in a moment; whoever runs this server finds the reason in its log", err)
	}
	switch {
	case said.Code == "NoSuchBucket":
		return errAway(s.String(), "has no such bucket. Whoever runs this server has to make it, or to name another with --files", err)
	case said.status == http.StatusNotFound:
		return &cairn.Error{Code: cairn.CodeNotFound, Cause: err, Message: "The stored file was not found"}
	case said.status == http.StatusForbidden || said.status == http.StatusUnauthorized:
		return errAway(s.String(), fmt.Sprintf("refuses Cairn's key (%s). Whoever runs this server has to look at AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the rights of that key", cmp.Or(said.Code, strconv.Itoa(said.status))), err)
	case said.status == http.StatusInsufficientStorage || said.Code == "QuotaExceeded" || strings.Contains(said.Code, "StorageFull"):
		return errFull(s.String(), err)
	case said.status >= 500:
		return errAway(s.String(), fmt.Sprintf("reports an error (%s), so nothing was done. Try again in a moment", cmp.Or(said.Code, strconv.Itoa(said.status))), err)
	}
	return errAway(s.String(), fmt.Sprintf("did not understand Cairn: %s", said), err)
}

// Put implements store.Shelf. The name follows from the content, so that it is
// first written to a temporary file here.
func (s *S3) Put(ctx context.Context, folder string, r io.Reader) (store.Shelved, error) {
	if !isFolder(folder) {
		return store.Shelved{}, fmt.Errorf("%q is no folder of a shelf", folder)
	}
	f, err := os.CreateTemp("", "cairn-file-")
	if err != nil {
		return store.Shelved{}, tempFailed(err)
	}
	defer func() {
		_ = f.Close()
		_ = os.Remove(f.Name())
	}()
	got, err := spool(ctx, f, r, tempFailed)
	if err != nil {
		return store.Shelved{}, err
	}
	sum := got.sum.Sum(nil)
	name := newName(folder, sum)
	res, err := s.do(ctx, call{method: http.MethodPut, object: s.inBucket(name), body: f, size: got.size, sum: hex.EncodeToString(sum)})
	if err != nil {
		// Whether it came there is not known; if so it is a leftover.
		return store.Shelved{}, err
	}
	drain(res)
	return store.Shelved{Name: name, Size: got.size}, nil
}

// tempFailed speaks of the directory for temporary files.
func tempFailed(err error) error {
	return diskFailed("temporary files in "+os.TempDir(), err)
}

// drain reads an answer to its end, so that its connection can be used again.
func drain(res *http.Response) {
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, maxErrorBody))
	_ = res.Body.Close()
}

// Remove implements store.Shelf.
func (s *S3) Remove(ctx context.Context, name string) error {
	if !isContent(name) {
		return nil
	}
	res, err := s.do(ctx, call{method: http.MethodDelete, object: s.inBucket(name)})
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	drain(res)
	return nil
}

// listing is a page of a bucket's list.
type listing struct {
	Contents []struct {
		Key          string    `xml:"Key"`
		Size         int64     `xml:"Size"`
		LastModified time.Time `xml:"LastModified"`
	} `xml:"Contents"`
	IsTruncated bool   `xml:"IsTruncated"`
	Next        string `xml:"NextContinuationToken"`
}

func (s *S3) page(ctx context.Context, prefix, after string) (list listing, err error) {
	q := url.Values{"list-type": {"2"}, "max-keys": {strconv.Itoa(s.pageSize)}, "prefix": {s.inBucket(prefix)}}
	if after != "" {
		q.Set("continuation-token", after)
	}
	res, err := s.do(ctx, call{method: http.MethodGet, query: q})
	if err != nil {
		return list, err
	}
	defer res.Body.Close() // only read
	if err := xml.NewDecoder(res.Body).Decode(&list); err != nil {
		return list, errAway(s.String(), "gave a list that cannot be read", err)
	}
	return list, nil
}

// List implements store.Shelf.
func (s *S3) List(ctx context.Context, folder string, yield func(store.Shelved) error) error {
	if !isFolder(folder) {
		return fmt.Errorf("%q is no folder of a shelf", folder)
	}
	for after := ""; ; {
		list, err := s.page(ctx, folder+"/", after)
		if err != nil {
			return err
		}
		for _, c := range list.Contents {
			name := strings.TrimPrefix(c.Key, s.inBucket(""))
			if err := yield(store.Shelved{Name: name, Size: c.Size, At: c.LastModified}); err != nil {
				return err
			}
		}
		if after = list.Next; !list.IsTruncated || after == "" {
			return nil
		}
	}
}
