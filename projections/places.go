package projections

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"hoso/domain"
)

// remembered is how many of the last events are found without asking the file.
const remembered = 1 << 16

// places tells where the last events lie: who has just written one asks for its number. Both numbers grow along it.
type places struct{ last []place }

type place struct {
	cursor  domain.Cursor
	ordinal domain.Ordinal
}

// add notes a batch that is in the file.
func (p *places) add(batch []Event) {
	if len(p.last) >= 2*remembered {
		p.last = slices.Clone(p.last[len(p.last)-remembered:])
	}
	for _, e := range batch {
		p.last = append(p.last, place{e.Position, e.Ordinal})
	}
}

func (p *places) find(c domain.Cursor) (domain.Ordinal, bool) {
	i, ok := slices.BinarySearchFunc(p.last, c, func(at place, c domain.Cursor) int { return cmp.Compare(at.cursor, c) })
	if !ok {
		return 0, false
	}
	return p.last[i].ordinal, true
}

// PositionOf waits like [Runner.WaitFor], and returns the number of the event that lies at the cursor.
func (r *Runner) PositionOf(ctx context.Context, cursor domain.Cursor) (domain.Ordinal, error) {
	if err := r.WaitFor(ctx, cursor); err != nil {
		return 0, err
	}
	r.state.mu.Lock()
	n, ok := r.state.places.find(cursor)
	r.state.mu.Unlock()
	if ok {
		return n, nil
	}
	tx, err := r.store.DB().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	return OrdinalOf(ctx, tx, cursor)
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
