package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// app is a small built app: a page, a hashed script with both twins, a font without, a placeholder.
func app() fstest.MapFS {
	return fstest.MapFS{
		".keep":                  {Data: []byte("placeholder")},
		"index.html":             {Data: []byte("<!doctype html><title>Cairn</title>")},
		"index.html.br":          {Data: []byte("page in brotli")},
		"view.html":              {Data: []byte("<title>View</title>")},
		"favicon.svg":            {Data: []byte("<svg/>")},
		"assets/app-a1b2.js":     {Data: []byte("export {}")},
		"assets/app-a1b2.js.br":  {Data: []byte("script in brotli")},
		"assets/app-a1b2.js.gz":  {Data: []byte("script in gzip")},
		"assets/inter-c3.woff2":  {Data: []byte("font")},
		"assets/data.unknownext": {Data: []byte("bytes")},
	}
}

func newHandler(t *testing.T, files fs.FS) *App {
	t.Helper()
	handler, err := NewHandler(files)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// get answers one request; headers are "Name: value".
func get(handler http.Handler, method, target string, headers ...string) *http.Response {
	request := httptest.NewRequest(method, "http://cairn.test/", nil)
	request.URL.Path = target
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		request.Header.Add(name, value)
	}
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestPaths(t *testing.T) {
	handler := newHandler(t, app())
	const page = "<!doctype html><title>Cairn</title>"
	tests := []struct {
		target      string
		status      int
		body        string
		contentType string
		cache       string
	}{
		{"/", 200, page, "text/html; charset=utf-8", "no-cache"},
		{"/index.html", 200, page, "text/html; charset=utf-8", "no-cache"},
		{"/p/INS/view/12", 200, page, "text/html; charset=utf-8", "no-cache"},
		{"/p/INS/settings/fields", 200, page, "text/html; charset=utf-8", "no-cache"},
		{"/p/INS/v/17", 200, "<title>View</title>", "text/html; charset=utf-8", "no-cache"},
		{"/p/INS/", 200, "<title>View</title>", "text/html; charset=utf-8", "no-cache"},
		{"/apiary", 200, page, "text/html; charset=utf-8", "no-cache"},
		{"/favicon.svg", 200, "<svg/>", "image/svg+xml", "no-cache"},
		{"/assets/app-a1b2.js", 200, "export {}", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/inter-c3.woff2", 200, "font", "font/woff2", "public, max-age=31536000, immutable"},
		{"/assets/data.unknownext", 200, "bytes", "application/octet-stream", "public, max-age=31536000, immutable"},
		{"/assets/gone-d4.js", 404, "", "", ""},
		{"/assets/", 404, "", "", ""},
		{"/assets", 404, "", "", ""},
		{"/assets/app-a1b2.js.br", 404, "", "", ""},
		{"/assets/app-a1b2.js.gz", 404, "", "", ""},
		{"/.keep", 404, "", "", ""},
		{"/missing.png", 404, "", "", ""},
		{"/api", 404, "", "", ""},
		{"/api/v1/unknown", 404, "", "", ""},
		{"/x/../api/v1/unknown", 404, "", "", ""},
		{"/../embed.go", 404, "", "", ""},
		{"//assets//app-a1b2.js", 200, "export {}", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
	}
	for _, test := range tests {
		t.Run(test.target, func(t *testing.T) {
			response := get(handler, http.MethodGet, test.target)
			if response.StatusCode != test.status {
				t.Fatalf("status %d, want %d", response.StatusCode, test.status)
			}
			if test.status != http.StatusOK {
				if cache := response.Header.Get("Cache-Control"); strings.Contains(cache, "immutable") {
					t.Errorf("a refusal must not be cached: %s", cache)
				}
				return
			}
			if got := body(t, response); got != test.body {
				t.Errorf("body %q, want %q", got, test.body)
			}
			for name, want := range map[string]string{
				"Content-Type": test.contentType, "Cache-Control": test.cache, "X-Content-Type-Options": "nosniff", "Content-Encoding": "",
			} {
				if got := response.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
		})
	}
}

func TestEncodings(t *testing.T) {
	handler := newHandler(t, app())
	tests := []struct {
		target, accept, encoding, body string
	}{
		{"/assets/app-a1b2.js", "gzip, deflate, br, zstd", "br", "script in brotli"},
		{"/assets/app-a1b2.js", "gzip", "gzip", "script in gzip"},
		{"/assets/app-a1b2.js", "GZIP;q=0.5, br;q=0", "gzip", "script in gzip"},
		{"/assets/app-a1b2.js", "br; q=0.001", "br", "script in brotli"},
		{"/assets/app-a1b2.js", "*", "br", "script in brotli"},
		{"/assets/app-a1b2.js", "*;q=0", "", "export {}"},
		{"/assets/app-a1b2.js", "br;q=0, *", "gzip", "script in gzip"},
		{"/assets/app-a1b2.js", "br;q=nonsense", "", "export {}"},
		{"/assets/app-a1b2.js", "identity", "", "export {}"},
		{"/assets/app-a1b2.js", "", "", "export {}"},
		{"/settings", "br", "br", "page in brotli"},
		{"/settings", "gzip", "", "<!doctype html><title>Cairn</title>"},
		{"/assets/inter-c3.woff2", "br", "", "font"},
	}
	for _, test := range tests {
		t.Run(test.target+" "+test.accept, func(t *testing.T) {
			response := get(handler, http.MethodGet, test.target, "Accept-Encoding: "+test.accept)
			if got := response.Header.Get("Content-Encoding"); got != test.encoding {
				t.Errorf("encoding %q, want %q", got, test.encoding)
			}
			if got := body(t, response); got != test.body {
				t.Errorf("body %q, want %q", got, test.body)
			}
			if got := response.ContentLength; got != int64(len(test.body)) {
				t.Errorf("length %d, want %d", got, len(test.body))
			}
			wantVary := "Accept-Encoding"
			if strings.HasSuffix(test.target, ".woff2") {
				wantVary = ""
			}
			if got := response.Header.Get("Vary"); got != wantVary {
				t.Errorf("Vary %q, want %q", got, wantVary)
			}
		})
	}
}

// TestRevalidation shows that an unchanged file costs no body, that each form has its own tag, and
// that a changed page gets another one.
// Scripts are carried as their twins alone; a client that takes neither gets the script itself.
func TestPacked(t *testing.T) {
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	if _, err := writer.Write([]byte("export {}")); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	files := app()
	delete(files, "assets/app-a1b2.js")
	files["assets/app-a1b2.js.gz"] = &fstest.MapFile{Data: packed.Bytes()}
	handler := newHandler(t, files)
	for encoding, want := range map[string]string{"br": "script in brotli", "gzip": packed.String(), "identity": "export {}"} {
		answer := get(handler, http.MethodGet, "/assets/app-a1b2.js", "Accept-Encoding: "+encoding)
		if got := body(t, answer); answer.StatusCode != http.StatusOK || got != want {
			t.Errorf("%s: %d %q", encoding, answer.StatusCode, got)
		}
		if got := answer.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("%s: content type %q", encoding, got)
		}
	}
	if answer := get(handler, http.MethodGet, "/assets/app-a1b2.js.gz"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("the twin by its own name: %d", answer.StatusCode)
	}
}

func TestRevalidation(t *testing.T) {
	files := app()
	handler := newHandler(t, files)
	plain := get(handler, http.MethodGet, "/").Header.Get("ETag")
	brotli := get(handler, http.MethodGet, "/", "Accept-Encoding: br").Header.Get("ETag")
	if plain == "" || plain == brotli {
		t.Fatalf("two forms of the page need two tags, got %s and %s", plain, brotli)
	}
	for _, header := range []string{plain, "W/" + plain, `"other", ` + plain, "*"} {
		response := get(handler, http.MethodGet, "/", "If-None-Match: "+header)
		if response.StatusCode != http.StatusNotModified || body(t, response) != "" {
			t.Errorf("If-None-Match %s: status %d, want 304 without a body", header, response.StatusCode)
		}
		if response.Header.Get("ETag") != plain || response.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("a 304 repeats tag and caching, got %v", response.Header)
		}
	}
	if response := get(handler, http.MethodGet, "/", "If-None-Match: "+brotli); response.StatusCode != http.StatusOK {
		t.Errorf("the tag of another form: status %d, want 200", response.StatusCode)
	}
	files["index.html"] = &fstest.MapFile{Data: []byte("<!doctype html><title>New</title>")}
	if changed := get(newHandler(t, files), http.MethodGet, "/").Header.Get("ETag"); changed == plain {
		t.Error("a changed page keeps its tag")
	}
}

func TestMethods(t *testing.T) {
	handler := newHandler(t, app())
	head := get(handler, http.MethodHead, "/favicon.svg")
	if head.StatusCode != http.StatusOK || body(t, head) != "" || head.ContentLength != int64(len("<svg/>")) {
		t.Errorf("HEAD: status %d, length %d", head.StatusCode, head.ContentLength)
	}
	post := get(handler, http.MethodPost, "/")
	if post.StatusCode != http.StatusMethodNotAllowed || post.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: status %d, Allow %q", post.StatusCode, post.Header.Get("Allow"))
	}
}

// TestNotBuilt shows what a program without the web app says.
func TestNotBuilt(t *testing.T) {
	handler := newHandler(t, fstest.MapFS{".keep": {}})
	response := get(handler, http.MethodGet, "/")
	if text := body(t, response); response.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "make build") {
		t.Errorf("status %d, %q", response.StatusCode, text)
	}
	if response := get(handler, http.MethodGet, "/missing.js"); response.StatusCode != http.StatusNotFound {
		t.Errorf("a missing file: status %d, want 404", response.StatusCode)
	}
}

