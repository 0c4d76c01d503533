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
	planned, first := l.planned(year)
	t, err := planned.tally(i, first)
	if err != nil || !t.value.Known() {
		return err
	}
	f.Plan = t.value
	if reached(f.Kind) == YTD {
		f.PlanPct = share(f.YTD, f.Plan)
	} else {
		f.PlanPct = share(f.Value, f.Plan)
	}
	return nil
}

// planned returns the look and the day at which a unit's target of a year stands.
func (l *look) planned(year int) (*look, calendar.Range) {
	first := calendar.Of(year, 1, 1)
	unit := l.unit
	if unit.Valid.From.Year() == year { // made in the course of the year, it has its target from the first day
		unit.Valid.From = first
	}
	return l.of(unit), calendar.Range{From: first, To: first}
}

// reached is the number that is held against a target.
func reached(m domain.Measure) Which {
	if m == domain.Stock || m == domain.Reported {
		return Value
	}
	return YTD
}

// share returns how many percent of a plan are reached, in hundredths.
func share(reached, plan Number) Number {
	if !reached.Known() || !plan.Known() {
		return Number{}
	}
	return divide(reached.Quantity*100, plan.Quantity, 100)
}
