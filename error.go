package cairn

import (
	"errors"
	"fmt"
)

// Code says what kind of failure an Error is. The ten codes are the whole
// list; the API maps each to one HTTP status.
type Code string

// The codes.
const (
	CodeInvalid         Code = "invalid"
	CodeUnauthenticated Code = "unauthenticated"
	CodeForbidden       Code = "forbidden"
	CodeNotFound        Code = "not_found"
	CodeConflict        Code = "conflict"
	CodeTooLarge        Code = "too_large"
	CodeRateLimited     Code = "rate_limited"
	CodeInternal        Code = "internal"
	// CodeNoSpace: a disk or a quota of the server is used up.
	CodeNoSpace Code = "no_space"
	// CodeUnavailable: something that the server needs does not answer.
	CodeUnavailable Code = "unavailable"
)

// Detail names one part of the input that was refused and why.
type Detail struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is a failure that a person can read: a code, a sentence that says what
// happened and what to do, and the parts of the input it concerns. Cause is for
// the server's log only.
type Error struct {
	Code    Code
	Message string
	Details []Detail
	Cause   error
}

// Error returns the message.
func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Errorf makes an Error with a formatted message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Invalid reports input that breaks a rule; field names the part at fault.
func Invalid(field, format string, args ...any) *Error {
	msg := fmt.Sprintf(format, args...)
	return &Error{Code: CodeInvalid, Message: msg, Details: []Detail{{Field: field, Message: msg}}}
}

// NotFound reports that a thing does not exist, or that the asker may not know
// that it does.
func NotFound(what string) *Error {
	return Errorf(CodeNotFound, "%s was not found, or you have no access to it", what)
}

// Forbidden reports that the asker may see the thing but not do this with it.
func Forbidden(format string, args ...any) *Error {
	return Errorf(CodeForbidden, format, args...)
}

// Conflict reports that the thing changed meanwhile or already exists.
func Conflict(format string, args ...any) *Error {
	return Errorf(CodeConflict, format, args...)
}

// CodeOf returns the code of err, CodeInternal when it has none and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