// vanishing is a file system whose files can be listed but no longer opened once gone is set.
type vanishing struct {
	fs.FS
	gone bool
}

func (v *vanishing) Open(name string) (fs.File, error) {
	if v.gone {
		return nil, errors.New("gone")
	}
	return v.FS.Open(name)
}

func TestUnreadable(t *testing.T) {
	files := &vanishing{FS: app()}
	handler := newHandler(t, files)
	files.gone = true
	response := get(handler, http.MethodGet, "/assets/app-a1b2.js", "Accept-Encoding: br")
	if response.StatusCode != http.StatusInternalServerError {
		t.Errorf("status %d, want 500", response.StatusCode)
	}
	for _, name := range []string{"Content-Encoding", "ETag", "Cache-Control"} {
		if got := response.Header.Get(name); got != "" {
			t.Errorf("a failure must not carry %s: %s", name, got)
		}
	}
	if _, err := NewHandler(files); err == nil {
		t.Error("files that cannot be read must be an error")
	}
}

// TestEmbedded shows that the embedded files make a handler, whether the app has been built or not.
func TestEmbedded(t *testing.T) {
	response := get(Handler(), http.MethodGet, "/")
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 200 with the app, 503 without", response.StatusCode)
	}
	if response := get(Handler(), http.MethodGet, "/.keep"); response.StatusCode != http.StatusNotFound {
		t.Errorf("the placeholder: status %d, want 404", response.StatusCode)
	}
}

