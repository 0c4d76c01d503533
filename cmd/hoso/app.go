package main

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"hoso/adapters/prommetrics"
	"hoso/adapters/signin"
	"hoso/domain"
	"hoso/domain/intake"
	"hoso/domain/law"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/documents"
	"hoso/projections/report"
	"hoso/projections/retention"
	"hoso/projections/seal"
)

// app is an open data directory. What serves its ports is decided in wire.go alone.
type app struct {
	dir      string
	warn     func(string) // prints a line for whoever started the program
	clock    domain.Clock
	catalog  *domain.Catalog
	specs    report.Specs
	law      []law.Sheet
	nats     *nats.Conn // for measuring what lies below the log
	log      domain.EventLog
	tie      tie // of the log
	keys     domain.Keys
	signing  signing         // the office's signing keys
	papers   documents.Store // the bytes of documents, where the keys are
	fault    func() error    // why nothing can be written now
	handler  *domain.Handler
	accounts *access.Accounts
	names    intake.Names
	people   intake.People
	known    func(http.Handler) http.Handler             // puts who asks into requests; nil: nobody is known
	entrance *signin.SignIn                              // nil: nobody signs in here
	vary     func([]projections.View) []projections.View // nil but in tests
	before   func(context.Context) error                 // looks for an older generation of views
	metrics  *prommetrics.Metrics
	fed      atomic.Pointer[fed] // nil: other programs are not fed
	runner   *projections.Runner
	seals    *seal.Reader
	kept     *retention.Reader
	sweeper  *documents.Sweeper
	readers         // of this program's views
	older    *older // nil: none is there, or none that can be read
	closers  []func()
}

// openNew opens the data, making it where it is not there.
func (e *env) openNew(ctx context.Context, s storeFlags) (*app, error) {
	return e.openStore(ctx, s, false)
}

// open opens data that is there, and makes neither a log nor keys. Where the keys are on outside servers too, a directory
// that is new is enough: the views are made again.
func (e *env) open(ctx context.Context, s storeFlags) (*app, error) {
	return e.openStore(ctx, s, true)
}

func (e *env) openStore(ctx context.Context, s storeFlags, mustExist bool) (*app, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	set, err := s.load()
	if err != nil {
		return nil, err
	}
	if err := refuseRestoring(s.Data); err != nil {
		return nil, err
	}
	return e.openData(s.Data, mustExist && s.embedded(), func(a *app) error {
		a.catalog, a.specs, a.law = set.catalog, set.specs, set.law
		return a.wire(ctx, s, mustExist)
	})
}

// openCaughtUp opens data for reading, with its views up to date.
func (e *env) openCaughtUp(ctx context.Context, s storeFlags) (*app, error) {
	a, err := e.open(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// catchUp brings the views to the log's end.
func (a *app) catchUp(ctx context.Context, e *env) error {
	head, err := a.log.Head(ctx)
	if err != nil {
		return err
	}
	var bar *progress
	a.runner.Progress = func(p projections.Progress) {
		if bar == nil {
			bar = e.progress("Cập nhật số liệu", int64(p.To-p.From))
		}
		bar.set(e, int64(p.At-p.From))
	}
	err = a.runner.CatchUp(ctx, head)
	a.runner.Progress = nil
	if bar != nil {
		bar.done()
	}
	if isFull(err) {
		err = unusable(err)
	}
	if against := a.runner.Health(ctx).Against; err == nil && against != nil {
		a.warn(against.Error()) // and read all the same: whoever asks sees the warning beside the answer
	}
	return err
}

// why returns the fault of the storage where there is one and the error does not say what people can do. A full disk
// shows itself in many ways, and the server notices a moment after the first write went wrong.
func (a *app) why(ctx context.Context, err error) error {
	if code := domain.CodeOf(err); domain.KindOf(err) != domain.Internal && code != "keys.unavailable" && code != "log.unavailable" {
		return err
	}
	patience := time.After(2 * time.Second)
	look := time.NewTicker(50 * time.Millisecond)
	defer look.Stop()
	for {
		if fault := a.fault(); fault != nil {
			return fault
		}
		select {
		case <-look.C:
		case <-patience:
			return err
		case <-ctx.Done():
			return err
		}
	}
}

// close gives everything back, the last opened first.
func (a *app) close() {
	for i := len(a.closers) - 1; i >= 0; i-- {
		a.closers[i]()
	}
	a.closers = nil
}
