package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	mayDecline      = domain.Due{What: domain.Text{Vi: "người lao động đề nghị không hưởng", En: "the claimant may decline"}, Law: "TT 28/2015 mẫu 08; NĐ 374/2025 Đ14.3", Awaited: true}
	toDecide        = domain.Due{What: domain.Text{Vi: "trình quyết định hưởng", En: "propose the decision"}, Law: "NĐ 28/2015 Đ18.1; NĐ 374/2025 Đ16.1"}
	toCollect       = domain.Due{What: domain.Text{Vi: "người lao động nhận quyết định", En: "the claimant collects the decision"}, Law: "NĐ 61/2020; NĐ 374/2025 Đ16.3", Awaited: true}
	tellUncollected = domain.Due{What: domain.Text{Vi: "báo cơ quan bảo hiểm xã hội nếu không đến nhận", En: "tell the social-insurance agency if it is not collected"}, Law: "NĐ 374/2025 Đ16.3"}
	toCancel        = domain.Due{What: domain.Text{Vi: "trình hủy quyết định nếu không đến nhận", En: "propose to cancel it if it is not collected"}, Law: "NĐ 61/2020; NĐ 374/2025 Đ16.3"}
	toNotify        = domain.Due{What: domain.Text{Vi: "người lao động thông báo tìm kiếm việc làm", En: "the claimant gives the monthly notice"}, Law: "TT 28/2015 Đ10; NĐ 374/2025 Đ21.2", Awaited: true}
	tellMissed      = domain.Due{What: domain.Text{Vi: "báo cơ quan bảo hiểm xã hội nếu không thông báo", En: "tell the social-insurance agency if it does not come"}, Law: "NĐ 374/2025 Đ21.5"}
	toSuspend       = domain.Due{What: domain.Text{Vi: "trình tạm dừng hưởng nếu không thông báo", En: "propose to suspend if it does not come"}, Law: "NĐ 28/2015 Đ19; NĐ 374/2025 Đ17"}
	toPay           = domain.Due{What: domain.Text{Vi: "cơ quan bảo hiểm xã hội chi trả", En: "the social-insurance agency pays"}, Law: "NĐ 28/2015 Đ18; NĐ 374/2025 Đ16.2", Awaited: true}
	toSend          = domain.Due{What: domain.Text{Vi: "gửi hồ sơ chuyển nơi hưởng", En: "send the file to the other province"}, Law: "NĐ 28/2015 Đ22; NĐ 374/2025 Đ20.2"}
	toAskPayment    = domain.Due{What: domain.Text{Vi: "đề nghị cơ quan bảo hiểm xã hội tiếp tục chi trả", En: "ask the social-insurance agency to go on paying"}, Law: "NĐ 28/2015 Đ22; NĐ 374/2025 Đ20.3"}
	tellUnclaimed   = domain.Due{What: domain.Text{Vi: "cơ quan bảo hiểm xã hội thông báo không đến nhận tiền", En: "the social-insurance agency tells that money is not claimed"}, Law: "TT 28/2015 mẫu 14; NĐ 374/2025 Đ16.4", Awaited: true}
	toReserve       = domain.Due{What: domain.Text{Vi: "trình quyết định bảo lưu", En: "propose to reserve the months"}, Law: "TT 28/2015 mẫu 15; NĐ 374/2025 Đ16.4"}
	toSupport       = domain.Due{What: domain.Text{Vi: "trình quyết định hỗ trợ học nghề", En: "propose the decision on vocational support"}, Law: "NĐ 374/2025 Đ13.3"}
)

