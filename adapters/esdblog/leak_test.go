package esdblog_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// Nothing is left running: not what was waiting in a client that died, nor what nobody waited for any more. It is not
// parallel, since it looks at all goroutines.
func TestNothingIsLeftRunning(t *testing.T) {
	if os.Getenv(realServer) != "" {
		t.Skip("a real server is not broken on purpose")
	}
	before := goleak.IgnoreCurrent()
	n, err := esdbtest.Start(esdbtest.NewStore(), esdbtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := hasty(n.URL())
	o.Timeout = time.Second
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	work := func(ctx context.Context) {
		all.Go(func() { _ = l.Fault() })
		all.Go(func() { _, _ = l.Append(ctx, newCase(), domain.Tail{}, drafts(1)...) })
		all.Go(func() {
			for range l.Read(ctx, newCase(), 0) {
			}
		})
		all.Go(func() {
			for range l.Follow(ctx, 0) {
			}
		})
	}
	for _, f := range []esdbtest.Faults{{}, {Silent: true}, {NotReady: true}, {LoseAnswers: 10}, {DropAfter: 1}} {
		n.Faults(f)
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		for range 20 {
			work(ctx)
		}
		n.Drop()
		all.Wait()
		cancel()
	}
	n.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	for range 20 {
		work(ctx)
	}
	all.Wait()
	cancel()
	l.Close()
	l.Close()
	if _, err := l.Head(t.Context()); code(err) != "log.closed" {
		t.Errorf("a closed log: %v", err)
	}
	goleak.VerifyNone(t, before)
}
