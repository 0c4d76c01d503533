package eventlogtest

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/domain"
)

// recorder is a test that may fail without failing the test that runs it.
type recorder struct {
	ctx      context.Context
	mu       sync.Mutex
	failures []string
	cleanups []func()
}

func (r *recorder) Helper()                  {}
func (r *recorder) Context() context.Context { return r.ctx }

func (r *recorder) Cleanup(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cleanups = append(r.cleanups, f)
}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	runtime.Goexit()
}

// try runs a clause against a store and returns what it found.
func try(t *testing.T, c clause, store Store) []string {
	ctx, cancel := context.WithCancel(t.Context())
	r := &recorder{ctx: ctx}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.check(open(r, store, time.Second)) // a fault that shows as waiting shows after a second
	}()
	<-done
	cancel()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.cleanups {
		f()
	}
	return r.failures
}

// store is a log in memory with a fault.
type store struct {
	*memlog.Store
	fault    fault
	openings int
}

// fault makes a broken log of one that keeps the contract. opening counts from 0: a fault may show when the log was
// closed and opened again.
type fault func(log domain.EventLog, opening int) domain.EventLog

func broken(f fault) *store { return &store{Store: memlog.NewStore(), fault: f} }

func (s *store) Open(TB) (domain.EventLog, func()) {
	log := memlog.Open(s.Store)
	s.openings++
	return s.fault(log, s.openings-1), log.Close
}

// Beside implements Sharing.
func (s *store) Beside(t TB) (domain.EventLog, func()) { return s.Open(t) }

func TestClausesFindTheirFaults(t *testing.T) {
	setRapid(t)
	named := map[string]bool{}
	for _, c := range clauses() {
		if named[c.name] {
			t.Errorf("two clauses are called %q", c.name)
		}
		named[c.name] = true
		f, ok := faults[c.name]
		if !ok {
			t.Errorf("no log shows that the clause %q finds its fault: %s", c.name, c.fault)
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := try(t, c, broken(f))
			if len(found) == 0 {
				t.Fatalf("the log passes, and its fault is: %s", c.fault)
			}
			t.Log(found[0])
		})
	}
	for name := range faults {
		if !named[name] {
			t.Errorf("a fault for a clause that is not there: %q", name)
		}
	}
}

// TestClausesAcceptASoundLog shows that it is the fault that they find, not the way in which the fault is built in.
func TestClausesAcceptASoundLog(t *testing.T) {
	for _, c := range clauses() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			store := broken(func(l domain.EventLog, _ int) domain.EventLog { return &faulty{EventLog: l} })
			if c.check(open(t, store, patience)); t.Failed() {
				t.Log("a sound log was found at fault")
			}
		})
	}
}
