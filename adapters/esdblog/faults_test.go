package esdblog_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

func TestServerThatIsAwayForAWhile(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	id, ds := newCase(), drafts(3)
	tail := appended(t, l, id, domain.Tail{}, ds[0])
	n.Stop()
	back := time.AfterFunc(time.Second, func() {
		if err := n.Restart(); err != nil {
			t.Error(err)
		}
	})
	defer back.Stop()
	var callers sync.WaitGroup
	for range 64 { // all of them wait for one new client
		callers.Go(func() {
			other := newCase()
			if _, err := l.Append(t.Context(), other, domain.Tail{}, drafts(1)...); err != nil {
				t.Error(err)
			}
		})
	}
	tail = appended(t, l, id, tail, ds[1])
	callers.Wait()
	appended(t, l, id, tail, ds[2])
	expect(t, l, id, ds)
}

func TestServerThatStaysAway(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = time.Second
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n.Stop()
	for range 3 { // also again: no call is caught in a dead client
		if _, err := l.Append(t.Context(), newCase(), domain.Tail{}, drafts(1)...); code(err) != "log.no_server" || domain.KindOf(err) != domain.Unavailable {
			t.Errorf("append: %v", err)
		}
		if _, err := l.Head(t.Context()); code(err) != "log.no_server" {
			t.Errorf("head: %v", err)
		}
		for _, err := range l.Read(t.Context(), newCase(), 0) {
			if code(err) != "log.no_server" {
				t.Errorf("read: %v", err)
			}
		}
	}
	if err := n.Restart(); err != nil {
		t.Fatal(err)
	}
	id, ds := newCase(), drafts(1)
	appended(t, l, id, domain.Tail{}, ds...)
	expect(t, l, id, ds)
}

// The library ignores a call's deadline while it connects.
func TestDeadlineWhileConnecting(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	hole, err := net.Listen("tcp", "127.0.0.1:0") // accepts and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer hole.Close()
	within := func(what string, call func(context.Context) error) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- call(ctx) }()
		select {
		case err := <-ended:
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", what, err)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("%s did not end with its context", what)
		}
	}
	within("open", func(ctx context.Context) error {
		_, err := esdblog.Open(ctx, hasty("esdb://"+hole.Addr().String()+"?tls=false"))
		return err
	})
	l := open(t, n.URL())
	n.Faults(esdbtest.Faults{Silent: true})
	within("append", func(ctx context.Context) error {
		_, err := l.Append(ctx, newCase(), domain.Tail{}, drafts(1)...)
		return err
	})
	within("head", func(ctx context.Context) error {
		_, err := l.Head(ctx)
		return err
	})
	within("read", func(ctx context.Context) error {
		for _, err := range l.Read(ctx, newCase(), 0) {
			return err
		}
		return nil
	})
	within("follow", func(ctx context.Context) error {
		for _, err := range l.Follow(ctx, 0) {
			return err
		}
		return nil
	})
}

func TestServerThatDoesNotAnswer(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = 600 * time.Millisecond
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n.Faults(esdbtest.Faults{Silent: true})
	if _, err := l.Append(t.Context(), newCase(), domain.Tail{}, drafts(1)...); code(err) != "log.unanswered" {
		t.Errorf("append: %v", err)
	}
	for _, err := range l.Read(t.Context(), newCase(), 0) {
		if code(err) != "log.unanswered" {
			t.Errorf("read: %v", err)
		}
	}
	n.Faults(esdbtest.Faults{NotReady: true})
	if _, err := l.Head(t.Context()); code(err) != "log.no_server" {
		t.Errorf("head: %v", err)
	}
	n.Faults(esdbtest.Faults{})
	appended(t, l, newCase(), domain.Tail{}, drafts(1)...)
}

func TestSlowServer(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	n.Faults(esdbtest.Faults{Delay: 300 * time.Millisecond})
	id, ds := newCase(), drafts(2)
	appended(t, l, id, domain.Tail{}, ds...)
	expect(t, l, id, ds)
}

// A write that was done and not answered is made again, and is there once.
func TestLostAnswers(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	id, ds := newCase(), drafts(7)
	n.Faults(esdbtest.Faults{LoseAnswers: 1})
	tail := appended(t, l, id, domain.Tail{}, ds[0])
	n.Faults(esdbtest.Faults{LoseAnswers: 2})
	tail = appended(t, l, id, tail, ds[1:4]...)
	appended(t, l, id, tail, ds[4:]...)
	expect(t, l, id, ds)
}

// A server that has the write and does not say so leaves the outcome open, and the same call later settles it.
func TestRepeatThatIsIgnored(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = 900 * time.Millisecond
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	n.Faults(esdbtest.Faults{LoseAnswers: 1, IgnoreRepeats: true})
	id, ds := newCase(), drafts(2)
	if _, err := l.Append(t.Context(), id, domain.Tail{}, ds...); domain.KindOf(err) != domain.Unavailable {
		t.Fatalf("got %v", err)
	}
	n.Faults(esdbtest.Faults{})
	end := appended(t, l, id, domain.Tail{}, ds...)
	events := read(t, l, id)
	if last := events[len(events)-1]; len(events) != 2 || end.Version != 2 || end.Position != last.Position {
		t.Errorf("tail %+v, last event %+v", end, last)
	}
}

