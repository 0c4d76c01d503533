package figures

import (
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/table"
)

// levels are the ways of dividing a figure by units.
var levels = map[string]area.Level{"district": area.District, "commune": area.Commune}

// AreaPart is what a figure comes to in one unit of a level. The parts of a sum add up to it: what was recorded above the
// level, or under a unit that was divided, has lines of its own. Persons are counted in each unit, so they need not.
type AreaPart struct {
	Area  string `json:"area"` // a code; several, with + between them, of what was not divided
	Key   string `json:"key"`  // opens the line: the code, with something behind it where several lines have that
	Name  string `json:"name"`
	Value Number `json:"value"`
	YTD   Number `json:"ytd"`
}

// locate reads what a query says about units.
func (l *look) locate(q Query) error {
	if l.tree == "" {
		l.tree = Then
	}
	if l.tree != Then && l.tree != Now {
		return domain.Malformed("figures.no_such_tree", "tree", "chỉ nhận một trong: %s, %s", Then, Now)
	}
	l.month = l.calendar.Month(q.Month)
	if err := l.ask(q.Area, l.month); err != nil || q.By == "" {
		return err
	}
	var ok bool
	if l.level, ok = levels[q.By]; !ok {
		return domain.Malformed("figures.no_such_level", "by", "chỉ nhận một trong: district, commune")
	}
	if l.unit.Level > l.level {
		return domain.Malformed("figures.level_above_area", "by", "%s không có cấp này bên dưới", l.unit.Name)
	}
	return nil
}

// areas divides a month's figure, whole, by the units of the level: all that there are, and what else there is something under.
func (l *look) areas(i domain.Indicator, m calendar.Month, units []area.Unit, whole Number) ([]AreaPart, error) {
	if !l.counts[i.ID] {
		return nil, nil
	}
	now, err := l.byUnit(i, l.month, units)
	if err != nil {
		return nil, err
	}
	var year map[line]Number
	if i.Measure != domain.Stock {
		if year, err = l.byUnit(i, l.calendar.YearToDate(m), units); err != nil {
			return nil, err
		}
	}
	lines := map[line]bool{}
	for _, u := range units {
		lines[l.lineOfUnit(u)] = true
	}
	for _, sums := range []map[line]Number{now, year} {
		for at, n := range sums {
			if n.Quantity != 0 {
				lines[at] = true
			}
		}
	}
	of := func(sums map[line]Number, at line) Number {
		if n, ok := sums[at]; ok || sums == nil || i.Measure == domain.Ratio || i.Measure == domain.Reported {
			return n
		}
		return Number{0, i.Parts()}
	}
	var parts []AreaPart
	for _, at := range slices.SortedFunc(maps.Keys(lines), line.compare) {
		p := AreaPart{at.code, at.key(), at.name, of(now, at), of(year, at)}
		if summed(i.Measure) && !whole.Known() { // the area ended before the figure's day, and so did what is in it
			p.Value = Number{}
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// listed returns the units of the level that are there in any case.
func (l *look) listed() []area.Unit {
	if l.tree == Then {
		return l.units.Below(l.unit, l.level, l.month.To)
	}
	var all []area.Unit
	for _, c := range l.units.Below(area.Unit{}, area.Commune, table.Forever) {
		for _, u := range l.at(c) {
			if (l.unit.Code == "" || l.inside(u, l.unit)) && !slices.ContainsFunc(all, u.Is) {
				all = append(all, u)
			}
		}
	}
	return all
}
