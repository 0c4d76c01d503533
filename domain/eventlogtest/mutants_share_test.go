package eventlogtest

import (
	"context"
	"errors"
	"sync"

	"hoso/adapters/memlog"
	"hoso/domain"
)

// second is a fault of a log that is opened beside another one.
func second(f fault) fault { return onceReopened(f) }

// ownEnds is a log that compares tails with what itself has written, where that is something, and appends at the end.
func ownEnds(l domain.EventLog, _ int) domain.EventLog {
	var mu sync.Mutex
	mine := map[domain.StreamID]domain.Tail{}
	return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
		mu.Lock()
		defer mu.Unlock()
		known, ok := mine[id]
		if ok && known != tail {
			return domain.Tail{}, domain.ErrConflict
		}
		if ok {
			tail = end(l, id)
		}
		t, err := l.Append(ctx, id, tail, ds...)
		if err == nil {
			mine[id] = t
		}
		return t, err
	}}
}

// shareFaults are logs that do not know of each other.
var shareFaults = map[string]fault{
	"share/a tail from one goes on in the other": second(func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if tail.Version > 0 {
				return domain.Tail{}, domain.ErrConflict
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	}),
	"share/a tail that the other has left behind is a conflict": ownEnds,
	"share/one winner among 64 of both": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		seen := map[domain.Tail]bool{}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			mu.Lock()
			defer mu.Unlock()
			if seen[tail] {
				return domain.Tail{}, domain.ErrConflict
			}
			seen[tail] = true
			return l.Append(ctx, id, end(l, id), ds...)
		}}
	},
	// It is woken by its own log alone: it looks only when that has appended.
	"share/a follower of one sees what the other appends": func(l domain.EventLog, _ int) domain.EventLog {
		woken := make(chan struct{}, 1000)
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				t, err := l.Append(ctx, id, tail, ds...)
				woken <- struct{}{}
				return t, err
			},
			follow: func(ctx context.Context, after domain.Cursor) events {
				return func(yield func(domain.Recorded, error) bool) {
					for e, err := range l.Follow(ctx, after) {
						select {
						case <-woken:
						case <-ctx.Done():
							yield(domain.Recorded{}, ctx.Err())
							return
						}
						if !yield(e, err) {
							return
						}
					}
				}
			}}
	},
	"share/a repetition through the other is none": second(func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			return l.Append(ctx, id, end(l, id), ds...)
		}}
	}),
	// Both share what the second one takes down.
	"share/closing one leaves the other": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if tail.Version == 1 {
				return domain.Tail{}, memlog.ErrClosed
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	},
}

// forgetful is a log that knows repetitions only since it was opened: it takes an older one for something new.
func forgetful(l domain.EventLog, _ int) domain.EventLog {
	return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
		t, err := l.Append(ctx, id, tail, ds...)
		if errors.Is(err, domain.ErrConflict) && tail.Version == 0 {
			return l.Append(ctx, id, end(l, id), ds...)
		}
		return t, err
	}}
}
