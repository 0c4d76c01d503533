package merit

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// aheadMonths is how far a payment may run ahead of its month: before Tết two months are paid at once. More is a slip
// of the pen.
const aheadMonths = 2

var (
	beforeStart = domain.Rule{Code: "merit.before_start", Say: domain.Text{
		Vi: "tháng %s trước tháng bắt đầu hưởng %s", En: "the month %s lies before the first month of the allowance, %s"}}
	afterEnd = domain.Rule{Code: "merit.after_end", Say: domain.Text{
		Vi: "tháng %s sau tháng hưởng cuối cùng %s", En: "the month %s lies after the last month of the allowance, %s"}}
	tooFarAhead = domain.Rule{Code: "merit.too_far_ahead", Say: domain.Text{
		Vi: "tháng %s còn quá xa ngày chi trả %s", En: "the month %s is too far ahead of the day of payment, %s"}}
	monthSuspended = domain.Rule{Code: "merit.month_suspended", Law: "NĐ 131/2021 Đ118", Say: domain.Text{
		Vi: "tháng %s đang tạm đình chỉ trợ cấp", En: "the allowance is suspended in the month %s"}}
	monthPaid = domain.Rule{Code: "merit.month_paid", Say: domain.Text{
		Vi: "tháng %s đã được chi trả", En: "the month %s has been paid already"}}
	paidTooMuch = domain.Rule{Code: "merit.paid_too_much", Law: "NĐ 75/2021, 55/2023, 77/2024", Say: domain.Text{
		Vi: "số tiền chi trả vượt mức hưởng %d đồng của tháng %s", En: "the payment is more than the level of %d đồng of the month %s"}}
	levelUnknown = domain.Rule{Code: "merit.level_unknown", Say: domain.Text{
		Vi: "chưa biết mức hưởng của tháng %s; hãy ghi số tiền", En: "the level of the month %s is not known; state the amount"}}
)

func (r rules) allowPayment(a Allowance, e AllowancePaid, on calendar.Date) error {
	if compare(e.Month, a.First) < 0 {
		return beforeStart.Refuse(e.Month, a.First)
	}
	if !a.Last.IsZero() && compare(e.Month, a.Last) > 0 {
		return afterEnd.Refuse(e.Month, a.Last)
	}
	if compare(e.Month, calendar.Civil.MonthOf(on)) > aheadMonths {
		return tooFarAhead.Refuse(e.Month, on)
	}
	for _, p := range a.Pauses {
		if p.has(e.Month) {
			return monthSuspended.Refuse(e.Month)
		}
	}
	if _, twice := slices.BinarySearchFunc(a.Paid, e.Month, compare); twice {
		return monthPaid.Refuse(e.Month)
	}
	if e.Amount == 0 {
		return levelUnknown.Refuse(e.Month)
	}
	if level, known := r.level(a, e.Month); known && e.Amount > level {
		return paidTooMuch.Refuse(level, e.Month)
	}
	return nil
}
