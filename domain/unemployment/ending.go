package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	withdrawnLate = domain.Rule{Code: "unemployment.withdrawn_late", Law: "TT 28/2015 mẫu 08; NĐ 374/2025 Đ14.3",
		Say: domain.Text{Vi: "đề nghị không hưởng phải nộp chậm nhất ngày %s", En: "the benefit could be declined until %s"}}
	collectionOpen = domain.Rule{Code: "unemployment.collection_open", Law: "NĐ 61/2020; NĐ 374/2025 Đ16.3",
		Say: domain.Text{Vi: "người lao động còn được nhận quyết định đến hết ngày %s; nếu hủy vì lẽ khác, hãy ghi lý do", En: "the decision can still be collected until %s; if it is cancelled for something else, give the reason"}}
	notOver = domain.Rule{Code: "unemployment.not_over", Law: "Luật Việc làm 38/2013 Đ53.3a; NĐ 374/2025 Đ15.2",
		Say: domain.Text{Vi: "thời gian hưởng đến hết ngày %s", En: "the benefit lasts until %s"}}
)

// withdraw answers that the claimant declines the benefit before it is decided.
func withdraw(l *law.Law, s State, cmd Withdraw, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if last := l.Workdays.Add(s.Opened, u.WithdrawWithin); s.Facts.recorded() && on > last {
		return nil, withdrawnLate.Refuse(last)
	}
	return Withdrawn{s.Claimant, cmd.Reason}, nil
}

// cancel answers that a decision is taken back, because nobody collected it or for a reason that is stated. All months of
// contributions stay (TT 28/2015, example 5; NĐ 374/2025 Đ8.2). The days for collecting run from the day on the
// appointment slip, which is not in the case and is not before the decision.
func cancel(l *law.Law, s State, cmd Cancel, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if last := l.Workdays.Add(s.Granted, u.CollectWithin); s.clocked() && on <= last && cmd.Reason.IsZero() {
		return nil, collectionOpen.Refuse(last)
	}
	return Cancelled{s.Claimant, cmd.Number, cmd.Reason, s.Paid}, nil
}

// expire answers that all granted months are over.
func expire(l *law.Law, s State, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if s.clocked() {
		if last := benefitMonth(s.Start, s.Months).To; on <= last {
			return nil, notOver.Refuse(last)
		}
	}
	e := Expired{Claimant: s.Claimant}
	if s.Paid > 0 {
		e.Reserved = remaining(u, s.Paid, s.Months)
	}
	return e, nil
}
