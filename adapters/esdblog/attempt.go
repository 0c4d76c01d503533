package esdblog

import (
	"context"
	"errors"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"google.golang.org/grpc/metadata"
)

const (
	firstPause = 20 * time.Millisecond
	lastPause  = time.Second
)

// ofLeader goes with every call: the cluster's leader shall answer. The library has an option for it and does not send
// it; a follower would answer with what it has so far.
var ofLeader = metadata.Pairs("requires-leader", "true")

// persist makes a call again until it succeeds, fails for good, or makes no headway for the log's timeout. A call that
// may have happened is made again with the same event ids, which the store then knows.
func (l *Log) persist(ctx context.Context, call func(context.Context) (headway bool, err error)) error {
	ctx = metadata.NewOutgoingContext(ctx, ofLeader)
	began, pause := time.Now(), firstPause
	for {
		headway, err := call(ctx)
		if err == nil || errors.Is(err, errStopped) {
			return err
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if f := l.final(err); f != nil {
			return f
		}
		if headway {
			began, pause = time.Now(), firstPause
		}
		if time.Since(began)+pause > l.options.Timeout {
			return l.spent(err)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-l.life.Done():
			return errClosed
		}
		pause = min(2*pause, lastPause)
	}
}

// once makes a call on the client of the moment and waits for it as long as an attempt may take, the caller wants, and
// the log is open; the call itself may go on for a while.
func once[T any](ctx context.Context, l *Log, call func(context.Context, *esdb.Client) (T, error)) (T, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	late := time.NewTimer(l.attempt())
	defer late.Stop()
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		a.err = l.clients.use(ctx, func(c *esdb.Client) (err error) {
			a.value, err = call(ctx, c)
			return err
		})
		answers <- a
	}()
	var none T
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		return none, context.Cause(ctx)
	case <-l.life.Done():
		return none, errClosed
	case <-late.C:
		return none, context.DeadlineExceeded
	}
}

// attempt is how long one attempt may take, so that there is time for another.
func (l *Log) attempt() time.Duration { return l.options.Timeout / 3 }
