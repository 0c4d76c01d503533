package documents

import (
	"context"
	"database/sql"

	"hoso/domain"
	"hoso/domain/person"
	"hoso/projections"
)

// View knows the names of all bytes that cases have attached to them, and of whom they are. It implements projections.View.
// What was withdrawn stays: nothing of the log is deleted.
type View struct{}

// Name implements projections.View.
func (View) Name() string { return "documents" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS documents_known (name TEXT PRIMARY KEY, person BLOB NOT NULL, erased INTEGER NOT NULL) WITHOUT ROWID`,
		`CREATE INDEX IF NOT EXISTS documents_of ON documents_known (person)`,
		`CREATE INDEX IF NOT EXISTS documents_left ON documents_known (erased, name) WHERE erased = 1`,
		`CREATE TABLE IF NOT EXISTS documents_erased (person BLOB PRIMARY KEY) WITHOUT ROWID`,
	}
}

// Apply implements projections.View.
func (View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for i := range batch {
		var err error
		switch event := batch[i].Event.(type) {
		case domain.Attached:
			err = tx.Exec(ctx, `INSERT INTO documents_known SELECT ?, ?, EXISTS (SELECT 1 FROM documents_erased WHERE person = ?) WHERE true ON CONFLICT DO NOTHING`,
				event.Stored, event.Person.UUID[:], event.Person.UUID[:])
		case person.Erased:
			if err = tx.Exec(ctx, `INSERT INTO documents_erased VALUES (?) ON CONFLICT DO NOTHING`, event.Person.UUID[:]); err == nil {
				err = tx.Exec(ctx, `UPDATE documents_known SET erased = 1 WHERE person = ?`, event.Person.UUID[:])
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Reader asks the view. Its methods may be called at once from many goroutines.
type Reader struct{ db *sql.DB }

// NewReader returns a reader of the file that a runner fills.
func NewReader(db *sql.DB) *Reader { return &Reader{db} }

// Erased returns the names of what was attached about people who were erased.
func (r *Reader) Erased(ctx context.Context) (names []string, err error) {
	rows, err := r.db.QueryContext(ctx, "SELECT name FROM documents_known WHERE erased = 1 ORDER BY name")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Known tells whether a case has these bytes attached.
func (r *Reader) Known(ctx context.Context, name string) (known bool, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM documents_known WHERE name = ?)", name).Scan(&known)
	return known, err
}

var _ projections.View = View{}
