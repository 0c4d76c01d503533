package natslog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natscluster/clustertest"
	"hoso/domain"
)

const (
	failovers       = 3
	failoverWriters = 6
	failoverWait    = 20 * time.Second // an election takes four to nine seconds
)

// TestKilledLeaderLosesNothing kills the server that leads the stream while two logs write and one follows, again and
// again, and starts it again on its directory; at last it kills all servers together. Nobody is told of it: writers
// repeat a command that got no answer, as the kernel's callers do, and everything has to go on by itself.
func TestKilledLeaderLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills servers for some seconds")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{})
	store := account{c, c.Account(t)}
	w := &witness{acknowledged: map[place]string{}, news: make(chan struct{}, 1)}
	writing, stop := context.WithCancel(t.Context())
	var writers sync.WaitGroup
	defer writers.Wait()
	defer stop()
	var logs [2]domain.EventLog
	for i := range logs {
		l, shut := store.Open(t)
		t.Cleanup(shut)
		logs[i] = l
		for range failoverWriters {
			writers.Go(func() {
				for writing.Err() == nil {
					w.write(t, i, l)
				}
			})
		}
	}
	following, enough := context.WithCancel(t.Context())
	defer enough()
	f := &followed{}
	followerEnded := make(chan error, 1)
	go func() { followerEnded <- f.follow(following, logs[1]) }()

	nc := c.Connect(t, store.login)
	for round := range failovers {
		w.await(t, 200)
		leader := c.Leader(t.Context(), nc, "hoso")
		if leader == nil {
			t.Fatal("the stream has no leader")
		}
		down := []*clustertest.Server{leader}
		if round == failovers-1 {
			down = c.Servers // as when the power fails
		}
		for _, s := range down {
			s.Kill()
		}
		killed := time.Now()
		before := f.count()
		if len(down) > 1 {
			for _, s := range down {
				s.Start(t)
			}
		}
		w.await(t, 1)
		again := time.Since(killed)
		for f.count() == before {
			if time.Since(killed) > failoverWait {
				t.Fatal("the follower does not go on")
			}
			w.await(t, 1)
		}
		if len(down) == 1 {
			leader.Start(t)
		}
		awaitReplicas(t, nc)
		t.Logf("round %d: %d killed, both logs write again after %v, %d acknowledged", round, len(down), again.Round(time.Millisecond), w.count())
	}
	stop()
	writers.Wait()

	all := follow(t, logs[0])
	events := checked(t, logs[0], all)
	for at, id := range w.acknowledged {
		if events[at].ID.String() != id {
			t.Errorf("%v was acknowledged as %s, the log has %s", at, id, events[at].ID)
		}
	}
	for f.count() < len(all) { // what it was not given yet
		select {
		case err := <-followerEnded:
			t.Fatalf("the follower ended: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
	enough()
	<-followerEnded
	for i, e := range f.events {
		if e.ID != all[i].ID || e.Position != all[i].Position {
			t.Fatalf("the follower was given %v at %d, the log has %v", e.ID, e.Position, all[i].ID)
		}
	}
	t.Logf("%d acknowledged, %d in the log", w.count(), len(all))
}

// witness keeps what was acknowledged.
type witness struct {
	mu           sync.Mutex
	acknowledged map[place]string
	by           [2]int // commands of each log
	news         chan struct{}
}

func (w *witness) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acknowledged)
}

// await returns when each log has had so many more commands acknowledged.
func (w *witness) await(t *testing.T, more int) {
	t.Helper()
	began := time.Now()
	w.mu.Lock()
	want := w.by
	w.mu.Unlock()
	for i := range want {
		want[i] += more
	}
	for {
		select {
		case <-w.news:
		case <-time.After(failoverWait):
		}
		w.mu.Lock()
		by := w.by
		w.mu.Unlock()
		if by[0] >= want[0] && by[1] >= want[1] {
			return
		}
		if time.Since(began) > failoverWait {
			t.Fatalf("writing does not go on: %v commands, want %v", by, want)
		}
	}
}

