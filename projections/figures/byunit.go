package figures

import (
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
	same, err := l.same()
	if err != nil {
		return nil, err
	}
	people := map[line]map[int64]int64{}
	for days, lines := range l.byDays(r, false) {
		read := func(area int64, h holding) {
			at, ok := lines[area]
			if !ok {
				return
			}
			if people[at] == nil {
				people[at] = map[int64]int64{}
			}
			people[at][same.one(h.person)] += h.count
		}
		if err := l.everywhere(i, days, read); err != nil {
			return nil, err
		}
	}
	counts := map[line]Number{}
	for at, nets := range people {
		for _, net := range nets {
			if net > 0 {
				counts[at] = Number{counts[at].Quantity + 1, i.Parts()}
			}
		}
	}
	return counts, nil
}

// everywhere reads who has what in which area.
func (l *look) everywhere(i domain.Indicator, days calendar.Range, read func(area int64, h holding)) error {
	if !l.past && wholeHalves(days) {
		return l.lists(i, days, "area <> 0", read)
	}
	query, args := "SELECT area, person, breakdown, quantity FROM figures_contributions WHERE indicator = ? AND occurred BETWEEN ? AND ?", l.during(i, days)
	if l.past {
		query, args = query+" AND ordinal <= ?", append(args, int64(l.position))
	}
	rows, err := l.query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var area int64
		var h holding
		if err := rows.Scan(&area, &h.person, &h.breakdown, &h.count); err != nil {
			return err
		}
		read(area, h)
	}
	return rows.Err()
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
