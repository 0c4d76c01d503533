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
			value, err := l.whole(i, l.calendar.Month(m))
			if err != nil {
				return nil, err
			}
			all[n].Months = append(all[n].Months, value)
		}
	}
	return all, nil
}
