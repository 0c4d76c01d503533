package eventlogtest

import (
	"context"
	"runtime"
	"sync"

	"hoso/domain"
)

// crowd knows the appends under way.
type crowd struct {
	mu      sync.Mutex
	streams map[domain.StreamID]int
	arrived int
}

// enter lets others come, and tells how many appends are under way to this stream, and how many to others.
func (c *crowd) enter(id domain.StreamID) (here, elsewhere int) {
	c.mu.Lock()
	c.streams[id]++
	c.arrived++
	c.mu.Unlock()
	for range 20 {
		runtime.Gosched()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	here = c.streams[id]
	for other, n := range c.streams {
		if other != id {
			elsewhere += n
		}
	}
	return here, elsewhere
}

func (c *crowd) leave(id domain.StreamID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.streams[id]--; c.streams[id] == 0 {
		delete(c.streams, id)
	}
}

// crowded appends in another way while other appends are under way.
func crowded(when func(here, elsewhere int) bool, append func(l domain.EventLog, ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error)) fault {
	return func(l domain.EventLog, _ int) domain.EventLog {
		c := &crowd{streams: map[domain.StreamID]int{}}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			defer c.leave(id)
			if when(c.enter(id)) {
				return append(l, ctx, id, tail, ds)
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	}
}

// crowdFaults are logs that go wrong only under load.
var crowdFaults = map[string]fault{
	"race/one winner for each of 16 cases among 64": crowded(func(_, elsewhere int) bool { return elsewhere > 0 },
		func(l domain.EventLog, ctx context.Context, id domain.StreamID, _ domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			return l.Append(ctx, id, end(l, id), ds...)
		}),
	"race/those who lose do not take others with them": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		losing := 0
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			stale := tail != end(l, id)
			mu.Lock()
			if stale {
				losing++
			}
			with := losing
			mu.Unlock()
			if stale {
				for range 20 {
					runtime.Gosched()
				}
				mu.Lock()
				losing--
				mu.Unlock()
			} else if with > 0 {
				return domain.Tail{}, domain.ErrConflict
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	},
	"race/later appends lie behind": crowded(func(_, elsewhere int) bool { return elsewhere > 0 },
		func(l domain.EventLog, ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			t, err := l.Append(ctx, id, tail, ds...)
			t.Position = 1
			return t, err
		}),
	"limits/as many bytes as possible from many at once": crowded(func(_, elsewhere int) bool { return elsewhere > 0 },
		func(l domain.EventLog, ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			return l.Append(ctx, id, tail, ds[:len(ds)-1]...)
		}),
	"read/a beginning while others append": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			var err error
			for i := range ds { // each by itself
				if tail, err = l.Append(ctx, id, tail, ds[i]); err != nil {
					return tail, err
				}
				runtime.Gosched()
			}
			return tail, nil
		}}
	},
	"read/what was acknowledged, while others append": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		kept := map[domain.StreamID][]domain.Recorded{}
		return &faulty{EventLog: l, read: func(ctx context.Context, id domain.StreamID, after uint64) events {
			mu.Lock()
			defer mu.Unlock()
			if len(kept[id]) == 0 {
				for e := range l.Read(ctx, id, after) {
					kept[id] = append(kept[id], e)
				}
			}
			all := kept[id]
			return func(yield func(domain.Recorded, error) bool) {
				for _, e := range all {
					if !yield(e, nil) {
						return
					}
				}
			}
		}}
	},
	"head/of many cases written at once": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		var some []domain.StreamID
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				mu.Lock()
				defer mu.Unlock()
				if len(some) < 10 {
					some = append(some, id)
				}
				return l.Append(ctx, id, tail, ds...)
			},
			head: func(context.Context) (last domain.Cursor, err error) {
				for _, id := range some {
					last = max(last, end(l, id).Position)
				}
				return last, nil
			}}
	},
	"cancel/an append under way is there whole or not at all": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			var err error
			for i := range ds {
				if tail, err = l.Append(ctx, id, tail, ds[i]); err != nil {
					return tail, err
				}
				for n := 0; n < 1000 && ctx.Err() == nil; n++ {
					runtime.Gosched()
				}
			}
			return tail, nil
		}}
	},
}
