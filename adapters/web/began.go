package web

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// begun says since when there is anything to compare figures with.
type begun struct {
	calendar calendar.Calendar
	first    map[string]calendar.Date // by indicator; none: never
}

func (a *Ask) begun(q question) (begun, error) {
	first, err := a.Desk.Began(a.Context())
	return begun{q.Calendar, first}, err
}

// counts tells whether a sum of a month says anything: a nought from before the first act of its kind is no number.
func (b begun) counts(f figures.Figure, m calendar.Month) bool {
	if !slices.Contains([]domain.Measure{domain.Flow, domain.Stock, domain.Distinct}, f.Kind) {
		return true // what is stated or divided is unknown by itself
	}
	first, ok := b.first[f.Indicator]
	return ok && first <= b.calendar.Month(m).To
}

// compared leaves out of figures of a month what they would be compared with where nothing was recorded yet. It gives copies.
func (b begun) compared(all []figures.Figure, m calendar.Month) []figures.Figure {
	all = slices.Clone(all)
	for n, f := range all {
		if f.LastYear.Quantity == 0 && !b.counts(f, m.LastYear()) {
			all[n].LastYear = figures.Number{}
		}
		if f.MonthBefore.Quantity == 0 && !b.counts(f, m.Add(-1)) {
			all[n].MonthBefore = figures.Number{}
		}
	}
	return all
}
