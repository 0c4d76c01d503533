package merit

import (
	"slices"

	"hoso/domain"
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

// Level is the amount of a month, from a month on.
type Level struct {
	From   calendar.Month `json:"from"`
	Amount money.VND      `json:"amount"`
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
	if e.Level > 0 {
		a.Levels = []Level{{e.From, e.Level}}
	}
	return a
}

// The slices of a state are never changed in place: states share them.

func (a Allowance) changed(e AllowanceChanged) Allowance {
	a.Levels = append(slices.Clone(a.Levels), Level{e.From, e.Level})
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

// level returns the level of a month, and false where it is not known. A later decision about the same month counts.
func (a Allowance) level(m calendar.Month) (money.VND, bool) {
	best := -1
	for i, l := range a.Levels {
		if compare(l.From, m) <= 0 && (best < 0 || compare(a.Levels[best].From, l.From) <= 0) {
			best = i
		}
	}
	if best < 0 {
		return 0, false
	}
	return a.Levels[best].Amount, true
}

// aheadMonths is how far a payment may run ahead of its month: before Tết two months are paid at once. More is a slip
// of the pen.
const aheadMonths = 2

func (a Allowance) allowPayment(e AllowancePaid, on calendar.Date) error {
	if compare(e.Month, a.First) < 0 {
		return domain.Reject("merit.before_start", "tháng %s trước tháng bắt đầu hưởng %s", e.Month, a.First)
	}
	if !a.Last.IsZero() && compare(e.Month, a.Last) > 0 {
		return domain.Reject("merit.after_end", "tháng %s sau tháng hưởng cuối cùng %s", e.Month, a.Last)
	}
	if compare(e.Month, calendar.Civil.MonthOf(on)) > aheadMonths {
		return domain.Reject("merit.too_far_ahead", "tháng %s còn quá xa ngày chi trả %s", e.Month, on.Vietnamese())
	}
	for _, p := range a.Pauses {
		if p.has(e.Month) {
			return domain.Reject("merit.month_suspended", "tháng %s đang tạm đình chỉ trợ cấp", e.Month)
		}
	}
	if _, twice := slices.BinarySearchFunc(a.Paid, e.Month, compare); twice {
		return domain.Reject("merit.month_paid", "tháng %s đã được chi trả", e.Month)
	}
	if level, known := a.level(e.Month); known && e.Amount > level {
		return domain.Reject("merit.paid_too_much", "số tiền chi trả vượt mức hưởng của tháng %s", e.Month)
	}
	return nil
}
