package esdblog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

// known is the greatest position at which one of our events was ever seen here.
type known struct{ position atomic.Uint64 }

func (k *known) learn(position uint64) {
	for {
		now := k.position.Load()
		if position <= now || k.position.CompareAndSwap(now, position) {
			return
		}
	}
}

// Head implements domain.EventLog. The cluster's leader answers. Events of others behind our last one are passed over
// one by one, back to where one of ours is known to lie.
func (l *Log) Head(ctx context.Context) (domain.Cursor, error) {
	last, err := l.last(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the log's head: %w", err)
	}
	if last == nil {
		return 0, nil
	}
	return domain.Cursor(last.Position.Commit), nil
}

// last returns the last of our events, nil where there is none; only its position where it is known already.
func (l *Log) last(ctx context.Context) (last *esdb.RecordedEvent, err error) {
	err = l.persist(ctx, func(ctx context.Context) (bool, error) {
		floor := l.known.position.Load()
		last, err = once(ctx, l, func(ctx context.Context, c *esdb.Client) (*esdb.RecordedEvent, error) {
			return l.backwards(ctx, c, floor)
		})
		return false, err
	})
	if last != nil {
		l.known.learn(last.Position.Commit)
	}
	return last, err
}

// backwards looks for the last of our events, from the end of the log down to a floor at which one lies.
func (l *Log) backwards(ctx context.Context, c *esdb.Client, floor uint64) (*esdb.RecordedEvent, error) {
	all, err := c.ReadAll(ctx, readAllFrom(esdb.End{}, esdb.Backwards), unlimited)
	if err != nil {
		return nil, err
	}
	defer all.Close()
	for {
		e, err := all.Recv()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if r := e.OriginalEvent(); l.ours(r.StreamID) {
			return r, nil
		} else if floor > 0 && r.Position.Commit < floor {
			return nil, unavailable("log.history_cut", fmt.Sprintf(
				"sự kiện ở vị trí %d không còn trong EventStoreDB; hãy khôi phục từ bản sao lưu, và khởi động lại sau khi khôi phục", floor), nil)
		}
	}
}
