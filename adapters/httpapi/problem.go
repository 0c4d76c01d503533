package httpapi

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
)

// Problem is how an error is answered (RFC 9457). Programs go by the code, people read title and detail.
type Problem struct {
	Type     string `json:"type" doc:"about:blank: code says which problem it is"`
	Title    string `json:"title" doc:"Of the kind of problem, in the language asked for"`
	Status   int    `json:"status"`
	Detail   string `json:"detail" doc:"What is wrong and what to do, in the language asked for"`
	Code     string `json:"code" doc:"Stable, for programs: unemployment.not_eligible"`
	Field    string `json:"field,omitempty" doc:"The field or parameter that is wrong"`
	Law      string `json:"law,omitempty" doc:"Document and article on which the refusal rests"`
	Instance string `json:"instance,omitempty" doc:"Of a fault of the program: what its operator finds in the log"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Code }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// retryAfter is when the same request may be answered, in seconds.
const retryAfter = 1

// problemOf puts an error into words. What is a fault of ours is not shown.
func problemOf(err error, en bool) *Problem {
	var e *domain.Error
	if errors.Is(err, context.DeadlineExceeded) {
		e = errTooSlow
	} else if errors.Is(err, os.ErrDeadlineExceeded) {
		e = errSlowBody
	} else if !errors.As(err, &e) || e.Kind == domain.Internal {
		e = &domain.Error{Kind: domain.Internal, Code: "internal", Msg: errInternal.Msg, En: errInternal.En}
	}
	status := statusOf(e)
	p := &Problem{Type: "about:blank", Title: domain.StatusTitle(status).Vi, Status: status, Detail: e.Msg, Code: e.Code, Field: e.Field, Law: e.Law}
	var cause *domain.Error
	if errors.As(e.Err, &cause) && cause.Kind != domain.Internal {
		p.Detail += ": " + cause.Msg
		if p.Law == "" {
			p.Law = cause.Law
		}
	}
	if en {
		p.Title, p.Detail = domain.StatusTitle(status).En, inEnglish(e)
	}
	return p
}

// problems makes huma answer with problems. It is for the whole program, as huma's own setting is.
var problems = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError { return problemOf(plain(status, nil), false) }
	huma.NewErrorWithContext = func(ctx huma.Context, status int, _ string, errs ...error) huma.StatusError {
		err := plain(status, errs)
		if ctx == nil {
			return problemOf(err, false)
		}
		p := problemOf(err, domain.InEnglish(ctx.Header("Accept-Language")))
		if told(ctx.Context(), err) {
			p.note(err, ctx.Operation().OperationID)
		}
		p.headers(ctx.SetHeader)
		return p
	}
})

// failed is an error of an operation, with the log that hears of it where it is a fault of ours.
type failed struct {
	error
	log *slog.Logger
}

// Unwrap returns the error.
func (f *failed) Unwrap() error { return f.error }

// told tells whether somebody should hear of a fault: not where the caller is gone.
func told(ctx context.Context, err error) bool {
	return !errors.Is(err, context.Canceled) || ctx.Err() == nil
}

// note writes a fault of ours to the log, once, and gives the caller a number by which it is found there.
func (p *Problem) note(err error, operation string) {
	var f *failed
	if p.Code != "internal" || !errors.As(err, &f) {
		return
	}
	p.Instance = "urn:hoso:fault:" + rand.Text()
	f.log.Error("request failed", "fault", p.Instance, "operation", operation, "error", f.error)
}

func (p *Problem) headers(set func(name, value string)) {
	set("Cache-Control", "no-store")
	set("Content-Language", map[bool]string{true: "en", false: "vi"}[p.Title == domain.StatusTitle(p.Status).En])
	switch p.Status {
	case http.StatusUnauthorized:
		set("WWW-Authenticate", `Bearer realm="hoso"`)
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		set("Retry-After", strconv.Itoa(retryAfter))
	}
}

// plain returns the error that a handler gave, or one of our own for what huma found wrong with the request. What huma says
// about it quotes values, so of that only the place is kept.
func plain(status int, errs []error) error {
	for _, err := range errs {
		var own *domain.Error
		var place huma.ErrorDetailer
		switch {
		case err == nil:
		case errors.As(err, &place):
			wrong := *errWrongRequest
			if wrong.Field = clip(place.ErrorDetail().Location); wrong.Field == "header.Idempotency-Key" {
				return errNoKey
			}
			return &wrong
		case errors.As(err, &own), status == http.StatusInternalServerError:
			return err
		}
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return errTooLarge
	case http.StatusUnsupportedMediaType:
		return errNotJSON
	case http.StatusRequestTimeout:
		return errSlowBody
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return errWrongRequest
	}
	return errInternal
}

// writeProblem answers outside huma.
func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(err, domain.InEnglish(r.Header.Get("Accept-Language")))
	p.headers(w.Header().Set)
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

// clip keeps a name that was sent short and free of what could end a line of a log.
func clip(s string) string {
	clean := bytes.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, []byte(s))
	if len(clean) > 60 {
		clean = bytes.ToValidUTF8(clean[:60], nil)
	}
	return string(clean)
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	err := out.Encode(v)
	return b.Bytes(), err
}
