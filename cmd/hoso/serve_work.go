package main

import (
	"cmp"
	"context"
	"slices"

	"hoso/adapters/tablefile"
	"hoso/adapters/web"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/worklist"
)

// tables reads and writes the tables of the import page.
type tables struct{}

func (tables) Read(content []byte) ([][]string, error) { return tablefile.Read(content) }
func (tables) CSV(rows [][]string) []byte              { return tablefile.CSV(rows) }
func (tables) Template(sheet string, header, notes []string, values [][]string) ([]byte, error) {
	return tablefile.Template(sheet, header, notes, values)
}

// overdue lists the units with cases past their term, the worst first.
func (a *app) overdue(ctx context.Context, within area.Code) (all []web.Overdue, err error) {
	from, err := a.reading()
	if err != nil {
		return nil, err
	}
	counts, err := from.worklist.Counts(ctx, worklist.Query{Unit: within, On: calendar.On(a.clock())})
	if err != nil {
		return nil, err
	}
	by := map[area.Code]int{}
	for _, c := range counts {
		by[c.Unit] += int(c.Overdue)
	}
	for code, n := range by {
		if n > 0 {
			all = append(all, web.Overdue{Area: code, Name: unitName(code, calendar.On(a.clock())), Cases: n})
		}
	}
	slices.SortFunc(all, func(x, y web.Overdue) int {
		return cmp.Or(cmp.Compare(y.Cases, x.Cases), cmp.Compare(x.Area, y.Area))
	})
	return all[:min(len(all), worstUnits)], nil
}

// worstUnits is how many units the dashboard lists.
const worstUnits = 12

func unitName(code area.Code, on calendar.Date) string {
	if u, ok := area.Find(code, on); ok {
		return u.Name
	}
	for _, n := range area.InUse().Named(code, calendar.Range{From: on, To: on}) {
		return n.Unit.Name
	}
	return string(code)
}

// prepareSearch keeps the names in memory up to date, until the context ends.
func (a *app) prepareSearch(ctx context.Context, warn func(string)) {
	a.search.Follow(ctx, func() <-chan struct{} { _, next := a.runner.Changed(); return next }, func(err error) {
		warn("chưa chuẩn bị xong việc tìm kiếm: " + err.Error())
	})
}
