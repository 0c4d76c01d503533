package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/nats-io/nats.go"

	"hoso/adapters/esdblog"
	"hoso/adapters/natscluster"
	"hoso/adapters/natsdocuments"
	"hoso/adapters/natskeys"
	"hoso/adapters/natslog"
	"hoso/adapters/natsserver"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/amendments"
	"hoso/projections/cases"
	"hoso/projections/documents"
	"hoso/projections/figures"
	"hoso/projections/people"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/retention"
	"hoso/projections/seal"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// wire opens what serves the ports of an app: NATS, the log on it or on EventStoreDB, the keys, then the views. The data
// directory holds:
//
//	lock    who holds the directory
//	log     which log it goes with
//	nats/   the embedded server: the log, and the keys of persons and the documents, sealed; not there with outside NATS servers
//	keys/   the key that opens them; a backup keeps it elsewhere
//	checkpoint  the last signed checkpoint that was made here: what the log must go on from
//	acme/   the certificate and its key, where an authority gives it (hoso serve --acme-host); in no backup
//	control.sock  through which other commands reach the process that serves
//	restoring     only while a backup is being restored: its digest
//	views/  what can be read; made again from the log whenever it is missing. With outside servers, a folder for each
//	        log: the places of one mean nothing in another
//
// mustExist is for who only reads: a log that is not there is an error and is not made. Nor is it made where the
// directory goes with one already.
func (a *app) wire(ctx context.Context, s storeFlags, mustExist bool) error {
	known, err := readTies(a.dir)
	if err != nil {
		return err
	}
	writing := !mustExist
	mustExist = mustExist || !known.none()
	if here := (tie{Place: s.place()}); !known.none() && !known.hasAt(here.Place) {
		return known.refuse(a.dir, here)
	}
	keys := natskeys.Options{Dir: filepath.Join(a.dir, "keys"), Replicas: s.Replicas, MustExist: !writing, AcceptUnsafe: s.AcceptUnsafe}
	if err := a.wireNATS(ctx, s, mustExist, keys); err != nil {
		return err
	}
	keys.Fault = a.fault // the keys do not ail with a log that is elsewhere
	views, err := a.wireLog(ctx, s, mustExist)
	if domain.CodeOf(err) == "log.missing" && !known.none() {
		return known.gone(a.dir)
	}
	if err != nil {
		return err
	}
	if !known.none() && !known.has(a.tie) {
		return known.refuse(a.dir, a.tie)
	}
	if err := a.refuseUnfinished(ctx); err != nil {
		return err
	}
	if err := a.wireKeys(ctx, keys); err != nil {
		return err
	}
	a.handler = domain.NewHandler(a.catalog, a.log, a.keys, a.clock)
	a.handler.Observe = a.metrics.Command
	a.wireAccounts()
	if a.names, err = intake.NewNames(ctx, a.keys); err != nil {
		return err
	}
	if err := a.wireViews(ctx, views); err != nil {
		return err
	}
	if now := known.used(a.tie, writing); !now.same(known) {
		return now.write(a.dir)
	}
	return nil
}

// wireNATS opens the embedded server, or a connection to outside ones.
func (a *app) wireNATS(ctx context.Context, s storeFlags, mustExist bool, keys natskeys.Options) error {
	if s.embedded() {
		return a.embed(ctx, mustExist)
	}
	return a.connect(ctx, s, mustExist, keys)
}

// embed starts the server inside this process. mustExist has it make nothing.
func (a *app) embed(ctx context.Context, mustExist bool) error {
	dir := filepath.Join(a.dir, "nats")
	if _, err := os.Stat(dir); mustExist && errors.Is(err, fs.ErrNotExist) {
		return noServer(a.dir)
	}
	server, err := natsserver.Open(ctx, dir)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, server.Close)
	a.fault = server.Fault
	if a.nats, err = server.Connect(); err != nil {
		return err
	}
	a.closers = append(a.closers, a.nats.Close)
	return nil
}

