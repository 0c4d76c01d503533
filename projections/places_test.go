package projections_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/projections"
)

// Who has written asks for the number of what was written, of the process that wrote it or of one that was started later.
func TestThePositionOfAWrite(t *testing.T) {
	t.Parallel()
	log, dir := memlog.New(), t.TempDir()
	v := tally{"1"}
	r, _ := open(t, dir, log, v)
	cursors := []domain.Cursor{noted(t, log, 1, 1), noted(t, log, 2, 2), noted(t, log, 3, 3)}
	if err := r.CatchUp(t.Context(), cursors[2]); err != nil {
		t.Fatal(err)
	}
	again, _ := open(t, dir, log, v)
	for name, r := range map[string]*projections.Runner{"the same": r, "started later": again} {
		r.Patience = 10 * time.Millisecond
		for n, c := range cursors {
			if got, err := r.PositionOf(t.Context(), c); err != nil || got != domain.Ordinal(n+1) {
				t.Errorf("%s: cursor %d is at %d, %v; want %d", name, c, got, err, n+1)
			}
		}
		if _, err := r.PositionOf(t.Context(), cursors[2]+1); !errors.Is(err, projections.ErrCatchingUp) {
			t.Errorf("%s: what is not there yet: %v", name, err)
		}
		if err := r.WaitForPosition(t.Context(), 4); !errors.Is(err, projections.ErrCatchingUp) {
			t.Errorf("%s: a position to come: %v", name, err)
		}
	}
}

func TestAChangeIsTold(t *testing.T) {
	t.Parallel()
	log := memlog.New()
	r, _ := open(t, t.TempDir(), log, tally{"1"})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	for n := range domain.Ordinal(20) {
		at, changed := r.Changed()
		noted(t, log, 1, 1)
		for at <= n {
			<-changed
			at, changed = r.Changed()
		}
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