// write writes a case of its own, each command until it is known to be in the log.
func (w *witness) write(t *testing.T, log int, l domain.EventLog) {
	id, tail := newCase(), domain.Tail{}
	for n := range killCommands {
		command := uuid.New()
		drafts := make([]domain.Draft, sizeOf(n))
		for i := range drafts {
			drafts[i] = draft()
			drafts[i].Meta.Command = command
			drafts[i].Meta.Actor.ID = fmt.Sprint(len(drafts)) // how many belong together
		}
		next, ok := persist(t, l, id, tail, drafts)
		if !ok {
			return
		}
		w.mu.Lock()
		for i, d := range drafts {
			w.acknowledged[place{id.String(), tail.Version + 1 + uint64(i)}] = d.ID.String()
		}
		w.by[log]++
		w.mu.Unlock()
		select {
		case w.news <- struct{}{}:
		default:
		}
		tail = next
	}
}

// persist repeats a command that got no answer. Nobody else writes the case: a conflict is with an earlier try.
func persist(t *testing.T, l domain.EventLog, id domain.StreamID, tail domain.Tail, drafts []domain.Draft) (next domain.Tail, ok bool) {
	ctx, unanswered := t.Context(), false
	for ctx.Err() == nil {
		next, err := l.Append(ctx, id, tail, drafts...)
		if err == nil {
			return next, true
		}
		if !errors.Is(err, domain.ErrConflict) {
			if domain.KindOf(err) != domain.Unavailable && ctx.Err() == nil {
				t.Errorf("append: %v is of kind %v", err, domain.KindOf(err))
			}
			unanswered = true
			continue
		}
		if !unanswered {
			var got []string
			for e, err := range l.Read(ctx, id, 0) {
				got = append(got, fmt.Sprint(e.Version, " ", e.Position, " ", e.ID, err))
			}
			t.Errorf("%s: a conflict with nobody: tail %v, drafts %v, has %v", id, tail, drafts[0].ID, got)
			return next, false
		}
		n := 0
		for e, err := range l.Read(ctx, id, tail.Version) {
			if err != nil {
				if domain.KindOf(err) != domain.Unavailable && ctx.Err() == nil {
					t.Errorf("read: %v is of kind %v", err, domain.KindOf(err))
				}
				break
			}
			if n >= len(drafts) || e.ID != drafts[n].ID {
				t.Errorf("%s: version %d is nobody's", id, e.Version)
				return next, false
			}
			n++
			next = domain.Tail{Version: e.Version, Position: e.Position}
		}
		if n == len(drafts) {
			return next, true
		}
	}
	return next, false
}

// followed is what a follower was given.
type followed struct {
	mu     sync.Mutex
	events []domain.Recorded
}

func (f *followed) follow(ctx context.Context, l domain.EventLog) error {
	for e, err := range l.Follow(ctx, 0) {
		if err != nil {
			return err
		}
		f.mu.Lock()
		f.events = append(f.events, e)
		f.mu.Unlock()
	}
	return nil
}

func (f *followed) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.events)
}

// awaitReplicas returns when every server has all of the stream: only then may the next one be killed.
func awaitReplicas(t *testing.T, nc *nats.Conn) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		s, err := js.Stream(t.Context(), "hoso")
		if err != nil || s.CachedInfo().Cluster == nil || s.CachedInfo().Cluster.Leader == "" {
			continue
		}
		current := len(s.CachedInfo().Cluster.Replicas) == 2
		for _, r := range s.CachedInfo().Cluster.Replicas {
			current = current && r.Current && !r.Offline
		}
		if current {
			return
		}
	}
	s, err := js.Stream(t.Context(), "hoso")
	if err == nil {
		for _, r := range s.CachedInfo().Cluster.Replicas {
			t.Logf("%+v", *r)
		}
	}
	t.Fatal("the killed server does not catch up")
}
