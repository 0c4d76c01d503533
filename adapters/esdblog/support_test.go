package esdblog_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// ours skips a test that needs a server which can be made to fail.
func ours(t *testing.T) {
	t.Helper()
	if os.Getenv(realServer) != "" {
		t.Skip("a real server is not broken on purpose")
	}
	t.Parallel()
}

func start(t *testing.T, store *esdbtest.Store, options esdbtest.Options) *esdbtest.Node {
	t.Helper()
	ours(t)
	n, err := esdbtest.Start(store, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	return n
}

// open opens a log that loses patience soon.
func open(t *testing.T, url string) *esdblog.Log {
	t.Helper()
	l, err := esdblog.Open(t.Context(), hasty(url))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func hasty(url string) esdblog.Options {
	return esdblog.Options{URL: url, Timeout: 5 * time.Second, Watch: 200 * time.Millisecond}
}

func newCase() domain.StreamID { return domain.StreamID{Type: "suite", ID: uuid.New()} }

func drafts(n int) []domain.Draft {
	all := make([]domain.Draft, n)
	for i := range all {
		all[i] = domain.Draft{
			ID: uuid.New(), Type: "suite.happened", Schema: 1,
			Meta: domain.Meta{
				Actor:   domain.Actor{ID: "nguyen.thi.lan", Role: "caseworker", Unit: "06550"},
				Command: uuid.New(), Fingerprint: "0123456789abcdef0123456789abcdef", Correlation: uuid.New(), Causation: uuid.New(),
				Occurred: 20240401, Recorded: time.Date(2024, 4, 2, 3, 4, 5, 678901000, time.UTC),
			},
			Data: fmt.Appendf(nil, `{"person":%q,"commune":"06550","amount":1950000,"months":%d}`, uuid.New(), i),
		}
	}
	return all
}

func appended(t *testing.T, l domain.EventLog, id domain.StreamID, tail domain.Tail, ds ...domain.Draft) domain.Tail {
	t.Helper()
	end, err := l.Append(t.Context(), id, tail, ds...)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

func read(t *testing.T, l domain.EventLog, id domain.StreamID) (events []domain.Recorded) {
	t.Helper()
	for e, err := range l.Read(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

// expect reads a case and compares the ids.
func expect(t *testing.T, l domain.EventLog, id domain.StreamID, ds []domain.Draft) {
	t.Helper()
	events := read(t, l, id)
	if len(events) != len(ds) {
		t.Fatalf("%d events, want %d", len(events), len(ds))
	}
	for i, e := range events {
		if e.ID != ds[i].ID || e.Version != uint64(i+1) {
			t.Errorf("version %d is %s, want %s", e.Version, e.ID, ds[i].ID)
		}
	}
}

// following collects what a follower yields.
func following(t *testing.T, l domain.EventLog, after domain.Cursor) <-chan domain.Recorded {
	t.Helper()
	events := make(chan domain.Recorded, 100_000)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for e, err := range l.Follow(ctx, after) {
			if err != nil {
				if ctx.Err() == nil {
					t.Errorf("the follower ended: %v", err)
				}
				return
			}
			events <- e
		}
		t.Error("the follower ended without an error")
	}()
	t.Cleanup(func() { cancel(); <-done })
	return events
}

// take waits for n events.
func take(t *testing.T, events <-chan domain.Recorded, n int) (got []domain.Recorded) {
	t.Helper()
	late := time.After(30 * time.Second)
	for len(got) < n {
		select {
		case e := <-events:
			got = append(got, e)
		case <-late:
			t.Fatalf("%d of %d events came", len(got), n)
		}
	}
	return got
}

func code(err error) string { return domain.CodeOf(err) }
