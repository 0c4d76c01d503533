package esdblog_test

import (
	"testing"
	"time"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// busy puts events of another program into a store.
func busy(store *esdbtest.Store, events int) {
	for range events {
		store.Put("orders-1", "placed", `{}`, `{}`)
	}
}

// TestHeadBehindManyForeignEvents: passing them over takes longer than one attempt, and longer than a call may try.
func TestHeadBehindManyForeignEvents(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = 600 * time.Millisecond
	busy(store, 1_000)
	for _, events := range []int{0, 1} {
		var want domain.Tail
		n.Faults(esdbtest.Faults{})
		if events > 0 {
			want = appended(t, open(t, n.URL()), newCase(), domain.Tail{}, drafts(1)...)
			busy(store, 1_000)
		}
		n.Faults(esdbtest.Faults{Pace: time.Millisecond})
		l, err := esdblog.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if head, err := l.Head(t.Context()); head != want.Position || err != nil {
			t.Errorf("head %d %v, want %d", head, err, want.Position)
		}
		l.Close()
	}
}

// TestHeadGoesOnWhereItWas: a connection that is cut while foreign events are passed over does not begin again.
func TestHeadGoesOnWhereItWas(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	tail := appended(t, open(t, n.URL()), newCase(), domain.Tail{}, drafts(1)...)
	busy(store, 2_000)
	n.Faults(esdbtest.Faults{Pace: time.Millisecond})
	before := n.Passed()
	drops := 0
	stop := make(chan struct{})
	cut := make(chan struct{})
	go func() {
		defer close(cut)
		for at := before + 500; ; {
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
				if n.Passed() > at {
					n.Drop()
					drops, at = drops+1, n.Passed()+500
				}
			}
		}
	}()
	l := open(t, n.URL())
	close(stop)
	<-cut
	n.Faults(esdbtest.Faults{})
	if head, err := l.Head(t.Context()); head != tail.Position || err != nil {
		t.Errorf("head %d %v, want %d", head, err, tail.Position)
	}
	if passed := n.Passed() - before; drops < 2 || passed > 3_500 {
		t.Errorf("%d events were sent over %d connections that were cut", passed, drops)
	}
}

// TestForeignEventsArePassedOverOnce: Head does not look again at what it has looked at.
func TestForeignEventsArePassedOverOnce(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	writer := open(t, n.URL())
	id, ds := newCase(), drafts(2)
	tail := appended(t, writer, id, domain.Tail{}, ds[0])
	busy(store, 5_000)
	l := open(t, n.URL())
	looks := func(l *esdblog.Log, want domain.Tail) uint64 {
		t.Helper()
		before := n.Passed()
		if head, err := l.Head(t.Context()); head != want.Position || err != nil {
			t.Errorf("head %d %v, want %d", head, err, want.Position)
		}
		return n.Passed() - before
	}
	if n := looks(l, tail); n > 100 {
		t.Errorf("looked at %d events again", n)
	}
	busy(store, 5_000)
	if n := looks(l, tail); n < 5_000 {
		t.Errorf("looked at %d of 5,000 new events", n)
	}
	tail = appended(t, writer, id, tail, ds[1]) // found although it was written by another
	busy(store, 200)
	if n := looks(l, tail); n > 600 {
		t.Errorf("looked at %d events for 200 new ones", n)
	}
}
