package transfer_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/calendar"
)

// tb is a test, or one run of a property.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
	Context() context.Context
}

// filled appends random commands to a log: of one to five events, to a few cases, sometimes two commands that lie next
// to each other in one case.
func filled(t *rapid.T, log domain.EventLog, commands int) {
	cases := make([]domain.StreamID, 3)
	for i := range cases {
		cases[i] = domain.StreamID{Type: []string{"loan", "person"}[i%2], ID: uuid.New()}
	}
	for i := range commands {
		add(t, log, rapid.SampledFrom(cases).Draw(t, "case"), rapid.IntRange(1, 5).Draw(t, "events"), i)
	}
}

// add appends a command of n events at the end of a case.
func add(t tb, log domain.EventLog, id domain.StreamID, n, seed int) {
	t.Helper()
	ds := make([]domain.Draft, n)
	command := uuid.New()
	for i := range ds {
		ds[i] = domain.Draft{ID: domain.EventID(command, "f", i), Type: "loan.paid", Schema: 1 + seed%3,
			Meta: domain.Meta{Actor: domain.Actor{ID: "lan đ", Role: "caseworker", Unit: "20"}, Command: command, Fingerprint: "f",
				Correlation: command, Causation: command, Occurred: calendar.Date(20240401 + seed%28),
				Recorded: time.Date(2024, 4, 2, 3, 4, 5, 1000*seed, time.UTC)},
			Data: fmt.Appendf(nil, `{"n": %d,  "i":%d}`, seed, i)}
	}
	if _, err := log.Append(t.Context(), id, end(t, log, id), ds...); err != nil {
		t.Fatalf("append: %v", err)
	}
}

func end(t tb, log domain.EventLog, id domain.StreamID) (tail domain.Tail) {
	for e, err := range log.Read(t.Context(), id, 0) {
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		tail = domain.Tail{Version: e.Version, Position: e.Position}
	}
	return tail
}

// all returns the events of a log, without their positions.
func all(t tb, log domain.EventLog) (events []domain.Recorded) {
	t.Helper()
	head, err := log.Head(t.Context())
	if err != nil || head == 0 {
		return nil
	}
	for e, err := range log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatalf("follow: %v", err)
		}
		at := e.Position
		e.Position = 0
		if events = append(events, e); at == head {
			break
		}
	}
	return events
}

func same(t tb, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

// logOf returns a log in memory that holds these events, each appended by itself.
func logOf(t tb, store *memlog.Store, events []domain.Recorded) *memlog.Log {
	t.Helper()
	log := memlog.Open(store)
	for _, e := range events {
		if _, err := log.Append(t.Context(), e.Stream, end(t, log, e.Stream), e.Draft); err != nil {
			t.Fatalf("append: %v", err)
		}
	}
	return log
}

// target is a log on which appends go wrong.
type target struct {
	domain.EventLog
	wrong   func() wrong
	appends [][]domain.Draft // that took effect
}

// wrong is what happens to an append.
type wrong struct {
	done bool // it takes effect all the same
	err  error
	kill context.CancelFunc // and the process that copies ends
}

var errLost = errors.New("connection lost")

func (l *target) Append(ctx context.Context, id domain.StreamID, tail domain.Tail, ds ...domain.Draft) (domain.Tail, error) {
	w := l.wrong()
	if w.kill != nil {
		defer w.kill()
		w.err = context.Canceled
	}
	if w.err != nil && !w.done {
		return domain.Tail{}, w.err
	}
	t, err := l.EventLog.Append(context.WithoutCancel(ctx), id, tail, ds...)
	if err == nil {
		l.appends = append(l.appends, slices.Clone(ds))
	}
	if w.err != nil {
		return domain.Tail{}, w.err
	}
	return t, err
}

func code(t *testing.T, err error, want string) {
	t.Helper()
	if got := domain.CodeOf(err); err == nil || got != want || domain.KindOf(err) != domain.Rejected {
		t.Errorf("%v (%s), want %s", err, got, want)
	}
}
