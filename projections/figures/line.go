package figures

import (
	"cmp"
	"slices"
	"strings"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// line is where a piece counts when a figure is divided.
type line struct {
	place      int // lines of units come before the others
	code, name string
	from       calendar.Date
	mark       string // tells lines of one code apart
}

// key names the line in a division: the code, and behind an @ which of the lines of that code where it is not the unit of
// the month's end.
func (a line) key() string {
	if a.mark == "" {
		return a.code
	}
	return a.code + "@" + a.mark
}

func (a line) compare(b line) int {
	return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.code, b.code), cmp.Compare(a.from, b.from), cmp.Compare(a.name, b.name))
}

// at returns the units of the level in which a unit lies; none where it lies above or there is no such level.
func (l *look) at(u area.Unit) []area.Unit {
	switch {
	case u.Level == l.level:
		return []area.Unit{u}
	case u.Level < l.level:
		return nil
	case l.tree == Now:
		return l.units.Districts(u)
	}
	if above, ok := l.units.Above(u); ok && above.Level == l.level {
		return []area.Unit{above}
	}
	return nil
}

// lineOfUnit returns the line of a unit, which says so where the unit ended before the month did.
func (l *look) lineOfUnit(u area.Unit) line {
	at := line{code: string(u.Code), name: u.Name, from: u.Valid.From}
	if u.Valid.To < l.month.To && l.tree == Then {
		at.name += " (đến " + u.Valid.To.Vietnamese() + ")"
		at.mark = u.Valid.To.String()
	}
	return at
}

// lineOf returns the line of a piece.
func (l *look) lineOf(p piece) line {
	var units []area.Unit
	for _, u := range p.counts {
		for _, at := range l.at(u) {
			if !slices.ContainsFunc(units, at.Is) {
				units = append(units, at)
			}
		}
	}
	switch {
	case len(units) == 1:
		return l.lineOfUnit(units[0])
	case len(units) > 1:
		var codes, names []string
		for _, u := range units {
			codes, names = append(codes, string(u.Code)), append(names, u.Name)
		}
		return line{place: 3, code: strings.Join(codes, "+"), name: "Chưa tách được: " + strings.Join(names, ", ")}
	case len(p.counts) == 0 && p.code == "":
		return line{place: 2, name: "(không ghi địa bàn)", mark: "none"}
	case len(p.counts) == 0:
		return line{place: 2, code: string(p.code), name: "(mã không rõ)", mark: "unknown"}
	}
	u := p.counts[0]
	if u.Level > l.level {
		above, _ := l.units.Above(u)
		return line{place: 1, code: string(above.Code), name: above.Name + " (không có cấp huyện)", mark: "undivided"}
	}
	return line{place: 1, code: string(u.Code), name: u.Name + map[area.Level]string{
		area.Province: " (ghi ở cấp tỉnh)", area.District: " (ghi ở cấp huyện)"}[u.Level], mark: "itself"}
}