// The library reports the bare end of a stream where the server refuses a write that is still being sent.
func TestWritesRefusedWhileTheyAreSent(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	id, ds := newCase(), drafts(domain.MaxAppend)
	n.Faults(esdbtest.Faults{RefuseEarly: 3})
	appended(t, l, id, domain.Tail{}, ds...)
	expect(t, l, id, ds)
}

func TestHalfAnswers(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	id, ds := newCase(), drafts(20)
	appended(t, l, id, domain.Tail{}, ds...)
	n.Faults(esdbtest.Faults{HalfAnswers: 5})
	expect(t, l, id, ds)
}

func TestSubscriptionsThatAreLost(t *testing.T) {
	for name, f := range map[string]esdbtest.Faults{
		"ended":     {DropAfter: 3},
		"forgotten": {Forget: 5},
		"doubled":   {Double: true},
	} {
		t.Run(name, func(t *testing.T) {
			n := start(t, esdbtest.NewStore(), esdbtest.Options{})
			l := open(t, n.URL())
			n.Faults(f)
			id, ds := newCase(), drafts(12)
			appended(t, l, id, domain.Tail{}, ds[:6]...)
			events := following(t, l, 0)
			got := take(t, events, 6)
			appended(t, l, id, domain.Tail{Version: 6, Position: got[5].Position}, ds[6:]...)
			for i, e := range append(got, take(t, events, 6)...) {
				if e.ID != ds[i].ID {
					t.Errorf("event %d is %s, want %s", i+1, e.ID, ds[i].ID)
				}
			}
		})
	}
}

func TestSubscriptionAcrossRestarts(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	l := open(t, n.URL())
	events := following(t, l, 0)
	id, ds := newCase(), drafts(6)
	var tail domain.Tail
	for i, d := range ds {
		tail = appended(t, l, id, tail, d)
		if e := take(t, events, 1)[0]; e.ID != d.ID {
			t.Fatalf("event %d is %s", i+1, e.ID)
		}
		if i%2 == 0 {
			n.Drop()
		} else if err := n.Restart(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestStorm lets writers and a follower work while the server fails in every way that is left, and then counts.
func TestStorm(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	store := esdbtest.NewStore()
	store.Projections = true
	n := start(t, store, esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = 20 * time.Second
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	events := following(t, l, 0)
	over := make(chan struct{})
	go func() {
		defer close(over)
		for range 40 {
			time.Sleep(time.Duration(30+rand.IntN(150)) * time.Millisecond)
			change(t, n)
		}
		n.Faults(esdbtest.Faults{})
	}()
	const cases = 12
	ids, all := make([]domain.StreamID, cases), make([][]domain.Draft, cases)
	var writers sync.WaitGroup
	for i := range ids {
		ids[i] = newCase()
		writers.Go(func() {
			for tail := (domain.Tail{}); ; {
				select {
				case <-over:
					return
				default:
				}
				ds := drafts(1 + rand.IntN(3))
				end, err := l.Append(t.Context(), ids[i], tail, ds...)
				if err != nil {
					t.Errorf("case %d after %+v: %v", i, tail, err)
					return
				}
				all[i], tail = append(all[i], ds...), end
			}
		})
	}
	writers.Wait()
	<-over
	total := 0
	for _, ds := range all {
		total += len(ds)
	}
	t.Logf("%d events", total)
	seen, last := map[domain.StreamID]int{}, domain.Cursor(0)
	for _, e := range take(t, events, total) {
		if e.Position <= last || e.Version != uint64(seen[e.Stream]+1) {
			t.Fatalf("position %d after %d, version %d after %d", e.Position, last, e.Version, seen[e.Stream])
		}
		seen[e.Stream], last = seen[e.Stream]+1, e.Position
	}
	for i, id := range ids {
		expect(t, l, id, all[i])
	}
}

// change lets the weather turn.
func change(t *testing.T, n *esdbtest.Node) {
	switch rand.IntN(7) {
	case 0:
		n.Drop()
	case 1:
		if err := n.Restart(); err != nil {
			t.Error(err)
		}
	case 2:
		n.Faults(esdbtest.Faults{LoseAnswers: 3, RefuseEarly: 1, HalfAnswers: 2})
	case 3:
		n.Faults(esdbtest.Faults{DropAfter: 5, Double: true})
	case 4:
		n.Faults(esdbtest.Faults{Forget: 10, Delay: 10 * time.Millisecond})
	case 5:
		n.Faults(esdbtest.Faults{NotReady: true})
	default:
		n.Faults(esdbtest.Faults{})
	}
}