// connect connects to outside servers and looks at everything before anything is made there.
func (a *app) connect(ctx context.Context, s storeFlags, mustExist bool, keys natskeys.Options) error {
	nc, servers, err := a.dial(ctx, s)
	if err != nil {
		return err
	}
	exists, unsafeLog := false, error(nil)
	if s.EventStore == "" {
		exists, unsafeLog, err = natslog.Check(ctx, nc, s.logOptions(mustExist))
	}
	if err != nil && domain.CodeOf(err) == "log.cannot_open" { // what is wrong with the servers says more
		if _, err := natscluster.Inspect(ctx, nc, servers, true); err != nil {
			return err
		}
	}
	if err != nil {
		return err
	}
	found, err := natscluster.Inspect(ctx, nc, servers, exists)
	if err != nil {
		return err
	}
	_, unsafeKeys, err := natskeys.Check(ctx, nc, keys)
	if err != nil {
		return err
	}
	for _, unsafe := range []error{unsafeLog, unsafeKeys} {
		if unsafe != nil {
			found = append(found, natscluster.Finding{Code: domain.CodeOf(unsafe), Msg: unsafe.Error(), Breaks: true})
		}
	}
	return s.judge(found, a.warn)
}

// dial connects to outside servers.
func (a *app) dial(ctx context.Context, s storeFlags) (*nats.Conn, natscluster.Options, error) {
	servers := s.servers(a.warn)
	nc, err := natscluster.Connect(ctx, servers)
	if err != nil {
		return nil, servers, err
	}
	a.nats, a.fault = nc, natscluster.Fault(nc)
	a.closers = append(a.closers, nc.Close)
	return nc, servers, nil
}

// connectToRead connects to the servers of a copy's source. What they could lose one day is not the copy's business.
func (a *app) connectToRead(ctx context.Context, s storeFlags) error {
	nc, servers, err := a.dial(ctx, s)
	if err != nil {
		return err
	}
	found, err := natscluster.Inspect(ctx, nc, servers, true)
	if err != nil {
		return err
	}
	found = slices.DeleteFunc(found, func(f natscluster.Finding) bool { return f.Code != "nats.no_tls" })
	return s.judge(found, a.warn)
}

func (s storeFlags) logOptions(mustExist bool) natslog.Options {
	return natslog.Options{Replicas: s.Replicas, MustExist: mustExist, AcceptUnsafe: s.AcceptUnsafe}
}

// named is a log on servers that other logs are on too.
type named interface {
	domain.EventLog
	Name() string
	Close()
}

// wireLog opens the log, and returns the directory of its views.
func (a *app) wireLog(ctx context.Context, s storeFlags, mustExist bool) (views string, err error) {
	var log named
	if s.EventStore != "" {
		url, _ := eventStoreURL(s.EventStore)
		log, err = esdblog.Open(ctx, esdblog.Options{URL: url})
	} else {
		o := s.logOptions(mustExist)
		o.Fault, o.Committed = a.fault, a.metrics.Committed
		log, err = natslog.Open(ctx, a.nats, o)
	}
	if err != nil {
		return "", err
	}
	a.closers = append(a.closers, log.Close)
	a.heed(log)
	a.log, a.tie, views = a.metrics.Log(log), tie{log.Name(), s.place()}, filepath.Join(a.dir, "views")
	if s.outside() {
		views = filepath.Join(views, log.Name())
	}
	return views, nil
}

// heed adds to the faults of NATS those that a log tells by itself, where it does.
func (a *app) heed(log named) {
	own, ok := log.(interface{ Fault() error })
	if !ok {
		return
	}
	nats := a.fault
	a.fault = func() error {
		if err := nats(); err != nil {
			return err
		}
		return own.Fault()
	}
}

