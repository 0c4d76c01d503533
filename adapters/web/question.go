package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/desk"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// question is the month, the calendar, the unit and the moment that a page is about, as its address says them. Addresses use
// the names of the command line's flags.
type question struct {
	figures.Query
	Known string // "as-of" as it was written
	Spec  string // name of a report; empty: the month's
	Path  string
	Specs []report.Spec // to choose from; empty: the page is about no report
	Cases string        // where cases are opened: an auditor's page, or a caseworker's
	now   calendar.Month

	Refused refusal // of the form that asks it
}

// question reads an address. Without a month it is about that of the latest acts; without a unit about the province, where
// there is one.
func (a *Ask) question() (q question, err error) {
	v := a.URL.Query()
	if a.Method != http.MethodGet {
		v = a.PostForm
	}
	q.Refused = a.Refused
	q.Path, q.Spec, q.Known = a.URL.Path, v.Get("spec"), v.Get("as-of")
	if q.Cases = "/ho-so/"; len(a.somewhere(right.Audit)) > 0 {
		q.Cases = "/kiem-tra/ho-so/"
	}
	q.now = calendar.Civil.MonthOf(calendar.On(a.Clock()))
	if q.Calendar, err = calendar.ParseCalendar(cmp.Or(v.Get("calendar"), string(calendar.Civil))); err != nil {
		return q, domain.Malformed("figures.no_such_calendar", "calendar", "%s", err)
	}
	if s := v.Get("month"); s == "" {
		q.Month, err = a.lately(q.Calendar)
	} else if q.Month, err = calendar.ParseMonth(s); err != nil {
		return q, domain.Malformed("figures.no_month", "month", "%s", err)
	}
	if err != nil {
		return q, err
	}
	if s := v.Get("tree"); s == string(figures.Now) {
		q.Tree = figures.Now
	}
	code, said := v["area"]
	switch all := area.InUse().Provinces(); {
	case said: // also nothing, which is everywhere
		if q.Area = area.Code(code[0]); q.Area != "" && !area.Known(q.Area) {
			return q, domain.Malformed("figures.no_such_area", "area", "không có đơn vị hành chính với mã này")
		}
	default:
		if len(all) == 1 {
			q.Area = all[0]
		}
		if own := a.somewhere(right.ReadFigures); len(own) > 0 && !slices.Contains(own, "") {
			q.Area = own[0] // where the caller works
		}
	}
	return q, nil
}

// asks is the question as the desk is asked.
func (q question) asks() desk.Question {
	d := desk.Question{Month: q.Month.String(), Calendar: string(q.Calendar), Area: string(q.Area), Tree: string(q.Tree), By: q.By, AsOf: q.Known, Indicators: q.Indicators}
	if q.AsOf != 0 {
		d.AsOf = strconv.FormatUint(uint64(q.AsOf), 10)
	}
	return d
}

// lately returns the month of the latest acts, none after today.
func (a *Ask) lately(c calendar.Calendar) (calendar.Month, error) {
	day, err := a.Desk.Latest(a.Context())
	if err != nil || day.IsZero() {
		return c.MonthOf(a.today()), err
	}
	return c.MonthOf(day), nil
}

// Link returns the address of another page about the same, with parameters of its own.
func (q question) Link(path string, pairs ...string) string {
	v := url.Values{"month": {q.Month.String()}, "area": {string(q.Area)}}
	if q.Calendar != calendar.Civil {
		v.Set("calendar", string(q.Calendar))
	}
	if q.Tree != "" {
		v.Set("tree", string(q.Tree))
	}
	if q.Known != "" {
		v.Set("as-of", q.Known)
	}
	if q.Spec != "" {
		v.Set("spec", q.Spec)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v.Del(pairs[i]); pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return path + "?" + v.Encode()
}

// Earlier is the same a month earlier.
func (q question) Earlier() string { return q.Link(q.Path, "month", q.Month.Add(-1).String()) }

// Later is the same a month later; nothing where that has not begun.
func (q question) Later() string {
	if !before(q.Month, q.now) {
		return ""
	}
	return q.Link(q.Path, "month", q.Month.Add(1).String())
}

func before(a, b calendar.Month) bool { return a.First() < b.First() }

// Months are the months to choose from, the latest first.
func (q question) Months() (all []calendar.Month) {
	last := q.now
	if before(last, q.Month) {
		last = q.Month
	}
	first := q.Month.Add(-24)
	for m := last; !before(m, first); m = m.Add(-1) {
		all = append(all, m)
	}
	return all
}

// Days are the days that the month has under its calendar.
func (q question) Days() calendar.Range { return q.Calendar.Month(q.Month) }

// Fifteenth tells whether months go from the 15th to the 14th.
func (q question) Fifteenth() bool { return q.Calendar == calendar.Fifteenth }

// Place is the name of the unit.
func (q question) Place() string {
	if u, ok := area.Find(q.Area, q.Days().To); ok {
		return u.Name
	}
	if q.Area == "" {
		return "Toàn bộ địa bàn"
	}
	return string(q.Area)
}

// units are those to choose from: the provinces, and what lies below the one that is chosen, level by level.
type unit struct {
	Code  area.Code
	Name  string
	Depth int
}

// Indent shows how far below the first ones a unit lies.
func (u unit) Indent() string { return "  "[:2*min(u.Depth, 1)] }

// Units lists the units to choose from.
func (q question) Units() (all []unit) {
	on := q.Days().To
	units := area.InUse()
	chain := map[area.Code]bool{q.Area: true}
	for u, ok := units.Find(q.Area, on); ok; u, ok = units.Above(u) {
		chain[u.Code] = true
	}
	var list func(u area.Unit, depth int)
	list = func(u area.Unit, depth int) {
		all = append(all, unit{u.Code, u.Name, depth})
		if !chain[u.Code] || depth > 3 {
			return
		}
		below := units.Below(u, area.District, on)
		if u.Level == area.District || len(below) == 0 {
			below = units.Below(u, area.Commune, on)
		}
		for _, b := range below {
			if !b.Is(u) {
				list(b, depth+1)
			}
		}
	}
	for _, code := range units.Provinces() {
		if u, ok := units.Find(code, on); ok {
			list(u, 0)
		}
	}
	if !slices.ContainsFunc(all, func(u unit) bool { return u.Code == q.Area }) && q.Area != "" {
		all = append(all, unit{q.Area, q.Place(), 0})
	}
	return all
}
