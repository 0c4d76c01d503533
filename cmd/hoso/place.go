package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

// A place is where a log is: a data directory, outside NATS servers, or EventStoreDB.

func isEventStore(place string) bool {
	return strings.HasPrefix(place, "esdb://") || strings.HasPrefix(place, "esdb+discover://")
}

func samePath(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// openPlace opens the log at a place, and the NATS beside it where there is one. It opens neither keys nor views.
func (e *env) openPlace(ctx context.Context, place string, flags natsFlags, mustExist bool) (*app, error) {
	if strings.Contains(place, "://") {
		s := storeFlags{NATS: place, natsFlags: flags}
		if isEventStore(place) {
			s = storeFlags{EventStore: place}
		}
		return e.openServers(ctx, s, mustExist)
	}
	return e.openData(place, mustExist, func(a *app) error {
		if err := a.embed(ctx); err != nil {
			return err
		}
		_, err := a.wireLog(ctx, alone(place), mustExist)
		return err
	})
}

func (e *env) openServers(ctx context.Context, s storeFlags, mustExist bool) (_ *app, err error) {
	a := &app{warn: e.warn, clock: e.clock, fault: func() error { return nil }}
	defer func() {
		if err != nil {
			a.close()
		}
	}()
	if s.NATS != "" {
		keys := natskeys.Options{Replicas: s.Replicas, MustExist: mustExist, AcceptUnsafe: s.AcceptUnsafe}
		if err := a.connect(ctx, s, mustExist, keys); err != nil {
			return nil, err
		}
	}
	_, err = a.wireLog(ctx, s, mustExist)
	return a, err
}

// openKeysAt opens the embedded server of a data directory, for the keys in it.
func (e *env) openKeysAt(ctx context.Context, dir string) (*app, error) {
	return e.openData(dir, true, func(a *app) error { return a.embed(ctx) })
}

// openData takes a data directory for this process, and opens of it what is asked for.
func (e *env) openData(dir string, mustExist bool, open func(*app) error) (*app, error) {
	if !mustExist {
		if err := makeDir(dir); err != nil {
			return nil, err
		}
	} else if _, err := os.Stat(filepath.Join(dir, "lock")); errors.Is(err, fs.ErrNotExist) {
		return nil, noData(dir)
	}
	release, err := lock(dir, holder{os.Getpid(), commandLine(e.args), e.clock().UTC()})
	if err != nil {
		return nil, err
	}
	a := &app{dir: dir, warn: e.warn, clock: e.clock, closers: []func(){release}}
	if err := open(a); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

func noData(dir string) error {
	return &domain.Error{Kind: domain.Usage, Code: "data.none",
		Msg: "chưa có dữ liệu ở " + dir + "; hãy dùng hoso import, hoặc nêu đúng thư mục bằng --data"}
}
