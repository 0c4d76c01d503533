package cases

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/history"
)

// historiesKept is how many histories a reader remembers.
const historiesKept = 4096

// Reader replays all cases of a type. Its methods may be called at once from many goroutines. It remembers the histories: one
// that no event was added to is not replayed again.
type Reader struct {
	history *history.Reader
	db      *sql.DB

	mu    sync.Mutex
	known map[domain.StreamID]history.History // whole ones; what is in them is never changed
}

// NewReader returns a reader of the file that a runner fills, and of the histories.
func NewReader(h *history.Reader, db *sql.DB) *Reader {
	return &Reader{history: h, db: db, known: map[domain.StreamID]history.History{}}
}

// Histories returns the cases of a type in the order of their first events, each as of a position; 0 is now. Nobody changes
// what is returned. It is Unavailable where the views have not seen all of a case (views.catching_up).
func (r *Reader) Histories(ctx context.Context, caseType string, asOf domain.Ordinal) (all []history.History, err error) {
	cases, err := r.list(ctx, caseType, asOf)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		h, ok := r.remembered(c, asOf)
		if !ok {
			if h, err = r.history.Case(ctx, c.id, history.At{Position: asOf}); err != nil {
				return nil, fmt.Errorf("read all of %s: %w", caseType, err)
			}
			r.remember(c, h)
		}
		all = append(all, h)
	}
	return all, nil
}

type listed struct {
	id      domain.StreamID
	version uint64
}

func (r *Reader) list(ctx context.Context, caseType string, asOf domain.Ordinal) (all []listed, err error) {
	query, args := "SELECT case_id, version FROM cases_cases WHERE case_type = ?", []any{caseType}
	if asOf != 0 {
		query, args = query+" AND ordinal <= ?", append(args, int64(asOf))
	}
	rows, err := r.db.QueryContext(ctx, query+" ORDER BY ordinal", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id []byte
		c := listed{}
		if err := rows.Scan(&id, &c.version); err != nil {
			return nil, err
		}
		c.id = domain.StreamID{Type: caseType, ID: uuid.UUID(id)}
		all = append(all, c)
	}
	return all, rows.Err()
}

// remembered returns the history of a case where it is known and nothing of it is later than a position.
func (r *Reader) remembered(c listed, asOf domain.Ordinal) (history.History, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h, ok := r.known[c.id]
	late := func(e history.Event) bool { return e.Position > asOf }
	return h, ok && h.Version == c.version && (asOf == 0 || !slices.ContainsFunc(h.Events, late))
}

// remember keeps a history where it is all that the views have of the case.
func (r *Reader) remember(c listed, h history.History) {
	if h.Version != c.version {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= historiesKept {
		for some := range r.known {
			delete(r.known, some)
			break
		}
	}
	r.known[c.id] = h
}
