package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"cairn"
	"cairn/internal/app"
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
	return func(s *server) {
		operation := huma.Operation{
			OperationID: o.id, Method: o.method, Path: o.path, Summary: o.about, Tags: []string{o.tag},
			DefaultStatus: o.status, MaxBodyBytes: maxBody,
			Responses: map[string]*huma.Response{"default": problemResponse(s.api)},
			Middlewares: huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
				if info := requestInfoOf(ctx.Context()); info != nil {
					info.route, info.secret = o.id, o.secret
				}
				// Before the body is read: strangers learn nothing of what is valid.
				if err := s.admit(ctx.Context(), o); err != nil {
					r, w := humago.Unwrap(ctx)
					s.writeProblem(w, r, err)
					return
				}
				next(ctx)
			}},
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
			operation.Responses["200"] = jsonResponse(s.api, o.answer)
		}
		shape := describeAnswer(s.api, &operation, reflect.TypeFor[O]())
		huma.Register(s.api, operation, func(ctx context.Context, in *I) (*answer, error) {
			out, err := fn(ctx, in)
			if cairn.CodeOf(err) == cairn.CodeNotFound && s.behind(ctx) {
				out, err = fn(ctx, in)
			}
			if err != nil {
				return nil, s.fail(ctx, err)
			}
			return &answer{Body: func(ctx huma.Context) { shape.write(ctx, out) }}, nil
		})
	}
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

// fail turns an error into its wire form and logs the cause of those that are the server's.
func (s *server) fail(ctx context.Context, err error) error {
	p := problemOf(err)
	left := ctx.Err() != nil && errors.Is(err, ctx.Err()) // nobody waits for the answer
	if p.Status >= http.StatusInternalServerError && !left {
		s.logger.ErrorContext(ctx, "request failed", "err", err, "cause", causeOf(err))
	}
	return p
}

func causeOf(err error) string {
	type unwrapper interface{ Unwrap() error }
	if u, ok := err.(unwrapper); ok && u.Unwrap() != nil {
		return u.Unwrap().Error()
	}
	return ""
}

func problemResponse(api huma.API) *huma.Response {
	r := jsonResponse(api, Problem{})
	r.Description = "What went wrong"
	r.Content = map[string]*huma.MediaType{"application/problem+json": r.Content["application/json"]}
	return r
}

func jsonResponse(api huma.API, v any) *huma.Response {
	return &huma.Response{
		Description: "OK",
		Content: map[string]*huma.MediaType{
			"application/json": {Schema: schemaOf(api, v)},
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
