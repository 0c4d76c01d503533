package esdblog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

// Options say where and how the log is kept.
type Options struct {
	// URL is the store's connection string, as its own clients take it: "esdb://user:password@host:2113?tls=true", or
	// several hosts of a cluster with commas between them.
	URL string
	// Timeout is how long a call goes on trying while the servers are away; 0 means 10 seconds.
	Timeout time.Duration
	// Watch is how long a follower hears nothing before it asks whether there is something to hear; 0 means 10 seconds.
	Watch time.Duration
	// Prefix stands before the name of every stream, so that several logs can share a store; lower-case letters and
	// digits that end with a dot, or nothing.
	Prefix string
}

// Log is a domain.EventLog. Its methods may be called from many goroutines at once.
type Log struct {
	options Options
	hosts   string
	clients *supervisor
	pattern string // what our streams' names look like, for the server
	known   known
	opened  bool            // it was EventStoreDB that answered
	asked   question        // by Fault
	life    context.Context // ends with Close
	end     context.CancelCauseFunc
}

var _ domain.EventLog = (*Log)(nil)

var prefixes = regexp.MustCompile(`^([a-z0-9]+\.)?$`)

// Open returns the log on a store that is there and lets us read it. It writes nothing, whatever it finds.
//
// Errors are domain.Errors: log.wrong_address, log.no_server, log.tls, log.unauthenticated, log.access_denied,
// log.server_too_old, log.not_eventstore, log.foreign_event.
func Open(ctx context.Context, options Options) (*Log, error) {
	if options.Timeout <= 0 {
		options.Timeout = 10 * time.Second
	}
	if options.Watch <= 0 {
		options.Watch = 10 * time.Second
	}
	if !prefixes.MatchString(options.Prefix) {
		return nil, wrongAddress("tiền tố của luồng chỉ gồm chữ thường và chữ số, kết thúc bằng dấu chấm")
	}
	config, err := parse(options.URL)
	if err != nil {
		return nil, err
	}
	l := &Log{options: options, hosts: hosts(config), clients: &supervisor{config: *config},
		pattern: "^" + regexp.QuoteMeta(options.Prefix) + streamPattern + "$"}
	l.life, l.end = context.WithCancelCause(context.Background())
	if err := l.examine(ctx); err != nil {
		l.Close()
		return nil, fmt.Errorf("open the log: %w", err)
	}
	l.opened = true
	return l, nil
}

// Name tells this log from others, by where it is. It can be the name of a file.
func (l *Log) Name() string {
	sum := sha256.Sum256([]byte(l.hosts + "/" + l.options.Prefix))
	return "eventstore-" + hex.EncodeToString(sum[:6])
}

// examine reads the last of our events: that asks for everything that reading needs.
func (l *Log) examine(ctx context.Context) error {
	s, err := l.search(ctx)
	if err != nil || s.found == nil {
		return err
	}
	_, err = l.decode(s.found)
	return err
}

// Close ends what is running with an error and returns when nothing of the log runs any more. It may be called twice.
func (l *Log) Close() {
	l.end(errClosed)
	l.clients.close()
}

// unlimited is for reads: the library takes no "all".
const unlimited = 1 << 62

// leaderOnly is written out for the day when the library sends it; see [ofLeader].
const leaderOnly = true

func readAllFrom(from esdb.AllPosition, d esdb.Direction) esdb.ReadAllOptions {
	return esdb.ReadAllOptions{From: from, Direction: d, RequiresLeader: leaderOnly}
}
