package desk

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections"
)

// EventSearch asks for events of the log, the latest first. What is unset does not narrow it.
type EventSearch struct {
	CaseType string
	Type     string         // of events
	From, To calendar.Date  // days on which they happened
	Case     uuid.UUID      // of a case of any type
	By       string         // the account that recorded it
	Unit     area.Code      // to which the case belongs now, or one above it
	On       calendar.Date  // of whose units Unit is one; set by Events
	Before   domain.Ordinal // only events before this one: EventPage.Next
	Limit    int            // at least 1
}

// EventPage is a part of the events that were found.
type EventPage struct {
	Events []CaseChange
	Next   domain.Ordinal // EventSearch.Before of the next page; 0: there is none
	Looked domain.Ordinal // how many events were looked through
}

// lookedThrough is through how many events one page looks at most: a rare one is looked for page by page, and no page takes long.
// To find the unit of an event its case has to be looked up.
const (
	lookedThrough   = 50_000
	lookedThroughOf = 5_000 // of a unit
)

// Events finds events, of the case types that the caller may audit everywhere: a list has no units. Who audits some units opens
// their cases one by one.
func (d *Desk) Events(ctx context.Context, s EventSearch) (page EventPage, err error) {
	types, err := d.AuditedTypes(ctx)
	if err != nil {
		return page, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return page, err
	}
	s.On = calendar.On(d.Clock())
	end := from.At() + 1
	if s.Before != 0 {
		end = min(end, s.Before)
	}
	begin, most := domain.Ordinal(1), domain.Ordinal(lookedThrough)
	if s.Unit != "" {
		most = lookedThroughOf
	}
	if end > most {
		begin = end - most
	}
	condition, args := s.where(types, from)
	if page.Events, err = readActs(ctx, from.DB, "ordinal < ? AND ordinal >= ?"+condition+" ORDER BY ordinal DESC LIMIT ?",
		append(append([]any{int64(end), int64(begin)}, args...), s.Limit+1)...); err != nil {
		return page, err
	}
	if len(page.Events) > s.Limit {
		page.Events = page.Events[:s.Limit]
		page.Next = page.Events[s.Limit-1].Position
	} else if begin > 1 {
		page.Next = begin
	}
	page.Looked = end - begin
	return page, nil
}

// AuditedTypes returns the case types that the caller may audit everywhere; an error where there is none.
func (d *Desk) AuditedTypes(ctx context.Context) (all []domain.CaseType, err error) {
	c, err := caller(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range d.Catalog.Types {
		if c.May(right.Audit, right.Target{CaseType: t.Name}) == nil {
			all = append(all, t)
		}
	}
	if len(all) == 0 {
		return nil, c.May(right.Audit, right.Target{})
	}
	return all, nil
}

// where is what the search asks of each event, as SQL with its values.
func (s EventSearch) where(types []domain.CaseType, from Readers) (condition string, args []any) {
	also := func(c string, arg any) { condition, args = condition+" AND "+c, append(args, arg) }
	among := func(column string, names ...string) {
		numbers, values := projections.NumbersOf(names...)
		condition, args = condition+" AND "+column+" IN "+numbers, append(args, values...)
	}
	var asked []string
	for _, t := range types {
		if s.CaseType == "" || s.CaseType == t.Name {
			asked = append(asked, t.Name)
		}
	}
	among("e.case_type", asked...)
	if s.Type != "" {
		among("e.type", s.Type)
	}
	if s.From != 0 {
		also("occurred >= ?", int64(s.From))
	}
	if s.To != 0 {
		also("occurred <= ?", int64(s.To))
	}
	if s.Case != uuid.Nil {
		also("case_id = ?", s.Case[:])
	}
	if s.By != "" {
		among("e.actor", s.By)
	}
	if s.Unit != "" {
		unit, values := from.Work.InUnit("e.case_type", "e.case_id", s.Unit, s.On)
		condition, args = condition+" AND "+unit, append(args, values...)
	}
	return condition, args
}

// readActs reads events by a condition, which holds the order, and the limit where there is one. Names are looked up for what was
// found alone.
func readActs(ctx context.Context, db *sql.DB, condition string, args ...any) (all []CaseChange, err error) {
	rows, err := db.QueryContext(ctx, `SELECT ordinal, (SELECT name FROM names WHERE id = e.case_type), case_id, version,
		(SELECT name FROM names WHERE id = e.type), occurred, recorded, (SELECT name FROM names WHERE id = e.actor)
		FROM events e WHERE `+condition, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a CaseChange
		var id []byte
		var recorded int64
		if err := rows.Scan(&a.Position, &a.Case.Type, &id, &a.Version, &a.Type, &a.Occurred, &recorded, &a.By); err != nil {
			return nil, err
		}
		if err := a.Case.ID.UnmarshalBinary(id); err != nil {
			return nil, err
		}
		a.Recorded = time.UnixMicro(recorded).UTC()
		all = append(all, a)
	}
	return all, rows.Err()
}

// Recorded reads the events of a case as they lie in the log, by position, for who may audit it.
func (d *Desk) Recorded(ctx context.Context, id domain.StreamID) (map[domain.Ordinal]domain.Recorded, error) {
	if _, err := d.open(ctx, right.Audit, id); err != nil {
		return nil, err
	}
	from, err := d.reading(ctx, 0)
	if err != nil {
		return nil, err
	}
	tx, err := from.DB.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	events := map[domain.Ordinal]domain.Recorded{}
	for r, err := range d.Log.Read(ctx, id, 0) {
		if err != nil {
			return nil, err
		}
		at, err := projections.OrdinalOf(ctx, tx, r.Position)
		if err != nil {
			return nil, err
		}
		events[at] = r
	}
	return events, nil
}
