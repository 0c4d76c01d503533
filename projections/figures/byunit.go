package figures

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// byUnit counts an indicator in a range for each line.
func (l *look) byUnit(i domain.Indicator, r calendar.Range, units []area.Unit) (map[line]Number, error) {
	switch i.Measure {
	case domain.Flow:
		return l.sumsByUnit(i, r)
	case domain.Stock:
		return l.sumsByUnit(i, sinceBeginning(r))
	case domain.Distinct:
		return l.personsByUnit(i, r)
	case domain.Reported:
		return l.statedByUnit(i, r, units)
	}
	over, under, err := l.terms(i)
	if err != nil {
		return nil, err
	}
	o, err := l.byUnit(over, r, units)
	if err != nil {
		return nil, err
	}
	u, err := l.byUnit(under, r, units)
	quotients := map[line]Number{}
	for at, n := range u {
		quotients[at] = divide(o[at].Quantity, n.Quantity, i.Parts())
	}
	return quotients, err
}

// byDays returns the lines of a range's areas, by the days in which they are the same.
func (l *look) byDays(r calendar.Range, stock bool) map[calendar.Range]map[int64]line {
	key := piecesKey{r, stock}
	if lines, ok := l.lines[key]; ok {
		return lines
	}
	lines := map[calendar.Range]map[int64]line{}
	l.lines[key] = lines
	for _, p := range l.within(r, stock) {
		if lines[p.days] == nil {
			lines[p.days] = map[int64]line{}
		}
		lines[p.days][l.names.ID(areaName(p.code))] = l.lineOf(p)
	}
	return lines
}

func (l *look) sumsByUnit(i domain.Indicator, r calendar.Range) (map[line]Number, error) {
	sums := map[line]Number{}
	for days, lines := range l.byDays(r, i.Measure == domain.Stock) {
		query, args := "SELECT area, sum(quantity) FROM figures_contributions WHERE indicator = ? AND occurred BETWEEN ? AND ?", l.during(i, days)
		switch {
		case l.past:
			query, args = query+" AND ordinal <= ?", append(args, int64(l.position))
		case wholeHalves(days):
			query = "SELECT area, sum(quantity) FROM figures_sums WHERE indicator = ? AND half BETWEEN ? AND ? AND area <> 0"
		}
		rows, err := l.query(query+" GROUP BY area", args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, quantity int64
			if err := rows.Scan(&id, &quantity); err != nil {
				return nil, err
			}
			if at, ok := lines[id]; ok {
				sums[at] = Number{sums[at].Quantity + quantity, i.Parts()}
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return sums, nil
}

func (l *look) during(i domain.Indicator, days calendar.Range) []any {
	return []any{l.names.ID(i.ID), int64(days.From), int64(days.To)}
}

// personsByUnit counts a person in every line in which its quantities come to more than 0.
func (l *look) personsByUnit(i domain.Indicator, r calendar.Range) (map[line]Number, error) {
	type stay struct {
		line
		person uuid.UUID
	}
	same, err := l.links()
	if err != nil {
		return nil, err
	}
	nets := map[stay]int64{}
	for days, lines := range l.byDays(r, false) {
		query, args := "SELECT area, person, sum(quantity) FROM figures_contributions WHERE indicator = ? AND occurred BETWEEN ? AND ?", l.during(i, days)
		if l.past {
			query, args = query+" AND ordinal <= ?", append(args, int64(l.position))
		}
		rows, err := l.query(query+" GROUP BY area, person", args...)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var id, quantity int64
			var who []byte
			if err := rows.Scan(&id, &who, &quantity); err != nil {
				return nil, err
			}
			if at, ok := lines[id]; ok {
				nets[stay{at, same.one(uuid.UUID(who))}] += quantity
			}
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	counts := map[line]Number{}
	for at, net := range nets {
		if net > 0 {
			counts[at.line] = Number{counts[at.line].Quantity + 1, i.Parts()}
		}
	}
	return counts, nil
}

// statedByUnit asks for the statement about each unit itself.
func (l *look) statedByUnit(i domain.Indicator, r calendar.Range, units []area.Unit) (map[line]Number, error) {
	stated := map[line]Number{}
	for _, u := range units {
		t, err := l.of(u).tally(i, r)
		if err != nil {
			return nil, err
		}
		if t.value.Known() {
			stated[l.lineOfUnit(u)] = t.value
		}
	}
	return stated, nil
}
