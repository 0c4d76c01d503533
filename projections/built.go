package projections

import (
	"context"
	"database/sql"

	"hoso/domain"
)

// Built says what a generation of views is made of.
type Built struct {
	Views []BuiltView
	Taken domain.Ordinal // since which event it answers; 0: not taken
}

// BuiltView is a view of a generation; without a name, the file itself.
type BuiltView struct{ Name, Version string }

// ReadBuilt reads it in the file of a generation.
func ReadBuilt(ctx context.Context, db *sql.DB) (b Built, err error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return b, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(ordinal), 0) FROM taken`).Scan(&b.Taken); err != nil {
		return b, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT view, version FROM generation ORDER BY view`)
	if err != nil {
		return b, err
	}
	defer rows.Close()
	for rows.Next() {
		var v BuiltView
		if err := rows.Scan(&v.Name, &v.Version); err != nil {
			return b, err
		}
		b.Views = append(b.Views, v)
	}
	return b, rows.Err()
}
