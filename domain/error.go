package domain

import (
	"errors"
	"fmt"
)

// Kind says what sort of thing went wrong, and so how it is answered: [Kind.Status] and [Kind.ExitCode] are the
// only two tables.
type Kind int

const (
	// Internal is a fault of ours or of the machine; nothing the caller can mend in the request.
	Internal Kind = iota
	// Usage is a command line that cannot be understood.
	Usage
	// Invalid is data that cannot be read or breaks its declared form.
	Invalid
	// Rejected is a well-formed command that the rules of the case do not allow now.
	Rejected
	// Conflict is a command that lost against another one, or an id used twice for different content.
	Conflict
	// NotFound is a case, indicator or unit that is not there.
	NotFound
	// Forbidden is an act that this person may not do.
	Forbidden
	// Unavailable is a service that cannot answer now; the same request may succeed later.
	Unavailable
	// Stale is a request for a version of the case that is past.
	Stale
	// Unauthenticated is a request of nobody: no session, no token, or one that has ended.
	Unauthenticated
	// Busy is one request too many, in all or of this caller; the same request may succeed a moment later.
	Busy
)

// Status returns the HTTP status of the kind (RFC 9110, section 15).
func (k Kind) Status() int {
	switch k {
	case Usage, Invalid:
		return 400
	case Forbidden:
		return 403
	case NotFound:
		return 404
	case Conflict:
		return 409
	case Rejected:
		return 422
	case Unavailable:
		return 503
	case Stale:
		return 412
	case Unauthenticated:
		return 401
	case Busy:
		return 429
	}
	return 500
}

// ExitCode returns the exit code of the command line: 1 failed, 2 wrong usage, 3 the data says no.
func (k Kind) ExitCode() int {
	switch k {
	case Usage:
		return 2
	case Invalid, Rejected, Conflict, NotFound, Forbidden, Stale, Unauthenticated:
		return 3
	}
	return 1
}

// Error is an error that a person or a program gets to see. Msg is for people, in Vietnamese, and never quotes
// personal data; Code is for programs and never changes.
type Error struct {
	Kind  Kind
	Code  string // stable, "<case type>.<what_is_wrong>"
	Field string // the field of the command that is wrong, where there is one
	Msg   string
	En    string // the same in English, where the error comes from a [Rule]
	Law   string // document and article on which the refusal rests, where there is one
	Err   error  // the cause, where there is one
}

// Error returns the message, with its field, law and cause.
func (e *Error) Error() string {
	s := e.Msg
	if e.Law != "" {
		s += " (" + e.Law + ")"
	}
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// English returns the sentence in English with that of its cause; nothing where the error comes from no [Rule].
func (e *Error) English() string {
	s := e.En
	var cause *Error
	if s != "" && errors.As(e.Err, &cause) && cause.En != "" {
		s += ": " + cause.English()
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is tells that two errors with the same code are the same error, so that a test can ask errors.Is(err, ErrX).
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// Malformed returns an error of kind Invalid about one field.
func Malformed(code, field, format string, args ...any) *Error {
	return &Error{Kind: Invalid, Code: code, Field: field, Msg: fmt.Sprintf(format, args...)}
}

// KindOf returns the kind of the first [Error] in err's chain; Internal where there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// CodeOf returns the code of the first [Error] in err's chain; "internal" where there is none.
func CodeOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return "internal"
}
