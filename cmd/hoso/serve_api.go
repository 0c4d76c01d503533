package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"

	"hoso/adapters/httpapi"
	"hoso/domain/intake"
	"hoso/projections/desk"
	"hoso/projections/report"
)

// logger returns where faults of requests are told.
func (e *env) logger() *slog.Logger { return slog.New(slog.NewTextHandler(e.err, nil)) }

// serveAPI adds the API. Who watches changes is sent away when the context ends.
func (a *app) serveAPI(ctx context.Context, mux *http.ServeMux, log *slog.Logger) {
	api := httpapi.New(a.desk(), httpapi.Options{Log: log, Ending: ctx})
	mux.Handle(httpapi.Prefix+"/", a.signedIn(api))
}

// signedIn returns a handler that knows who asks.
func (a *app) signedIn(next http.Handler) http.Handler {
	if a.known == nil {
		return next
	}
	return a.known(next)
}

// desk returns what people and programs ask.
func (a *app) desk() *desk.Desk {
	return &desk.Desk{
		Catalog: a.catalog, Specs: a.specs, Log: a.log, Handler: a.handler, Names: a.names, People: a.people, Clock: a.clock, Views: a.runner,
		Reading: func() (desk.Readers, error) {
			r, err := a.reading()
			return desk.Readers{DB: r.views, At: r.at, Figures: r.figures, History: r.history, Register: r.register, Periods: r.periods}, err
		},
		Importer: func() *intake.Importer { return a.importer() },
		Paper: func(format string, w io.Writer, r report.Report, behind report.Behind) error {
			return write(format, w, r, behind)
		},
	}
}
