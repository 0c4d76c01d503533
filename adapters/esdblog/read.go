package esdblog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

var errStopped = errors.New("the caller has enough")

// Read implements domain.EventLog. The cluster's leader answers. Where the answer breaks off, it goes on where it was.
// Revisions have no gaps: that proves that nothing is missing.
func (l *Log) Read(ctx context.Context, stream domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		at := after
		err := l.persist(ctx, func(ctx context.Context) (bool, error) {
			began := at
			err := l.readFrom(ctx, stream, &at, yield)
			return at > began, err
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(domain.Recorded{}, orCause(ctx, fmt.Errorf("read %s: %w", stream, err)))
		}
	}
}

// readFrom yields the events after a version, and keeps the version up to date.
func (l *Log) readFrom(ctx context.Context, stream domain.StreamID, at *uint64, yield func(domain.Recorded, error) bool) error {
	if *at > math.MaxInt64 { // a revision is a signed number in the store
		return ctx.Err()
	}
	f := l.feed(ctx, false, l.reading(stream, *at))
	defer f.stop()
	idle := time.NewTimer(l.attempt())
	defer idle.Stop()
	for {
		i, err := f.next(ctx, idle, l.attempt())
		switch {
		case errors.Is(err, io.EOF), isMissing(err):
			return ctx.Err()
		case err != nil:
			return err
		}
		r, err := l.decode(i.event)
		switch {
		case err != nil:
			return err
		case r.Version != *at+1:
			return cutOff(stream, *at+1, r.Version)
		case r.Position == math.MaxUint64:
			return tooOld(esdb.ServerVersion{})
		case ctx.Err() != nil: // also while there is more to yield
			return context.Cause(ctx)
		}
		*at = r.Version
		if !yield(r, nil) {
			return errStopped
		}
	}
}

func (l *Log) reading(stream domain.StreamID, after uint64) receiver {
	return func(ctx context.Context, c *esdb.Client) (func() (incoming, error), error) {
		options := esdb.ReadStreamOptions{From: esdb.Revision(after), RequiresLeader: leaderOnly}
		read, err := c.ReadStream(ctx, l.streamOf(stream), options, unlimited)
		if err != nil {
			return nil, err
		}
		return func() (incoming, error) {
			e, err := read.Recv()
			if err != nil {
				return incoming{}, err
			}
			return incoming{event: e.OriginalEvent()}, nil
		}, nil
	}
}
