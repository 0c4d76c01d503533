// Package cases is the view that knows which cases there are of the few case types that are read whole: the register of
// documents, the reports of the months, the accounts. What a case says is its replay, so that corrections, voids and as-of
// positions are as everywhere.
package cases

import (
	"context"
	"slices"
	"strings"

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
	return "2 " + strings.Join(slices.Sorted(slices.Values(v.types)), " ")
}

// Schema implements projections.View. The ordinal is that of the case's first event, the version that of its last.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS cases_cases (case_type TEXT NOT NULL, ordinal INTEGER NOT NULL, case_id BLOB NOT NULL,
			version INTEGER NOT NULL, PRIMARY KEY (case_type, ordinal)) WITHOUT ROWID`,
		`CREATE UNIQUE INDEX IF NOT EXISTS cases_by_case ON cases_cases (case_id, case_type)`,
	}
}

// Apply implements projections.View.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for i := range batch {
		e := &batch[i]
		if !slices.Contains(v.types, e.Stream.Type) {
			continue
		}
		query, args := "INSERT INTO cases_cases VALUES (?, ?, ?, ?)", []any{e.Stream.Type, int64(e.Ordinal), e.Stream.ID[:], int64(e.Version)}
		if e.Version > 1 {
			query, args = "UPDATE cases_cases SET version = ? WHERE case_id = ? AND case_type = ?", []any{int64(e.Version), e.Stream.ID[:], e.Stream.Type}
		}
		if err := tx.Exec(ctx, query, args...); err != nil {
			return err
		}
	}
	return nil
}
