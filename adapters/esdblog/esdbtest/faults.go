package esdbtest

import (
	"context"
	"net"
	"sync"
	"time"
)

// Faults are how a node misbehaves. They may be changed at any time; the zero value is a sound node.
type Faults struct {
	// Delay is waited before each answer.
	Delay time.Duration
	// Pace is waited before each event of a read of $all, as a slow network would.
	Pace time.Duration
	// NotReady answers every call with Unavailable, as a server that starts does.
	NotReady bool
	// Silent accepts calls and never answers them.
	Silent bool
	// LoseAnswers writes what the next so many appends ask for, and cuts the connection instead of answering.
	LoseAnswers int
	// RefuseEarly answers the next so many appends with a status before their events have arrived: the client then
	// sees the end of the stream while it still sends.
	RefuseEarly int
	// HalfAnswers ends the next so many reads of streams after their first event with a cut connection.
	HalfAnswers int
	// DropAfter ends each subscription, without an error, after so many events; 0 never.
	DropAfter int
	// Forget lets a subscription fall silent, for ever and on a sound connection, after so many events; 0 never.
	Forget int
	// Double sends each event of a subscription twice.
	Double bool
	// IgnoreRepeats drops, without an answer, an append that was made before [server: IdempotentNotReady].
	IgnoreRepeats bool
}

// faults is a node's.
type faults struct {
	mu sync.Mutex
	Faults
}

// Faults changes how the node misbehaves.
func (n *Node) Faults(f Faults) {
	n.faults.mu.Lock()
	defer n.faults.mu.Unlock()
	n.faults.Faults = f
}

func (f *faults) now() Faults {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.Faults
}

// spend takes one of a number of faults, where there is one left.
func (f *faults) spend(left func(*Faults) *int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := left(&f.Faults)
	if *n == 0 {
		return false
	}
	*n--
	return true
}

// wait delays an answer, for ever where the node is silent.
func (f *faults) wait(ctx context.Context) error {
	now := f.now()
	if now.Silent {
		<-ctx.Done()
		return ctx.Err()
	}
	if now.Delay == 0 {
		return nil
	}
	select {
	case <-time.After(now.Delay):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lines is a listener that can cut its connections.
type lines struct {
	net.Listener
	mu   sync.Mutex
	open map[net.Conn]bool
}

// Accept implements net.Listener.
func (l *lines) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[c] = true
	return &line{c, l}, nil
}

// cut closes all connections as a pulled cable would.
func (l *lines) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.open {
		_ = c.Close()
	}
	clear(l.open)
}

type line struct {
	net.Conn
	of *lines
}

// Close implements net.Conn.
func (c *line) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c.Conn)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
