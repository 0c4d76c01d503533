package main

import (
	"context"
	"path/filepath"

	"hoso/adapters/natskeys"
	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/intake"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/history"
	"hoso/projections/people"
)

// wire opens what serves the ports of an app. The data directory holds:
//
//	lock    who holds the directory
//	nats/   the embedded server: the log, and the keys of persons, sealed
//	keys/   the key that opens them; a backup keeps it elsewhere
//	views/  what can be read; made again from the log whenever it is missing
func (a *app) wire(ctx context.Context) error {
	server, err := natsserver.Open(ctx, filepath.Join(a.dir, "nats"))
	if err != nil {
		return err
	}
	a.closers = append(a.closers, server.Close)
	a.fault = server.Fault
	nc, err := server.Connect()
	if err != nil {
		return err
	}
	a.nats = nc
	a.closers = append(a.closers, nc.Close)
	log, err := natslog.Open(ctx, nc, natslog.Options{Fault: server.Fault})
	if err != nil {
		return err
	}
	a.closers = append(a.closers, log.Close)
	keys, err := natskeys.Open(ctx, nc, natskeys.Options{Dir: filepath.Join(a.dir, "keys"), Fault: server.Fault})
	if err != nil {
		return err
	}
	a.closers = append(a.closers, keys.Close)
	a.catalog, a.log, a.keys = catalog.All(), log, keys
	a.handler = domain.NewHandler(a.catalog, log, keys, a.clock)
	if a.names, err = intake.NewNames(ctx, keys); err != nil {
		return err
	}
	return a.wireViews(ctx)
}

func (a *app) wireViews(ctx context.Context) error {
	file, runner, err := a.openViews(ctx, filepath.Join(a.dir, "views"))
	if err != nil {
		return err
	}
	a.closers = append(a.closers, func() { _ = file.Close() })
	a.views, a.runner = file.DB(), runner
	a.figures = figures.NewReader(a.catalog, file.DB())
	a.history = history.NewReader(a.handler, file.DB())
	a.people = people.NewReader(file.DB())
	return nil
}

// openViews opens the views of this program's generation in a directory, and what keeps them up to date.
func (a *app) openViews(ctx context.Context, dir string) (*sqliteviews.File, *projections.Runner, error) {
	views := []projections.View{figures.NewView(a.catalog), people.View{}}
	file, err := sqliteviews.Open(ctx, dir, projections.Generation(views...))
	if err != nil {
		return nil, nil, unusable(err)
	}
	runner, err := projections.New(ctx, a.log, a.catalog.Codec(a.keys), file, views...)
	if err != nil {
		_ = file.Close()
		return nil, nil, err
	}
	return file, runner, nil
}
