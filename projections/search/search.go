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
	"sync"

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
	w := writing{ctx: ctx, tx: tx, codec: v.codec}
	for i := range batch {
		e := &batch[i]
		var err error
		switch a := e.Event.(type) {
		case domain.Corrected:
			if err = w.say(e, a.Version, a.Now.Event); err == nil {
				err = w.renumber(e, a.Was.Event, a.Now.Event)
			}
		case domain.Voided:
			if err = w.takeBack(e, a); err == nil {
				err = w.number(e, a.Was.Event, -1)
			}
		case person.Erased:
			err = w.erase(e, a.Person)
		default:
			if err = w.say(e, e.Version, e.Event); err == nil {
				err = w.number(e, e.Event, 1)
			}
		}
		if err != nil {
			return err
		}
	}
	if err := w.flush(); err != nil {
		return err
	}
	return tx.Insert(ctx, "INSERT INTO search_numbers", 4, w.numbers, "ON CONFLICT DO UPDATE SET times = times + excluded.times")
}

// writing gathers what a batch writes, so that many rows go in at once.
type writing struct {
	ctx             context.Context
	tx              *projections.Tx
	codec           *domain.Codec
	people, numbers []any
}

// flush writes the rows of people, before others are dropped.
func (w *writing) flush() error {
	err := w.tx.Insert(w.ctx, "INSERT INTO search_people", 6, w.people, "")
	w.people = w.people[:0]
	return err
}

// drop runs a statement that drops rows of people.
func (w *writing) drop(query string, args ...any) error {
	if err := w.flush(); err != nil {
		return err
	}
	return w.tx.Exec(w.ctx, query, args...)
}

const (
	dropAct    = "DELETE FROM search_people WHERE person = ? AND version = ?"
	dropPerson = "DELETE FROM search_people WHERE person = ?"
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
func (w *writing) say(e *projections.Event, version uint64, says domain.Event) error {
	who, ok := subject(says)
	if !ok {
		return nil
	}
	name, schema, data := e.Type, e.Schema, e.Data
	if version != e.Version {
		err := w.drop(dropAct, who.UUID[:], int64(version))
		if err != nil {
			return err
		}
		if name, schema, data, err = w.codec.Encode(w.ctx, says); err != nil { // what is private is sealed already and stays as it is
			return err
		}
	}
	w.people = append(w.people, int64(e.Ordinal), who.UUID[:], int64(version), name, schema, data)
	return nil
}

func (w *writing) takeBack(e *projections.Event, a domain.Voided) error {
	who, ok := subject(a.Was.Event)
	if !ok {
		return nil
	}
	err := w.drop(dropAct, who.UUID[:], int64(a.Version))
	w.people = append(w.people, int64(e.Ordinal), who.UUID[:], int64(a.Version), "", 0, nil)
	return err
}

func (w *writing) erase(e *projections.Event, who domain.PersonID) error {
	err := w.drop(dropPerson, who.UUID[:])
	w.people = append(w.people, int64(e.Ordinal), who.UUID[:], 0, "", 0, nil)
	return err
}

// number notes the document number that an event states, once more or once less.
func (w *writing) number(e *projections.Event, says domain.Event, times int) error {
	said := numberOf(says)
	if said == "" {
		return nil
	}
	n := spelling.Fold(said)
	if n == "" {
		return nil
	}
	caseType, err := w.tx.Name(w.ctx, e.Stream.Type)
	w.numbers = append(w.numbers, n, e.Stream.ID[:], caseType, times)
	return err
}

func (w *writing) renumber(e *projections.Event, was, now domain.Event) error {
	if numberOf(was) == numberOf(now) {
		return nil
	}
	if err := w.number(e, was, -1); err != nil {
		return err
	}
	return w.number(e, now, 1)
}

// numberOf returns the document number that an event states: its field "number".
func numberOf(e domain.Event) string {
	v := reflect.ValueOf(e)
	if v.Kind() != reflect.Struct {
		return ""
	}
	if f := numberField(v.Type()); f != nil {
		return v.FieldByIndex(f).String()
	}
	return ""
}

var numberFields sync.Map // reflect.Type -> []int

// numberField returns where the number lies in an event type; nil where it has none.
func numberField(t reflect.Type) []int {
	if index, ok := numberFields.Load(t); ok {
		return index.([]int)
	}
	var index []int
	if f, ok := t.FieldByName("Number"); ok && f.Type.Kind() == reflect.String {
		index = f.Index
	}
	numberFields.Store(t, index)
	return index
}
