package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"cairn"
	"cairn/internal/app"
)

// Types of what is answered.
const (
	jsonType    = "application/json"
	problemType = "application/problem+json"
)

// op describes one route on the contents page.
type op struct {
	// id names the operation in the OpenAPI document and the generated clients.
	id     string
	method string
	path   string
	// about is one sentence for the documentation.
	about string
	tag   string
	// public routes answer without a sign-in.
	public bool
	// reads marks routes that only read although they are not GET.
	reads bool
	// secret routes answer with something that nobody may see again: the answer
	// is not kept for repeated requests.
	secret bool
	// status of success; 0 is 200.
	status int
	// maxBody in bytes; 0 is the ordinary limit.
	maxBody int64
	// upload routes take a file as their body and read it themselves.
	upload bool
	// answer documents a body that the handler encodes itself.
	answer any
}

// endpoint registers one route.
type endpoint func(*server)

// route ties an operation to its handler.
func route[I, O any](o op, fn func(context.Context, *I) (*O, error)) endpoint {
	// All that is compiled for each pair of types.
	return func(s *server) {
		s.handle(o, handler{
			in: reflect.TypeFor[I](), out: reflect.TypeFor[O](),
			run: func(ctx context.Context, in any) (any, error) { return fn(ctx, in.(*I)) },
		})
	}
}

// handler is a use case: run takes a pointer to an in and returns one to an out.
type handler struct {
	in, out reflect.Type
	run     func(ctx context.Context, in any) (any, error)
}

// handle describes a route and serves it.
func (s *server) handle(o op, h handler) {
	operation := &huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.about, Tags: []string{o.tag},
		DefaultStatus: o.status, MaxBodyBytes: maxBody,
		Responses: map[string]*huma.Response{"default": problemResponse(s.doc)},
	}
	if o.upload {
		operation.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}},
		}}
	}
	if o.maxBody != 0 {
		operation.MaxBodyBytes = o.maxBody
	}
	if !o.public {
		operation.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	}
	if o.answer != nil {
		operation.Responses["200"] = jsonResponse(s.doc, o.answer)
	}
	answers := describeAnswer(s.doc, operation, h.out)
	requests := describeRequest(s.doc, operation, h.in)
	s.doc.AddOperation(operation)
	s.mux.HandleFunc(o.method+" "+prefix+o.path, func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		if info := requestInfoOf(ctx); info != nil {
			info.route, info.secret = o.id, o.secret
		}
		in := reflect.New(h.in)
		// Before the body is read: strangers learn nothing of what is valid.
		err := s.admit(ctx, o)
		if err == nil {
			err = requests.read(w, r, in.Elem())
		}
		var out any
		if err == nil {
			out, err = s.run(ctx, h, in.Interface())
		}
		if err != nil {
			s.writeProblem(w, r, err)
			return
		}
		answers.write(w, out)
	})
}

// run carries out a use case.
func (s *server) run(ctx context.Context, h handler, in any) (any, error) {
	out, err := h.run(ctx, in)
	if cairn.CodeOf(err) == cairn.CodeNotFound && s.behind(ctx) {
		out, err = h.run(ctx, in)
	}
	return out, err
}

// behind reports whether another process has written what this one had not read
// yet, which it then has: what was not found may have been made there a moment
// ago. A use case that finds nothing has written nothing, so it may try again.
func (s *server) behind(ctx context.Context) bool {
	log := s.app.Log()
	before := log.Position()
	return log.CatchUp(ctx) == nil && log.Position() > before
}

// admit refuses requests to routes that are not public without a person behind
// them, and writing ones with a token that can only read, before any use case
// sees them.
func (s *server) admit(ctx context.Context, o op) error {
	if o.public {
		return nil
	}
	info := requestInfoOf(ctx)
	switch {
	case info == nil || info.caller.User == 0:
		if info != nil && info.authErr != nil {
			return info.authErr
		}
		return cairn.Errorf(cairn.CodeUnauthenticated, "Sign in first, or send an API token")
	case info.caller.ReadOnly && o.method != http.MethodGet && !o.reads:
		return cairn.Forbidden("This API token can only read; use one with the scope write")
	}
	return nil
}

func problemResponse(doc *huma.OpenAPI) *huma.Response {
	r := jsonResponse(doc, Problem{})
	r.Description = "What went wrong"
	r.Content = map[string]*huma.MediaType{problemType: r.Content[jsonType]}
	return r
}

func jsonResponse(doc *huma.OpenAPI, v any) *huma.Response {
	return &huma.Response{
		Description: "OK",
		Content: map[string]*huma.MediaType{
			jsonType: {Schema: schemaOf(doc, v)},
		},
	}
}

// callerOf is who asks, with what they said about the write.
func callerOf(ctx context.Context) app.Caller {
	if info := requestInfoOf(ctx); info != nil {
		return info.caller
	}
	return app.Caller{}
}
