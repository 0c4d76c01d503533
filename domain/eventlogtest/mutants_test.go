package eventlogtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
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

// inParts cuts an append into parts and answers for the first one only.
var inParts = fault(func(l domain.EventLog, _ int) domain.EventLog {
	return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
		var first domain.Tail
		for part := range slices.Chunk(ds, 100) {
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
})

// lockedReads and lockedFollows keep a lock when their reader leaves.
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
var faults = map[string]fault{
	"read/a stream that does not exist yields nothing": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		if end(l, id).Version == 0 {
			return func(yield func(domain.Recorded, error) bool) { yield(domain.Recorded{}, errBroken) }
		}
		return l.Read(ctx, id, after)
	}),
	"read/yields everything in the order of the appends": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return backwards(l.Read(ctx, id, after))
	}),
	"read/after a version yields the later ones": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return l.Read(ctx, id, max(after, 1)-1)
	}),
	"read/after the end yields nothing": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return l.Read(ctx, id, min(after, end(l, id).Version-1))
	}),
	"read/yields what was acknowledged before": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return func(yield func(domain.Recorded, error) bool) {
			last := end(l, id).Version
			for e, err := range l.Read(ctx, id, after) {
				if e.Version == last && last%10 == 0 || !yield(e, err) {
					return
				}
			}
		}
	}),
	"read/one stream's events and no other's": func(l domain.EventLog, _ int) domain.EventLog {
		one := func(id domain.StreamID) domain.StreamID { return domain.StreamID{Type: "any", ID: id.ID} }
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				return l.Append(ctx, one(id), tail, ds...)
			},
			read: func(ctx context.Context, id domain.StreamID, after uint64) events {
				return changed(l.Read(ctx, one(id), after), func(e *domain.Recorded) { e.Stream = id })
			}}
	},
	"read/a reader's changes do not reach the log": func(l domain.EventLog, _ int) domain.EventLog {
		cache := cached()
		return &faulty{EventLog: l, read: func(ctx context.Context, id domain.StreamID, after uint64) events {
			return cache(l.Read(ctx, id, after))
		}}
	},
	"read/a reader may leave early": lockedBy(true, false),
	"read/may be run twice": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return func(yield func(domain.Recorded, error) bool) {
			for e, err := range l.Read(ctx, id, after) {
				if !yield(e, err) {
					return
				}
				after = e.Version
			}
		}
	}),

	"append/versions are 1, 2, 3": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return changed(l.Read(ctx, id, after), func(e *domain.Recorded) { e.Version-- })
	}),
	"append/answers the tail that is read back": answered(func(_ domain.EventLog, _ domain.StreamID, _ []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		t.Position++
		return t, err
	}),
	"append/positions increase along a stream": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		last := end(l, id).Position
		return changed(l.Read(ctx, id, after), func(e *domain.Recorded) { e.Position = last })
	}),
	"append/positions increase from one append to the next": answered(func(_ domain.EventLog, _ domain.StreamID, _ []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		t.Position = domain.Cursor(t.Version)
		return t, err
	}),
	"append/nothing to append is an error": answered(func(_ domain.EventLog, _ domain.StreamID, ds []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if len(ds) == 0 {
			return domain.Tail{}, nil
		}
		return t, err
	}),
	"append/the caller's later changes do not show": func(l domain.EventLog, _ int) domain.EventLog {
		var kept []byte
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				kept = ds[0].Data
				return l.Append(ctx, id, tail, ds...)
			},
			read: func(ctx context.Context, id domain.StreamID, after uint64) events {
				return changed(l.Read(ctx, id, after), func(e *domain.Recorded) { e.Data = kept })
			}}
	},

	"conflict/a new stream where there is one": careless(func(_ domain.EventLog, tail, _ domain.Tail, _ int) bool { return tail == domain.Tail{} }),
	"conflict/a stale tail": careless(func(_ domain.EventLog, tail, end domain.Tail, _ int) bool {
		return tail.Version > 0 && tail.Version < end.Version
	}),
	"conflict/a tail that lies in the future":        careless(func(_ domain.EventLog, tail, end domain.Tail, _ int) bool { return tail.Version > end.Version }),
	"conflict/a tail for a stream that is not there": careless(func(_ domain.EventLog, _, end domain.Tail, _ int) bool { return end.Version == 0 }),
	"conflict/the tail of another stream": careless(func(l domain.EventLog, tail, _ domain.Tail, _ int) bool {
		head, _ := l.Head(context.Background())
		return 0 < tail.Position && tail.Position <= head
	}),
	"conflict/several events at once":           careless(func(_ domain.EventLog, _, _ domain.Tail, n int) bool { return n > 1 }),
	"conflict/leaves nothing to read":           writesAnyway(0),
	"conflict/the stream's end stays as it was": writesAnyway(0),
	"conflict/leaves nothing to follow": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l,
			append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
				t, err := l.Append(ctx, id, tail, ds...)
				if err != nil { // kept where only a follower comes by
					_, _ = l.Append(ctx, domain.StreamID{Type: "ghost", ID: id.ID}, domain.Tail{}, ds...)
				}
				return t, err
			},
			follow: func(ctx context.Context, after domain.Cursor) events {
				return changed(l.Follow(ctx, after), func(e *domain.Recorded) { e.Stream.Type = "suite" })
			}}
	},
	"conflict/the same drafts twice": func(l domain.EventLog, _ int) domain.EventLog {
		known := map[uuid.UUID]domain.Tail{}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if t, ok := known[ds[0].ID]; ok {
				return t, nil
			}
			t, err := l.Append(ctx, id, tail, ds...)
			known[ds[0].ID] = t
			return t, err
		}}
	},
	"conflict/other refusals are none": answered(func(_ domain.EventLog, _ domain.StreamID, _ []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if err != nil {
			err = domain.ErrConflict
		}
		return t, err
	}),

	"race/one winner among 64": func(l domain.EventLog, _ int) domain.EventLog {
		var mu, write sync.Mutex
		passed := map[uint64]chan struct{}{}
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if end(l, id) != tail {
				return domain.Tail{}, domain.ErrConflict
			}
			// Checked; now the other one comes.
			mu.Lock()
			other, second := passed[tail.Version]
			if !second {
				other = make(chan struct{})
				passed[tail.Version] = other
			} else {
				select {
				case <-other:
				default:
					close(other)
				}
			}
			mu.Unlock()
			<-other
			write.Lock()
			defer write.Unlock()
			return l.Append(ctx, id, end(l, id), ds...)
		}}
	},
	"race/many writers on many streams land once, in order": func(l domain.EventLog, _ int) domain.EventLog {
		var mu sync.Mutex
		n := 0
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			mu.Lock()
			defer mu.Unlock()
			t, err := l.Append(ctx, id, tail, ds...)
			if n++; err == nil && n%50 == 0 {
				return l.Append(ctx, id, t, ds...)
			}
			return t, err
		}}
	},

	"content/every field comes back": appended(func(d *domain.Draft) { d.Schema = 1 }),
	"content/what was left out stays out": appended(func(d *domain.Draft) {
		if d.Meta.Correlation == uuid.Nil {
			d.Meta.Correlation = d.Meta.Command
		}
	}),
	"content/recorded is UTC in whole microseconds": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return changed(l.Read(ctx, id, after), func(e *domain.Recorded) { e.Meta.Recorded = e.Meta.Recorded.In(time.FixedZone("here", 7*3600)) })
	}),
	"content/Vietnamese and emoji": appended(replaced("u\u031b\u0303", "\u1eef")),
	"content/JSON is kept byte for byte": appended(func(d *domain.Draft) {
		var b bytes.Buffer
		_ = json.Compact(&b, d.Data)
		d.Data = b.Bytes()
	}),
	"content/actors with odd names": appended(func(d *domain.Draft) { d.Meta.Actor.ID, _, _ = strings.Cut(d.Meta.Actor.ID, "\r\n") }),

	"limits/an event of the largest size": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if len(ds[0].Data) >= domain.MaxEventBytes {
				return domain.Tail{}, domain.ErrTooLarge
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	},
	"limits/a larger event is refused": answered(func(_ domain.EventLog, _ domain.StreamID, _ []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if errors.Is(err, domain.ErrTooLarge) {
			err = errBroken
		}
		return t, err
	}),
	"limits/a larger event leaves nothing": answered(func(l domain.EventLog, id domain.StreamID, ds []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if errors.Is(err, domain.ErrTooLarge) {
			_, _ = l.Append(context.Background(), id, end(l, id), ds[:len(ds)-1]...)
		}
		return t, err
	}),
	"limits/as many events as possible at once":      inParts,
	"limits/as many events as possible, all or none": writesAnyway(100),
	"limits/more events than possible are refused":   inParts,

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
	"reopen/the head stays": onceReopened(headAs(func(domain.Cursor) domain.Cursor { return 0 })),
	"reopen/closing ends a follower with an error": followAs(func(l domain.EventLog, ctx context.Context, after domain.Cursor) events {
		return silent(l.Follow(ctx, after))
	}),

	"model/any history of appends, reads and reopenings": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		if after == 3 && end(l, id).Version > 8 { // a page boundary
			after++
		}
		return l.Read(ctx, id, after)
	}),
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
