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
	t, err := l.tally(i, calendar.Range{From: first, To: first})
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
