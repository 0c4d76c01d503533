package esdblog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"

	"hoso/domain"
)

// Head implements domain.EventLog. The cluster's leader answers. Events of others behind our last one are passed over,
// back to where somebody has looked before; see [known].
func (l *Log) Head(ctx context.Context) (domain.Cursor, error) {
	s, err := l.search(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the log's head: %w", err)
	}
	if s.found != nil {
		return domain.Cursor(s.found.Position.Commit), nil
	}
	return domain.Cursor(s.last.position), nil
}

// glance is how many events are asked for at first, and how many times more each time after that: mostly one of ours is
// among the first, and what the store sends beyond it is for nothing.
const glance = 16

// search looks for the last of our events, from the end of $all down to where somebody has looked before. The library
// has no way to let the server filter such a read.
type search struct {
	log   *Log
	seen                      // what was known when it began
	top   uint64              // the position of the log's last event; 0 until it is known
	at    uint64              // it has come down to here
	done  bool                // nothing is left to look at
	found *esdb.RecordedEvent // nil where there is no new one
}

// search returns one that is done. Passing over events is headway, also from one attempt to the next.
func (l *Log) search(ctx context.Context) (*search, error) {
	s := &search{log: l, seen: l.known.state()}
	err := l.persist(ctx, func(ctx context.Context) (bool, error) {
		began := s.at
		err := s.run(ctx)
		return s.at != began, err
	})
	if err != nil {
		return nil, err
	}
	if s.found != nil {
		l.known.learn(placeOf(s.found))
	}
	l.known.cover(s.looked, s.top)
	return s, nil
}

func (s *search) run(ctx context.Context) error {
	for count := uint64(glance); !s.done; count = min(glance*count, unlimited) {
		n, err := s.down(ctx, count)
		if err != nil {
			return err
		}
		s.done = s.done || n < count // the beginning of the log
	}
	if s.found != nil {
		return nil
	}
	return s.log.stillThere(ctx, s.last)
}

// down looks at up to count events, from where it is.
func (s *search) down(ctx context.Context, count uint64) (n uint64, err error) {
	patience := s.log.attempt()
	f := s.log.feed(ctx, false, s.reading(count))
	defer f.stop()
	idle := time.NewTimer(patience)
	defer idle.Stop()
	for ; ; n++ {
		i, err := f.next(ctx, idle, patience)
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		s.at = i.event.Position.Commit
		s.top = max(s.top, s.at)
		if s.log.ours(i.event.StreamID) {
			s.found = i.event
		}
		if s.found != nil || s.at <= s.looked {
			s.done = true
			return n, nil
		}
	}
}

func (s *search) reading(count uint64) receiver {
	var from esdb.AllPosition = esdb.End{}
	if s.at > 0 { // backwards, what lies at the position itself is not read
		from = esdb.Position{Commit: s.at, Prepare: s.at}
	}
	return func(ctx context.Context, c *esdb.Client) (func() (incoming, error), error) {
		all, err := c.ReadAll(ctx, readAllFrom(from, esdb.Backwards), count)
		if err != nil {
			return nil, err
		}
		return func() (incoming, error) {
			e, err := all.Recv()
			if err != nil {
				return incoming{}, err
			}
			return incoming{event: e.OriginalEvent()}, nil
		}, nil
	}
}

// stillThere fails where an event that was seen here is gone: the store was restored from an older state, or cut.
func (l *Log) stillThere(ctx context.Context, p place) error {
	if p.position == 0 {
		return nil
	}
	e, err := once(ctx, l, func(ctx context.Context, c *esdb.Client) (*esdb.RecordedEvent, error) {
		read, err := c.ReadStream(ctx, p.stream, esdb.ReadStreamOptions{From: esdb.Revision(p.revision), RequiresLeader: leaderOnly}, 1)
		if err != nil {
			return nil, err
		}
		defer read.Close()
		e, err := read.Recv()
		if err != nil {
			return nil, err
		}
		return e.OriginalEvent(), nil
	})
	switch {
	case errors.Is(err, io.EOF), isMissing(err), codeOf(err) == esdb.ErrorCodeStreamDeleted, err == nil && placeOf(e) != p:
		return unavailable("log.history_cut", fmt.Sprintf(
			"sự kiện ở vị trí %d không còn trong EventStoreDB; hãy khôi phục từ bản sao lưu, và khởi động lại sau khi khôi phục", p.position), nil)
	}
	return err
}
