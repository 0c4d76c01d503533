package main

import (
	"context"
	"log/slog"
	"net/http"

	"hoso/adapters/web"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/desk"
	"hoso/projections/seal"
)

// serveWeb adds the pages, and returns what ends those that are live.
func (a *app) serveWeb(mux *http.ServeMux, log *slog.Logger, d *desk.Desk) (end func()) {
	site := web.New(web.Options{
		Readings: d.Readings, Person: d.Person, Readable: d.Readable, Search: d.Search, Do: d.Do, Try: d.Try, Possible: a.handler.Possibilities,
		Catalog: a.catalog, Specs: a.specs, Law: a.law, Clock: a.clock, Log: log, Changed: a.runner.Changed,
		Names: a.names, Handler: a.handler, WaitFor: a.runner.WaitFor, Write: write, Ledger: a.log,
		Against: func(ctx context.Context) error { return a.runner.Health(ctx).Against },
		Verify:  a.verifyLive, Health: a.healthOf, Accounts: a.accounts, NewPassword: a.newPassword,
		Unit: d.Unit, Documents: d,
		Import: d.Import, Rehearse: d.Rehearse, Tables: tables{},
		Who: func(ctx context.Context) (web.Caller, bool) {
			c, ok := right.Of(ctx)
			return visitor{c, ctx}, ok
		},
		Reading: func() (web.Views, error) {
			r, err := a.reading()
			return web.Views{DB: r.views, At: r.at, Figures: r.figures, History: r.history, Register: r.register, Periods: r.periods, Seals: a.seals, Work: r.worklist, Search: r.search, Access: r.access}, err
		},
	})
	mux.Handle("/", a.signedIn(site))
	return site.Close
}

// healthOf is what the pages say about how the service is.
func (a *app) healthOf(ctx context.Context) web.Health {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	return web.Health{Health: a.runner.Health(ctx), Storage: a.fault(), Rebuilding: a.runner.Ready() != nil, Building: projections.Generation(a.viewsOf()...)}
}

// verifyLive reads the whole log while it is being written, up to where it ended when that began. The views go on meanwhile;
// hoso verify compares them too.
func (a *app) verifyLive(ctx context.Context, progress func(at, to domain.Cursor)) (seal.Verdict, error) {
	keys, err := a.signing.SealKeys(ctx)
	if err != nil {
		return seal.Verdict{}, err
	}
	papers := a.lookAtDocuments()
	o := seal.Options{Trust: seal.TrustOf(keys), Look: papers.look(ctx), Progress: func(_ uint64, at, to domain.Cursor) { progress(at, to) }}
	kept, err := readCheckpoint(a.dir)
	if err != nil {
		return seal.Verdict{}, err
	}
	if kept != "" {
		o.Notes = append(o.Notes, kept)
	}
	v, err := seal.Verify(ctx, a.log, o)
	if err == nil {
		papers.tell(&v)
	}
	return v, err
}

// visitor is a caller as the pages see it.
type visitor struct {
	caller right.Caller
	ctx    context.Context // in which the caller asks
}

func (v visitor) ID() string   { return v.caller.Account }
func (v visitor) Name() string { return v.caller.Name }
func (v visitor) May(a web.Action, caseType string, unit area.Code) error {
	return v.caller.May(right.Action(a), right.Target{CaseType: caseType, Unit: unit})
}
func (v visitor) Somewhere(a web.Action, caseType string) error {
	return desk.Somewhere(v.ctx, right.Action(a), caseType)
}
func (v visitor) Actor(a web.Action, caseType string, unit area.Code) (domain.Actor, error) {
	return v.caller.Actor(right.Action(a), right.Target{CaseType: caseType, Unit: unit})
}

// Units are those of the grants that allow the action, for all case types or one that the grant names.
func (v visitor) Units(a web.Action) (all []area.Code) {
	for _, g := range v.caller.Grants {
		alone := v.caller
		alone.Grants = []right.Grant{g}
		for _, caseType := range append([]string{""}, g.CaseTypes...) {
			if alone.May(right.Action(a), right.Target{CaseType: caseType, Unit: g.Unit}) == nil {
				all = append(all, g.Unit)
				break
			}
		}
	}
	return all
}
