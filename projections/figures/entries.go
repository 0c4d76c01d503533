package figures

import (
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Entries are grouped along the key of the contributions, so that the file is read once, in order, and a page costs
// what it shows.
const (
	entryColumns = "SELECT c.ordinal, e.id, e.case_type, e.case_id, e.type, c.occurred, e.recorded, "
	entryTables  = " FROM figures_contributions c JOIN events e ON e.ordinal = c.ordinal"
)

// entries lists the events of an indicator in a range, at most one more than the limit, so that the caller sees
// whether there are others.
func (l *look) entries(i domain.Indicator, r calendar.Range, after place, limit int) ([]Entry, error) {
	clause, args := l.where("c.", i, r)
	args = append(args, after.occurred, after.ordinal, rowLimit(limit))
	rows, err := l.query(entryColumns+"sum(c.quantity)"+entryTables+clause+
		" AND (c.occurred, c.ordinal) > (?, ?) GROUP BY c.occurred, c.ordinal ORDER BY c.occurred, c.ordinal LIMIT ?", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		e, err := l.scan(i, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

func rowLimit(limit int) int {
	if limit <= 0 {
		return -1 // none
	}
	return limit + 1
}

func (l *look) scan(i domain.Indicator, row interface{ Scan(...any) error }, more ...any) (e Entry, err error) {
	var id, caseID []byte
	var caseType, name, recorded int64
	to := append([]any{&e.Position, &id, &caseType, &caseID, &name, &e.Occurred, &recorded, &e.Quantity.Quantity}, more...)
	if err := row.Scan(to...); err != nil {
		return e, err
	}
	e.ID = uuid.UUID(id)
	e.Case = domain.StreamID{Type: l.names.Name(caseType), ID: uuid.UUID(caseID)}
	e.Type = l.names.Name(name)
	e.Recorded = time.UnixMicro(recorded).UTC()
	e.Quantity.Parts = i.Parts()
	return e, nil
}

// firsts lists the events of a distinct figure: 1 for each counted person at the first event that adds the person.
func (l *look) firsts(i domain.Indicator, r calendar.Range, after place, limit int) ([]Entry, error) {
	nets, err := l.nets(i, r)
	if err != nil {
		return nil, err
	}
	same, err := l.same()
	if err != nil {
		return nil, err
	}
	clause, args := l.where("c.", i, r)
	rows, err := l.query(entryColumns+"c.quantity, c.person"+entryTables+clause+
		" ORDER BY c.occurred, c.ordinal, c.place", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() && (limit <= 0 || len(all) <= limit) {
		var person int64
		e, err := l.scan(i, rows, &person)
		if err != nil {
			return nil, err
		}
		adds := e.Quantity.Quantity > 0
		e.Quantity.Quantity = 0
		if one := same.one(person); adds && nets.of(one) > 0 {
			nets[one] = 0 // counted
			e.Quantity.Quantity = 1
		}
		switch n := len(all); {
		case n > 0 && all[n-1].Position == e.Position && all[n-1].Occurred == e.Occurred:
			all[n-1].Quantity.Quantity += e.Quantity.Quantity
		case after.before(e):
			all = append(all, e)
		}
	}
	return all, rows.Err()
}

// stated lists the events that stated a value, the one that counts with its quantity, or took one back.
func (l *look) stated(i domain.Indicator, r calendar.Range, after place, limit int) ([]Entry, error) {
	statements, err := l.statements(i, r)
	if err != nil {
		return nil, err
	}
	counts := map[place]int64{}
	for _, s := range statements {
		counts[place{occurred: s.occurred, ordinal: s.ordinal}] += s.quantity
	}
	clause, args := l.where("c.", i, r)
	args = append(args, after.occurred, after.ordinal, rowLimit(limit))
	rows, err := l.query(entryColumns+"coalesce(sum(c.quantity) FILTER (WHERE c.place >= 0), 0), max(c.place)"+entryTables+clause+
		" AND (c.occurred, c.ordinal) > (?, ?) GROUP BY c.occurred, c.ordinal ORDER BY c.occurred, c.ordinal LIMIT ?", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		var last int64
		e, err := l.scan(i, rows, &last)
		if err != nil {
			return nil, err
		}
		if last >= 0 {
			e.Stated = e.Quantity
		}
		e.Quantity.Quantity = counts[place{occurred: int64(e.Occurred), ordinal: int64(e.Position)}]
		all = append(all, e)
	}
	return all, rows.Err()
}
