package httpapi

import (
	"net/http"
	"slices"

	"hoso/domain"
)

// severalTimes are the parameters that may stand in an address more than once.
var severalTimes = []string{"indicator", "type"}

// onlyOnce are headers of which one decides what happens. What stands before this program may take another of two than it does.
var onlyOnce = []string{"Idempotency-Key", "If-Match", "Content-Type", "Last-Event-Id"}

// twofold tells what in a request can be understood in two ways, or would be left out silently: a parameter or a header that
// stands there twice, a precondition that the API does not know, content under a coding.
func twofold(r *http.Request) *domain.Error {
	for name, values := range r.URL.Query() {
		if len(values) > 1 && !slices.Contains(severalTimes, name) {
			return twice(errWrongRequest, "query."+name)
		}
	}
	for _, name := range onlyOnce {
		if len(r.Header[name]) > 1 {
			return twice(errWrongRequest, "header."+name)
		}
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return nil
	}
	for _, name := range []string{"If-None-Match", "If-Modified-Since", "If-Unmodified-Since"} {
		if r.Header.Get(name) != "" {
			return twice(errWrongMatch, "header."+name)
		}
	}
	if coding := r.Header.Values("Content-Encoding"); len(coding) > 0 && !slices.Equal(coding, []string{"identity"}) {
		return errEncoded
	}
	return nil
}

func twice(e *domain.Error, field string) *domain.Error {
	at := *e
	at.Field = clip(field)
	return &at
}
