package main

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"

	"hoso/adapters/web"
	"hoso/domain"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/desk"
	"hoso/projections/seal"
)

// serveWeb adds the pages.
func (a *app) serveWeb(mux *http.ServeMux, log *slog.Logger, d *desk.Desk) *web.Site {
	options := web.Options{
		Desk: d, Catalog: a.catalog, Specs: a.specs, Law: a.law, Clock: a.clock, Log: log, Changed: a.runner.Changed, Seals: a.seals, PublicKeys: a.publicKeys, Verify: a.verifyLive,
		Health: a.healthOf, Accounts: a.accounts, WaitFor: a.runner.WaitFor,
		Directory: func() (*access.Reader, error) {
			r, err := a.reading()
			return r.access, err
		},
		Import: d.Import, Rehearse: d.Rehearse, Tables: tables{},
	}
	if a.entrance != nil {
		options.SignIn = a.entrance
	}
	site := web.New(options)
	mux.Handle("/", a.signedIn(site))
	return site
}

// healthOf is what the pages say about how the service is.
func (a *app) healthOf(ctx context.Context) web.Health {
	ctx, cancel := context.WithTimeout(ctx, soon)
	defer cancel()
	h := web.Health{Health: a.runner.Health(ctx), Storage: a.fault(), Rebuilding: a.runner.Ready() != nil, Building: projections.Generation(a.viewsOf()...)}
	if r, err := a.reading(); err == nil {
		h.Built, err = projections.ReadBuilt(ctx, r.views)
		h.Err = cmp.Or(h.Err, err)
	}
	return h
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
