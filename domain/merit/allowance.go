package merit

import (
	"slices"

	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Allowance is what the rules need to know about a monthly allowance. Its months are those of the ordinary calendar.
type Allowance struct {
	Started calendar.Date    `json:"started,omitzero"` // the day of the act that started it
	First   calendar.Month   `json:"first,omitzero"`
	Last    calendar.Month   `json:"last,omitzero"` // none while it runs
	Levels  []Level          `json:"levels,omitempty"`
	Pauses  []Pause          `json:"pauses,omitempty"`
	Paid    []calendar.Month `json:"paid,omitempty"` // in order
}

// Level is the level from a month on: a fixed amount, or thousandths of the standard of each month.
type Level struct {
	From     calendar.Month `json:"from"`
	Amount   money.VND      `json:"amount,omitempty"`
	PerMille int            `json:"per_mille,omitempty"`
}

// Pause is a suspension: the months from From until before To; no To while it lasts.
type Pause struct {
	From calendar.Month `json:"from"`
	To   calendar.Month `json:"to,omitzero"`
}

func (p Pause) has(m calendar.Month) bool {
	return compare(p.From, m) <= 0 && (p.To.IsZero() || compare(m, p.To) < 0)
}

func compare(a, b calendar.Month) int {
	return (a.Year-b.Year)*12 + int(a.Month) - int(b.Month)
}

func started(e AllowanceStarted, on calendar.Date) Allowance {
	a := Allowance{Started: on, First: e.From}
	if e.Level > 0 || e.PerMille > 0 {
		a.Levels = []Level{{e.From, e.Level, e.PerMille}}
	}
	return a
}

// The slices of a state are never changed in place: states share them.

func (a Allowance) changed(e AllowanceChanged) Allowance {
	a.Levels = append(slices.Clone(a.Levels), Level{e.From, e.Level, e.PerMille})
	return a
}

func (a Allowance) paid(e AllowancePaid) Allowance {
	i, _ := slices.BinarySearchFunc(a.Paid, e.Month, compare)
	a.Paid = slices.Insert(slices.Clone(a.Paid), i, e.Month)
	return a
}

func (a Allowance) suspended(e AllowanceSuspended) Allowance {
	a.Pauses = append(slices.Clone(a.Pauses), Pause{From: e.From})
	return a
}

func (a Allowance) resumed(e AllowanceResumed) Allowance {
	a.Pauses = slices.Clone(a.Pauses)
	if n := len(a.Pauses); n > 0 {
		a.Pauses[n-1].To = e.From
	}
	return a
}

// decided returns the decision about the level of a month, and false where there is none. A later decision about the same
// month counts.
func (a Allowance) decided(m calendar.Month) (Level, bool) {
	best := -1
	for i, l := range a.Levels {
		if compare(l.From, m) <= 0 && (best < 0 || compare(a.Levels[best].From, l.From) <= 0) {
			best = i
		}
	}
	if best < 0 {
		return Level{}, false
	}
	return a.Levels[best], true
}

// level returns the amount of a month, and false where it is not known. A multiple of the standard (mức chuẩn, NĐ 75/2021
// Đ3) is reckoned with the standard of the first day of the month.
func (r rules) level(a Allowance, m calendar.Month) (money.VND, bool) {
	l, ok := a.decided(m)
	if !ok || l.PerMille == 0 {
		return l.Amount, ok
	}
	standard, ok := r.law.Amount("merit_standard", "", m.First())
	return standard.VND * money.VND(l.PerMille) / 1000, ok
}
