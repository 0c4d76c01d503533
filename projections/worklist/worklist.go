// Package worklist is the view of all cases as the people see them who work on them: where each one stands, to which unit
// it belongs, whom it is about, what has to be done next and until when, and who does it.
//
//	event ─▶ domain.Summary of its case (kept as JSON) ─▶ one row a case ─▶ lists and counts
//	              ▲ the whole history from the log, where an act is corrected or voided, and of a short case that had ended
//
// A row holds ids and no personal data. Erasing a person takes nothing out of it.
//
// Whether something is overdue depends on the day of asking and stands in no row: rows hold the last day.
package worklist

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"hoso/domain"
	"hoso/projections"
)

// View keeps a row for every case. It implements projections.View.
type View struct {
	catalog *domain.Catalog
	codec   *domain.Codec
	log     domain.EventLog
}

// NewView returns the view of the cases of a catalogue. It reads the log where an act was corrected or voided, and where a
// short case that had ended goes on.
func NewView(catalog *domain.Catalog, codec *domain.Codec, log domain.EventLog) View {
	return View{catalog, codec, log}
}

// Name implements projections.View.
func (View) Name() string { return "worklist" }

// Version implements projections.View. It changes with the steps that case types declare, too.
func (v View) Version() string {
	h := sha256.New()
	for _, t := range v.catalog.Types {
		for _, s := range t.Steps {
			fmt.Fprintln(h, t.Name, s.Name, s.Ended)
		}
	}
	return "4 " + hex.EncodeToString(h.Sum(nil)[:6])
}

// Schema implements projections.View. The id of a case is the ordinal of its first event, so that ids grow as cases are
// opened. Days that are not known are 0; next is the last day of what the office has to do, or far away where nothing is
// due, so that it sorts. Open cases are counted by the last day, and by its month (next / 100), so that counting what is
// overdue need not read every day of the past.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS worklist_cases (
			id INTEGER PRIMARY KEY, case_type INTEGER NOT NULL, case_id BLOB NOT NULL, version INTEGER NOT NULL,
			unit INTEGER NOT NULL, step INTEGER NOT NULL, since INTEGER NOT NULL, opened INTEGER NOT NULL,
			last INTEGER NOT NULL, last_type INTEGER NOT NULL, ordinal INTEGER NOT NULL, assigned INTEGER NOT NULL,
			open INTEGER NOT NULL, next INTEGER NOT NULL, what TEXT NOT NULL, what_en TEXT NOT NULL, law TEXT NOT NULL, persons BLOB,
			summary BLOB)`,
		`CREATE UNIQUE INDEX IF NOT EXISTS worklist_by_case ON worklist_cases (case_id, case_type)`,
		`CREATE TABLE IF NOT EXISTS worklist_persons (person BLOB NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (person, id)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS worklist_days (
			day INTEGER NOT NULL, unit INTEGER NOT NULL, case_type INTEGER NOT NULL, step INTEGER NOT NULL, free INTEGER NOT NULL,
			cases INTEGER NOT NULL, PRIMARY KEY (day, unit, case_type, step, free)) WITHOUT ROWID`,
		`CREATE TABLE IF NOT EXISTS worklist_months (
			month INTEGER NOT NULL, unit INTEGER NOT NULL, case_type INTEGER NOT NULL, step INTEGER NOT NULL, free INTEGER NOT NULL,
			cases INTEGER NOT NULL, PRIMARY KEY (unit, case_type, month, step, free)) WITHOUT ROWID`,
	}
}

// never stands for the last day where nothing is due.
const never = 99991231

// line is a case while a batch is applied.
type line struct {
	id      int64
	stream  domain.StreamID
	summary domain.Summary
	version uint64
	last    projections.Event
	was     tally             // what the counts hold of it
	known   bool              // it has a row
	persons []domain.PersonID // that have their rows
}

// tally is where an open case is counted; the zero value is not counted.
type tally struct{ next, unit, caseType, step, free int64 } // free: 1 where nobody works on it

// Apply implements projections.View.
func (v View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	lines, recent := map[domain.StreamID]*line{}, projections.Kept(tx, v, newRecent)
	var order []*line
	for i := range batch {
		e := batch[i]
		l, ok := lines[e.Stream]
		if !ok {
			if l = recent.line(e.Stream); l == nil {
				var err error
				if l, err = v.load(ctx, tx, e); err != nil {
					return err
				}
			}
			lines[e.Stream] = l
			order = append(order, l)
		}
		if l.summary == nil || !l.summary.Add(e.Act()) {
			if err := v.whole(ctx, l, e, batch[:i+1]); err != nil {
				return err
			}
		}
		l.version, l.last = e.Version, e
	}
	return v.save(ctx, tx, order, recent)
}

// load finds the case of an event; a new one where it is the first.
func (v View) load(ctx context.Context, tx *projections.Tx, e projections.Event) (*line, error) {
	t, ok := v.catalog.Type(e.Stream.Type)
	if !ok {
		return nil, fmt.Errorf("case type %q is not in the catalogue", e.Stream.Type)
	}
	l := &line{id: int64(e.Ordinal), stream: e.Stream}
	var persons, summary []byte
	var assigned int64
	if e.Version > 1 {
		caseType, err := tx.Name(ctx, e.Stream.Type)
		if err != nil {
			return nil, err
		}
		nobody, err := tx.Name(ctx, "")
		if err != nil {
			return nil, err
		}
		var open bool
		l.known, err = tx.First(ctx, `SELECT c.id, c.unit, c.case_type, c.step, c.next, c.assigned, c.open, c.persons, c.summary
			FROM worklist_cases c WHERE case_id = ? AND case_type = ?`,
			[]any{e.Stream.ID[:], caseType}, &l.id, &l.was.unit, &l.was.caseType, &l.was.step, &l.was.next, &assigned, &open, &persons, &summary)
		if err != nil || !l.known { // a case without its beginning is only supposed
			return l, err
		}
		if assigned == nobody {
			l.was.free = 1
		}
		if !open {
			l.was = tally{}
		}
		if summary == nil {
			l.persons = personsIn(persons)
			return l, nil
		}
	}
	var err error
	l.summary, err = t.Resume(summary)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", e.Stream, err)
	}
	l.persons = l.summary.Brief().Persons
	return l, nil
}

// whole takes the history of a case up to an event from the log and, where they are only supposed, from the batch.
func (v View) whole(ctx context.Context, l *line, e projections.Event, batch []projections.Event) error {
	t, _ := v.catalog.Type(l.stream.Type)
	var events []domain.Replayed
	for stored, err := range v.log.Read(ctx, l.stream, 0) {
		if err != nil {
			return err
		}
		if stored.Version >= e.Version {
			break
		}
		event, err := v.codec.Decode(stored.Type, stored.Schema, stored.Data)
		if err != nil {
			return fmt.Errorf("%s version %d: %w", l.stream, stored.Version, err)
		}
		events = append(events, domain.Replayed{Recorded: stored, Event: event})
	}
	from := uint64(len(events))
	for i := range batch {
		if b := &batch[i]; b.Version > from && b.Stream == l.stream {
			events = append(events, domain.Replayed{Recorded: b.Recorded, Event: b.Event})
		}
	}
	l.summary = t.Summarize(events)
	return nil
}
