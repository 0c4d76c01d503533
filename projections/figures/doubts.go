package figures

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Doubt is a person whose acts in a stock cannot all be right. The person is not named: the cases are.
type Doubt struct {
	Indicator string
	Cases     []domain.StreamID
}

// doubt is a way to look for them: in SQL among the records that are not linked, which are nearly all, and in Go among the
// others, by what stands of a person after each day.
type doubt struct {
	about                func(domain.Indicator) bool
	selecting, condition string
	wrong                func(stands []int64) bool
}

// Doubles finds who stands in a stock more than once on the month's last day, for stocks in which nobody may.
func (r *Reader) Doubles(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, doubt{
		about:     func(i domain.Indicator) bool { return i.Once },
		selecting: "SELECT person FROM figures_contributions",
		condition: " GROUP BY person HAVING sum(quantity) > 1",
		wrong:     func(stands []int64) bool { return stands[len(stands)-1] > 1 },
	})
}

// Leavers finds who left a stock before entering it: a decision before its filing. Only people with an act in the month
// are looked at.
func (r *Reader) Leavers(ctx context.Context, q Query) ([]Doubt, error) {
	return r.doubts(ctx, q, doubt{
		about:     func(domain.Indicator) bool { return true },
		selecting: "SELECT DISTINCT person FROM (SELECT person, sum(quantity) OVER (PARTITION BY person ORDER BY occurred) AS stands FROM figures_contributions",
		condition: ") WHERE stands < 0",
		wrong:     func(stands []int64) bool { return slices.Min(stands) < 0 },
	})
}

func (r *Reader) doubts(ctx context.Context, q Query, d doubt) ([]Doubt, error) {
	l, err := r.look(ctx, q)
	if err != nil {
		return nil, err
	}
	defer l.done()
	var all []Doubt
	for _, t := range r.catalog.Types {
		for _, i := range t.Indicators {
			if i.Measure != domain.Stock || i.Hidden || !d.about(i) {
				continue
			}
			found, err := l.doubtful(i, q.Month, d)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// doubtful looks at the people who have an act in the month.
func (l *look) doubtful(i domain.Indicator, m calendar.Month, d doubt) ([]Doubt, error) {
	month := l.calendar.Month(m)
	found, err := l.doubtfulAlone(i, month, d)
	if err != nil {
		return nil, err
	}
	linked, err := l.doubtfulLinked(i, month, d)
	if err != nil {
		return nil, err
	}
	maps.Copy(found, linked)
	var all []Doubt
	for _, one := range slices.SortedFunc(maps.Keys(found), func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }) {
		cases, err := l.casesOf(i, month, found[one])
		if err != nil {
			return nil, err
		}
		all = append(all, Doubt{i.ID, cases})
	}
	return all, nil
}

// doubtfulAlone looks at records that are not linked.
func (l *look) doubtfulAlone(i domain.Indicator, month calendar.Range, d doubt) (map[uuid.UUID][]uuid.UUID, error) {
	same, err := l.links()
	if err != nil {
		return nil, err
	}
	clause, args := l.where("", i, sinceBeginning(month))
	recent, recentArgs := l.where("", i, month)
	rows, err := l.query(d.selecting+clause+" AND person IN (SELECT person FROM figures_contributions"+recent+" AND person IS NOT NULL)"+d.condition,
		append(args, recentArgs...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[uuid.UUID][]uuid.UUID{}
	for rows.Next() {
		var who []byte
		if err := rows.Scan(&who); err != nil {
			return nil, err
		}
		if id := uuid.UUID(who); same[id] == uuid.Nil {
			found[id] = []uuid.UUID{id}
		}
	}
	return found, rows.Err()
}

// doubtfulLinked looks at people of several records, all of which count together.
func (l *look) doubtfulLinked(i domain.Indicator, month calendar.Range, d doubt) (map[uuid.UUID][]uuid.UUID, error) {
	same, err := l.links()
	if err != nil || len(same) == 0 {
		return nil, err
	}
	clause, args := l.where("", i, sinceBeginning(month))
	rows, err := l.query("SELECT person, occurred, sum(quantity) FROM figures_contributions"+clause+
		" AND person IN (SELECT record FROM figures_links UNION SELECT same_as FROM figures_links) GROUP BY occurred, person ORDER BY occurred", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	stands, last := map[uuid.UUID][]int64{}, map[uuid.UUID]calendar.Date{} // after each day that has acts
	for rows.Next() {
		var who []byte
		var day calendar.Date
		var quantity int64
		if err := rows.Scan(&who, &day, &quantity); err != nil {
			return nil, err
		}
		one := same.one(uuid.UUID(who))
		if n := len(stands[one]); n > 0 {
			quantity += stands[one][n-1]
			if last[one] == day {
				stands[one] = stands[one][:n-1]
			}
		}
		stands[one], last[one] = append(stands[one], quantity), day
	}
	found := map[uuid.UUID][]uuid.UUID{}
	for one, records := range same.groups() {
		if last[one] >= month.From && d.wrong(stands[one]) {
			found[one] = records
		}
	}
	return found, rows.Err()
}

func (l *look) casesOf(i domain.Indicator, month calendar.Range, records []uuid.UUID) ([]domain.StreamID, error) {
	clause, args := l.where("c.", i, sinceBeginning(month))
	for _, r := range records {
		args = append(args, r[:])
	}
	rows, err := l.query("SELECT DISTINCT e.case_type, e.case_id"+entryTables+clause+" AND c.person IN (?"+strings.Repeat(",?", len(records)-1)+
		") ORDER BY c.occurred, c.ordinal", args...)
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
