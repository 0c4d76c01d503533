package web

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"hoso/domain"
)

// beside is work that outlasts the request that began it: an import, a verification of the log.
type beside struct {
	mu      sync.Mutex // between beginning and ending
	closed  context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
}

var errClosing = &domain.Error{Kind: domain.Unavailable, Code: "web.closing",
	Msg: "hệ thống đang dừng; hãy làm lại sau khi hệ thống chạy lại", En: "the service is stopping; do it again when it is back"}

// begin runs work with the values of a request's context, until the program ends, and tells done what became of it: a crash is an
// error like others. After Close nothing begins any more.
func (b *beside) begin(ctx context.Context, work func(context.Context) error, done func(error)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed.Err() != nil {
		return errClosing
	}
	ctx, cancel := contextOf(context.WithoutCancel(ctx), b.closed)
	b.running.Go(func() {
		defer cancel()
		done(crashed(ctx, work))
	})
	return nil
}

func crashed(ctx context.Context, work func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("it crashed: %v\n%s", p, debug.Stack())
		}
	}()
	return work(ctx)
}

// Close ends what is live and what runs beside requests, so that the server can stop. It does not wait.
func (b *beside) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cancel()
}

// Wait waits until what ran beside requests has ended and said what it did: before it returned the log must not be closed.
func (b *beside) Wait() { b.running.Wait() }
