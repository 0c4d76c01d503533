package eventlogtest

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"hoso/domain"
)

var errBroken = errors.New("broken")

// writesAnyway refuses, and writes the first n events all the same; 0 means all.
func writesAnyway(n int) fault {
	return answered(func(l domain.EventLog, id domain.StreamID, ds []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if errors.Is(err, domain.ErrConflict) && len(ds) >= n {
			if n > 0 {
				ds = ds[:n]
			}
			_, _ = l.Append(context.Background(), id, end(l, id), ds...)
		}
		return t, err
	})
}

// inParts cuts an append of many events into parts and answers for the first one only.
var inParts = cut(100, func([]domain.Draft) bool { return true })

// cut cuts appends into parts of n where a condition holds, and answers for the first one only.
func cut(n int, when func([]domain.Draft) bool) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if !when(ds) {
				return l.Append(ctx, id, tail, ds...)
			}
			var first domain.Tail
			for part := range slices.Chunk(ds, n) {
				t, err := l.Append(ctx, id, tail, part...)
				if err != nil {
					return t, err
				}
				if tail = t; first.Version == 0 {
					first = t
				}
			}
			return first, nil
		}}
	}
}

func sizeOf(ds []domain.Draft) (n int) {
	for _, d := range ds {
		n += d.Size()
	}
	return n
}

// lockedBy lets reads, or follows, keep the lock of the writers when their reader leaves.
func lockedBy(read, follow bool) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		f := &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			mu.Lock()
			defer mu.Unlock()
			return l.Append(ctx, id, tail, ds...)
		}}
		if read {
			f.read = func(ctx context.Context, id domain.StreamID, after uint64) events {
				return locking(l.Read(ctx, id, after), &mu)
			}
		}
		if follow {
			f.follow = func(ctx context.Context, after domain.Cursor) events { return locking(l.Follow(ctx, after), &mu) }
		}
		return f
	}
}

// faults has, for every clause, a log with the fault that the clause names.
var faults = joined(writeFaults, repeatFaults, crowdFaults, shareFaults, readFaults, followFaults, lifeFaults)

func joined(all ...map[string]fault) map[string]fault {
	one := map[string]fault{}
	for _, m := range all {
		maps.Copy(one, m)
	}
	return one
}

// backwards yields a sequence from its end.
func backwards(seq events) events {
	return func(yield func(domain.Recorded, error) bool) {
		var all []domain.Recorded
		for e, err := range seq {
			if err != nil {
				yield(domain.Recorded{}, err)
				return
			}
			all = append(all, e)
		}
		for _, e := range slices.Backward(all) {
			if !yield(e, nil) {
				return
			}
		}
	}
}