// wireKeys opens the keys. Where there are events already it makes none: new ones would not open what is in them, and the
// same people would come in a second time under other pseudonyms.
func (a *app) wireKeys(ctx context.Context, o natskeys.Options) error {
	head, err := a.log.Head(ctx)
	if err != nil {
		return err
	}
	o.MustExist = o.MustExist || head > 0
	keys, err := natskeys.Open(ctx, a.nats, o)
	if domain.CodeOf(err) == "keys.missing" && head > 0 {
		return keysLost
	}
	if err != nil {
		return err
	}
	a.closers = append(a.closers, keys.Close)
	a.keys, a.signing = keys, keys
	a.papers, err = natsdocuments.Open(a.nats, natsdocuments.Options{Replicas: o.Replicas, AcceptUnsafe: o.AcceptUnsafe, Fault: o.Fault})
	return err
}

var keysLost = &domain.Error{Kind: domain.NotFound, Code: "keys.missing",
	Msg: "nhật ký đã có sự kiện nhưng ở đây không có khóa dữ liệu cá nhân của chúng; hãy chép cả khóa bằng hoso copy (không có --without-keys), hoặc khôi phục kho khóa từ bản sao lưu"}

func (a *app) wireViews(ctx context.Context, dir string) error {
	file, runner, err := a.openViews(ctx, dir)
	if err != nil {
		return err
	}
	a.closers = append(a.closers, func() { _ = file.Close() })
	if damage := file.Damage(); damage != nil {
		a.warn(fmt.Sprintf("tệp số liệu tổng hợp bị hỏng (%v) và được dựng lại từ nhật ký [views.damaged]", damage))
	}
	a.runner, a.readers, a.people = runner, a.over(file.DB(), runner.Position), people.NewReader(file.DB())
	a.seals = seal.NewReader(file.DB())
	a.kept = retention.NewReader(a.catalog, a.log, file.DB())
	a.handler.Retain(a.kept)
	a.sweeper = &documents.Sweeper{Store: a.papers, Log: a.log, Known: documents.NewReader(file.DB()), WaitFor: runner.WaitFor, Clock: a.clock}
	a.before = func(ctx context.Context) error { return a.wireOlder(ctx, file) }
	runner.Compare = a.compare
	return nil
}

// wireOlder opens an older generation of views beside a file. Without one, or with one that cannot be read, nothing is answered
// until the new one is ready.
func (a *app) wireOlder(ctx context.Context, beside *sqliteviews.File) error {
	file, err := beside.Before(ctx, func(db *sql.DB) bool { return projections.Readable(ctx, db, a.viewsOf()...) })
	if err != nil || file == nil {
		return err
	}
	a.closers = append(a.closers, func() { _ = file.Close() })
	var at domain.Ordinal
	if err := file.DB().QueryRowContext(ctx, "SELECT coalesce(max(ordinal), 0) FROM events").Scan(&at); err != nil {
		return err
	}
	a.older = &older{a.over(file.DB(), func() domain.Ordinal { return at }), file.Leave}
	return nil
}

func (a *app) viewsOf() []projections.View {
	views := []projections.View{figures.NewView(a.catalog), people.View{}, cases.NewView(register.CaseType, periods.CaseType, access.CaseType), seal.View{},
		worklist.NewView(a.catalog, a.catalog.Codec(a.keys), a.log), search.NewView(a.catalog.Codec(a.keys)), retention.NewView(a.catalog), documents.View{}, amendments.View{}}
	if a.vary != nil {
		views = a.vary(views)
	}
	return views
}

// openViews opens the views of this program's generation in a directory, and what keeps them up to date.
func (a *app) openViews(ctx context.Context, dir string) (*sqliteviews.File, *projections.Runner, error) {
	views := a.viewsOf()
	file, err := sqliteviews.Open(ctx, dir, projections.Generation(views...))
	if err != nil {
		return nil, nil, unusable(err)
	}
	runner, err := projections.New(ctx, a.log, a.catalog.Codec(a.keys), file, views...)
	if err != nil {
		_ = file.Close()
		if isFull(err) {
			err = unusable(err)
		}
		return nil, nil, err
	}
	return file, runner, nil
}