// Deadlines returns what a case waits for, by the law of the day since which it stands where it stands; none for a case
// that is closed, or that does not say enough. They are proposals: a late act is recorded all the same. What
// the claimant or the social-insurance agency has to do is awaited. The day on an
// appointment slip, from which the days for collecting run, is not in the case; the day of the decision stands for it.
func Deadlines(l *law.Law, s State) []domain.Due {
	u, ok := l.Unemployment(s.Since)
	if !ok {
		return nil
	}
	after := func(day calendar.Date, days int) calendar.Date { return l.Workdays.Add(day, days) }
	switch s.Status {
	case StatusFiled:
		return []domain.Due{mayDecline.Day(after(s.Opened, u.WithdrawWithin)), toDecide.Day(after(s.counted(u), u.DecideWithin))}
	case StatusDecided:
		last := after(s.Granted, u.CollectWithin)
		due := []domain.Due{toCollect.Day(last), toCancel.Day(after(last, u.CancelWithin))}
		if u.TellUncollectedWithin > 0 {
			due = append(due, tellUncollected.Day(after(last, u.TellUncollectedWithin)))
		}
		return due
	case StatusReceiving:
		return s.monthly(l, u)
	case StatusTransferredOut:
		return []domain.Due{toSend.Day(after(s.Transferred, u.TransferWithin))}
	case StatusTerminated, StatusExpired:
		return s.unclaimedBy(l, u)
	case StatusVocational:
		if !s.Vocational {
			return []domain.Due{toSupport.Day(after(s.Opened, u.VocationalDecideWithin))}
		}
	}
	return nil
}

// monthly returns what the next notice and the next payment wait for.
func (s State) monthly(l *law.Law, u law.Unemployment) (due []domain.Due) {
	if s.Origin != "" && s.Payments == 0 {
		due = append(due, toAskPayment.Day(l.Workdays.Add(s.Opened, u.TransferWithin)))
	}
	if !s.clocked() {
		return due
	}
	next := (s.Notices | s.Missed | s.Exempt).last() + 1 // what lies before an act is no longer waited for
	if days, known := s.due(l, u, next); known && next <= s.Months {
		due = append(due, toNotify.Day(days.To), toSuspend.Day(l.Workdays.Add(days.To, u.SuspendWithin)))
		if u.TellMissedWithin > 0 {
			due = append(due, tellMissed.Day(l.Workdays.Add(days.To, u.TellMissedWithin)))
		}
	}
	for m := 1; m <= s.Months; m++ {
		if !s.Payments.has(m) && !s.Suspended.has(m) {
			return append(due, toPay.Day(s.paidBy(l, u, m)))
		}
	}
	return due
}

// paidBy returns the last day for the payment of a month: until 2025 five working days since the decision is collected, and
// later from the seventh day of the month; since 2026 after the days for collecting or for the notice.
func (s State) paidBy(l *law.Law, u law.Unemployment, month int) calendar.Date {
	since := l.Workdays.Add(s.Granted, u.CollectWithin)
	switch {
	case month > 1 && u.PayFrom > 0:
		since = benefitMonth(s.Start, month).From.AddDays(u.PayFrom - 1)
	case month > 1:
		since = window(l, u, s.Start, month).To
	case u.PayFrom > 0:
		since = s.Collected
	}
	return l.Workdays.Add(since, u.PayWithin)
}

// unclaimedBy returns until when money that nobody came for is told, and the months of contributions are reserved.
func (s State) unclaimedBy(l *law.Law, u law.Unemployment) []domain.Due {
	switch {
	case !s.ToldOn.IsZero() && !s.ReservationDecided:
		return []domain.Due{toReserve.Day(l.Workdays.Add(s.ToldOn, u.ReserveWithin))}
	case s.clocked() && s.ToldOn.IsZero() && s.owed() > 0:
		last := benefitMonth(s.Start, s.Months).To.AddMonths(u.UnclaimedAfter)
		return []domain.Due{tellUnclaimed.Day(l.Workdays.Add(last, u.TellUnclaimedWithin))}
	}
	return nil
}

// owed counts the months until the end that are to be paid and are not.
func (s State) owed() (n int) {
	for m := 1; m <= min(monthOf(s.Start, s.End), s.Months); m++ {
		if !s.Payments.has(m) && s.payable(m) == nil {
			n++
		}
	}
	return n
}
