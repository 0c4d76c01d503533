package figures

import (
	"context"

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
			t, err := l.tally(i, l.calendar.Month(m))
			if err != nil {
				return nil, err
			}
			all[n].Months = append(all[n].Months, t.value)
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
	return r.doubts(ctx, q, func(i domain.Indicator) bool { return i.Once },
		"SELECT c.person", " GROUP BY c.person HAVING sum(c.quantity) > 1")
}

// Leavers finds who left a stock before entering it: a decision before its filing. Only people with an act in the month
// are looked at.
func (r *Reader) Leavers(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, func(domain.Indicator) bool { return true },
		"SELECT DISTINCT person FROM (SELECT c.person, sum(c.quantity) OVER (PARTITION BY c.person ORDER BY c.occurred) AS stands",
		") WHERE stands < 0")
}

func (r *Reader) doubts(ctx context.Context, q Query, about func(domain.Indicator) bool, selecting, condition string) ([]Doubt, error) {
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
			found, err := l.doubtful(i, q.Month, selecting, condition)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// ofPerson selects by person through the index of stays.
const ofPerson = "figures_contributions c INDEXED BY figures_stays"

const named = " AND typeof(c.person) = 'blob'"

// doubtful looks at the people who have an act in the month, and finds what else they did by person.
func (l *look) doubtful(i domain.Indicator, m calendar.Month, selecting, condition string) ([]Doubt, error) {
	month := l.calendar.Month(m)
	clause, args := l.where("c.", i, sinceBeginning(month))
	recent, recentArgs := l.where("", i, month)
	people, err := l.query(selecting+" FROM (SELECT DISTINCT person FROM figures_contributions"+recent+") p CROSS JOIN "+ofPerson+clause+
		" AND c.person = p.person"+named+condition, append(recentArgs, args...)...)
	if err != nil {
		return nil, err
	}
	defer people.Close()
	var found []Doubt
	for people.Next() {
		var person []byte
		if err := people.Scan(&person); err != nil {
			return nil, err
		}
		cases, err := l.casesOf(i, month, person)
		if err != nil {
			return nil, err
		}
		found = append(found, Doubt{i.ID, cases})
	}
	return found, people.Err()
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
