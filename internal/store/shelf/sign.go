package shelf

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// emptySum is the SHA-256 of nothing.
const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// signer signs requests as Amazon's Signature Version 4 asks.
type signer struct {
	cfg     S3Config
	service string
}

// sign adds the headers that say who asks; sum is the SHA-256 of the body in
// hexadecimal.
func (g signer) sign(r *http.Request, sum string, now time.Time) {
	at := now.UTC().Format("20060102T150405Z")
	r.Header.Set("X-Amz-Date", at)
	if g.service == "s3" {
		r.Header.Set("X-Amz-Content-Sha256", sum)
	}
	if g.cfg.Session != "" {
		r.Header.Set("X-Amz-Security-Token", g.cfg.Session)
	}
	headers, signed := canonicalHeaders(r)
	request := strings.Join([]string{r.Method, cmp.Or(r.URL.EscapedPath(), "/"), r.URL.RawQuery, headers, signed, sum}, "\n")
	scope := strings.Join([]string{at[:8], g.cfg.Region, g.service, "aws4_request"}, "/")
	hashed := sha256.Sum256([]byte(request))
	text := strings.Join([]string{"AWS4-HMAC-SHA256", at, scope, hex.EncodeToString(hashed[:])}, "\n")
	key := []byte("AWS4" + g.cfg.Secret)
	for _, part := range []string{at[:8], g.cfg.Region, g.service, "aws4_request"} {
		key = mac(key, part)
	}
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential="+g.cfg.Key+"/"+scope+
		", SignedHeaders="+signed+", Signature="+hex.EncodeToString(mac(key, text)))
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}

// canonicalHeaders are all headers of the request and its host, sorted, and the
// list of their names.
func canonicalHeaders(r *http.Request) (headers, signed string) {
	values := map[string]string{"host": cmp.Or(r.Host, r.URL.Host)}
	for name, list := range r.Header {
		trimmed := make([]string, len(list))
		for i, v := range list {
			trimmed[i] = strings.Join(strings.Fields(v), " ")
		}
		values[strings.ToLower(name)] = strings.Join(trimmed, ",")
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		b.WriteString(name + ":" + values[name] + "\n")
	}
	return b.String(), strings.Join(names, ";")
}

// canonicalQuery writes a query in the order and the escapes that are signed.
func canonicalQuery(q url.Values) string {
	var pairs []string
	for name, values := range q {
		for _, v := range values {
			pairs = append(pairs, escape(name)+"="+escape(v))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// escapePath escapes each part of a path.
func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = escape(p)
	}
	return strings.Join(parts, "/")
}

// escape is the percent encoding of RFC 3986, in which only letters, digits and
// -._~ stay.
func escape(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-._~", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		}
	}
	return b.String()
}
