package esdblog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// oldest is the first server version that tells, when a stream is read, where in the log its events lie (release notes
// of 22.6.0).
var oldest = esdb.ServerVersion{Major: 22, Minor: 6}

// rest is how long nothing is tried after an attempt that failed.
const rest = 100 * time.Millisecond

// grace is how long calls under way on a client that is no longer used may take.
const grace = 5 * time.Second

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
	client  *esdb.Client
	users   int
	retired bool // nobody gets it any more
	once    sync.Once
}

// end closes the client. Who is in the middle of a call would panic, so it is done when nobody is; see [protect].
func (n *session) end() { n.once.Do(func() { _ = n.client.Close() }) } // it never fails

// use makes a call on a client. It may return long after ctx has ended.
func (s *supervisor) use(ctx context.Context, call func(*esdb.Client) error) error {
	n, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer s.calls.Done()
	err = protect(func() error { return call(n.client) })
	s.release(n, speaksAgainst(err))
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
			s.now.users++
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

// away tells why there is no client at the moment, nil where there is one. It does not wait, and has one built where
// nobody else does.
func (s *supervisor) away() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.closed:
		return errClosed
	case s.now != nil:
		return nil
	case s.building == nil:
		s.building = make(chan struct{})
		s.calls.Go(s.build)
	}
	if s.failed != nil {
		return s.failed
	}
	return errLost
}

// start runs something that close waits for, unless it was closed.
func (s *supervisor) start(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.calls.Go(f)
	}
	return !s.closed
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

// lostServer is how the library logs an error of a call, before it decides what to do about it.
const lostServer = "unexpected exception: %v"

// connect returns a client that has a connection. It must not look for a server a second time: where it finds none, it
// is dead for good and holds callers for ever, and where it finds one, it forgets to close the connection it had. It
// would do so after an error that says that the server is away; but first it logs the error, in the goroutine of the
// call, and there the call is interrupted.
func (s *supervisor) connect() (*session, error) {
	n := &session{}
	config := s.config // the library writes into it
	config.Logger = func(_ esdb.LogLevel, format string, args ...any) {
		if format != lostServer || len(args) != 1 {
			return
		}
		if err, ok := args[0].(error); ok && status.Code(err) == codes.Unavailable {
			panic(interrupted{err})
		}
	}
	client, err := esdb.NewClient(&config)
	if err != nil {
		return nil, fmt.Errorf("make a client: %w", err)
	}
	n.client = client
	version, err := client.GetServerVersion()
	switch {
	case err != nil:
	case version.Major == 0: // the library's answer for a server that does not know the question
		err = errNotEventStore
	case version.Major < oldest.Major || version.Major == oldest.Major && version.Minor < oldest.Minor:
		err = tooOld(*version)
	}
	if err != nil {
		n.end()
		return nil, err
	}
	return n, nil
}

// release gives a session back. After trouble nobody gets it again, and the last one who leaves closes it. Callers whom
// the library has left waiting for ever, where a leader that it was sent to was not there, are woken after a while.
func (s *supervisor) release(n *session, trouble bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n.users--
	if trouble && !n.retired {
		s.retire(n)
	}
	if n.retired && n.users == 0 {
		n.end()
	}
}

func (s *supervisor) retire(n *session) {
	n.retired = true
	if s.now == n {
		s.now = nil
	}
	time.AfterFunc(grace, n.end)
}

// close retires the client and returns when nothing runs any more. Calls end by their contexts.
func (s *supervisor) close() {
	s.mu.Lock()
	s.closed = true
	if n := s.now; n != nil {
		s.retire(n)
		if n.users == 0 {
			n.end()
		}
	}
	s.mu.Unlock()
	s.calls.Wait()
}

var (
	errNotEventStore = errors.New("the server does not know EventStoreDB's protocol")
	errLost          = errors.New("the connection was lost")
	errPanicked      = errors.New("the client library gave up in the middle of a call")
)

// interrupted is thrown through the library.
type interrupted struct{ error }

// protect runs a call of the library. It may be interrupted, and the library panics where its client is closed under a
// call; both are errors after which the call may be made again on another client.
func protect(call func() error) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case interrupted:
			err = r.error
		default:
			err = fmt.Errorf("%w: %v", errPanicked, r)
		}
	}()
	return call()
}
