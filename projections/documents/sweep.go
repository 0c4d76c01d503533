package documents

import (
	"context"
	"time"

	"hoso/domain"
)

// orphanAge is how old bytes without an event are when they are swept. Whoever attaches a document gives up long before.
const orphanAge = 24 * time.Hour

// Sweeper takes out of a store what nobody can read any more, and what no case has.
type Sweeper struct {
	Store   Store
	Log     domain.EventLog
	Known   *Reader
	WaitFor func(context.Context, domain.Cursor) error // until the views hold the log up to a place
	Clock   domain.Clock

	dropped map[string]bool // of people who were erased, in this process
}

// Erased drops the bytes of people who were erased, as the views know them. It may be called again at any time, by one
// goroutine.
func (s *Sweeper) Erased(ctx context.Context) (dropped int, err error) {
	names, err := s.Known.Erased(ctx)
	if err != nil {
		return 0, err
	}
	if s.dropped == nil {
		s.dropped = map[string]bool{}
	}
	for _, name := range names {
		if s.dropped[name] {
			continue
		}
		if err := s.Store.Drop(ctx, name); err != nil {
			return dropped, err
		}
		s.dropped[name] = true
		dropped++
	}
	return dropped, nil
}

// Orphans drops bytes that are a day old and that no event names. What is looked at was put before the log's end was asked
// for, so the views that have come so far know all that was ever attached of it.
func (s *Sweeper) Orphans(ctx context.Context) (dropped int, err error) {
	var old []string
	now := s.Clock()
	for one, err := range s.Store.All(ctx) {
		if err != nil {
			return 0, err
		}
		if now.Sub(one.At) > orphanAge {
			old = append(old, one.Name)
		}
	}
	if len(old) == 0 {
		return 0, nil
	}
	head, err := s.Log.Head(ctx)
	if err == nil {
		err = s.WaitFor(ctx, head)
	}
	if err != nil {
		return 0, err
	}
	for _, name := range old {
		known, err := s.Known.Known(ctx, name)
		if err != nil {
			return dropped, err
		}
		if known {
			continue
		}
		if err := s.Store.Drop(ctx, name); err != nil {
			return dropped, err
		}
		dropped++
	}
	return dropped, nil
}
