package eventlogtest

import (
	"context"
	"slices"
	"sync"

	"hoso/domain"
)

// followFaults are logs that follow wrongly.
var followFaults = map[string]fault{
	"follow/from the beginning, everything in order": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return doubled(l.Follow(ctx, after), 4)
	}),
	"follow/from the beginning of an empty log": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return l.Follow(ctx, max(after, 3)) // as if there had to be a first event
	}),
	"follow/yields what read yields": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return changed(l.Follow(ctx, after), func(e *domain.Recorded) { e.Version = uint64(e.Position) })
	}),
	"follow/starts after the cursor": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return l.Follow(ctx, max(after, 1)-1)
	}),
	"follow/sees events that come later": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return func(yield func(domain.Recorded, error) bool) {
			last, _ := l.Head(ctx)
			for e, err := range l.Follow(ctx, after) {
				if err != nil || e.Position > last || !yield(e, nil) {
					return
				}
			}
		}
	}),
	"follow/each event once while others write": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return doubled(l.Follow(ctx, after), 30)
	}),
	"follow/two followers do not share": func(l domain.EventLog, _ int) domain.EventLog {
		var taken sync.Map
		return &faulty{EventLog: l, follow: func(ctx context.Context, after domain.Cursor) events {
			return func(yield func(domain.Recorded, error) bool) {
				for e, err := range l.Follow(ctx, after) {
					if _, gone := taken.LoadOrStore(e.Position, true); gone && err == nil {
						continue
					}
					if !yield(e, err) {
						return
					}
				}
			}
		}}
	},
	"follow/a follower may leave early": lockedBy(false, true),
	"follow/a follower's changes do not reach the log": func(l domain.EventLog, _ int) domain.EventLog {
		cache := cached()
		return &faulty{EventLog: l, follow: func(ctx context.Context, after domain.Cursor) events { return cache(l.Follow(ctx, after)) }}
	},
	"follow/2,000 events": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return doubled(l.Follow(ctx, after), 1024)
	}),
	"follow/from the middle while others append": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return func(yield func(domain.Recorded, error) bool) {
			last, _ := l.Head(ctx)
			for e, err := range l.Follow(ctx, after) {
				if err == nil && after < last && last < e.Position && e.Position <= last+3 { // the first new one after old ones
					continue
				}
				if !yield(e, err) {
					return
				}
			}
		}
	}),
	"follow/many cases in one order": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		n := 0
		return &faulty{EventLog: l, follow: func(ctx context.Context, after domain.Cursor) events {
			mu.Lock()
			defer mu.Unlock()
			if n++; n%2 == 1 {
				return l.Follow(ctx, after)
			}
			return func(yield func(domain.Recorded, error) bool) {
				var held []domain.Recorded
				for e, err := range l.Follow(ctx, after) {
					if held = append(held, e); err == nil && len(held) < 8 {
						continue
					}
					for _, e := range slices.Backward(held) {
						if !yield(e, err) {
							return
						}
					}
					held = nil
				}
			}
		}}
	},

	"head/of an empty log is 0":       headAs(func(c domain.Cursor) domain.Cursor { return max(c, 1) }),
	"head/is the last event's cursor": headAs(func(c domain.Cursor) domain.Cursor { return c + 1 }),
	"head/is never behind an acknowledged append": headAs(func() func(domain.Cursor) domain.Cursor {
		var once sync.Once
		var first domain.Cursor
		return func(c domain.Cursor) domain.Cursor {
			once.Do(func() { first = c })
			return first
		}
	}()),
	"head/a conflict does not move it": func(l domain.EventLog, _ int) domain.EventLog {
		var refused domain.Cursor
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				t, err := l.Append(ctx, id, tail, ds...)
				if err != nil {
					refused++
				}
				return t, err
			},
			head: func(ctx context.Context) (domain.Cursor, error) {
				c, err := l.Head(ctx)
				return c + refused, err
			}}
	},
}
