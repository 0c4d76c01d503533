package eventlogtest

import (
	"context"
	"errors"
	"strings"
	"sync"

	"hoso/domain"
)

// writeFaults are logs that append wrongly.
var writeFaults = map[string]fault{
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
	"conflict/the right version at another position": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			e := end(l, id)
			if tail.Version != e.Version || tail == e {
				return l.Append(ctx, id, tail, ds...)
			}
			t, err := l.Append(ctx, id, e, ds...)
			t.Position = tail.Position + 3
			return t, err
		}}
	},
	"conflict/another version at the right position": careless(func(_ domain.EventLog, tail, end domain.Tail, _ int) bool {
		return tail.Position == end.Position
	}),
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
	"limits/as many bytes as possible at once": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			if sizeOf(ds) >= domain.MaxAppendBytes {
				return domain.Tail{}, domain.ErrTooLarge
			}
			return l.Append(ctx, id, tail, ds...)
		}}
	},
	"limits/more bytes than possible are refused": cut(1, func(ds []domain.Draft) bool { return sizeOf(ds) > domain.MaxAppendBytes }),
	"limits/more bytes than possible leave nothing": answered(func(l domain.EventLog, id domain.StreamID, ds []domain.Draft, t domain.Tail, err error) (domain.Tail, error) {
		if errors.Is(err, domain.ErrTooLarge) && len(ds) > 1 {
			_, _ = l.Append(context.Background(), id, end(l, id), ds[:len(ds)-1]...)
		}
		return t, err
	}),
	"limits/texts beside the data of the largest size": appended(func(d *domain.Draft) {
		d.Meta.Actor.ID = d.Meta.Actor.ID[:min(len(d.Meta.Actor.ID), 4<<10)]
	}),
	"limits/larger texts are refused": appended(func(d *domain.Draft) {
		d.Meta.Actor.ID = d.Meta.Actor.ID[:min(len(d.Meta.Actor.ID), 8000)]
	}),

	"malformed/an event without a name": appended(func(d *domain.Draft) {
		if d.Type == "" {
			d.Type = "unknown"
		}
	}),
	"malformed/an event with an odd name": appended(func(d *domain.Draft) { d.Type = strings.ReplaceAll(d.Type, " ", "_") }),
	"malformed/an event without a schema": appended(func(d *domain.Draft) { d.Schema = max(d.Schema, 1) }),
	"malformed/a text that is none":       appended(func(d *domain.Draft) { d.Meta.Actor.Unit = strings.ToValidUTF8(d.Meta.Actor.Unit, "?") }),
	"malformed/a stream that names no case": func(l domain.EventLog, _ int) domain.EventLog {
		return &faulty{EventLog: l, append: func(ctx context.Context, id domain.StreamID, tail domain.Tail, ds []domain.Draft) (domain.Tail, error) {
			id.Type = strings.ToLower(id.Type)
			return l.Append(ctx, id, tail, ds...)
		}}
	},
}
