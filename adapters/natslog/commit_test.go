package natslog

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natsserver"
	"hoso/domain"
)

func connect(t *testing.T) *nats.Conn {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(srv.Close)
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	return nc
}

func openOn(t *testing.T, nc *nats.Conn) *Log {
	t.Helper()
	l, err := Open(t.Context(), nc, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func aCase() domain.StreamID { return domain.StreamID{Type: "suite", ID: uuid.New()} }

func events(n int) []domain.Draft {
	ds := make([]domain.Draft, n)
	for i := range ds {
		ds[i] = domain.Draft{ID: uuid.New(), Type: "suite.happened", Schema: 1, Data: fmt.Appendf(nil, "%d", i),
			Meta: domain.Meta{Actor: domain.Actor{ID: "lan"}, Recorded: time.Unix(1, 0).UTC()}}
	}
	return ds
}

func aWrite(t *testing.T, c domain.StreamID, tail domain.Tail, n int) *write {
	t.Helper()
	w, err := newWrite(t.Context(), c, tail, events(n))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// versions returns the positions of a case's events, and fails where its versions are not 1, 2, 3…
func versions(t *testing.T, l *Log, c domain.StreamID) (positions []domain.Cursor) {
	t.Helper()
	for e, err := range l.Read(t.Context(), c, 0) {
		if err != nil {
			t.Fatal(err)
		}
		positions = append(positions, e.Position)
		if e.Version != uint64(len(positions)) {
			t.Errorf("%s: version %d in place %d", c, e.Version, len(positions))
		}
	}
	return positions
}

// TestLoserFailsAlone commits groups in which some members have lost to another log, of which this one knows nothing.
func TestLoserFailsAlone(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l, other := openOn(t, nc), openOn(t, nc)
	for _, c := range []struct {
		name    string
		members int
		each    int // events of a member
		losers  []int
	}{
		{"few", 5, 1, []int{2}},
		{"first of many", 40, 1, []int{0}},
		{"last of many", 40, 1, []int{39}},
		{"most of many", 40, 1, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 22, 30, 31, 32, 33, 34, 35}},
		{"all but one", 3, 1, []int{0, 2}},
		{"many events each", 20, 7, []int{3, 11}},
		{"one with many", 1, 7, []int{0}},
		{"nobody", 100, 3, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			lost := map[int]bool{}
			for _, i := range c.losers {
				lost[i] = true
			}
			cases, group := make([]domain.StreamID, c.members), make([]*write, c.members)
			for i := range group {
				cases[i] = aCase()
				if lost[i] {
					if _, err := other.Append(t.Context(), cases[i], domain.Tail{}, events(1)...); err != nil {
						t.Fatal(err)
					}
				}
				group[i] = aWrite(t, cases[i], domain.Tail{}, c.each)
			}
			l.commit(group)
			for i, w := range group {
				o := <-w.done
				got := versions(t, l, cases[i])
				switch {
				case lost[i] && (!errors.Is(o.err, domain.ErrConflict) || len(got) != 1):
					t.Errorf("loser %d: %v, %d events", i, o.err, len(got))
				case !lost[i] && (o.err != nil || len(got) != c.each || uint64(got[len(got)-1]) != o.last):
					t.Errorf("winner %d: %+v, events at %v", i, o, got)
				}
			}
		})
	}
}

// TestMadeUpTail has a member that expects an end that never was: its case ends earlier, not later.
func TestMadeUpTail(t *testing.T) {
	t.Parallel()
	l := openOn(t, connect(t))
	bad, group := aCase(), []*write{}
	for range 20 {
		group = append(group, aWrite(t, aCase(), domain.Tail{}, 1))
	}
	group = append(group, aWrite(t, bad, domain.Tail{Version: 3, Position: 1000}, 1))
	l.commit(group)
	for i, w := range group {
		if o := <-w.done; (o.err != nil) != (i == 20) || (i == 20 && !errors.Is(o.err, domain.ErrConflict)) {
			t.Errorf("%d: %v", i, o.err)
		}
	}
}

// TestRefusedBatch has a batch refused as a whole, for a reason that is nobody's fault: everybody goes alone.
func TestRefusedBatch(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l := openOn(t, nc)
	setStream(t, nc, func(c *jetstream.StreamConfig) { c.AllowAtomicPublish = false })
	group := make([]*write, 30)
	for i := range group {
		group[i] = aWrite(t, aCase(), domain.Tail{}, 1)
	}
	l.commit(group)
	for _, w := range group {
		if o := <-w.done; o.err != nil {
			t.Error(o.err)
		}
	}
	if _, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(2)...); err == nil || errors.Is(err, domain.ErrConflict) {
		t.Errorf("two events without batches: %v", err)
	}
}

