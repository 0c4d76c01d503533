package worklist

import (
	"database/sql"
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Case is a case as a list shows it.
type Case struct {
	Case     domain.StreamID   `json:"case"`
	Version  uint64            `json:"version"`
	Unit     area.Code         `json:"unit,omitempty"` // to which it belongs
	Persons  []domain.PersonID `json:"persons,omitempty"`
	Step     string            `json:"step,omitempty"`  // none where all of it was voided, or the case type has none
	Since    calendar.Date     `json:"since,omitzero"`  // of the step
	Opened   calendar.Date     `json:"opened,omitzero"` // the day of the first act
	Last     calendar.Date     `json:"last,omitzero"`   // the day of the last one
	LastAct  string            `json:"last_act"`        // the event recorded last
	Position domain.Ordinal    `json:"position"`        // of that event
	Open     bool              `json:"open"`            // somebody has to do something
	Due      *domain.Due       `json:"due,omitempty"`   // what the office has to do first; nil: no day is set
	Assigned string            `json:"assigned,omitempty"`
	id       int64
	next     int64
}

// Urgency says how soon an open case has to be worked on.
type Urgency string

const (
	Overdue Urgency = "overdue" // the last day has passed
	Soon    Urgency = "soon"    // it is one of the next days
	Later   Urgency = "later"
	Unset   Urgency = "unset" // no day is set by law
)

// soonDays is how many days ahead a last day is soon: the working days of a week.
const soonDays = 7

// Urgencies returns all urgencies, the most urgent first.
func Urgencies() []Urgency { return []Urgency{Overdue, Soon, Later, Unset} }

// Urgency tells how urgent the case is on a day; empty where it is not open.
func (c Case) Urgency(on calendar.Date) Urgency {
	if !c.Open {
		return ""
	}
	for _, u := range Urgencies() {
		if from, to := u.days(on); from <= c.next && c.next <= to {
			return u
		}
	}
	return ""
}

// days returns the first and the last value of next that an urgency has on a day.
func (u Urgency) days(on calendar.Date) (from, to int64) {
	last := int64(on.AddDays(soonDays))
	switch u {
	case Overdue:
		return 0, int64(on) - 1
	case Soon:
		return int64(on), last
	case Later:
		return last + 1, never - 1
	case Unset:
		return never, never
	}
	return 0, never
}

const columns = `c.id, c.case_type, c.case_id, c.version, c.unit, c.step, c.since, c.opened, c.last, c.last_type, c.ordinal, c.assigned,
	c.open, c.next, c.what, c.what_en, c.law, c.persons`

// scan reads the columns of a case.
func (r *Reader) scan(rows *sql.Rows) (c Case, err error) {
	var caseType, unit, step, lastAct, assigned int64
	var id, persons []byte
	var due domain.Due
	err = rows.Scan(&c.id, &caseType, &id, &c.Version, &unit, &step, &c.Since, &c.Opened, &c.Last, &lastAct, &c.Position, &assigned,
		&c.Open, &c.next, &due.What.Vi, &due.What.En, &due.Law, &persons)
	if err != nil {
		return c, err
	}
	c.Case = domain.StreamID{Type: r.names.Name(caseType), ID: uuid.UUID(id)}
	c.Unit, c.Step = area.Code(r.names.Name(unit)), r.names.Name(step)
	c.LastAct, c.Assigned = r.names.Name(lastAct), r.names.Name(assigned)
	c.Persons = personsIn(persons)
	if c.next != never {
		due.By = calendar.Date(c.next)
		c.Due = &due
	}
	return c, nil
}

// personsIn returns the persons that a row names, one after the other.
func personsIn(row []byte) (all []domain.PersonID) {
	for p := range slices.Chunk(row, len(uuid.UUID{})) {
		all = append(all, domain.PersonID{UUID: uuid.UUID(p)})
	}
	return all
}
