// Package httpguard stands before everything that is served: pages, API and probes.
//
// It keeps out what browsers of other sites send (http.CrossOriginProtection of the standard library), clients that are slow
// on purpose, and heads that are too large; gives every answer the headers that keep browsers careful; and turns a crash of one
// request into its 500, with no word of it to the outside.
package httpguard

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"log"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"hoso/domain"
)

const (
	// headTime is how long a client may take to send the head of a request, and idle how long a connection may be quiet.
	headTime = 10 * time.Second
	idle     = 2 * time.Minute
	// bodyTime and answerTime are how long a request's body and its answer may take. Handlers of streams set their own.
	bodyTime   = 30 * time.Second
	answerTime = time.Minute
	maxHead    = 32 << 10
	maxAddress = 8 << 10
)

// Server returns a server of a guarded handler, behind the proxies that are trusted. Its own complaints (broken handshakes and the like) are of no use to anybody
// but who looks for them: they go to the log at level debug.
func Server(h http.Handler, l *slog.Logger, trusted Proxies) *http.Server {
	return &http.Server{Handler: trusted.Behind(Guard(h, l)), ReadHeaderTimeout: headTime, IdleTimeout: idle, MaxHeaderBytes: maxHead,
		ErrorLog: log.New(quiet{l}, "", 0)}
}

type quiet struct{ *slog.Logger }

// Write implements io.Writer.
func (q quiet) Write(b []byte) (int, error) {
	q.Debug("http server", "message", string(b))
	return len(b), nil
}

// Guard returns a handler that lets pass what another one should see.
func Guard(next http.Handler, l *slog.Logger) http.Handler {
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusForbidden, "request.cross_site", domain.Text{Vi: "yêu cầu đến từ một trang khác; hãy làm lại từ trang của hệ thống này",
			En: "the request comes from another site; do it again from a page of this one"})
	}))
	guarded := own.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		careful(w.Header(), r.TLS != nil)
		rc := http.NewResponseController(w)
		_ = rc.SetReadDeadline(time.Now().Add(bodyTime))
		_ = rc.SetWriteDeadline(time.Now().Add(answerTime))
		if len(r.RequestURI) > maxAddress {
			refuse(w, r, http.StatusRequestURITooLong, "request.address_too_long", domain.Text{Vi: "địa chỉ quá dài", En: "the address is too long"})
			return
		}
		if _, err := url.ParseQuery(r.URL.RawQuery); err != nil { // of which the standard library would leave out a part
			refuse(w, r, http.StatusBadRequest, "request.malformed_address", domain.Text{Vi: "tham số trong địa chỉ không đọc được", En: "the parameters in the address cannot be read"})
			return
		}
		begun := &answer{ResponseWriter: w}
		defer caught(begun, r, l)
		guarded.ServeHTTP(begun, r)
	})
}

// careful sets the headers that every answer has: nobody keeps it who does not say otherwise, as assets do; pages loosen the policy of
// contents to what they need.
func careful(h http.Header, tls bool) {
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if tls {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
}

// answer knows whether it has begun.
type answer struct {
	http.ResponseWriter
	begun bool
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.begun = true
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(b []byte) (int, error) {
	a.begun = true
	return a.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController find the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// caught answers for a handler that crashed. Where the answer has begun, it is broken off, so that nobody takes it for whole.
func caught(w *answer, r *http.Request, l *slog.Logger) {
	p := recover()
	if p == nil {
		return
	}
	if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(p)
	}
	fault := "urn:hoso:fault:" + rand.Text()
	l.Error("request crashed", "fault", fault, "panic", p, "stack", string(debug.Stack()))
	if w.begun {
		panic(http.ErrAbortHandler)
	}
	refuse(w, r, http.StatusInternalServerError, "internal", domain.Text{Vi: "lỗi của chương trình; hãy báo quản trị viên kèm mã " + fault, En: "a fault of the program; tell an administrator, with the number " + fault})
}

// refuse answers with a problem (RFC 9457), as the API does.
func refuse(w http.ResponseWriter, r *http.Request, status int, code string, detail domain.Text) {
	en := domain.InEnglish(r.Header.Get("Accept-Language"))
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
		Code   string `json:"code"`
	}{"about:blank", domain.StatusTitle(status).In(en), status, detail.In(en), code})
}
