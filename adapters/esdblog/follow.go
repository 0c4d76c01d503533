package esdblog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/metadata"

	"hoso/domain"
)

const (
	// window is how many events the server looks at before it says how far it is, where none of them is ours.
	window     = 1000
	retryPause = 100 * time.Millisecond
)

var (
	errDropped = errors.New("the subscription ended")
	errSilent  = errors.New("the subscription fell silent")
)

// Follow implements domain.EventLog, by a subscription to $all that the server filters by the names of our streams: the
// events of the system and of other programs do not travel. Where the subscription is lost, a new one goes on behind
// the last event. One that says nothing is asked after: the head tells whether there was something to say.
func (l *Log) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		ctx := metadata.NewOutgoingContext(ctx, ofLeader)
		f := &follower{log: l, after: uint64(after), last: uint64(after), passed: uint64(after)}
		for {
			err := f.session(ctx, yield)
			switch {
			case errors.Is(err, errStopped):
				return
			case ctx.Err() != nil:
				yield(domain.Recorded{}, ctx.Err())
				return
			case l.final(err) != nil:
				yield(domain.Recorded{}, fmt.Errorf("follow the log after position %d: %w", f.last, l.final(err)))
				return
			}
			select {
			case <-ctx.Done():
			case <-l.life.Done(): // the next session says so
			case <-time.After(retryPause):
			}
		}
	}
}

type follower struct {
	log    *Log
	after  uint64 // where it began
	last   uint64 // position of the last event that was yielded
	passed uint64 // the server has looked at everything up to here
}

// session yields what one subscription brings, until that fails.
func (f *follower) session(ctx context.Context, yield func(domain.Recorded, error) bool) error {
	events := f.log.feed(ctx, true, f.subscribing())
	defer events.stop()
	idle := time.NewTimer(f.log.options.Watch)
	defer idle.Stop()
	behind := false
	for {
		i, err := events.next(ctx, idle, f.log.options.Watch)
		switch {
		case errors.Is(err, errIdle):
			if behind {
				return errSilent
			}
			if behind, err = f.isBehind(ctx); err != nil {
				return err
			}
			continue
		case errors.Is(err, io.EOF):
			return errDropped
		case err != nil:
			return err
		}
		behind = false
		if i.event == nil {
			f.passed = max(f.passed, i.checkpoint)
			f.log.known.cover(f.after, f.passed)
			continue
		}
		if i.event.Position.Commit <= f.last {
			continue // after a new start, or sent twice
		}
		r, err := f.log.decode(i.event)
		if err != nil {
			return err
		}
		if ctx.Err() != nil { // also while there is more to yield
			return context.Cause(ctx)
		}
		f.last, f.passed = uint64(r.Position), max(f.passed, uint64(r.Position))
		f.log.known.learn(placeOf(i.event))
		if !yield(r, nil) {
			return errStopped
		}
	}
}

// isBehind tells whether the log goes on behind the last event that came.
func (f *follower) isBehind(ctx context.Context) (bool, error) {
	head, err := f.log.Head(ctx)
	return uint64(head) > f.last, err
}

func (f *follower) subscribing() receiver {
	options := esdb.SubscribeToAllOptions{
		From: esdb.Start{}, MaxSearchWindow: window, CheckpointInterval: 1, RequiresLeader: leaderOnly,
		Filter: &esdb.SubscriptionFilter{Type: esdb.StreamFilterType, Regex: f.log.pattern},
	}
	if f.passed > 0 { // what lies at the position itself is not sent again
		options.From = esdb.Position{Commit: f.passed, Prepare: f.passed}
	}
	return func(ctx context.Context, c *esdb.Client) (func() (incoming, error), error) {
		s, err := c.SubscribeToAll(ctx, options)
		if err != nil {
			return nil, err
		}
		return func() (incoming, error) {
			for {
				switch e := s.Recv(); {
				case e.EventAppeared != nil:
					return incoming{event: e.EventAppeared.OriginalEvent()}, nil
				case e.CheckPointReached != nil:
					return incoming{checkpoint: e.CheckPointReached.Commit}, nil
				case e.SubscriptionDropped != nil:
					return incoming{}, e.SubscriptionDropped.Error
				}
			}
		}, nil
	}
}
