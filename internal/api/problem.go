package api

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

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

// codeOf is the way back, for what is wrong with a request itself.
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
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
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
	p := problem(st, e.Message)
	p.Code, p.Errors = e.Code, e.Details
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

// problem is an error that only HTTP knows, with a status that says its code.
func problem(httpStatus int, detail string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(httpStatus), Status: httpStatus, Detail: detail, Code: codeOf(httpStatus)}
}

// writeProblem answers with an error, and logs the cause of those that are the
// server's.
func (s *server) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err)
	left := r.Context().Err() != nil && errors.Is(err, r.Context().Err()) // nobody waits for the answer
	if p.Status >= http.StatusInternalServerError && !left {
		s.logger.ErrorContext(r.Context(), "request failed", "err", err, "cause", causeOf(err))
	}
	if info := requestInfoOf(r.Context()); info != nil {
		p.RequestID = info.id
	}
	w.Header().Set("Content-Type", problemType)
	w.Header().Set("Cache-Control", "no-store")
	if p.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retryAfter.Seconds()))))
	}
	w.WriteHeader(p.Status)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.Encode(p) // the client left
}

func causeOf(err error) string {
	type unwrapper interface{ Unwrap() error }
	if u, ok := err.(unwrapper); ok && u.Unwrap() != nil {
		return u.Unwrap().Error()
	}
	return ""
}

func notFoundRoute(r *http.Request) error {
	return cairn.Errorf(cairn.CodeNotFound, "There is nothing at %s %s; /api/docs lists what there is", r.Method, r.URL.Path)
}
