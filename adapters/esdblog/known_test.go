package esdblog

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/esdblog/esdbtest"
)

// TestFollowersPassForeignEvents: what a follower's subscription was told to have passed is not read again, neither by the
// follower that asks whether it is behind, nor by Head.
func TestFollowersPassForeignEvents(t *testing.T) {
	if os.Getenv("HOSO_TEST_EVENTSTORE") != "" {
		t.Skip("counts what our own server sends")
	}
	t.Parallel()
	store := esdbtest.NewStore()
	n, err := esdbtest.Start(store, esdbtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	l, err := Open(ctx, Options{URL: n.URL(), Watch: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	go func() {
		for range l.Follow(ctx, 0) {
		}
	}()
	for range 20_000 {
		store.Put("orders-1", "placed", `{}`, `{}`)
	}
	for looked := uint64(0); looked < 15_000*100; looked = l.known.state().looked { // an event takes more than 100 bytes
		if ctx.Err() != nil {
			t.Fatalf("the follower is known to have passed %d", looked)
		}
		time.Sleep(time.Millisecond)
	}
	before := n.Passed()
	if head, err := l.Head(ctx); head != 0 || err != nil {
		t.Errorf("head %d, %v", head, err)
	}
	if looks := n.Passed() - before; looks > 10_000 {
		t.Errorf("looked at %d of 20,000 events again", looks)
	}
}

func TestWhatIsKnown(t *testing.T) {
	t.Parallel()
	name := "suite-" + uuid.NewString()
	var k known
	check := func(what string, position, looked uint64) {
		t.Helper()
		if s := k.state(); s.last.position != position || s.looked != looked {
			t.Errorf("%s: last %d, looked up to %d; want %d, %d", what, s.last.position, s.looked, position, looked)
		}
	}
	k.cover(10, 500)
	check("who began behind what is known has not seen all", 0, 0)
	k.cover(0, 100)
	check("looked at", 0, 100)
	k.learn(place{name, 0, 120})
	check("an event of ours", 120, 120)
	k.cover(120, 90)
	check("less than is known", 120, 120)
	k.cover(60, 300)
	check("a follower's checkpoint", 120, 300)
	k.learn(place{name, 1, 80})
	check("an event before the last", 120, 300)
	k.learn(place{name, 2, 310})
	check("a new one", 310, 310)
}
