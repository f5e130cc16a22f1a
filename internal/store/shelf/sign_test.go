package shelf

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestSign compares signatures with those that Amazon publishes: of the signing
// test suite, and of the examples in the documentation of S3.
func TestSign(t *testing.T) {
	suite := signer{S3Config{Region: "us-east-1", Key: "AKIDEXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}, "service"}
	s3 := signer{S3Config{Region: "us-east-1", Key: "AKIAIOSFODNN7EXAMPLE", Secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}, "s3"}
	suiteDay := time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	s3Day := time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		by     signer
		at     time.Time
		method string
		url    string
		header map[string]string
		sum    string
		want   string
	}{
		{"suite get-vanilla", suite, suiteDay, "GET", "https://example.amazonaws.com/", nil, emptySum,
			"5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
		{"suite post-vanilla", suite, suiteDay, "POST", "https://example.amazonaws.com/", nil, emptySum,
			"5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
		{"suite get-vanilla-query-order-key-case", suite, suiteDay, "GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", nil, emptySum,
			"b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
		{"suite get-unreserved", suite, suiteDay, "GET", "https://example.amazonaws.com/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", nil, emptySum,
			"07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
		{"S3 get object", s3, s3Day, "GET", "https://examplebucket.s3.amazonaws.com/test.txt", map[string]string{"Range": "bytes=0-9"}, emptySum,
			"f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"},
		{"S3 put object", s3, s3Day, "PUT", "https://examplebucket.s3.amazonaws.com/test$file.text",
			map[string]string{"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY"},
			"44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
			"98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"},
		{"S3 bucket lifecycle", s3, s3Day, "GET", "https://examplebucket.s3.amazonaws.com/?lifecycle", nil, emptySum,
			"fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"},
		{"S3 list objects", s3, s3Day, "GET", "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", nil, emptySum,
			"34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"},
	} {
		u, err := url.Parse(c.url)
		if err != nil {
			t.Fatal(err)
		}
		u.RawPath = escapePath(u.Path)
		u.RawQuery = canonicalQuery(u.Query())
		r, err := http.NewRequest(c.method, u.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range c.header {
			r.Header.Set(name, value)
		}
		c.by.sign(r, c.sum, c.at)
		got := r.Header.Get("Authorization")
		if !strings.HasSuffix(got, "Signature="+c.want) {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestEscape(t *testing.T) {
	for path, want := range map[string]string{
		"/a/b":            "/a/b",
		"/a b/ü+=&?#%/~-": "/a%20b/%C3%BC%2B%3D%26%3F%23%25/~-",
	} {
		if got := escapePath(path); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
	if got := canonicalQuery(url.Values{"b": {"2", "1"}, "a b": {"x/y"}}); got != "a%20b=x%2Fy&b=1&b=2" {
		t.Error(got)
	}
}
