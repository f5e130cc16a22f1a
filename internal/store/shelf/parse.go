package shelf

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"cairn/internal/store"
)

// Parse makes a shelf of its address: dir:///path, or
// s3://bucket/folder?endpoint=https://host&region=eu-central-1. The key of an S3
// server comes from the usual variables, which env reads.
func Parse(address string, env func(string) string) (store.Shelf, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address cannot be read; write dir:///path, s3://bucket?endpoint=https://host&region=…, or database")
	}
	switch u.Scheme {
	case "dir":
		path := u.Opaque + u.Path // dir:files is relative
		if path == "" || u.Host != "" {
			return nil, fmt.Errorf("a directory is written dir:///path (three slashes), not %s", address)
		}
		return OpenDir(filepath.FromSlash(path)), nil
	case "s3":
		return parseS3(u, env)
	}
	return nil, fmt.Errorf("%q is neither dir:///path, s3://bucket?endpoint=https://host&region=… nor database", address)
}

func parseS3(u *url.URL, env func(string) string) (*S3, error) {
	cfg := S3Config{
		Bucket: u.Host, Folder: strings.Trim(u.Path, "/"),
		Key: env("AWS_ACCESS_KEY_ID"), Secret: env("AWS_SECRET_ACCESS_KEY"), Session: env("AWS_SESSION_TOKEN"),
		Region: cmp.Or(env("AWS_REGION"), env("AWS_DEFAULT_REGION")),
	}
	if u.User != nil {
		return nil, errors.New("the key does not belong into the address: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	for name, values := range u.Query() {
		switch name {
		case "endpoint":
			cfg.Endpoint = values[0]
		case "region":
			cfg.Region = values[0]
		default:
			return nil, fmt.Errorf("%q is not known in the address of a bucket; endpoint and region are", name)
		}
	}
	return NewS3(cfg)
}
