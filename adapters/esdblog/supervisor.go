package esdblog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// oldest is the first server version that tells, when a stream is read, where in the log its events lie (release notes
// of 22.6.0).
var oldest = esdb.ServerVersion{Major: 22, Minor: 6}

// rest is how long nothing is tried after an attempt that failed.
const rest = 100 * time.Millisecond

// supervisor hands out a client that works, and replaces it when it does not. At most one client is being built at a
// time: while the servers are away everybody waits for that one, and no call is caught in a client that never connects.
type supervisor struct {
	config esdb.Configuration

	mu       sync.Mutex
	now      *session      // nil while there is none
	building chan struct{} // closed when the attempt under way has ended
	failed   error         // why the last attempt failed
	since    time.Time     // when it failed
	closed   bool
	calls    sync.WaitGroup // attempts to build, and calls under way
}

// session is one client, from its first connection to its first trouble.
type session struct {
	client *esdb.Client
	once   sync.Once
}

// end cuts what is under way on the client; see [protect].
func (n *session) end() { n.once.Do(func() { _ = n.client.Close() }) } // it never fails

// use makes a call on a client. It may return long after ctx has ended: see [protect].
func (s *supervisor) use(ctx context.Context, call func(*esdb.Client) error) error {
	n, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer s.calls.Done()
	if err = protect(func() error { return call(n.client) }); speaksAgainst(err) {
		s.retire(n)
	}
	return err
}

// acquire returns a session, and counts a call. It fails when ctx ends, or with why an attempt failed that ended after
// the call began.
func (s *supervisor) acquire(ctx context.Context) (*session, error) {
	began := time.Now()
	for {
		s.mu.Lock()
		switch {
		case s.closed:
			s.mu.Unlock()
			return nil, errClosed
		case s.now != nil:
			s.calls.Add(1)
			defer s.mu.Unlock()
			return s.now, nil
		case s.building == nil && s.failed != nil && !s.since.Before(began):
			defer s.mu.Unlock()
			return nil, s.failed
		case s.building == nil:
			s.building = make(chan struct{})
			s.calls.Go(s.build)
		}
		wait := s.building
		s.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// build makes a client and lets it connect before anybody else gets it: where it cannot, it is of no use any more, and
// whoever held it would wait for ever.
func (s *supervisor) build() {
	s.mu.Lock()
	pause := time.Duration(0)
	if s.failed != nil {
		pause = time.Until(s.since.Add(rest))
	}
	s.mu.Unlock()
	time.Sleep(pause)
	n, err := s.connect()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed, s.since = err, time.Now()
	switch {
	case err == nil && s.closed:
		n.end()
	case err == nil:
		s.now = n
	}
	close(s.building)
	s.building = nil
}

// newDiscovery is what the library logs when it has lost its server and will look for one at the next call.
const newDiscovery = "starting a new discovery process"

// connect returns a client that has a connection. It must not look for a server a second time: where it finds none, it
// is dead for good and holds callers for ever, and where it finds one, it forgets to close the connection it had. It says
// in its log when it is about to, in between two calls, and that is the moment to end it.
func (s *supervisor) connect() (*session, error) {
	n := &session{}
	config := s.config // the library writes into it
	config.Logger = func(_ esdb.LogLevel, format string, _ ...any) {
		if format == newDiscovery {
			s.retire(n)
		}
	}
	client, err := esdb.NewClient(&config)
	if err != nil {
		return nil, fmt.Errorf("make a client: %w", err)
	}
	n.client = client
	version, err := client.GetServerVersion()
	if err == nil && (version.Major < oldest.Major || version.Major == oldest.Major && version.Minor < oldest.Minor) {
		err = tooOld(*version)
	}
	if err != nil {
		n.end()
		return nil, err
	}
	return n, nil
}

// retire ends a session, so that nobody gets it again.
func (s *supervisor) retire(n *session) {
	s.mu.Lock()
	if s.now == n {
		s.now = nil
	}
	s.mu.Unlock()
	n.end()
}

// close ends all clients and returns when nothing runs any more.
func (s *supervisor) close() {
	s.mu.Lock()
	s.closed = true
	n := s.now
	s.now = nil
	s.mu.Unlock()
	if n != nil {
		n.end()
	}
	s.calls.Wait()
}

var errPanicked = errors.New("the client library gave up in the middle of a call")

// protect runs a call of the library, which panics where its client is ended under a call, and turns that into an
// error after which the call may be made again on another client.
func protect(call func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errPanicked, r)
		}
	}()
	return call()
}
