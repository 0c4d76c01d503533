package httpapi

import (
	"errors"

	"hoso/domain"
)

// inEnglish returns an error's sentence in English. Refusals of rules bring theirs; the others are here, by code. What has
// none is told in Vietnamese.
func inEnglish(e *domain.Error) string {
	if s := e.English(); s != "" {
		return s
	}
	s, ok := sentences[e.Code]
	if !ok {
		return e.Msg
	}
	var cause *domain.Error
	if errors.As(e.Err, &cause) && cause.Kind != domain.Internal {
		s += ": " + inEnglish(cause)
	}
	return s
}

var sentences = map[string]string{}
