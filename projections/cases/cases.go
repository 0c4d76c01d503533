// Package cases is the view that knows which cases there are of the few case types that are read whole: the register of
// documents, the reports of the months. What a case says is its replay, so that corrections, voids and as-of positions are
// as everywhere.
package cases

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections"
)

// View keeps the cases of some types. It implements projections.View.
type View struct{ types []string }

// NewView returns the view of these case types.
func NewView(types ...string) View { return View{types} }

// Name implements projections.View.
func (View) Name() string { return "cases" }

// Version implements projections.View.
func (v View) Version() string {
	return "1 " + strings.Join(slices.Sorted(slices.Values(v.types)), " ")
}

// Schema implements projections.View. The ordinal is that of the case's first event.
func (View) Schema() []string {
	return []string{`CREATE TABLE IF NOT EXISTS cases_cases (case_type TEXT NOT NULL, ordinal INTEGER NOT NULL, case_id BLOB NOT NULL,
		PRIMARY KEY (case_type, ordinal)) WITHOUT ROWID`}
}

// Apply implements projections.View.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for i := range batch {
		e := &batch[i]
		if e.Version != 1 || !slices.Contains(v.types, e.Stream.Type) {
			continue
		}
		if err := tx.Exec(ctx, "INSERT INTO cases_cases VALUES (?, ?, ?)", e.Stream.Type, int64(e.Ordinal), e.Stream.ID[:]); err != nil {
			return err
		}
	}
	return nil
}

// Reader lists cases. Its methods may be called at once from many goroutines.
type Reader struct{ db *sql.DB }

// NewReader returns a reader of the file that a runner fills.
func NewReader(db *sql.DB) *Reader { return &Reader{db} }

// List returns the cases of a type in the order of their first events, as of a position; 0 is now.
func (r *Reader) List(ctx context.Context, caseType string, asOf domain.Ordinal) (ids []domain.StreamID, err error) {
	query, args := "SELECT case_id FROM cases_cases WHERE case_type = ?", []any{caseType}
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
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, domain.StreamID{Type: caseType, ID: uuid.UUID(id)})
	}
	return ids, rows.Err()
}
