package worklist

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections"
)

// Reader answers what the people ask who work on cases. Its methods may be called at once from many goroutines.
type Reader struct {
	catalog *domain.Catalog
	db      *sql.DB
	names   projections.Names
}

// NewReader returns a reader of the file that a runner fills.
func NewReader(catalog *domain.Catalog, db *sql.DB) *Reader { return &Reader{catalog: catalog, db: db} }

var errNoCase = &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này", En: "there is no such case"}

// begin opens a transaction, and has all names that it sees.
func (r *Reader) begin(ctx context.Context) (*sql.Tx, error) {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	if err := r.names.Refresh(ctx, tx); err != nil {
		_ = tx.Rollback()
		return nil, err
	}
	return tx, nil
}

// Case returns a case; NotFound (case.not_found) where there is none.
func (r *Reader) Case(ctx context.Context, id domain.StreamID) (Case, error) {
	tx, err := r.begin(ctx)
	if err != nil {
		return Case{}, err
	}
	defer func() { _ = tx.Rollback() }()
	found, err := r.cases(ctx, tx, "SELECT "+columns+" FROM worklist_cases c WHERE c.case_id = ? AND c.case_type = ?", id.ID[:], r.names.ID(id.Type))
	if err == nil && len(found) == 0 {
		err = errNoCase
	}
	if err != nil {
		return Case{}, err
	}
	return found[0], nil
}

// Exists tells whether there is a case.
func (r *Reader) Exists(ctx context.Context, id domain.StreamID) (exists bool, err error) {
	err = r.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM worklist_cases c JOIN names n ON n.id = c.case_type
		WHERE c.case_id = ? AND n.name = ?)`, id.ID[:], id.Type).Scan(&exists)
	return exists, err
}

// Beginning implements search.Cases.
func (r *Reader) Beginning(ctx context.Context, caseType string, head []byte, limit int) (all []domain.StreamID, err error) {
	last := append(slices.Clone(head), bytes.Repeat([]byte{0xff}, len(uuid.UUID{})-len(head))...)
	rows, err := r.db.QueryContext(ctx, `SELECT n.name, c.case_id FROM worklist_cases c JOIN names n ON n.id = c.case_type
		WHERE c.case_id BETWEEN ? AND ? AND (? = '' OR n.name = ?) ORDER BY c.case_id LIMIT ?`, head, last, caseType, caseType, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id domain.StreamID
		var b []byte
		if err := rows.Scan(&id.Type, &b); err != nil {
			return nil, err
		}
		if id.ID, err = uuid.FromBytes(b); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// Due returns everything that a case waits for, what is awaited from others included, by the last day.
func (r *Reader) Due(ctx context.Context, id domain.StreamID) ([]domain.Due, error) {
	t, ok := r.catalog.Type(id.Type)
	if !ok {
		return nil, errNoCase
	}
	var saved []byte
	err := r.db.QueryRowContext(ctx, `SELECT c.summary FROM worklist_cases c JOIN names n ON n.id = c.case_type WHERE c.case_id = ? AND n.name = ?`, id.ID[:], id.Type).Scan(&saved)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoCase
	}
	if err != nil || saved == nil {
		return nil, err
	}
	summary, err := t.Resume(saved)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id, err)
	}
	due := slices.DeleteFunc(slices.Clone(summary.Due()), func(d domain.Due) bool { return d.By.IsZero() })
	slices.SortStableFunc(due, func(a, b domain.Due) int { return int(a.By) - int(b.By) })
	return due, nil
}

// ask asks, perhaps by an index that is made once the view has caught up for the first time.
func ask(ctx context.Context, tx *sql.Tx, query string, args ...any) (*sql.Rows, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil && strings.Contains(err.Error(), "no such index") {
		err = projections.ErrCatchingUp
	}
	return rows, err
}

// cases reads rows.
func (r *Reader) cases(ctx context.Context, tx *sql.Tx, query string, args ...any) (all []Case, err error) {
	rows, err := ask(ctx, tx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := r.scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, nil
}
