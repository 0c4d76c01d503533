// Package people is the view that an import asks: whom does a reference of the office mean, and is somebody known.
//
// It holds ids and keyed hashes of references, as the log does in the clear, and no personal data. Erasing a person
// therefore takes nothing out of it: a list that names an erased person still means the same one, and is refused by
// the person's case.
package people

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"

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
	said := says{persons: map[domain.PersonID]int64{}, references: map[reference]saying{}}
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
	return said.write(ctx, tx)
}

// says is what the events of a batch say about persons: how often, less how often they take it back.
type says struct {
	persons    map[domain.PersonID]int64
	references map[reference]saying
}

type reference struct {
	of  uuid.UUID
	who domain.PersonID
}

type saying struct {
	times int64
	last  domain.Ordinal
}

// add notes what an event says about a person, once more or once less.
func (s says) add(n domain.Ordinal, e domain.Event, times int64) {
	var r reference
	switch e := e.(type) {
	case person.Registered:
		r = reference{e.Reference, e.Person}
		s.persons[e.Person] += times
	case person.Referenced:
		r = reference{e.Reference, e.Person}
	}
	if r.of != uuid.Nil {
		s.references[r] = saying{s.references[r].times + times, n}
	}
}

// write adds it to the tables, sorted, since a tree grows fastest along its order.
func (s says) write(ctx context.Context, tx *projections.Tx) error {
	var persons, references []any
	for _, p := range slices.SortedFunc(maps.Keys(s.persons), func(a, b domain.PersonID) int { return bytes.Compare(a.UUID[:], b.UUID[:]) }) {
		persons = append(persons, p.UUID[:], s.persons[p])
	}
	for _, r := range slices.SortedFunc(maps.Keys(s.references), func(a, b reference) int { return bytes.Compare(a.of[:], b.of[:]) }) {
		references = append(references, r.of[:], r.who.UUID[:], s.references[r].times, int64(s.references[r].last))
	}
	err := tx.Insert(ctx, "INSERT INTO people_persons", 2, persons, "ON CONFLICT DO UPDATE SET times = times + excluded.times")
	if err != nil {
		return err
	}
	return tx.Insert(ctx, "INSERT INTO people_references", 4, references,
		"ON CONFLICT DO UPDATE SET times = times + excluded.times, ordinal = excluded.ordinal")
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
