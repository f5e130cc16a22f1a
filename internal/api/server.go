// Package api serves Cairn over HTTP: the REST API under /api/v1 with its
// OpenAPI document, the live stream, health and metrics, and the web app.
//
// Start at routes.go, the contents page of the API. Handlers take and return
// typed values; this file is the only one that speaks HTTP on their behalf.
package api

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"

	"cairn/internal/app"
)

// Options is what a server needs.
type Options struct {
	// App may be nil at first; then Attach comes before the first request.
	App     *app.App
	Logger  *slog.Logger
	Version string
	// Web serves everything that is not the API; nil serves nothing there.
	Web WebApp
	// MaxUpload bounds uploaded files in bytes; 0 is 1 GiB.
	MaxUpload int64
	// MaxStreams bounds live stream connections; 0 is 2,000.
	MaxStreams int
}

// Limits of ordinary requests.
const (
	maxBody          = 8 << 20
	defaultMaxUpload = 1 << 30
	defaultStreams   = 2000
)

type server struct {
	app    *app.App
	logger *slog.Logger
	opts   Options
	// doc describes and mux holds the routes under /api/; they are there once built is
	// closed. front holds the other ones, from the start.
	doc     *huma.OpenAPI
	mux     *http.ServeMux
	built   chan struct{}
	front   *http.ServeMux
	frames  *frames
	once    *onceKeys
	metrics *metrics
	streams *streamGate
}

// Handler is the whole HTTP surface.
type Handler struct {
	http.Handler
	s *server
}

// New makes the HTTP surface of an app. It returns at once: the routes of the API
// are described and built behind it, which takes longer than to open a database,
// and requests to them wait until they are. Health, pages and files need no
// waiting.
func New(opts Options) *Handler {
	if opts.MaxUpload == 0 {
		opts.MaxUpload = defaultMaxUpload
	}
	if opts.MaxStreams == 0 {
		opts.MaxStreams = defaultStreams
	}
	s := &server{
		app: opts.App, logger: opts.Logger, opts: opts, mux: http.NewServeMux(), front: http.NewServeMux(), built: make(chan struct{}),
		frames: newFrames(), once: newOnceKeys(), streams: newStreamGate(opts.MaxStreams),
	}
	s.metrics = newMetrics(s)
	s.plainRoutes()
	go func() {
		defer close(s.built)
		s.doc = newDocument(opts.Version)
		for _, e := range s.routes() {
			e(s)
		}
		s.describeStream()
	}()
	return &Handler{Handler: s.middleware(compressed(http.HandlerFunc(s.dispatch))), s: s}
}

// dispatch passes a request to its routes.
func (s *server) dispatch(w http.ResponseWriter, r *http.Request) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		s.front.ServeHTTP(w, r)
		return
	}
	<-s.built
	s.mux.ServeHTTP(w, r)
}

// Attach gives the handler its app, so that a server makes both at once.
func (h *Handler) Attach(a *app.App) { h.s.app = a }

// compressLarge is the size from which API answers are compressed: below it the
// time costs more than the bytes.
const compressLarge = 64 << 10

// compressed compresses large API answers for clients that take it. The web app's
// files are compressed when they are built.
func compressed(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(compressLarge), gzhttp.CompressionLevel(gzip.BestSpeed),
		gzhttp.ContentTypes([]string{"application/json"}),
	)
	if err != nil {
		return next // the options above are constants
	}
	large := wrap(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/v1/") && r.URL.Path != "/api/v1/stream" {
			large.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Built is closed when the routes of the API are there.
func (h *Handler) Built() <-chan struct{} { return h.s.built }

// compressPages is the size from which pages with answers in them are compressed.
const compressPages = 2 << 10

// compressedPages compresses what webPage wrote into a page; files come compressed.
func compressedPages(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(
		gzhttp.MinSize(compressPages), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.ContentTypes([]string{"text/html"}),
	)
	if err != nil {
		return next // the options above are constants
	}
	return wrap(next)
}

// OpenAPI returns the API's OpenAPI 3.1 document as JSON.
func (h *Handler) OpenAPI() ([]byte, error) { return h.s.openAPI() }

// Close ends the live streams, so that the server can shut down.
func (h *Handler) Close() { h.s.streams.close() }

const prefix = "/api/v1"

// plainRoutes are those that are not JSON in, JSON out.
func (s *server) plainRoutes() {
	s.mux.HandleFunc("GET /api/v1/stream", s.stream)
	s.mux.HandleFunc("GET /api/v1/files/{file}/content", s.fileContent)
	s.mux.HandleFunc("GET /api/v1/files/{file}/thumbnail", s.fileThumbnail)
	s.mux.HandleFunc("GET /api/v1/openapi.json", s.serveOpenAPI)
	s.mux.HandleFunc("GET /api/docs", s.serveDocs)
	s.mux.HandleFunc("GET /api/docs.css", s.serveDocsStyle)
	s.front.HandleFunc("GET /unsubscribe", s.unsubscribe)
	s.front.HandleFunc("POST /unsubscribe", s.unsubscribe)
	s.front.HandleFunc("GET /healthz", s.health)
	s.front.HandleFunc("GET /readyz", s.ready)
	s.front.HandleFunc("GET /metrics", s.serveMetrics)
	s.mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		s.writeProblem(w, r, notFoundRoute(r))
	})
	if s.opts.Web != nil {
		s.front.Handle("/", compressedPages(http.HandlerFunc(s.webPage)))
	}
}

// newDocument describes the API but for its routes.
func newDocument(version string) *huma.OpenAPI {
	return &huma.OpenAPI{
		OpenAPI: "3.1.0",
		Info: &huma.Info{
			Title: "Cairn", Version: version,
			Description: "Everything the web app does, and nothing it cannot: the web app uses this API only. " +
				"Sign in with a session cookie or send a personal API token as a bearer token. Errors are problem details (RFC 9457).",
		},
		Servers: []*huma.Server{{URL: prefix}},
		Components: &huma.Components{
			Schemas: huma.NewMapRegistry("#/components/schemas/", huma.DefaultSchemaNamer),
			SecuritySchemes: map[string]*huma.SecurityScheme{
				"token":   {Type: "http", Scheme: "bearer", Description: "A personal API token"},
				"session": {Type: "apiKey", In: "cookie", Name: "__Host-cairn", Description: "The web app's session"},
			},
		},
	}
}

// health says that the process is alive.
func (s *server) health(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Write([]byte(`{"status":"ok"}` + "\n")) // the client left
}

// ready says that the database answers.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if err := s.app.Ready(r.Context()); err != nil {
		s.logger.Warn("not ready", "err", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(`{"status":"the database does not answer"}` + "\n")) // the client left
		return
	}
	w.Write([]byte(`{"status":"ok"}` + "\n")) // the client left
}
