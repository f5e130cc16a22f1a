package script

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
	"github.com/rogpeppe/go-internal/testscript"
)

// bucketKey finds the S3 server among the values of a script.
type bucketKey struct{}

// bucketServer speaks S3, checks signatures, and can be out of reach.
type bucketServer struct {
	*httptest.Server
	away atomic.Bool
}

// cmdBucket is an S3 server with the bucket "files": bucket start sets BUCKET, its address, and
// the variables of its key; bucket away breaks off what reaches it, bucket back answers again.
func cmdBucket(ts *testscript.TestScript, neg bool, args []string) {
	refuseNegation(ts, neg)
	if len(args) != 1 {
		ts.Fatalf("usage: bucket start, away or back")
	}
	held := ts.Value(bucketKey{}).(**bucketServer)
	switch args[0] {
	case "start":
		backend := s3mem.New()
		ts.Check(backend.CreateBucket(context.Background(), "files"))
		inner := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{"the-key": "the-secret"})).Server()
		b := &bucketServer{}
		b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if b.away.Load() {
				panic(http.ErrAbortHandler)
			}
			inner.ServeHTTP(w, r)
		}))
		ts.Defer(b.Close)
		ts.Setenv("BUCKET", b.URL)
		ts.Setenv("AWS_ACCESS_KEY_ID", "the-key")
		ts.Setenv("AWS_SECRET_ACCESS_KEY", "the-secret")
		*held = b
	case "away", "back":
		if *held == nil {
			ts.Fatalf("bucket start comes first")
		}
		(*held).away.Store(args[0] == "away")
	default:
		ts.Fatalf("there is no bucket %s", args[0])
	}
}
