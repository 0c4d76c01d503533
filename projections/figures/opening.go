package figures

import (
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/target"
)

// Opening asks for what is behind one number of a figure.
type Opening struct {
	Query         // names one indicator
	Number Which  // empty: the value
	Part   string // "kind=fixed": a part of a breakdown; "district=178", "commune=06040": a line of [Figure.Areas], by its key
}

// Which is a number of a figure, by its name in the answers.
type Which string

const (
	Value       Which = "value"
	YTD         Which = "ytd"
	LastYear    Which = "last_year"
	ChangePct   Which = "change_pct" // both sides: the value and last year's
	MonthBefore Which = "month_before"
	MonthPct    Which = "month_change_pct"
	Plan        Which = "plan"
	PlanPct     Which = "plan_pct"
)

// Numbers are all that can be opened.
var Numbers = []Which{Value, YTD, LastYear, ChangePct, MonthBefore, MonthPct, Plan, PlanPct}

// read checks an opening and completes its query.
func (o *Opening) read(i domain.Indicator) (p part, err error) {
	if o.Number == "" {
		o.Number = Value
	}
	if !slices.Contains(Numbers, o.Number) {
		return p, domain.Malformed("figures.no_such_number", "number", "chỉ nhận một trong: %v", Numbers)
	}
	if o.By = ""; o.Part == "" {
		return p, nil
	}
	key, value, ok := strings.Cut(o.Part, "=")
	planned := o.Number == Plan || o.Number == PlanPct
	switch _, level := levels[key]; {
	case !ok || planned:
		return p, noSuchPart()
	case level:
		o.By = key
	case !has(i, key):
		return p, noSuchPart()
	}
	return part{key, value}, nil
}

func has(i domain.Indicator, key string) bool {
	return slices.ContainsFunc(i.Breakdowns, func(b domain.Breakdown) bool { return b.Key == key })
}

func noSuchPart() error {
	return domain.Malformed("figures.no_such_part", "by", "số này không có phần như vậy; cần phân tổ=giá trị (kind=fixed), district=mã hoặc commune=mã")
}

// number is one number of a figure that is counted and not calculated from others: an indicator in a range of days, seen
// by a look, and the part of it that is meant.
type number struct {
	*look
	domain.Indicator
	days calendar.Range
	part part // without a key: the whole
	none bool // there is no such number: a stock has no year to date
}

// number returns the number of a figure that a name other than a percentage means.
func (l *look) number(i domain.Indicator, w Which, m calendar.Month, p part) number {
	n := number{l, i, l.calendar.Month(m), p, false}
	switch w {
	case YTD:
		n.days, n.none = l.calendar.YearToDate(m), i.Measure == domain.Stock
	case LastYear:
		n.days = l.calendar.Month(m.LastYear())
	case MonthBefore:
		n.days = l.calendar.Month(m.Add(-1))
	case Plan:
		n.look, n.days = l.planned(m.Year)
		var ok bool
		n.Indicator, ok = l.catalog.Indicator(target.Indicator(i.ID))
		n.none = !ok
	}
	if _, level := levels[p.key]; !level {
		return n
	}
	n.part = part{}
	if i.Measure != domain.Reported {
		n.look = n.inLine(p.value)
		return n
	}
	n.none = true // what is stated is stated about a unit
	for _, u := range l.listed() {
		if l.lineOfUnit(u).key() == p.value {
			n.look, n.none = l.of(u), false
		}
	}
	return n
}

// inLine returns the same look at a line of the division by units.
func (l look) inLine(key string) *look {
	l.only, l.cut, l.lines, l.together = key, map[piecesKey][]span{}, nil, nil
	return &l
}

// hasLine tells whether a figure divided by units may have a line.
func (l *look) hasLine(key string) bool {
	is := func(u area.Unit) bool { return l.lineOfUnit(u).key() == key }
	return slices.ContainsFunc(l.listed(), is) ||
		slices.ContainsFunc(l.within(sinceBeginning(l.month), false), func(p piece) bool { return l.lineOf(p).key() == key }) ||
		slices.ContainsFunc(l.within(sinceBeginning(l.month), true), func(p piece) bool { return l.lineOf(p).key() == key })
}

// count returns what the number comes to, as the figure shows it.
func (n number) count() (Number, error) {
	if n.none {
		return Number{}, nil
	}
	t, err := n.tally(n.Indicator, n.days)
	if n.part.key == "" {
		return t.value, err
	}
	return t.of(n.Indicator, n.part), err
}

// rows returns the look at the rows of the number alone.
func (n number) rows() *look {
	if n.part.key == "" {
		return n.look
	}
	l := *n.look
	l.part = n.part
	return &l
}
