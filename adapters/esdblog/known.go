package esdblog

import (
	"sync"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
)

// place is where an event lies.
type place struct {
	stream   string
	revision uint64
	position uint64 // in $all; 0 for no event
}

func placeOf(e *esdb.RecordedEvent) place {
	return place{e.StreamID, e.EventNumber, e.Position.Commit}
}

// seen is what is known of the log: the last of our events up to a position.
//
//	$all   o o x x o x x x x x x x x x …      o ours, x of others
//	               last        looked
type seen struct {
	last   place  // of our events up to looked; none where its position is 0
	looked uint64 // everything up to here was looked at
}

// known grows with what is written, followed, and looked at, so that in a store with many events of others nobody has to
// look at the same ones twice.
type known struct {
	mu  sync.Mutex
	now seen
}

func (k *known) state() seen {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now
}

// learn takes note of an event of ours. Whatever lies before it, it is the last one up to there.
func (k *known) learn(p place) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if p.position > k.now.last.position {
		k.now.last = p
		k.now.looked = max(k.now.looked, p.position)
	}
}

// cover takes note that everything between two positions was looked at, and that all events of ours among it were
// learned. It says nothing where nobody has looked at what lies before.
func (k *known) cover(from, to uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if from <= k.now.looked {
		k.now.looked = max(k.now.looked, to)
	}
}
