package projections

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// filled returns an inbox of which a batch of a size was just taken.
func filled(t *testing.T, wanted *atomic.Int32, taken int) *inbox {
	t.Helper()
	b := newInbox(wanted)
	for range taken {
		b.put(Event{})
	}
	if got, err := b.take(false); len(got) != taken || err != nil {
		t.Fatalf("%d events, %v", len(got), err)
	}
	return b
}

// trickle puts events in, one a millisecond.
func trickle(b *inbox, n int) {
	for range n {
		b.put(Event{})
		time.Sleep(time.Millisecond)
	}
}

func TestABatchWaitsForMoreInACrowd(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before int
		live   bool
		wanted int32
		want   int
		after  time.Duration
	}{
		"after a crowd":                      {crowd, true, 0, 100, lull},
		"after a few":                        {crowd - 1, true, 0, 1, 0},
		"while the views are far behind":     {crowd, false, 0, 1, 0},
		"where somebody waits for the views": {crowd, true, 1, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var wanted atomic.Int32
				b := filled(t, &wanted, c.before)
				wanted.Store(c.wanted)
				go trickle(b, 150)
				synctest.Wait()
				begun := time.Now()
				got, err := b.take(c.live)
				if took := time.Since(begun); took != c.after || len(got) < c.want || len(got) > c.want+1 || err != nil {
					t.Errorf("%d events after %v, %v", len(got), took, err)
				}
				b.end(errors.New("over"))
				time.Sleep(time.Second)
			})
		})
	}
}

// Who begins to wait for the views does not wait for a batch that waits for more.
func TestABatchGoesWhenItIsWanted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &Runner{}
		b := filled(t, &r.wanted, crowd)
		r.box.Store(b)
		b.put(Event{})
		begun := time.Now()
		go func() {
			time.Sleep(10 * time.Millisecond)
			r.want()
		}()
		if got, err := b.take(true); len(got) != 1 || err != nil || time.Since(begun) != 10*time.Millisecond {
			t.Errorf("%d events after %v, %v", len(got), time.Since(begun), err)
		}
	})
}

// The end of the events is not waited for.
func TestABatchGoesWhenThereIsNoMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var wanted atomic.Int32
		b := filled(t, &wanted, crowd)
		b.put(Event{})
		begun := time.Now()
		go func() {
			time.Sleep(10 * time.Millisecond)
			b.end(errors.New("over"))
		}()
		if got, err := b.take(true); len(got) != 1 || err != nil || time.Since(begun) != 10*time.Millisecond {
			t.Errorf("%d events after %v, %v", len(got), time.Since(begun), err)
		}
	})
}
