package projections

import "sync"

// batchSize is the largest batch. The receiver fills one while the views apply another.
const batchSize = 8000

// inbox stands between the goroutine that receives and decodes events and the one that applies them. Far behind, the
// batches are full; live, each is what came in while the last one was written.
type inbox struct {
	mu     sync.Mutex
	moved  sync.Cond
	events []Event
	spare  []Event
	err    error // why there will be no more
	closed bool
}

func newInbox() *inbox {
	b := &inbox{}
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
	if len(b.events) == 1 {
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
// of end after the last event was taken.
func (b *inbox) take() ([]Event, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.events) == 0 && b.err == nil {
		b.moved.Wait()
	}
	if len(b.events) == 0 {
		return nil, b.err
	}
	batch := b.events
	clear(b.spare)
	b.events, b.spare = b.spare[:0], batch
	b.moved.Broadcast()
	return batch, nil
}

// close lets the receiver go.
func (b *inbox) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.moved.Broadcast()
}
