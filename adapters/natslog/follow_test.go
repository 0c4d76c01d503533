package natslog

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/domain"
)

// TestFollowSurvives cuts the connection and takes the consumer away while a follower runs: it sees every event once.
func TestFollowSurvives(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l := openOn(t, nc)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	seen := make(chan domain.Recorded)
	ended := make(chan error, 1)
	go func() {
		for e, err := range l.Follow(ctx, 0) {
			if err != nil {
				ended <- err
				return
			}
			seen <- e
		}
	}()
	var last domain.Cursor
	trouble := []func() error{
		func() error { return nil },
		nc.ForceReconnect,
		func() error {
			s, err := js.Stream(ctx, streamName)
			if err != nil {
				return err
			}
			for name := range s.ConsumerNames(ctx).Name() {
				err = errors.Join(err, s.DeleteConsumer(ctx, name))
			}
			return err
		},
		nc.ForceReconnect,
	}
	for i, make := range trouble {
		if err := make(); err != nil {
			t.Fatal(err)
		}
		want := append20(t, ctx, l)
		for last < want {
			select {
			case e := <-seen:
				if e.Position != last+1 {
					t.Fatalf("after trouble %d: position %d after %d", i, e.Position, last)
				}
				last = e.Position
			case err := <-ended:
				t.Fatalf("after trouble %d: %v", i, err)
			}
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// append20 appends, again and again while the connection comes back.
func append20(t *testing.T, ctx context.Context, l *Log) (end domain.Cursor) {
	t.Helper()
	for n := 0; n < 20; {
		tail, err := l.Append(ctx, aCase(), domain.Tail{}, events(2)...)
		if ctx.Err() != nil {
			t.Fatal(err)
		}
		if err == nil {
			end = tail.Position
			n++
		}
	}
	return end
}

// TestFollowTellsOfAHole takes an event out of the log, which the log itself has no way to do.
func TestFollowTellsOfAHole(t *testing.T) {
	t.Parallel()
	nc := connect(t)
	l := openOn(t, nc)
	c := aCase()
	tail, err := l.Append(t.Context(), c, domain.Tail{}, events(5)...)
	if err != nil {
		t.Fatal(err)
	}
	breakStream(t, nc, tail.Position-2)
	n := 0
	for _, err = range l.Follow(t.Context(), 0) {
		if err != nil {
			break
		}
		n++
	}
	if !errors.Is(err, errGap) || n != 2 {
		t.Errorf("%d events, then %v", n, err)
	}
	n = 0
	for _, err = range l.Read(t.Context(), c, 0) {
		if err != nil {
			break
		}
		n++
	}
	if !errors.Is(err, errShortened) || n != 2 {
		t.Errorf("read %d events, then %v", n, err)
	}
}
