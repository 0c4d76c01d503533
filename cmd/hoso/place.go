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

	"hoso/adapters/prommetrics"
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

// openServers opens what is on servers alone.
func (e *env) openServers(open func(*app) error) (*app, error) {
	a := &app{warn: e.warn, clock: e.clock, metrics: prommetrics.New(), fault: func() error { return nil }}
	if err := open(a); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

// openKeysAt opens the embedded server of a data directory that goes with a log, for the keys in it.
func (e *env) openKeysAt(ctx context.Context, dir string, log tie) (*app, error) {
	known, err := readTies(dir)
	if err != nil {
		return nil, err
	}
	if !known.none() && !known.has(log) {
		return nil, known.refuse(dir, log)
	}
	return e.openData(dir, true, func(a *app) error { return a.embed(ctx, true) })
}

// openData takes a data directory for this process, and opens of it what is asked for. Where that fails, a directory that
// was made for it is taken away again.
func (e *env) openData(dir string, mustExist bool, open func(*app) error) (*app, error) {
	_, err := os.Stat(dir)
	made := errors.Is(err, fs.ErrNotExist)
	if mustExist && !hasData(dir) {
		return nil, noData(dir)
	}
	if !mustExist {
		if err := makeDir(dir); err != nil {
			return nil, err
		}
	}
	release, err := lock(dir, holder{os.Getpid(), commandLine(e.args), e.clock().UTC()})
	if err == nil {
		a := &app{dir: dir, warn: e.warn, clock: e.clock, metrics: prommetrics.New(), vary: e.vary, closers: []func(){release}}
		if err = open(a); err == nil {
			return a, nil
		}
		if made {
			a.closers[0] = func() { _ = os.Remove(filepath.Join(dir, lockName)); release() }
		}
		a.close()
	}
	if made {
		_ = os.Remove(dir) // fails where something is in it
	}
	return nil, err
}

// hasData tells whether a directory was ever used: it goes with a log, or has a server's files.
func hasData(dir string) bool {
	for _, name := range []string{tiesName, "nats"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}

func noData(dir string) error {
	return &domain.Error{Kind: domain.Usage, Code: "data.none",
		Msg: "chưa có dữ liệu ở " + dir + "; hãy dùng hoso import, hoặc nêu đúng thư mục bằng --data"}
}

// noServer says that what the embedded server keeps is not in a directory that goes with it.
func noServer(dir string) error {
	return &domain.Error{Kind: domain.NotFound, Code: "data.no_server",
		Msg: "thư mục dữ liệu " + dir + " không có phần của máy chủ có sẵn (nats/); hãy khôi phục từ bản sao lưu, hoặc nêu máy chủ NATS như trước"}
}
