package domain

import (
	"container/list"
	"sync"
)

// recent keeps the histories of the cases that were written last, so that the next command to one of them need not
// load it. A history is taken out while somebody works on it: nobody else sees it change.
//
// It may be behind the log, where another process has written. That is harmless for an append, which is conditional,
// and it is why a refusal is never answered from here.
type recent struct {
	mu    sync.Mutex
	size  int
	order *list.List // the longest unused in front
	cases map[StreamID]*list.Element
}

// recentCases bounds the memory: a history is a few kilobytes.
const recentCases = 4096

type remembered struct {
	id StreamID
	folded
}

func newRecent(size int) *recent {
	return &recent{size: size, order: list.New(), cases: map[StreamID]*list.Element{}}
}

// take returns a case's history and forgets it; nil where it is not known.
func (r *recent) take(id StreamID) folded {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.cases[id]
	if !ok {
		return nil
	}
	delete(r.cases, id)
	return r.order.Remove(e).(remembered).folded
}

// put remembers a history.
func (r *recent) put(id StreamID, f folded) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old, ok := r.cases[id]; ok {
		r.order.Remove(old)
	}
	r.cases[id] = r.order.PushBack(remembered{id, f})
	if len(r.cases) > r.size {
		delete(r.cases, r.order.Remove(r.order.Front()).(remembered).id)
	}
}
