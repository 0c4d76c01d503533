// Package people is the view that an import asks: whom does a reference of the office mean, and is somebody known.
//
// It holds ids and keyed hashes of references, as the log does in the clear, and no personal data. Erasing a person
// therefore takes nothing out of it: a list that names an erased person still means the same one, and is refused by
// the person's case.
package people

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/person"
	"hoso/projections"
)

// View keeps who is known, and under which references. It implements projections.View.
type View struct{}

// Name implements projections.View.
func (View) Name() string { return "people" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View. A row counts how often the log says it, less how often that was taken back.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS people_persons (person BLOB PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS people_references (
			reference BLOB NOT NULL, person BLOB NOT NULL, times INTEGER NOT NULL, ordinal INTEGER NOT NULL,
			PRIMARY KEY (reference, person)) WITHOUT ROWID`,
	}
}

// Apply implements projections.View.
func (View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	var said says
	for i := range batch {
		e := &batch[i]
		switch a := e.Event.(type) {
		case domain.Corrected:
			said.add(e.Ordinal, a.Was.Event, -1)
			said.add(e.Ordinal, a.Now.Event, 1)
		case domain.Voided:
			said.add(e.Ordinal, a.Was.Event, -1)
		default:
			said.add(e.Ordinal, e.Event, 1)
		}
	}
	err := tx.Insert(ctx, "INSERT INTO people_persons", 2, said.persons, "ON CONFLICT DO UPDATE SET times = times + excluded.times")
	if err != nil {
		return err
	}
	return tx.Insert(ctx, "INSERT INTO people_references", 4, said.references,
		"ON CONFLICT DO UPDATE SET times = times + excluded.times, ordinal = excluded.ordinal")
}

// says are rows of what the events of a batch say, in their order.
type says struct{ persons, references []any }

// add notes what an event says about a person, once more or once less.
func (s *says) add(n domain.Ordinal, e domain.Event, times int64) {
	var who domain.PersonID
	var reference uuid.UUID
	switch e := e.(type) {
	case person.Registered:
		who, reference = e.Person, e.Reference
		s.persons = append(s.persons, who.UUID[:], times)
	case person.Referenced:
		who, reference = e.Person, e.Reference
	}
	if reference != uuid.Nil {
		s.references = append(s.references, reference[:], who.UUID[:], times, int64(n))
	}
}

// Reader answers an import. Its methods may be called at once from many goroutines. They see what the views have
// seen: wait for the log's Head first.
type Reader struct{ db *sql.DB }

// NewReader returns a reader of the file that a runner fills.
func NewReader(db *sql.DB) *Reader { return &Reader{db} }

// Person returns the person whom an office's list knows under a reference, the latest where the log has several.
func (r *Reader) Person(ctx context.Context, reference uuid.UUID) (domain.PersonID, bool, error) {
	var b []byte
	err := r.db.QueryRowContext(ctx, `SELECT person FROM people_references WHERE reference = ? AND times > 0
		ORDER BY ordinal DESC LIMIT 1`, reference[:]).Scan(&b)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.PersonID{}, false, nil
	}
	if err != nil {
		return domain.PersonID{}, false, err
	}
	id, err := uuid.FromBytes(b)
	return domain.PersonID{UUID: id}, err == nil, err
}

// Exists tells whether a person with this id was registered.
func (r *Reader) Exists(ctx context.Context, id domain.PersonID) (known bool, err error) {
	err = r.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM people_persons WHERE person = ? AND times > 0)", id.UUID[:]).Scan(&known)
	return known, err
}
