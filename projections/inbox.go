package projections

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	// batchSize is the largest batch. The receiver fills one while the views apply another.
	batchSize = 8000
	// crowd is the size of a batch after which the next one waits for more, and lull how long at most: a transaction costs some
	// milliseconds however little is in it, and a case that is written several times in a moment is saved once.
	crowd, lull = 64, 100 * time.Millisecond
)

// inbox stands between the goroutine that receives and decodes events and the one that applies them. Far behind, the
// batches are full; live, each is what came in while the last one was written, and where that was much, what comes in a moment.
type inbox struct {
	mu     sync.Mutex
	moved  sync.Cond
	events []Event
	spare  []Event
	taken  int           // size of the last batch
	wanted *atomic.Int32 // how many wait for the views: then nothing waits for more
	err    error         // why there will be no more
	closed bool
}

func newInbox(wanted *atomic.Int32) *inbox {
	b := &inbox{wanted: wanted}
	b.moved.L = &b.mu
	return b
}

// put adds an event, waits while the inbox is full, and reports whether anybody still wants more.
func (b *inbox) put(e Event) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.events) >= batchSize && !b.closed {
		b.moved.Wait()
	}
	b.events = append(b.events, e)
	if n := len(b.events); n == 1 || n == batchSize {
		b.moved.Broadcast()
	}
	return !b.closed
}

// end says that no event will follow those that are here, and why.
func (b *inbox) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.err = err
	b.moved.Broadcast()
}

// take waits for events and returns all that are here; the slice is good until the next call. It returns the error
// of end after the last event was taken. live says that the views have caught up: see crowd.
func (b *inbox) take(live bool) ([]Event, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.events) == 0 && b.err == nil {
		b.moved.Wait()
	}
	if live && b.taken >= crowd {
		b.gather()
	}
	b.taken = len(b.events)
	if len(b.events) == 0 {
		return nil, b.err
	}
	batch := b.events
	clear(b.spare)
	b.events, b.spare = b.spare[:0], batch
	b.moved.Broadcast()
	return batch, nil
}

// gather waits a moment for more events, or until somebody wants those that are here.
func (b *inbox) gather() {
	over := time.Now().Add(lull)
	defer time.AfterFunc(lull, b.hurry).Stop()
	for len(b.events) < batchSize && b.err == nil && b.wanted.Load() == 0 && time.Now().Before(over) {
		b.moved.Wait()
	}
}

// hurry has a batch that waits for more look again whether it should.
func (b *inbox) hurry() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.moved.Broadcast()
}

// close lets the receiver go.
func (b *inbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.moved.Broadcast()
}
