package figures

import (
	"bytes"
	"context"
	"database/sql"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Series is an indicator's figure in each month of a year, January first.
type Series struct {
	Indicator string   `json:"indicator"`
	Months    []Number `json:"months"`
}

// Series returns the months of the query's year up to its month, as they are known at the query's position.
func (r *Reader) Series(ctx context.Context, q Query) ([]Series, error) {
	indicators, err := r.indicators(q.Indicators)
	if err != nil {
		return nil, err
	}
	l, err := r.look(ctx, q)
	if err != nil {
		return nil, err
	}
	defer l.done()
	for m := (calendar.Month{Year: q.Month.Year, Month: 1}); len(indicators) > 1 && m.Month <= q.Month.Month && m.Year == q.Month.Year; m = m.Add(1) {
		if err := l.read(indicators, domain.Flow, l.calendar.Month(m)); err != nil {
			return nil, err
		}
	}
	all := make([]Series, len(indicators))
	for n, i := range indicators {
		all[n].Indicator = i.ID
		for m := (calendar.Month{Year: q.Month.Year, Month: 1}); m.Month <= q.Month.Month && m.Year == q.Month.Year; m = m.Add(1) {
			value, err := l.whole(i, l.calendar.Month(m))
			if err != nil {
				return nil, err
			}
			all[n].Months = append(all[n].Months, value)
		}
	}
	return all, nil
}

// Doubt is a person whose acts in a stock cannot all be right. The person is not named: the cases are.
type Doubt struct {
	Indicator string
	Cases     []domain.StreamID
}

// Doubles finds who stands in a stock more than once on the month's last day, for stocks in which nobody may.
func (r *Reader) Doubles(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, func(i domain.Indicator) bool { return i.Once }, func(s stay) bool { return s.stands > 1 })
}

// Leavers finds who left a stock before entering it: a decision before its filing. Only people with an act in the month
// are looked at.
func (r *Reader) Leavers(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, func(domain.Indicator) bool { return true }, func(s stay) bool { return s.lowest < 0 })
}

// stay is how often a person stands in a stock on the month's last day, and how often at least on some day before.
type stay struct{ stands, lowest int64 }

func (r *Reader) doubts(ctx context.Context, q Query, about func(domain.Indicator) bool, doubtful func(stay) bool) ([]Doubt, error) {
	l, err := r.look(ctx, q)
	if err != nil {
		return nil, err
	}
	defer l.done()
	var all []Doubt
	for _, t := range r.catalog.Types {
		for _, i := range t.Indicators {
			if i.Measure != domain.Stock || i.Hidden || !about(i) {
				continue
			}
			people, err := l.stays(i, q.Month, doubtful)
			if err != nil {
				return nil, err
			}
			for _, person := range people {
				cases, err := l.casesOf(i, l.calendar.Month(q.Month), person)
				if err != nil {
					return nil, err
				}
				all = append(all, Doubt{i.ID, cases})
			}
		}
	}
	return all, nil
}

// ofPerson selects by person through the index of stays; named is its condition.
const (
	ofPerson = "figures_contributions c INDEXED BY figures_stays"
	named    = " AND typeof(c.person) = 'blob'"
)

// stays finds people who have an act in the month, by what else they did.
func (l *look) stays(i domain.Indicator, m calendar.Month, wanted func(stay) bool) (found [][]byte, err error) {
	month := l.calendar.Month(m)
	clause, args := l.where("c.", i, sinceBeginning(month))
	recent, recentArgs := l.where("", i, month)
	rows, err := l.query("SELECT c.person, c.occurred, c.quantity FROM (SELECT DISTINCT person FROM figures_contributions"+recent+") p CROSS JOIN "+ofPerson+clause+
		" AND c.person = p.person"+named+" ORDER BY c.person, c.occurred", append(recentArgs, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var person sql.RawBytes
	var of []byte
	var on, day, quantity int64
	var s stay
	ends := func() {
		s.lowest = min(s.lowest, s.stands)
		if of != nil && wanted(s) {
			found = append(found, bytes.Clone(of))
		}
	}
	for rows.Next() {
		if err := rows.Scan(&person, &day, &quantity); err != nil {
			return nil, err
		}
		switch {
		case !bytes.Equal(of, person):
			ends()
			of, s = append(of[:0], person...), stay{}
		case day != on: // what happened on one day has no order
			s.lowest = min(s.lowest, s.stands)
		}
		on = day
		s.stands += quantity
	}
	ends()
	return found, rows.Err()
}

func (l *look) casesOf(i domain.Indicator, month calendar.Range, person []byte) ([]domain.StreamID, error) {
	clause, args := l.where("c.", i, sinceBeginning(month))
	rows, err := l.query("SELECT DISTINCT e.case_type, e.case_id FROM "+ofPerson+" JOIN events e ON e.ordinal = c.ordinal"+clause+" AND c.person = ?"+named+
		" ORDER BY c.occurred, c.ordinal", append(args, person)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cases []domain.StreamID
	for rows.Next() {
		var caseType int64
		var id domain.StreamID
		var raw []byte
		if err := rows.Scan(&caseType, &raw); err != nil {
			return nil, err
		}
		id.Type = l.names.Name(caseType)
		copy(id.ID[:], raw)
		cases = append(cases, id)
	}
	return cases, rows.Err()
}
