package natslog

import "sync"

// ends remembers the last sequences of subjects that were written or looked up lately. They only grow, and nothing is
// ever taken out of the log: a write that expects an older end than a known one has lost, whatever the server
// would say, and need not go there.
type ends struct {
	mu       sync.Mutex
	now, old map[string]uint64 // two generations: old is dropped when now is full
}

const endsKept = 16_384

func newEnds() *ends { return &ends{now: map[string]uint64{}, old: map[string]uint64{}} }

func (e *ends) learn(subject string, seq uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if seq <= max(e.now[subject], e.old[subject]) {
		return
	}
	if len(e.now) >= endsKept {
		e.now, e.old = make(map[string]uint64, endsKept), e.now
	}
	e.now[subject] = seq
}

// beyond tells whether the subject is known to end after seq.
func (e *ends) beyond(subject string, seq uint64) bool { return e.known(subject) > seq }

// known returns the last sequence of the subject that is known, 0 for none.
func (e *ends) known(subject string) uint64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	return max(e.now[subject], e.old[subject])
}
