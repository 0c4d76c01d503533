package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

// place is where a log is: a data directory, outside NATS servers, or EventStoreDB. One of the three is given.
type place struct{ dir, nats, eventStore string }

// parsePlace reads what a flag of copy names.
func parsePlace(flag, text string) (place, error) {
	if url, ok := eventStoreURL(text); ok {
		return place{eventStore: url}, nil
	}
	scheme, _, ok := strings.Cut(text, "://")
	switch {
	case ok && slices.Contains([]string{"nats", "tls", "ws", "wss"}, scheme):
		return place{nats: text}, nil
	case ok || text == "" || likeAddress(text):
		return place{}, wrongFlag(flag, "hãy nêu một thư mục dữ liệu, một cụm NATS (nats://máy:4222 hoặc tls://…), hoặc EventStoreDB (esdb://máy:2113)")
	}
	return place{dir: text}, nil
}

var hostPort = regexp.MustCompile(`^[^/\\]*:\d+(,|$)`)

// likeAddress finds addresses without their beginning: a directory of that name would hold a password in it.
func likeAddress(text string) bool {
	if info, err := os.Stat(text); err == nil && info.IsDir() {
		return false
	}
	return strings.Contains(text, "@") || hostPort.MatchString(text)
}

// eventStoreURL returns an address of EventStoreDB as its client takes it, which does not know the product's new name.
func eventStoreURL(text string) (string, bool) {
	scheme, rest, _ := strings.Cut(text, "://")
	switch strings.ToLower(scheme) {
	case "esdb", "kurrentdb":
		return "esdb://" + rest, true
	case "esdb+discover", "kurrentdb+discover":
		return "esdb+discover://" + rest, true
	}
	return text, false
}

func samePath(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

// store returns the flags that lead to a place.
func (p place) store(flags natsFlags) storeFlags {
	s := alone(p.dir)
	if p.nats != "" {
		s.NATS, s.natsFlags = p.nats, flags
	}
	s.EventStore = p.eventStore
	return s
}

// openPlace opens the log at a place, and the NATS beside it where there is one. It opens neither keys nor views.
func (e *env) openPlace(ctx context.Context, p place, flags natsFlags, mustExist bool) (*app, error) {
	if p.dir == "" {
		return e.openServers(ctx, p.store(flags), mustExist)
	}
	return e.openData(p.dir, mustExist, func(a *app) error {
		if err := a.embed(ctx); err != nil {
			return err
		}
		_, err := a.wireLog(ctx, p.store(flags), mustExist)
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
