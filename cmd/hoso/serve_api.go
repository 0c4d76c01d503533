package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"

	"hoso/adapters/httpapi"
	"hoso/adapters/sqliteaccess"
	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections/desk"
	"hoso/projections/report"
)

// logger returns where faults of requests are told.
func (e *env) logger() *slog.Logger { return slog.New(slog.NewTextHandler(e.err, nil)) }

// serveAPI adds the API. Who watches changes is sent away when the context ends.
func (a *app) serveAPI(ctx context.Context, mux *http.ServeMux, log *slog.Logger, d *desk.Desk) {
	mux.Handle(httpapi.Prefix+"/", a.signedIn(httpapi.New(d, httpapi.Options{Log: log, Ending: ctx})))
}

// signedIn returns a handler that knows who asks.
func (a *app) signedIn(next http.Handler) http.Handler {
	if a.known == nil {
		return next
	}
	return a.known(next)
}

// desk returns what people and programs ask. The directory access/ holds who saw whose personal data.
func (a *app) desk(ctx context.Context) (*desk.Desk, error) {
	secret, err := a.keys.Pseudonym(ctx)
	if err != nil {
		return nil, err
	}
	readings, err := sqliteaccess.Open(ctx, filepath.Join(a.dir, "access"), secret, a.clock)
	if err != nil {
		return nil, err
	}
	a.closers = append(a.closers, func() { _ = readings.Close() })
	return &desk.Desk{
		Catalog: a.catalog, Specs: a.specs, Log: a.log, Handler: a.handler, Codec: a.catalog.Codec(a.keys), Access: readings, Stored: a.papers, Names: a.names, People: a.people, Clock: a.clock, Views: a.runner,
		Reading: func() (desk.Readers, error) {
			r, err := a.reading()
			return desk.Readers{DB: r.views, At: r.at, Figures: r.figures, History: r.history, Work: r.worklist, Search: r.search, Register: r.register, Periods: r.periods, Amendments: r.amended}, err
		},
		OnPaper:  func() *domain.Handler { return a.rehearsal(paperOver(a.log)) },
		Importer: func() *intake.Importer { return a.importer() },
		Paper: func(format string, w io.Writer, r report.Report, behind report.Behind) error {
			return write(format, w, r, behind)
		},
	}, nil
}
