package desk

import (
	"cmp"
	"context"
	"errors"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/domain/table"
	"hoso/projections"
	"hoso/projections/figures"
)

// Question asks for figures in the words in which people and programs ask.
type Question struct {
	Month      string // 2024-04
	Calendar   string // calendar, 15-14; empty: calendar
	Area       string // code or name; empty: everything
	Tree       string // then, now; empty: then
	By         string // district, commune; empty: not divided
	AsOf       string // a position, a day or a time; empty: now
	Indicators []string
	After      domain.Ordinal // wait until so many events are counted; 0: do not
}

// asked is a question that was understood, with what answers it.
type asked struct {
	Readers
	figures.Query
}

// ask reads a question, waits where it has to, and lets pass who may read figures of the unit.
func (d *Desk) ask(ctx context.Context, q Question) (a asked, err error) {
	if a.Query, err = q.query(); err != nil {
		return a, err
	}
	if err := may(ctx, right.ReadFigures, right.Target{Unit: a.Area}); err != nil {
		return a, err
	}
	if a.Readers, err = d.reading(ctx, q.After); err != nil {
		return a, err
	}
	a.AsOf, err = projections.AsOf(ctx, a.DB, q.AsOf)
	return a, err
}

func (q Question) query() (figures.Query, error) {
	month, err := calendar.ParseMonth(q.Month)
	if err != nil {
		return figures.Query{}, domain.Malformed("figures.no_month", "month", "cần một tháng có thật dạng YYYY-MM")
	}
	query := figures.Query{Month: month, Calendar: calendar.Calendar(cmp.Or(q.Calendar, string(calendar.Civil))),
		Tree: figures.Tree(cmp.Or(q.Tree, string(figures.Then))), By: q.By, Indicators: q.Indicators}
	if query.Calendar, err = calendar.ParseCalendar(string(query.Calendar)); err != nil {
		return query, domain.Malformed("figures.no_such_calendar", "calendar", "lịch báo cáo chỉ có %q và %q", calendar.Civil, calendar.Fifteenth)
	}
	query.Area, err = areaOf(q.Area, query)
	return query, err
}

// AreaNow finds the unit that somebody names today, or named so at any time by its code.
func AreaNow(name string) (area.Code, error) {
	return areaOf(name, figures.Query{Tree: figures.Now, Calendar: calendar.Civil, Month: calendar.Month{Year: 2025, Month: 6}})
}

// areaOf finds the unit that a question names: a code, or a name of the month; in the tree of now first a name of today.
func areaOf(name string, q figures.Query) (area.Code, error) {
	if name == "" || area.Known(area.Code(name)) {
		return area.Code(name), nil
	}
	last := q.Calendar.Month(q.Month).To
	days := []calendar.Date{last}
	if q.Tree == figures.Now {
		days = []calendar.Date{table.Forever, last}
	}
	var wrong *area.Unresolved
	for _, on := range days {
		u, err := area.Resolve(name, "", on)
		if err == nil {
			return u.Code, nil
		}
		if errors.As(err, &wrong) && len(wrong.Candidates) > 0 {
			break
		}
	}
	return "", &domain.Error{Kind: domain.Invalid, Code: wrong.Code(), Field: "area", Msg: wrong.Error(), En: wrong.English()}
}