func TestPageWithData(t *testing.T) {
	handler := newHandler(t, fstest.MapFS{
		"index.html":    {Data: []byte("<html><body><div></div></body></html>")},
		"view.html":     {Data: []byte("<html><body><p></p></body></html>")},
		"index.html.br": {Data: []byte("page in brotli")},
		"icon.svg":      {Data: []byte("<svg/>")},
		"assets/a.js":   {Data: []byte("export {}")},
	})
	for target, want := range map[string]string{
		"/":            `<html><body><div></div><script type="application/json" id="first">{"a":1}</script></body></html>`,
		"/p/INS/v/3":   `<html><body><p></p><script type="application/json" id="first">{"a":1}</script></body></html>`,
		"/assets/a.js": "export {}",
	} {
		if page := target != "/assets/a.js"; handler.IsPage(target) != page {
			t.Errorf("%s is a page: %v", target, !page)
		}
		request := httptest.NewRequest(http.MethodGet, target, nil)
		request.Header.Set("Accept-Encoding", "br")
		recorder := httptest.NewRecorder()
		handler.ServePage(recorder, request, []byte(`{"a":1}`))
		if got := recorder.Body.String(); got != want {
			t.Errorf("%s: %s, want %s", target, got, want)
		}
	}
	if handler.IsPage("/icon.svg") || handler.IsPage("/api/v1/me") || handler.IsPage("/assets/gone.js") {
		t.Error("a file counts as a page")
	}
}
