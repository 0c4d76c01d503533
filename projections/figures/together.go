package figures

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// together holds sums that were read for many indicators at once: a sheet has hundreds, and a question costs more than
// what it adds up.
type together map[calendar.Range]map[int64]map[string]int64

// read reads the stored sums of flows or stocks in a range, if they say what is asked for.
func (l *look) read(indicators []domain.Indicator, m domain.Measure, r calendar.Range) error {
	var ids []int64
	for _, i := range indicators {
		if id := l.names.ID(i.ID); id != 0 && i.Measure == m {
			ids = append(ids, id)
		}
	}
	if m == domain.Stock {
		r = sinceBeginning(r)
	}
	all, ok := l.kept(r, m == domain.Stock)
	if !ok || len(ids) == 0 {
		return nil
	}
	sums := l.together[r]
	if sums == nil {
		sums = map[int64]map[string]int64{}
		l.together[r] = sums
	}
	for _, id := range ids {
		sums[id] = map[string]int64{}
	}
	for _, k := range all {
		rows, err := l.query("SELECT indicator, breakdown, sum(quantity) FROM figures_sums WHERE indicator"+among(ids)+
			" AND half BETWEEN ? AND ? AND area"+k.areas+" GROUP BY indicator, breakdown", int64(k.days.From), int64(k.days.To))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id, breakdown, quantity int64
			if err := rows.Scan(&id, &breakdown, &quantity); err != nil {
				return err
			}
			sums[id][l.names.Name(breakdown)] += k.factor * quantity
		}
		if err := rows.Err(); err != nil {
			return err
		}
	}
	return nil
}

// readSheet reads what the figures of a month are compared with, too.
func (l *look) readSheet(indicators []domain.Indicator, m calendar.Month) error {
	if len(indicators) == 1 {
		return nil
	}
	for _, i := range indicators { // and the terms of ratios
		if i.Measure == domain.Ratio {
			over, under, err := l.terms(i)
			if err != nil {
				return err
			}
			indicators = append(indicators[:len(indicators):len(indicators)], over, under)
		}
	}
	for _, r := range []calendar.Range{l.calendar.Month(m), l.calendar.Month(m.LastYear()), l.calendar.Month(m.Add(-1)), l.calendar.YearToDate(m)} {
		if err := l.read(indicators, domain.Flow, r); err != nil {
			return err
		}
		if err := l.read(indicators, domain.Stock, r); err != nil {
			return err
		}
	}
	return nil
}
