// Package web holds the built web app and serves it.
//
// The app is built by Vite into dist, together with .br and .gz twins of every file worth
// compressing, and embedded here; scripts and styles as their twins alone. Start at Handler.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed all:dist
var dist embed.FS

// Handler serves the embedded app; see NewHandler. Until the app has been built its pages answer 503.
func Handler() *App {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("web: the directory of the embedded app: " + err.Error()) // the directive above names it
	}
	handler, err := NewHandler(files)
	if err != nil {
		panic("web: " + err.Error()) // files inside the program can always be read
	}
	return handler
}

// index is the page that every address of the app starts from; viewIndex is the
// same for views, naming also what they load.
const (
	index     = "index.html"
	viewIndex = "view.html"
)

// hashedPrefix is where Vite puts files whose names carry a hash of their content.
const hashedPrefix = "assets/"

// twins are the pre-compressed forms beside a file, the smallest first.
var twins = []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// contentTypes are stated here because the table of the operating system differs between machines.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".mjs":         "text/javascript; charset=utf-8",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}

// asset is what is known about one file before a request asks for it.
type asset struct {
	name        string
	contentType string
	tag         string          // entity tag without quotes, of the uncompressed form
	encodings   map[string]bool // which twins exist
	packed      bool            // only the twins are there; the file itself is unpacked from its .gz
}

// App serves the files of a built app and its pages. It is safe for concurrent use.
type App struct {
	files  fs.FS
	assets map[string]asset
	// pages are the forms of the page that data can be put into, by name.
	pages map[string]split
}

// split is a page in two parts, between which data is put.
type split struct{ before, after []byte }

// NewHandler looks through files once and returns the handler that serves them: compressed as the
// client accepts it, hashed files cached for ever, everything else revalidated by entity tag, and
// index.html (view.html for views) for every address of the app. It fails when a file cannot be read.
func NewHandler(files fs.FS) (*App, error) {
	h := &App{files: files, assets: map[string]asset{}, pages: map[string]split{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		if whole, ok := strings.CutSuffix(name, ".gz"); ok && strings.HasPrefix(name, hashedPrefix) && !exists(files, whole) {
			return h.add(whole, true)
		}
		if isTwin(name) {
			return nil
		}
		return h.add(name, false)
	})
	if err != nil {
		return nil, fmt.Errorf("reading the web app: %w", err)
	}
	return h, nil
}

// isTwin tells a pre-compressed form from a file of its own.
func isTwin(name string) bool {
	for _, twin := range twins {
		if strings.HasSuffix(name, twin.suffix) {
			return true
		}
	}
	return false
}

// exists tells whether there is a file of a name.
func exists(files fs.FS, name string) bool {
	_, err := fs.Stat(files, name)
	return err == nil
}

// add notes one file with its type, entity tag and twins.
func (h *App) add(name string, packed bool) error {
	found := asset{name: name, contentType: contentTypes[path.Ext(name)], encodings: map[string]bool{}, packed: packed}
	if found.contentType == "" {
		found.contentType = mime.TypeByExtension(path.Ext(name))
	}
	if found.contentType == "" {
		found.contentType = "application/octet-stream"
	}
	if strings.HasPrefix(name, hashedPrefix) {
		found.tag = path.Base(name) // carries a hash of the content already
	} else {
		content, err := fs.ReadFile(h.files, name)
		if err != nil {
			return err
		}
		if before, after, ok := bytes.Cut(content, []byte("</body>")); ok && path.Ext(name) == ".html" {
			h.pages[name] = split{before, after}
		}
		sum := sha256.Sum256(content)
		found.tag = base64.RawURLEncoding.EncodeToString(sum[:12])
	}
	for _, twin := range twins {
		if exists(h.files, name+twin.suffix) {
			found.encodings[twin.encoding] = true
		}
	}
	h.assets[name] = found
	return nil
}

// ServeHTTP answers GET and HEAD for the files of the app and for the addresses inside it.
func (h *App) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Only GET and HEAD are possible here.", http.StatusMethodNotAllowed)
		return
	}
	found, ok := h.find(r.URL.Path)
	switch {
	case ok:
		h.serve(w, r, found)
	case isPage(r.URL.Path):
		http.Error(w, "The web app is not part of this program yet. Build it with `make build` and start again.", http.StatusServiceUnavailable)
	default:
		http.Error(w, "There is nothing at this address.", http.StatusNotFound)
	}
}

// IsPage tells whether a path is the address of a page of the app, not of a file.
func (h *App) IsPage(requestPath string) bool {
	found, ok := h.find(requestPath)
	return ok && path.Ext(found.name) == ".html"
}

