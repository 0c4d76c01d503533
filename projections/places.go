package projections

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"hoso/domain"
)

// remembered is how many of the last events are found without asking the file.
const remembered = 1 << 16

// places tells where the last events lie, as soon as they have come from the log and before they are in the views: who has
// just written one asks for its number. Both numbers grow along it.
type places struct {
	mu      sync.Mutex
	last    []place
	waiting map[domain.Cursor]chan struct{} // closed when the event has come, or when none will
}

type place struct {
	cursor  domain.Cursor
	ordinal domain.Ordinal
}

// begin forgets everything: events come from here on.
func (p *places) begin(at checkpoint) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = append(p.last[:0], place{at.cursor, at.ordinal})
}

// add notes an event that has come.
func (p *places) add(at place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.last) >= 2*remembered {
		p.last = slices.Clone(p.last[len(p.last)-remembered:])
	}
	p.last = append(p.last, at)
	if come, ok := p.waiting[at.cursor]; ok {
		close(come)
		delete(p.waiting, at.cursor)
	}
}

// end lets everybody go who waits: nothing comes any more.
func (p *places) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for cursor, come := range p.waiting {
		close(come)
		delete(p.waiting, cursor)
	}
}

// find returns the number of the event at a cursor; where that has not come yet, what is closed when it has. Neither is
// returned for an event that came long ago.
func (p *places) find(c domain.Cursor) (n domain.Ordinal, come <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.last) > 0 && c <= p.last[len(p.last)-1].cursor {
		i, ok := slices.BinarySearchFunc(p.last, c, func(at place, c domain.Cursor) int { return cmp.Compare(at.cursor, c) })
		if ok {
			n = p.last[i].ordinal
		}
		return n, nil
	}
	if p.waiting == nil {
		p.waiting = map[domain.Cursor]chan struct{}{}
	}
	if p.waiting[c] == nil {
		p.waiting[c] = make(chan struct{})
	}
	return 0, p.waiting[c]
}

// PositionOf returns the number of the event that lies at a cursor: that of an own write. It waits until the event has come
// from the log, at most for Patience, and not at all while the views are far behind or stand still; it does not wait for the
// views to hold the event.
func (r *Runner) PositionOf(ctx context.Context, cursor domain.Cursor) (domain.Ordinal, error) {
	n, come := r.places.find(cursor)
	if n == 0 && come != nil {
		if err := r.state.following(); err != nil {
			return 0, err
		}
		patience := time.NewTimer(r.Patience)
		defer patience.Stop()
		select {
		case <-come:
			n, _ = r.places.find(cursor)
		case <-patience.C:
			return 0, ErrCatchingUp
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	if n != 0 {
		return n, nil
	}
	if err := r.WaitFor(ctx, cursor); err != nil {
		return 0, err
	}
	tx, err := r.store.DB().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	return OrdinalOf(ctx, tx, cursor)
}

// following tells why events do not come at once; nil where they do.
func (s *state) following() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.err != nil:
		return stopped(s.err)
	case !s.complete:
		return ErrCatchingUp
	}
	return nil
}

// WaitForPosition waits like [Runner.WaitFor] until the views hold so many events.
func (r *Runner) WaitForPosition(ctx context.Context, n domain.Ordinal) error {
	return r.wait(ctx, func(at checkpoint) bool { return at.ordinal >= n })
}

// Changed returns the number of the last event in the views, and a channel that is closed when there are more, or when the
// views stop.
func (r *Runner) Changed() (domain.Ordinal, <-chan struct{}) {
	r.state.mu.Lock()
	defer r.state.mu.Unlock()
	return r.state.at.ordinal, r.state.changed
}
