package esdblog

import (
	"context"
	"errors"
	"io"
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

// feed is a read or a subscription that runs in a goroutine of its own, so that whoever waits for it can leave.
type feed struct {
	items chan incoming
	err   error // why it ended, once items is closed; nil for its regular end
	stop  context.CancelFunc
}

// ahead is how much a feed may hold that nobody has taken yet.
const ahead = 256

func (l *Log) feed(ctx context.Context, open receiver) *feed {
	ctx, cancel := context.WithCancel(ctx)
	f := &feed{items: make(chan incoming, ahead), stop: cancel}
	go func() {
		defer close(f.items)
		defer cancel()
		n, err := l.clients.acquire(ctx)
		if err != nil {
			f.err = err
			return
		}
		f.err = protect(func() error { return f.run(ctx, n.client, open) })
		l.clients.release(n, f.err)
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
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case f.items <- i:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// errIdle says that nothing came for a time.
var errIdle = errors.New("nothing came")

// next waits for the next item; io.EOF at the feed's end, errIdle where nothing came for a time.
func (f *feed) next(ctx context.Context, idle *time.Timer, patience time.Duration) (incoming, error) {
	select {
	case i, ok := <-f.items: // the timer is dear where much comes
		return f.item(i, ok)
	default:
	}
	idle.Reset(patience)
	select {
	case i, ok := <-f.items:
		return f.item(i, ok)
	case <-ctx.Done():
		return incoming{}, context.Cause(ctx)
	case <-idle.C:
		return incoming{}, errIdle
	}
}

func (f *feed) item(i incoming, ok bool) (incoming, error) {
	if ok {
		return i, nil
	}
	if f.err != nil {
		return incoming{}, f.err
	}
	return incoming{}, io.EOF
}
