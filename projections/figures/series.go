package figures

import (
	"context"
	"slices"

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
	of, known, err := l.remember(q)
	if err != nil {
		return nil, err
	}
	unread := missing(indicators, known.series)
	for m := (calendar.Month{Year: q.Month.Year, Month: 1}); len(unread) > 1 && m.Month <= q.Month.Month && m.Year == q.Month.Year; m = m.Add(1) {
		if err := l.read(unread, domain.Flow, l.calendar.Month(m)); err != nil {
			return nil, err
		}
	}
	for _, i := range unread {
		months := []Number{}
		for m := (calendar.Month{Year: q.Month.Year, Month: 1}); m.Month <= q.Month.Month && m.Year == q.Month.Year; m = m.Add(1) {
			value, err := l.whole(i, l.calendar.Month(m))
			if err != nil {
				return nil, err
			}
			months = append(months, value)
		}
		known.series[i.ID] = months
	}
	all := make([]Series, len(indicators))
	for n, i := range indicators {
		all[n] = Series{i.ID, slices.Clone(known.series[i.ID])}
	}
	l.keep(of, known)
	return all, nil
}
