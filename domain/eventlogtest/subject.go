package eventlogtest

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/domain"
)

// subject is the log under test, as a clause sees it.
type subject struct {
	TB
	log      domain.EventLog
	store    Store // of a clause that has its own
	shut     func()
	patience time.Duration
}

func open(t TB, store Store, patience time.Duration) *subject {
	log, shut := store.Open(t)
	s := &subject{t, log, store, shut, patience}
	t.Cleanup(func() { s.shut() })
	return s
}

// reopen closes the log and opens it on the same events.
func (s *subject) reopen() {
	s.Helper()
	s.shut()
	s.log, s.shut = s.store.Open(s.TB)
}

// ctx returns a context for one call.
func (s *subject) ctx() context.Context {
	ctx, cancel := context.WithTimeout(s.Context(), s.patience)
	s.Cleanup(cancel)
	return ctx
}

// stream returns a stream that nobody has used.
func (s *subject) stream() domain.StreamID { return domain.StreamID{Type: "suite", ID: uuid.New()} }

// drafts returns n events, each with an id of its own and every field set.
func drafts(n int) []domain.Draft {
	all := make([]domain.Draft, n)
	for i := range all {
		all[i] = domain.Draft{
			ID: uuid.New(), Type: "suite.happened", Schema: 1,
			Meta: domain.Meta{
				Actor:   domain.Actor{ID: "lan", Role: "caseworker", Unit: "20"},
				Command: uuid.New(), Fingerprint: "f1", Correlation: uuid.New(), Causation: uuid.New(),
				Occurred: 20240401, Recorded: time.Date(2024, 4, 2, 3, 4, 5, 678901000, time.UTC),
			},
			Data: fmt.Appendf(nil, `{"n":%d}`, i),
		}
	}
	return all
}

// append appends what must be accepted.
func (s *subject) append(id domain.StreamID, tail domain.Tail, ds ...domain.Draft) domain.Tail {
	s.Helper()
	end, err := s.log.Append(s.ctx(), id, tail, ds...)
	if err != nil {
		s.Fatalf("append %d events to %s after %+v: %v", len(ds), id, tail, err)
	}
	return end
}

// grow appends n events to a new stream, one by one, and returns its tails: the n-th follows n events.
func (s *subject) grow(id domain.StreamID, n int) []domain.Tail {
	s.Helper()
	tails := make([]domain.Tail, 1, n+1)
	for _, d := range drafts(n) {
		tails = append(tails, s.append(id, tails[len(tails)-1], d))
	}
	return tails
}

// read returns the stream's events with a version greater than after.
func (s *subject) read(id domain.StreamID, after uint64) []domain.Recorded {
	s.Helper()
	var events []domain.Recorded
	for e, err := range s.log.Read(s.ctx(), id, after) {
		if err != nil {
			s.Fatalf("read %s after %d: %v", id, after, err)
		}
		events = append(events, e)
	}
	return events
}

func (s *subject) head() domain.Cursor {
	s.Helper()
	c, err := s.log.Head(s.ctx())
	if err != nil {
		s.Fatalf("head: %v", err)
	}
	return c
}

// same compares, field by field.
func (s *subject) same(what string, got, want any) {
	s.Helper()
	if reflect.DeepEqual(got, want) { // cmp takes seconds over the largest events
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		s.Errorf("%s (-want +got):\n%s", what, clip(d))
	}
}

func clip(s string) string {
	if len(s) > 2000 {
		return s[:2000] + "…"
	}
	return s
}

// ids returns the events' ids, in order.
func ids(events []domain.Recorded) []uuid.UUID {
	all := make([]uuid.UUID, len(events))
	for i, e := range events {
		all[i] = e.ID
	}
	return all
}

func draftIDs(ds []domain.Draft) []uuid.UUID {
	all := make([]uuid.UUID, len(ds))
	for i, d := range ds {
		all[i] = d.ID
	}
	return all
}

// tailOf returns the tail that the last of a stream's events makes.
func tailOf(events []domain.Recorded) domain.Tail {
	if len(events) == 0 {
		return domain.Tail{}
	}
	last := events[len(events)-1]
	return domain.Tail{Version: last.Version, Position: last.Position}
}

// atOnce starts n calls at the same moment and waits for all of them.
func (s *subject) atOnce(n int, call func(i int)) {
	gun := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-gun
			call(i)
		})
	}
	close(gun)
	wg.Wait()
}

// finishes runs a call that must return soon, whatever becomes of it.
func (s *subject) finishes(what string, call func() error) error {
	s.Helper()
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return err
	case <-time.After(s.patience):
		s.Fatalf("%s did not return", what)
		return nil
	}
}
