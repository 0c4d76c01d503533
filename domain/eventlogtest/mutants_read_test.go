package eventlogtest

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// readFaults are logs that read, or keep, wrongly.
var readFaults = map[string]fault{
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

	"read/2,000 events of one case": readAs(func(l domain.EventLog, ctx context.Context, id domain.StreamID, after uint64) events {
		return func(yield func(domain.Recorded, error) bool) {
			for e, err := range l.Read(ctx, id, after) {
				if e.Version == 1025 && err == nil {
					continue
				}
				if !yield(e, err) {
					return
				}
			}
		}
	}),

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
	"content/ids of any kind":            appended(func(d *domain.Draft) { d.ID[8] = d.ID[8]&0x3f | 0x80 }),
	"content/sizes around powers of two": appended(func(d *domain.Draft) { d.Data = d.Data[:len(d.Data)&0xffff] }),
	"content/actors with odd names":      appended(func(d *domain.Draft) { d.Meta.Actor.ID, _, _ = strings.Cut(d.Meta.Actor.ID, "\r\n") }),
}
