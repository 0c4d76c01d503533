// Package amendments is the view that knows which requests to correct or to void an act wait for approval, in cases of all types.
// What a request says is in the history of its case.
package amendments

import (
	"context"
	"database/sql"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
)

// View keeps the requests that nobody has answered. It implements projections.View.
type View struct{}

// Name implements projections.View.
func (View) Name() string { return "amendments" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View. The ordinal is that of the request, the version its number in the case.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS amendments_pending (ordinal INTEGER PRIMARY KEY, case_type TEXT NOT NULL, case_id BLOB NOT NULL, version INTEGER NOT NULL)`,
		`CREATE INDEX IF NOT EXISTS amendments_of ON amendments_pending (case_id, version)`,
	}
}

// Apply implements projections.View.
func (View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for i := range batch {
		e := &batch[i]
		var err error
		if _, ok := e.Event.(domain.AmendmentRequested); ok {
			err = tx.Exec(ctx, "INSERT INTO amendments_pending VALUES (?, ?, ?, ?)", int64(e.Ordinal), e.Stream.Type, e.Stream.ID[:], int64(e.Version))
		} else if answered := domain.Answers(e.Event); answered != 0 {
			err = tx.Exec(ctx, "DELETE FROM amendments_pending WHERE case_id = ? AND version = ? AND case_type = ?", e.Stream.ID[:], int64(answered), e.Stream.Type)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Request is a request that waits for approval.
type Request struct {
	Case     domain.StreamID
	Version  uint64 // its number in the case
	By       string // the account that requested it
	Occurred calendar.Date
	Recorded time.Time
	Position domain.Ordinal
}

// Reader lists requests. Its methods may be called at once from many goroutines.
type Reader struct{ db *sql.DB }

// NewReader returns a reader of the file that a runner fills.
func NewReader(db *sql.DB) *Reader { return &Reader{db} }

// Pending returns the requests that wait, the oldest first, after one that was returned; at most so many.
func (r *Reader) Pending(ctx context.Context, after domain.Ordinal, most int) (all []Request, err error) {
	rows, err := r.db.QueryContext(ctx, `SELECT p.ordinal, p.case_type, p.case_id, p.version, n.name, e.occurred, e.recorded
		FROM amendments_pending p JOIN events e ON e.ordinal = p.ordinal JOIN names n ON n.id = e.actor WHERE p.ordinal > ? ORDER BY p.ordinal LIMIT ?`, int64(after), most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one Request
		var id []byte
		var recorded int64
		if err := rows.Scan(&one.Position, &one.Case.Type, &id, &one.Version, &one.By, &one.Occurred, &recorded); err != nil {
			return nil, err
		}
		if err := one.Case.ID.UnmarshalBinary(id); err != nil {
			return nil, err
		}
		one.Recorded = time.UnixMicro(recorded).UTC()
		all = append(all, one)
	}
	return all, rows.Err()
}