// TestFaultIsToldAtOnce has the storage break while a write waits for an answer that will not come.
func TestFaultIsToldAtOnce(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	full := &domain.Error{Kind: domain.Unavailable, Code: "storage.full"}
	asked := 0
	l, err := Open(t.Context(), nc, Options{Fault: func() error {
		if asked++; asked == 1 {
			return nil
		}
		return full
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	setStream(t, nc, func(c *jetstream.StreamConfig) { c.NoAck = true })
	start := time.Now()
	if _, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(1)...); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("after %v", d)
	}
}

// TestNoAnswer has nobody answer: an error, and no conflict.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l, err := Open(t.Context(), nc, Options{Timeout: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	setStream(t, nc, func(c *jetstream.StreamConfig) { c.NoAck = true })
	for _, n := range []int{1, 2} {
		_, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(n)...)
		if !errors.Is(err, errUnanswered) || errors.Is(err, domain.ErrConflict) {
			t.Errorf("%d events: %v", n, err)
		}
	}
}

// TestLostConnection answers whoever waits when the connection is cut.
func TestLostConnection(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l := openOn(t, nc)
	setStream(t, nc, func(c *jetstream.StreamConfig) { c.NoAck = true })
	result := make(chan error, 1)
	go func() {
		_, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(1)...)
		result <- err
	}()
	for { // until the event is there, and only its answer is missing
		if head, err := l.Head(t.Context()); err != nil || head > 0 {
			break
		}
	}
	if err := nc.ForceReconnect(); err != nil {
		t.Fatal(err)
	}
	if err := <-result; !errors.Is(err, errDisconnected) {
		t.Errorf("got %v", err)
	}
}

func setStream(t *testing.T, nc *nats.Conn, change func(*jetstream.StreamConfig)) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), streamName)
	if err != nil {
		t.Fatal(err)
	}
	cfg := s.CachedInfo().Config
	change(&cfg)
	if _, err := js.UpdateStream(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
}

// TestWhatIsCommittedIsTold: every event once, whether it went in alone or in a batch.
func TestWhatIsCommittedIsTold(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	var groups, told atomic.Int64
	l, err := Open(t.Context(), nc, Options{Committed: func(n int) { groups.Add(1); told.Add(int64(n)) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	id := aCase()
	if _, err := l.Append(t.Context(), id, domain.Tail{}, events(1)...); err != nil || groups.Load() != 1 || told.Load() != 1 {
		t.Fatalf("one event: %d of %d groups, %v", told.Load(), groups.Load(), err)
	}
	if _, err := l.Append(t.Context(), id, domain.Tail{}, events(1)...); !errors.Is(err, domain.ErrConflict) || told.Load() != 1 {
		t.Fatalf("what lost is told: %d, %v", told.Load(), err)
	}
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			if _, err := l.Append(t.Context(), aCase(), domain.Tail{}, events(3)...); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if told.Load() != 301 || groups.Load() > 60 {
		t.Errorf("%d events told, in %d groups", told.Load(), groups.Load())
	}
}
