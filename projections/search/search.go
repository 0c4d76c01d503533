// Package search finds people and cases by what somebody types: a name in any spelling or a part of it, an identity number,
// the number of a document, what the office calls a case.
//
//	person events ─▶ rows: what the log holds, sealed ─▶ opened with the persons' keys ─▶ names in memory ─▶ hits
//	                        erased: the rows go                erased: does not open           erased: overwritten
//	other events ──▶ rows: document numbers ───────────────────────────────────────────────────────────────▶ hits
//
// No readable name lies on disk. The file holds what is sealed in the log with each person's key, so it says nothing
// without the keys, and nothing more after an erasure. Names are readable in the memory of the process alone, and an
// erased one is overwritten there with the next refresh (see [Reader.Follow]). An identity number is not looked for: by a
// keyed hash it leads to the person, or to nobody.
package search

import (
	"context"
	"reflect"

	"hoso/domain"
	"hoso/domain/person"
	"hoso/domain/spelling"
	"hoso/projections"
)

// View keeps what a search needs. It implements projections.View.
type View struct{ codec *domain.Codec }

// NewView returns the view.
func NewView(codec *domain.Codec) View { return View{codec} }

// Name implements projections.View.
func (View) Name() string { return "search" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View. A row of people is the latest change (seq is its ordinal) of what one act says of a
// person; without data it is gone, and with version 0 everything of the person is. A reader follows the changes by seq.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS search_people (seq INTEGER PRIMARY KEY, person BLOB NOT NULL, version INTEGER NOT NULL,
			type TEXT NOT NULL, schema INTEGER NOT NULL, data BLOB)`,
		`CREATE INDEX IF NOT EXISTS search_by_person ON search_people (person, version)`,
		`CREATE TABLE IF NOT EXISTS search_numbers (number TEXT NOT NULL, case_id BLOB NOT NULL, case_type INTEGER NOT NULL, times INTEGER NOT NULL,
			PRIMARY KEY (number, case_id, case_type)) WITHOUT ROWID`,
	}
}

// Apply implements projections.View.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	for _, e := range batch {
		var err error
		switch a := e.Event.(type) {
		case domain.Corrected:
			if err = v.say(ctx, tx, e, a.Version, a.Now.Event); err == nil {
				err = renumber(ctx, tx, e, a.Was.Event, a.Now.Event)
			}
		case domain.Voided:
			if err = v.takeBack(ctx, tx, e, a); err == nil {
				err = number(ctx, tx, e, a.Was.Event, -1)
			}
		case person.Erased:
			err = v.erase(ctx, tx, e, a.Person)
		default:
			if err = v.say(ctx, tx, e, e.Version, e.Event); err == nil {
				err = number(ctx, tx, e, e.Event, 1)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	dropAct    = "DELETE FROM search_people WHERE person = ? AND version = ?"
	dropPerson = "DELETE FROM search_people WHERE person = ?"
	insertAct  = "INSERT INTO search_people VALUES (?,?,?,?,?,?)"
)

// subject returns the person whose name an event says.
func subject(e domain.Event) (who domain.PersonID, ok bool) {
	switch e := e.(type) {
	case person.Registered:
		return e.Person, true
	case person.Referenced:
		return e.Person, true
	}
	return who, false
}

// say notes what an act says of a person now.
func (v View) say(ctx context.Context, tx *projections.Tx, e projections.Event, version uint64, says domain.Event) error {
	who, ok := subject(says)
	if !ok {
		return nil
	}
	if version != e.Version {
		if err := tx.Exec(ctx, dropAct, who.UUID[:], int64(version)); err != nil {
			return err
		}
	}
	name, schema, data := e.Type, e.Schema, e.Data
	if version != e.Version {
		var err error
		if name, schema, data, err = v.codec.Encode(ctx, says); err != nil { // what is private is sealed already and stays as it is
			return err
		}
	}
	return tx.Exec(ctx, insertAct, int64(e.Ordinal), who.UUID[:], int64(version), name, schema, data)
}

func (v View) takeBack(ctx context.Context, tx *projections.Tx, e projections.Event, a domain.Voided) error {
	who, ok := subject(a.Was.Event)
	if !ok {
		return nil
	}
	if err := tx.Exec(ctx, dropAct, who.UUID[:], int64(a.Version)); err != nil {
		return err
	}
	return tx.Exec(ctx, insertAct, int64(e.Ordinal), who.UUID[:], int64(a.Version), "", 0, nil)
}

func (v View) erase(ctx context.Context, tx *projections.Tx, e projections.Event, who domain.PersonID) error {
	if err := tx.Exec(ctx, dropPerson, who.UUID[:]); err != nil {
		return err
	}
	return tx.Exec(ctx, insertAct, int64(e.Ordinal), who.UUID[:], 0, "", 0, nil)
}

const sayNumber = "INSERT INTO search_numbers VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET times = times + excluded.times"

// number notes the document number that an event states, once more or once less.
func number(ctx context.Context, tx *projections.Tx, e projections.Event, says domain.Event, times int) error {
	n := spelling.Fold(numberOf(says))
	if n == "" {
		return nil
	}
	caseType, err := tx.Name(ctx, e.Stream.Type)
	if err != nil {
		return err
	}
	return tx.Exec(ctx, sayNumber, n, e.Stream.ID[:], caseType, times)
}

func renumber(ctx context.Context, tx *projections.Tx, e projections.Event, was, now domain.Event) error {
	if numberOf(was) == numberOf(now) {
		return nil
	}
	if err := number(ctx, tx, e, was, -1); err != nil {
		return err
	}
	return number(ctx, tx, e, now, 1)
}

// numberOf returns the document number that an event states: its field "number".
func numberOf(e domain.Event) string {
	v := reflect.ValueOf(e)
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := v.FieldByName("Number"); f.IsValid() && f.Kind() == reflect.String {
		return f.String()
	}
	return ""
}
