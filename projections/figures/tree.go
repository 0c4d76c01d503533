package figures

import (
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/table"
)

// Tree says for which units an act counts, since units change and codes are used again. An act says a code and a day; the
// code means the unit that it named on that day.
//
// A unit that was divided has several successors and nobody knows the shares. What was recorded under it counts for
// whatever holds all of them (both communes' old district, the province), never for one of them: [Sheet.Divided] names it.
type Tree string

const (
	// Then is the tree of the time. An act counts for the unit of its day and for what that lay in. A stock is about one
	// day, so it counts for what the unit had become by that day.
	Then Tree = "then"
	// Now is the tree of today's list: an act counts for what its unit has become, all predecessors of a commune for the
	// commune. A district of old is the communes of today whose area was all in it ("địa bàn huyện cũ").
	Now Tree = "now"
)

// piece is what was recorded under a code on some days, and the units for which it counts: several where that of the code
// was divided, none where the code names nothing.
type piece struct {
	code   area.Code
	days   calendar.Range
	was    area.Unit // what the code named
	counts []area.Unit
}

type piecesKey struct {
	days  calendar.Range
	stock bool
}

// pieces returns what there is under any code that an act ever named, in a range. It is looked up once in the look.
func (l *look) pieces(r calendar.Range, stock bool) []piece {
	key := piecesKey{r, stock}
	if all, ok := l.found[key]; ok {
		return all
	}
	all := []piece{}
	for _, name := range l.names.Prefixed(areaPrefix) {
		code := area.Code(strings.TrimPrefix(name, areaPrefix))
		pieces := l.piecesOf(code, r, stock)
		if len(pieces) == 0 {
			pieces = []piece{{code: code, days: r}}
		}
		all = append(all, pieces...)
	}
	l.found[key] = all
	return all
}

// piecesOf returns the pieces of one code; none where it never named anything.
func (l *look) piecesOf(code area.Code, r calendar.Range, stock bool) (all []piece) {
	for _, n := range l.units.Named(code, r) {
		p := piece{code, n.Days, n.Unit, []area.Unit{n.Unit}}
		switch {
		case l.tree == Now:
			p.counts = l.units.Later(n.Unit, table.Forever)
		case stock:
			p.counts = l.units.Later(n.Unit, r.To)
		}
		all = append(all, p)
	}
	return all
}

// within returns the pieces that count for the unit that was asked for; all of them where none was.
func (l *look) within(r calendar.Range, stock bool) []piece {
	if l.everything() {
		return l.pieces(r, stock)
	}
	var all []piece
	for _, p := range l.pieces(r, stock) {
		outside := func(u area.Unit) bool { return !l.inside(u, l.unit) }
		if l.unit.Code != "" && (len(p.counts) == 0 || slices.ContainsFunc(p.counts, outside)) {
			continue
		}
		if l.only == "" || l.lineOf(p).key() == l.only {
			all = append(all, p)
		}
	}
	return all
}

func (l *look) inside(u, of area.Unit) bool {
	if l.tree == Now && of.Level == area.District {
		districts := l.units.Districts(u)
		return len(districts) == 1 && districts[0].Is(of)
	}
	return l.units.Inside(u, of)
}

// exists tells whether the indicator is kept and the unit that was asked for was there in a range, a stock's on its last day.
// Where not, there is no figure, not even 0: the same code may have named another unit.
func (l *look) exists(i domain.Indicator, r calendar.Range) bool {
	days := l.unit.Valid
	switch {
	case !l.counts[i.ID]:
		return false
	case l.unit.Code == "" || l.tree == Now:
		return true
	case i.Measure == domain.Stock:
		return days.Has(r.To)
	}
	return days.From <= r.To && r.From <= days.To
}

// ask finds the unit that a code means: in the tree of then the one that it named in the month, the last where there were
// two; in the tree of now one that is still there, or a district.
func (l *look) ask(code area.Code, month calendar.Range) error {
	if code == "" {
		return nil
	}
	if !l.units.Known(code) {
		return noSuchArea("không có đơn vị hành chính mang mã này", "no administrative unit has this code")
	}
	named := l.units.Named(code, calendar.Range{From: table.Always, To: table.Forever})
	slices.Reverse(named)
	for _, n := range named {
		days := n.Unit.Valid
		if l.tree == Now && (days.To == table.Forever || n.Unit.Level == area.District) ||
			l.tree == Then && days.From <= month.To && month.From <= days.To {
			l.unit = n.Unit
			return nil
		}
	}
	var today []string
	for _, u := range l.units.Later(named[0].Unit, table.Forever) {
		today = append(today, u.Name+" ("+string(u.Code)+")")
	}
	what := named[0].Unit.Name
	if l.tree == Now {
		return noSuchArea(what+" không còn; nay là: "+strings.Join(today, ", "), what+" is no longer there; today it is: "+strings.Join(today, ", "))
	}
	return noSuchArea(what+" không có trong kỳ này; nay là: "+strings.Join(today, ", ")+"; tính theo đơn vị hiện nay: tree=now",
		what+" was not there in this period; today it is: "+strings.Join(today, ", ")+"; ask with tree=now for the units of today")
}

func noSuchArea(vi, en string) error {
	return &domain.Error{Kind: domain.NotFound, Code: "figures.no_such_area", Field: "area", Msg: vi, En: en}
}

// Divided is a unit of which the unit that was asked for holds only a part: one that was divided, or a commune of today in
// several old districts. Whatever was recorded under it is not in the figures, since the share is not known. In the tree
// of then that is so for stocks alone.
type Divided struct {
	Area    area.Code     `json:"area"`
	Name    string        `json:"name"`
	Until   calendar.Date `json:"until,omitzero"`
	Between []area.Code   `json:"between"`
}

// divided lists the units that lie only partly in the one that was asked for, whether or not there was an act in them.
func (l *look) divided() []Divided {
	if l.unit.Code == "" {
		return nil
	}
	var all []Divided
	for _, code := range l.units.Codes() {
		for _, p := range l.piecesOf(code, sinceBeginning(l.month), true) {
			for _, d := range l.parted(p) {
				if !slices.ContainsFunc(all, func(other Divided) bool { return other.Area == d.Area && other.Until == d.Until }) {
					all = append(all, d)
				}
			}
		}
	}
	return all
}

// parted tells in what way a piece lies only partly in the unit that was asked for.
func (l *look) parted(p piece) []Divided {
	var parts []area.Code
	some, whole := false, true
	for _, u := range p.counts {
		in := l.inside(u, l.unit)
		some, whole = some || in, whole && in
		parts = append(parts, u.Code)
	}
	if some && !whole {
		return []Divided{{p.code, p.was.Name, p.was.Valid.To, parts}}
	}
	if l.tree != Now || l.unit.Level != area.District {
		return nil
	}
	var all []Divided
	for _, u := range p.counts {
		if districts := l.units.Districts(u); len(districts) > 1 && slices.ContainsFunc(districts, l.unit.Is) {
			d := Divided{Area: u.Code, Name: u.Name}
			for _, district := range districts {
				d.Between = append(d.Between, district.Code)
			}
			all = append(all, d)
		}
	}
	return all
}