// ServePage answers with the page of an address and first inside it, as JSON that the app reads when
// it starts. First must not contain "<". Caching and compressing are the caller's.
func (h *App) ServePage(w http.ResponseWriter, r *http.Request, first []byte) {
	found, _ := h.find(r.URL.Path)
	page, ok := h.pages[found.name]
	if !ok {
		h.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Content-Type", found.contentType)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	for _, part := range [][]byte{
		page.before, []byte(`<script type="application/json" id="first">`), first, []byte("</script></body>"), page.after,
	} {
		if _, err := w.Write(part); err != nil {
			return // the client has gone; there is nobody left to tell
		}
	}
}

// find returns the file for a request path; addresses of the app lead to index.html.
func (h *App) find(requestPath string) (asset, bool) {
	name := strings.TrimPrefix(path.Clean("/"+requestPath), "/")
	if found, ok := h.assets[name]; ok {
		return found, true
	}
	if !isPage(requestPath) {
		return asset{}, false
	}
	if isView(requestPath) {
		if found, ok := h.assets[viewIndex]; ok {
			return found, true
		}
	}
	found, ok := h.assets[index]
	return found, ok
}

// isView tells whether a path is the address of a view: /p/INS or /p/INS/v/17.
func isView(requestPath string) bool {
	parts := strings.Split(strings.Trim(path.Clean("/"+requestPath), "/"), "/")
	return parts[0] == "p" && (len(parts) == 2 || len(parts) == 4 && parts[2] == "v")
}

// isPage tells whether a path may be an address of the app: not the API, not a missing file.
func isPage(requestPath string) bool {
	clean := path.Clean("/" + requestPath)
	return path.Ext(clean) == "" && !strings.HasPrefix(clean+"/", "/api/") && !strings.HasPrefix(clean+"/", "/"+hashedPrefix)
}

// serve writes one file in the best form that the client accepts.
func (h *App) serve(w http.ResponseWriter, r *http.Request, found asset) {
	name, tag := found.name, found.tag
	header := w.Header()
	if len(found.encodings) > 0 {
		header.Add("Vary", "Accept-Encoding")
	}
	for _, twin := range twins {
		if found.encodings[twin.encoding] && accepts(r.Header.Values("Accept-Encoding"), twin.encoding) {
			name, tag = name+twin.suffix, tag+"-"+twin.encoding
			header.Set("Content-Encoding", twin.encoding)
			break
		}
	}
	header.Set("ETag", strconv.Quote(tag))
	header.Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(found.name, hashedPrefix) {
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		header.Set("Cache-Control", "no-cache")
	}
	if matches(r.Header.Values("If-None-Match"), strconv.Quote(tag)) {
		header.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	content, size, err := open(h.files, name, found.packed && name == found.name)
	if err != nil {
		for _, name := range []string{"Content-Encoding", "ETag", "Cache-Control"} {
			header.Del(name)
		}
		http.Error(w, "The web app could not be read.", http.StatusInternalServerError)
		return
	}
	defer content.Close()
	header.Set("Content-Type", found.contentType)
	if size >= 0 {
		header.Set("Content-Length", strconv.FormatInt(size, 10))
	}
	if r.Method == http.MethodHead {
		return
	}
	// A failing copy means that the client has gone; there is nobody left to tell.
	_, _ = io.Copy(w, content)
}

// open returns a file and its size in bytes, -1 when it is packed and has to be unpacked to know; the
// caller closes it.
func open(files fs.FS, name string, packed bool) (io.ReadCloser, int64, error) {
	if packed {
		name += ".gz"
	}
	content, err := files.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if packed {
		unpacked, err := gzip.NewReader(content)
		if err != nil {
			content.Close()
			return nil, 0, err
		}
		return unpacked, -1, nil
	}
	info, err := content.Stat()
	if err != nil {
		content.Close()
		return nil, 0, err
	}
	return content, info.Size(), nil
}

// accepts tells whether Accept-Encoding headers name an encoding, or "*", with a quality above 0.
func accepts(headers []string, encoding string) bool {
	accepted := false
	for item := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, parameter, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		quality, stated := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameter), " ", ""), "q=")
		refused := false
		if stated {
			value, err := strconv.ParseFloat(quality, 64)
			refused = err != nil || value <= 0
		}
		if name == encoding {
			return !refused
		}
		if name == "*" {
			accepted = !refused
		}
	}
	return accepted
}

// matches tells whether If-None-Match headers name a quoted entity tag, weak or strong.
func matches(headers []string, tag string) bool {
	for item := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		item = strings.TrimSpace(item)
		if item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}
