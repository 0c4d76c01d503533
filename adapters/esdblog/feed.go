package esdblog

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// incoming is what a read or a subscription brings: an event, or how far the server has looked.
type incoming struct {
	event      *esdb.RecordedEvent
	checkpoint uint64
}

// receiver opens a read or a subscription and returns how to get what it brings; the end is io.EOF.
type receiver func(context.Context, *esdb.Client) (next func() (incoming, error), err error)

// feed is a read or a subscription that runs in a goroutine of its own, so that whoever waits for it can leave. What
// comes faster than it is taken is taken together: waking somebody for each event costs more than receiving it.
type feed struct {
	log   *Log
	stop  context.CancelFunc
	quick bool // hand on the first event at once, instead of when some have come
	ready chan struct{}
	room  chan struct{}

	mu      sync.Mutex
	waiting []incoming
	err     error // why it ended; io.EOF for its regular end

	taken []incoming // what the consumer has before it
}

const (
	some  = 64  // events that are worth waking somebody for
	ahead = 512 // events that nobody has taken yet
)

// feed opens one. quick is for what waits for news.
func (l *Log) feed(ctx context.Context, quick bool, open receiver) *feed {
	ctx, cancel := context.WithCancel(ctx)
	closing := context.AfterFunc(l.life, cancel) // also while its reader does something else
	f := &feed{log: l, stop: cancel, quick: quick, ready: make(chan struct{}, 1), room: make(chan struct{}, 1)}
	go func() {
		defer cancel()
		defer closing()
		f.end(l.clients.use(ctx, func(c *esdb.Client) error { return f.run(ctx, c, open) }))
	}()
	return f
}

func (f *feed) run(ctx context.Context, client *esdb.Client, open receiver) error {
	next, err := open(ctx, client)
	if err != nil {
		return err
	}
	for {
		i, err := next()
		if err != nil {
			return err
		}
		for full := f.put(i); full; full = f.full() {
			select {
			case <-f.room:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

// put hands on an item and tells whether that is enough for now.
func (f *feed) put(i incoming) (full bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = append(f.waiting, i)
	if f.quick || len(f.waiting) >= some {
		wake(f.ready)
	}
	return len(f.waiting) >= ahead
}

func (f *feed) full() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.waiting) >= ahead
}

// empty tells that nothing waits to be taken: less than some may have come.
func (f *feed) empty() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.waiting) == 0 && f.err == nil
}

func (f *feed) end(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err = err; err == nil {
		f.err = io.EOF
	}
	wake(f.ready)
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// errIdle says that nothing came for a time.
var errIdle = errors.New("nothing came")

// next waits for the next item; io.EOF at the feed's end, errIdle where nothing came for a time.
func (f *feed) next(ctx context.Context, idle *time.Timer, patience time.Duration) (incoming, error) {
	for len(f.taken) == 0 {
		var err error
		f.mu.Lock()
		f.taken, f.waiting = f.waiting, nil
		err = f.err
		f.mu.Unlock()
		wake(f.room)
		if len(f.taken) > 0 {
			break
		}
		if err != nil {
			return incoming{}, err
		}
		idle.Reset(patience)
		select {
		case <-f.ready:
		case <-ctx.Done():
			return incoming{}, context.Cause(ctx)
		case <-f.log.life.Done():
			return incoming{}, errClosed
		case <-idle.C:
			if f.empty() {
				return incoming{}, errIdle
			}
		}
	}
	i := f.taken[0]
	f.taken = f.taken[1:]
	return i, nil
}
