package eventlogtest

import (
	"context"

	"hoso/adapters/memlog"
	"hoso/domain"
)

// lifeFaults are logs that begin, end or stop wrongly.
var lifeFaults = map[string]fault{
	"cancel/append": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			return l.Append(context.WithoutCancel(ctx), id, tail, ds...)
		}}
	},
	"cancel/read": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return silent(l.Read(ctx, id, after))
	}),
	"cancel/follow": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return silent(l.Follow(ctx, after))
	}),
	"cancel/head": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, head: func(ctx context.Context) (domain.Cursor, error) { return l.Head(context.WithoutCancel(ctx)) }}
	},
	"cancel/a follower that waits": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return l.Follow(context.WithoutCancel(ctx), after)
	}),
	"cancel/a read under way": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return l.Read(context.WithoutCancel(ctx), id, after)
	}),

	"reopen/keeps every event as it was": onceReopened(func(domain.EventLog, int) domain.EventLog { return memlog.New() }),
	"reopen/keeps the order of the log": onceReopened(followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		last, _ := l.Head(ctx)
		return backwards(func(yield func(domain.Recorded, error) bool) {
			for e, err := range l.Follow(ctx, after) {
				if !yield(e, err) || e.Position == last {
					return
				}
			}
		})
	})),
	"reopen/a tail from before goes on": onceReopened(func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(context.Context, domain.StreamID, domain.Tail, []domain.Draft) (domain.Tail, error) {
			return domain.Tail{}, domain.ErrConflict
		}}
	}),
	"reopen/conditions are still kept": onceReopened(careless(func(domain.EventLog, domain.Tail, domain.Tail, int) bool { return true })),
	"reopen/a cursor from before goes on": onceReopened(followAs(func(l domain.EventLog, ctx context.Context, _ domain.Cursor) events {
		return l.Follow(ctx, 0)
	})),
	"reopen/a repetition is still none": onceReopened(forgetful),
	"reopen/the head stays":             onceReopened(headAs(func(domain.Cursor) domain.Cursor { return 0 })),
	"reopen/closing ends a follower with an error": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return silent(l.Follow(ctx, after))
	}),

	"model/the same scripts on every log": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		if after == 3 && end(l, id).Version > 8 { // a page boundary
			after++
		}
		return l.Read(ctx, id, after)
	}),
	"model/any script": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if len(ds) == 4 && tail.Version > 2 { // two exchanged
				ds = []domain.Draft{ds[0], ds[2], ds[1], ds[3]}
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	},
}
