package natslog_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"hoso/domain"
)

// TestGroupCommit has 256 callers grow cases of their own, in ones and in threes, and looks at every answer.
func TestGroupCommit(t *testing.T) {
	t.Parallel()
	l, shut := openLog(t, t.TempDir())
	t.Cleanup(shut)
	var all sync.WaitGroup
	for i := range 256 {
		all.Go(func() {
			id, tail := newCase(), domain.Tail{}
			var ends []domain.Tail
			for n := range 6 {
				drafts := []domain.Draft{draft()}
				if (i+n)%4 == 0 {
					drafts = append(drafts, draft(), draft())
				}
				next, err := l.Append(t.Context(), id, tail, drafts...)
				if err != nil || next.Version != tail.Version+uint64(len(drafts)) || next.Position <= tail.Position {
					t.Errorf("append after %+v: %+v, %v", tail, next, err)
					return
				}
				tail, ends = next, append(ends, next)
			}
			at := map[uint64]domain.Cursor{}
			for e, err := range l.Read(t.Context(), id, 0) {
				if err != nil {
					t.Error(err)
					return
				}
				at[e.Version] = e.Position
			}
			for _, end := range ends {
				if at[end.Version] != end.Position {
					t.Errorf("version %d is at %d, the answer said %d", end.Version, at[end.Version], end.Position)
				}
			}
		})
	}
	all.Wait()
}

// TestRacingWriters has many writers, on two logs of one stream, each try to be the next on few cases.
func TestRacingWriters(t *testing.T) {
	t.Parallel()
	a, b := openTwo(t)
	const perCase = 25
	for _, id := range []domain.StreamID{newCase(), newCase(), newCase()} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			var won atomic.Int64
			var all sync.WaitGroup
			for i := range 16 {
				l := []domain.EventLog{a, b}[i%2]
				all.Go(func() {
					for won.Load() < perCase {
						tail := domain.Tail{}
						for e, err := range l.Read(t.Context(), id, 0) {
							if err != nil {
								t.Error(err)
								return
							}
							tail = domain.Tail{Version: e.Version, Position: e.Position}
						}
						_, err := l.Append(t.Context(), id, tail, draft())
						if err == nil {
							won.Add(1)
						} else if !errors.Is(err, domain.ErrConflict) {
							t.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			n := 0
			for _, err := range a.Read(t.Context(), id, 0) {
				if err != nil {
					t.Fatal(err)
				}
				n++
			}
			if n != int(won.Load()) {
				t.Errorf("%d events, %d answers of success", n, won.Load())
			}
		})
	}
}
