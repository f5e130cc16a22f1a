package api

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn"
	"cairn/internal/auth"
)

// Problem is an error on the wire: problem details as in RFC 9457, with Cairn's
// code, the parts of the input at fault, and the request's id for the log.
type Problem struct {
	Type      string         `json:"type" doc:"about:blank"`
	Title     string         `json:"title" doc:"The HTTP status in words"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail" doc:"What happened and what to do"`
	Code      cairn.Code     `json:"code" enum:"invalid,unauthenticated,forbidden,not_found,conflict,too_large,rate_limited,internal,no_space,unavailable"`
	Errors    []cairn.Detail `json:"errors,omitempty" doc:"The parts of the input at fault"`
	RequestID string         `json:"requestId,omitempty"`

	retryAfter time.Duration
}

// Error returns the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders says when to try again after too many requests.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retryAfter.Seconds()))))
	}
	return h
}

// ContentType makes the answer application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// status is the one table from codes to HTTP statuses.
func status(code cairn.Code) int {
	switch code {
	case cairn.CodeInvalid:
		return http.StatusUnprocessableEntity
	case cairn.CodeUnauthenticated:
		return http.StatusUnauthorized
	case cairn.CodeForbidden:
		return http.StatusForbidden
	case cairn.CodeNotFound:
		return http.StatusNotFound
	case cairn.CodeConflict:
		return http.StatusConflict
	case cairn.CodeTooLarge:
		return http.StatusRequestEntityTooLarge
	case cairn.CodeRateLimited:
		return http.StatusTooManyRequests
	case cairn.CodeNoSpace:
		return http.StatusInsufficientStorage
	case cairn.CodeUnavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// codeOf is the way back, for failures that the framework found.
func codeOf(httpStatus int) cairn.Code {
	switch httpStatus {
	case http.StatusUnauthorized:
		return cairn.CodeUnauthenticated
	case http.StatusForbidden:
		return cairn.CodeForbidden
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return cairn.CodeNotFound
	case http.StatusConflict, http.StatusPreconditionFailed:
		return cairn.CodeConflict
	case http.StatusRequestEntityTooLarge:
		return cairn.CodeTooLarge
	case http.StatusTooManyRequests:
		return cairn.CodeRateLimited
	}
	if httpStatus >= 500 {
		return cairn.CodeInternal
	}
	return cairn.CodeInvalid
}

// problemOf turns any error into a problem. What is no *cairn.Error is logged by
// the caller and told to nobody.
func problemOf(err error) *Problem {
	var e *cairn.Error
	if !errors.As(err, &e) {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			e = tooLargeBody(tooLarge.Limit)
		} else {
			e = cairn.Errorf(cairn.CodeInternal, "Something failed on the server. Nothing was changed. The server's log has the cause under this request id")
		}
	}
	st := status(e.Code)
	p := &Problem{
		Type: "about:blank", Title: http.StatusText(st), Status: st,
		Detail: e.Message, Code: e.Code, Errors: e.Details,
	}
	if wait, ok := errors.AsType[*auth.TooMany](err); ok {
		p.retryAfter = wait.RetryAfter
	}
	return p
}

// tooLargeBody refuses a body beyond its limit in bytes; 0 is the ordinary one.
func tooLargeBody(limit int64) *cairn.Error {
	if limit <= 0 {
		limit = maxBody
	}
	return cairn.Errorf(cairn.CodeTooLarge, "The request is larger than %s, which is the most that is read here. Send less at a time", byteSize(limit))
}

// problemTransformer replaces the framework's own errors by ours and adds the
// request's id.
func problemTransformer(ctx huma.Context, _ string, v any) (any, error) {
	p, ok := v.(*Problem)
	if !ok {
		m, isModel := v.(*huma.ErrorModel)
		if !isModel {
			return v, nil
		}
		p = fromModel(m)
	}
	if info := requestInfoOf(ctx.Context()); info != nil {
		p.RequestID = info.id
	}
	return p, nil
}

func fromModel(m *huma.ErrorModel) *Problem {
	p := &Problem{
		Type: "about:blank", Title: m.Title, Status: m.Status, Detail: m.Detail, Code: codeOf(m.Status),
	}
	if m.Status == http.StatusRequestEntityTooLarge {
		// The framework says only "request body is too large limit=8388608 bytes".
		var limit int64
		if _, number, ok := strings.Cut(m.Detail, "limit="); ok {
			limit, _ = strconv.ParseInt(strings.TrimSuffix(number, " bytes"), 10, 64) // 0 when it says nothing
		}
		p.Detail = tooLargeBody(limit).Message
		return p
	}
	var said []string
	for _, d := range m.Errors {
		field := strings.TrimPrefix(strings.TrimPrefix(d.Location, "body."), "body")
		if field == "" {
			field = d.Location
		}
		p.Errors = append(p.Errors, cairn.Detail{Field: field, Message: d.Message})
		said = append(said, strings.TrimSpace(field+": "+d.Message))
	}
	if len(said) > 0 {
		p.Detail = "The request is not as expected: " + strings.Join(said, "; ")
	}
	return p
}

// writeProblem answers with an error outside of the framework.
func (s *server) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		s.logger.ErrorContext(r.Context(), "request failed", "err", err, "cause", causeOf(err))
	}
	if info := requestInfoOf(r.Context()); info != nil {
		p.RequestID = info.id
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	maps.Copy(w.Header(), p.GetHeaders())
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) // the client left
}

func notFoundRoute(r *http.Request) error {
	return cairn.Errorf(cairn.CodeNotFound, "There is nothing at %s %s; /api/docs lists what there is", r.Method, r.URL.Path)
}
