package figures

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/target"
)

// plan completes a figure by the target that the unit has for the year, where it has one. A year's target is the same
// under every calendar.
func (l *look) plan(f *Figure, year int) error {
	i, ok := l.catalog.Indicator(target.Indicator(f.Indicator))
	if !ok {
		return nil
	}
	first := calendar.Of(year, 1, 1)
	unit := l.unit
	if unit.Valid.From.Year() == year { // made in the course of the year, it has its target from the first day
		unit.Valid.From = first
	}
	t, err := l.of(unit).tally(i, calendar.Range{From: first, To: first})
	if err != nil || !t.value.Known() {
		return err
	}
	f.Plan = t.value
	reached := f.YTD
	if f.Kind == domain.Stock || f.Kind == domain.Reported {
		reached = f.Value
	}
	if reached.Known() {
		f.PlanPct = divide(reached.Quantity*100, f.Plan.Quantity, 100)
	}
	return nil
}
