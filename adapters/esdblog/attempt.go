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

// living returns a context that also ends when the log is closed, and that asks the cluster's leader. The library has
// an option for the latter and does not send it; a follower would answer with what it has so far.
func (l *Log) living(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(l.life, func() { cancel(errClosed) })
	return metadata.AppendToOutgoingContext(ctx, "requires-leader", "true"), func() { stop(); cancel(nil) }
}

// persist makes a call again until it succeeds, fails for good, or makes no headway for the log's timeout. A call that
// may have happened is made again with the same event ids, which the store then knows.
func (l *Log) persist(ctx context.Context, call func(context.Context) (headway bool, err error)) error {
	ctx, done := l.living(ctx)
	defer done()
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
		}
		pause = min(2*pause, lastPause)
	}
}

// once makes a call on the client of the moment and waits for it as long as an attempt may take; the call itself may
// go on for a while.
func once[T any](ctx context.Context, l *Log, call func(context.Context, *esdb.Client) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, l.attempt())
	defer cancel()
	var none T
	n, err := l.clients.acquire(ctx)
	if err != nil {
		return none, err
	}
	type answer struct {
		value T
		err   error
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		a.err = protect(func() (err error) {
			a.value, err = call(ctx, n.client)
			return err
		})
		l.clients.release(n, a.err)
		answers <- a
	}()
	select {
	case a := <-answers:
		return a.value, a.err
	case <-ctx.Done():
		return none, context.Cause(ctx)
	}
}

// attempt is how long one attempt may take, so that there is time for another.
func (l *Log) attempt() time.Duration { return l.options.Timeout / 3 }
