// Package register reads the register of documents and plans: what was issued, and what is planned for a month.
//
// It keeps no more than which cases the register has. What they say is their replay, so that corrections, voids and as-of
// positions are as everywhere.
package register

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/register"
	"hoso/projections"
	"hoso/projections/history"
)

// caseType is the case type of the register.
const caseType = "register"

// View keeps which cases the register has. It implements projections.View.
type View struct{}

// Name implements projections.View.
func (View) Name() string { return "register" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View. The ordinal is that of the case's first event.
func (View) Schema() []string {
	return []string{`CREATE TABLE IF NOT EXISTS register_cases (ordinal INTEGER PRIMARY KEY, case_id BLOB NOT NULL)`}
}

// Apply implements projections.View.
func (View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for _, e := range batch {
		if e.Stream.Type != caseType || e.Version != 1 {
			continue
		}
		if err := tx.Exec(ctx, "INSERT INTO register_cases VALUES (?, ?)", int64(e.Ordinal), e.Stream.ID[:]); err != nil {
			return err
		}
	}
	return nil
}

// Document is an issued document.
type Document struct {
	Case    domain.StreamID `json:"case"`
	Number  string          `json:"number"`
	Issued  calendar.Date   `json:"issued"`
	Kind    string          `json:"kind"`
	Issuer  string          `json:"issuer"`
	Subject string          `json:"subject"`
}

// Work is something that is planned and not done yet.
type Work struct {
	Case domain.StreamID `json:"case"`
	What string          `json:"what"`
}

// Query asks for a part of the register.
type Query struct {
	Area   area.Code      // and everything below it; empty: everything
	AsOf   domain.Ordinal // 0: all that is known
	Issued calendar.Range // the documents of these days
	Month  calendar.Month // the works of this month
}

// Register is the answer: documents by day and number, works in the order of planning.
type Register struct {
	Documents []Document
	Works     []Work
}

// Reader reads the register. Its methods may be called at once from many goroutines.
type Reader struct {
	history *history.Reader
	db      *sql.DB
}

// NewReader returns a reader of the file that a runner fills.
func NewReader(h *history.Reader, db *sql.DB) *Reader { return &Reader{h, db} }

// Register answers a query.
func (r *Reader) Register(ctx context.Context, q Query) (all Register, err error) {
	ids, err := r.cases(ctx, q.AsOf)
	if err != nil {
		return all, err
	}
	for _, id := range ids {
		h, err := r.history.Case(ctx, id, history.At{Position: q.AsOf})
		if err != nil {
			return all, fmt.Errorf("read the register: %w", err)
		}
		var s register.State
		if err := json.Unmarshal(h.State, &s); err != nil {
			return all, fmt.Errorf("read the register: %s: %w", id, err)
		}
		switch {
		case s.Status == register.StatusIssued && q.Issued.Has(s.Since) && lies(s.Document.Area, q.Area, s.Since):
			all.Documents = append(all.Documents, Document{id, string(s.Number), s.Since, s.Document.Kind, s.Document.Issuer, s.Document.Subject})
		case s.Status == register.StatusPlanned && s.Work.Month == q.Month && lies(s.Work.Area, q.Area, s.Since):
			all.Works = append(all.Works, Work{id, s.Work.What})
		}
	}
	slices.SortStableFunc(all.Documents, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Issued, b.Issued), cmp.Compare(a.Number, b.Number))
	})
	return all, nil
}

func (r *Reader) cases(ctx context.Context, asOf domain.Ordinal) (ids []domain.StreamID, err error) {
	query, args := "SELECT case_id FROM register_cases", []any{}
	if asOf != 0 {
		query, args = query+" WHERE ordinal <= ?", []any{int64(asOf)}
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

// lies tells whether a unit is another one or lies in it on a day.
func lies(code, in area.Code, on calendar.Date) bool {
	if in == "" || code == in {
		return true
	}
	u, ok := area.Find(code, on)
	of, known := area.Find(in, on)
	return ok && known && area.InUse().Inside(u, of)
}
