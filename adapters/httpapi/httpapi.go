// Package httpapi is the JSON API under /api/v1, made of what the case types declare.
//
//	request ─▶ limits ─▶ huma (parameters, OpenAPI) ─▶ desk.Desk (rights, intake, handler, views) ─▶ JSON or a problem
//
// What holds for all of it:
//
//   - A write is POST /cases/{type}/{case}/{command} with an Idempotency-Key: the command's id. Sent again it has the effect
//     and the answer of once, for ever. If-Match is the version that the case has to be at.
//   - A write answers with its position; every read takes one to wait for (wait_for): it then shows the write, or says 503
//     views.catching_up.
//   - Every read of the past takes as_of: a position, a day or a time.
//   - An error is a problem (RFC 9457) with the stable code of the domain, in Vietnamese, or in English where that is asked
//     for. It quotes nothing that was sent.
//
// Who asks is in the request's context (right.Of): logging in is not the API's business.
package httpapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hoso/projections/desk"
)

// Prefix is where the API is.
const Prefix = "/api/v1"

// Options say how the API is served.
type Options struct {
	Log    *slog.Logger // of faults of the program's own; never of what was sent
	Limits Limits
	// Ending ends when the program is asked to stop: watchers, who would stay, are sent away then. Nil: never.
	Ending context.Context
}

// API is the handler of everything under Prefix.
type API struct {
	http.Handler
	huma huma.API
}

// OpenAPI returns the description of the API, OpenAPI 3.1, indented.
func (a *API) OpenAPI() ([]byte, error) { return indented(a.huma.OpenAPI()) }

// server is what the operations share.
type server struct {
	*desk.Desk
	api  huma.API
	gate *gate
	log  *slog.Logger
	end  context.Context
}

// New returns the API over a desk.
func New(d *desk.Desk, o Options) *API {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Ending == nil {
		o.Ending = context.Background()
	}
	problems()
	mux := http.NewServeMux()
	s := &server{Desk: d, api: humago.NewWithPrefix(mux, Prefix, config()), gate: newGate(o.Limits), log: o.Log, end: o.Ending}
	s.commands()
	s.cases()
	s.persons()
	s.documents()
	s.lists()
	s.figures()
	s.reports()
	s.catalogue()
	s.streams()
	return &API{Handler: s.gate.limit(s.orNone(mux)), huma: s.api}
}

func config() huma.Config {
	c := huma.DefaultConfig("hoso", "1")
	c.Info.Description = description
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "/openapi", "", "", nil
	c.Components.Schemas = schemas()
	c.Components.Responses = problemResponses(c.Components.Schemas)
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token":   {Type: "http", Scheme: "bearer", Description: "Mã truy cập · API token"},
		"session": {Type: "apiKey", In: "cookie", Name: "hoso", Description: "Phiên đăng nhập trên trang · a session of the pages"},
	}
	c.Security = []map[string][]string{{"token": {}}, {"session": {}}}
	return c
}

const description = `Hồ sơ lao động, người có công và xã hội: ghi việc, xem hồ sơ, số liệu và báo cáo.

Case files of a labour and social-affairs office: record acts, read cases, figures and reports. Every write has an
Idempotency-Key and answers with its position; every read takes that position (wait_for) and a moment of the past (as_of).`

// orNone answers what is at no address, and methods that an address does not have, as problems.
func (s *server) orNone(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, pattern := mux.Handler(r); pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		none := &refusal{status: http.StatusNotFound}
		mux.ServeHTTP(none, r)
		if allow := none.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
			writeProblem(w, r, errNoMethod)
			return
		}
		writeProblem(w, r, errNoAddress)
	})
}

// refusal takes what the multiplexer says where it has no handler.
type refusal struct {
	header http.Header
	status int
}

// Header implements http.ResponseWriter.
func (n *refusal) Header() http.Header {
	if n.header == nil {
		n.header = http.Header{}
	}
	return n.header
}

// Write implements http.ResponseWriter.
func (n *refusal) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader implements http.ResponseWriter.
func (n *refusal) WriteHeader(status int) { n.status = status }

// reading is how long a request for an answer may take.
const reading = 30 * time.Second
