package figures

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Late is what was recorded about a month after some position: what a report that was made there could not say.
type Late struct {
	Month     calendar.Month
	Indicator string
	By        int64 // in the indicator's smallest parts
}

// Late sums what flows have gained or lost in months since the position that goes with each, as the query's unit and
// calendar count them, up to the query's position. Of stocks, distinct persons and stated values there is no sum.
func (r *Reader) Late(ctx context.Context, q Query, since map[calendar.Month]domain.Ordinal) ([]Late, error) {
	l, err := r.look(ctx, q)
	if err != nil {
		return nil, err
	}
	defer l.done()
	upTo := l.position
	var all []Late
	for _, m := range slices.SortedFunc(maps.Keys(since), func(a, b calendar.Month) int { return int(a.First() - b.First()) }) {
		days := l.calendar.Month(m)
		condition := ""
		if l.unit.Code != "" {
			condition = l.condition("", l.counted(days, false), days)
		}
		found, err := l.late(m, fmt.Sprintf("SELECT indicator, sum(quantity) FROM figures_contributions INDEXED BY figures_recorded "+
			"WHERE ordinal > %d AND ordinal <= %d AND occurred BETWEEN %d AND %d%s GROUP BY indicator ORDER BY indicator", since[m], upTo, days.From, days.To, condition))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b Late) int { return int(a.Month.First() - b.Month.First()) })
	return all, nil
}

// late reads what a query says of a month.
func (l *look) late(m calendar.Month, query string) (all []Late, err error) {
	rows, err := l.query(query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		late := Late{Month: m}
		if err := rows.Scan(&id, &late.By); err != nil {
			return nil, err
		}
		late.Indicator = l.names.Name(id)
		if i, ok := l.catalog.Indicator(late.Indicator); ok && i.Measure == domain.Flow && !i.Hidden && late.By != 0 {
			all = append(all, late)
		}
	}
	return all, rows.Err()
}
