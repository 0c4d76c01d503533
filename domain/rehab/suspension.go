package rehab

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

var (
	suspensionTooShort = domain.Rule{Code: "rehab.suspension_too_short", Say: domain.Text{
		Vi: "chỉ tạm đình chỉ khi phải điều trị nội trú từ %d ngày", En: "a term is suspended only for a stay in hospital of %d days or more"}}
	tooLittleLeft = domain.Rule{Code: "rehab.too_little_left", Say: domain.Text{
		Vi: "thời hạn đến ngày %s là hết, còn dưới %d tháng nên không phải chấp hành tiếp; hãy ghi hoàn thành khi hết thời hạn hoặc được miễn",
		En: "the term ends on %s, in less than %d months, so it does not go on; record its completion when it is over, or the exemption"}}
)

// allowLeave keeps a suspension (tạm đình chỉ) apart from other leave: only a placement by the court is suspended, and
// only for a long illness. Its time counts like that of other leave.
func (r rules) allowLeave(s State, e LeftTemporarily, on calendar.Date) error {
	if e.Reason != "suspension" {
		return nil
	}
	if s.Trainee.Regime != "compulsory" {
		return notCompulsory.Refuse()
	}
	if need, ok := r.law.Term("rehab_suspension", "", on); ok && !need.Has(e.Days) {
		refusal := suspensionTooShort.Refuse(need.Min)
		refusal.Law = need.Document
		return refusal
	}
	return nil
}

// allowReturn lets a suspended term go on only where enough of it is left.
func (r rules) allowReturn(s State, on calendar.Date) error {
	need, ok := r.law.Term("rehab_resumption", "", on)
	if s.Away != "suspension" || !ok || on.AddMonths(need.Min) <= s.Due {
		return nil
	}
	refusal := tooLittleLeft.Refuse(s.Due, need.Min)
	refusal.Law = need.Document
	return refusal
}

// notifyBy returns the last day on which court, commune and family are told that a term ends.
func (r rules) notifyBy(due calendar.Date) calendar.Date {
	t, ok := r.law.Term("rehab_end_notice", "", due)
	if !ok || due.IsZero() {
		return 0
	}
	return due.AddDays(-t.Min)
}
