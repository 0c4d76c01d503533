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
	views := []projections.View{figures.NewView(a.catalog), people.View{}}
	file, err := sqliteviews.Open(ctx, filepath.Join(a.dir, "views"), projections.Generation(views...))
	if err != nil {
		return unusable(err)
	}
	a.closers = append(a.closers, func() { _ = file.Close() })
	a.views = file.DB()
	a.runner, err = projections.New(ctx, a.log, a.catalog.Codec(a.keys), file, views...)
	if err != nil {
		return err
	}
	a.figures = figures.NewReader(a.catalog, file.DB())
	a.history = history.NewReader(a.handler, file.DB())
	a.people = people.NewReader(file.DB())
	return nil
}
