package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	unclaimedEarly = domain.Rule{Code: "unemployment.unclaimed_early", Law: "NĐ 28/2015 Đ18; NĐ 374/2025 Đ16.4",
		Say: domain.Text{Vi: "người lao động còn được nhận tiền đến hết ngày %s", En: "the money can be collected until %s"}}
	monthUnclaimed = domain.Rule{Code: "unemployment.month_unclaimed", Law: "NĐ 374/2025 Đ8.4, Đ16.4",
		Say: domain.Text{Vi: "tháng thứ %d được coi là không có nhu cầu hưởng nên không chi trả", En: "nobody claimed benefit month %d; it is not paid any more"}}
	monthAfterEnd = domain.Rule{Code: "unemployment.month_after_end", Law: "NĐ 28/2015 Đ21; NĐ 374/2025 Đ19.4",
		Say: domain.Text{Vi: "tháng thứ %d ở sau tháng chấm dứt hưởng", En: "benefit month %d lies after the month in which the benefit ended"}}
)

// unclaimed answers the notice of the social-insurance agency that nobody came for the money of a month, three months
// after the granted time is over.
func unclaimed(l *law.Law, s State, cmd NotifyUnclaimed, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if s.clocked() {
		if last := benefitMonth(s.Start, s.Months).To.AddMonths(u.UnclaimedAfter); on <= last {
			return nil, unclaimedEarly.Refuse(last)
		}
	}
	return UnclaimedNotified{s.Claimant, cmd.Month}, nil
}

// payable tells why the money of a month is not owed: it is suspended, was left, or lies after the end. The month in
// which a benefit ends is paid whole (TT 28/2015, examples 11 and 13; NĐ 374/2025 Đ19.4).
func (s State) payable(month int) error {
	switch {
	case s.Suspended.has(month):
		return monthSuspended.Refuse(month)
	case s.Unclaimed.has(month):
		return monthUnclaimed.Refuse(month)
	case s.clocked() && !s.End.IsZero() && month > monthOf(s.Start, s.End):
		return monthAfterEnd.Refuse(month)
	}
	return nil
}
