package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	outOfWindow = domain.Rule{Code: "unemployment.notice_out_of_window", Law: "TT 28/2015 Đ10; NĐ 374/2025 Đ21.2",
		Say: domain.Text{Vi: "thông báo của tháng hưởng thứ %d phải từ ngày %s đến ngày %s; nếu được điều chỉnh ngày thông báo, hãy ghi lý do", En: "the notice of benefit month %d is due from %s to %s; if the days were moved, give the reason"}}
	windowOpen = domain.Rule{Code: "unemployment.notice_window_open", Law: "TT 28/2015 Đ10; NĐ 374/2025 Đ21.2",
		Say: domain.Text{Vi: "người lao động còn được thông báo của tháng hưởng thứ %d đến hết ngày %s", En: "the notice of benefit month %d can still be given until %s"}}
	noticeExempt = domain.Rule{Code: "unemployment.notice_exempt", Law: "TT 28/2015 Đ10.2, Đ10.3",
		Say: domain.Text{Vi: "tháng hưởng thứ %d được miễn thông báo tìm kiếm việc làm", En: "no notice is owed for benefit month %d"}}
	noExemption = domain.Rule{Code: "unemployment.no_exemption", Law: "NĐ 374/2025 Đ21",
		Say: domain.Text{Vi: "từ ngày 01/01/2026 không còn trường hợp miễn thông báo, chỉ được điều chỉnh ngày thông báo", En: "since 01/01/2026 nobody is exempt; only the days of a notice can be moved"}}
	tooYoung = domain.Rule{Code: "unemployment.too_young_for_exemption", Law: "TT 28/2015 Đ10.2a",
		Say: domain.Text{Vi: "miễn thông báo vì tuổi chỉ áp dụng từ %d tuổi", En: "the exemption for age begins at %d"}}
)

// window returns the days on which the notice of a benefit month is due: three working days since the month's first day,
// which is not counted, as the official example 15 has it (02/8/2015, a Sunday: 03 to 05/8). A notice on the first day
// itself is in time, too. Example 14 of the same circular prints other days for the same months and contradicts itself.
func window(l *law.Law, u law.Unemployment, start calendar.Date, month int) calendar.Range {
	first := benefitMonth(start, month).From
	return calendar.Range{From: first, To: l.Workdays.Add(first, u.NoticeWithin)}
}

// due returns the days of a claim's notice. That of the first month belongs to the collection of the decision: on the
// same day (TT 28/2015 Đ10), in the days for collecting (NĐ 374/2025 Đ21.2a). False where nothing can be said.
func (s State) due(l *law.Law, u law.Unemployment, month int) (calendar.Range, bool) {
	if !s.clocked() {
		return calendar.Range{}, false
	}
	days := window(l, u, s.Start, month)
	if month == 1 && s.Origin == "" {
		days = calendar.Range{From: s.Granted, To: max(l.Workdays.Add(max(s.Granted, s.Collected), u.CollectWithin), days.To)}
	}
	return days, l.Workdays.Knows(days.From) && l.Workdays.Knows(days.To)
}

// notify answers a notice: in its days, or later with the reason for which the days were moved (NĐ 374/2025 Đ21.2) or
// the claimant could not come (TT 28/2015 Đ10.3).
func notify(l *law.Law, s State, cmd Notify, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if days, ok := s.due(l, u, cmd.Month); ok && !days.Has(on) && cmd.Late.IsZero() {
		return nil, outOfWindow.Refuse(cmd.Month, days.From, days.To)
	}
	return NoticeReceived{s.Claimant, cmd.Month, cmd.Late}, nil
}

// missable tells why a notice cannot be called missed: it is not owed, or can still be given.
func missable(l *law.Law, s State, month int, on calendar.Date) error {
	u, err := governing(l, on)
	if err != nil {
		return err
	}
	days, known := s.due(l, u, month)
	// During a transfer no notice was owed (TT 28/2015, example 15); since 2026 it is owed at the new centre (NĐ 374/2025
	// Đ21.3).
	moving := u.Law < 2025 && known && !s.Referred.IsZero() && s.Referred <= days.To && days.From <= s.Opened
	if moving || s.Exempt.has(month) {
		return noticeExempt.Refuse(month)
	}
	if known && on <= days.To {
		return windowOpen.Refuse(month, days.To)
	}
	return nil
}

// exempt answers that no notice is owed from a month on (form 17 of TT 28/2015).
func exempt(l *law.Law, s State, cmd Exempt, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if u.Law >= 2025 {
		return nil, noExemption.Refuse()
	}
	if from := map[string]int{"female": 55, "male": 60}[s.Claimant.Sex]; cmd.Ground == "age" && on.Year()-s.BirthYear < from {
		return nil, tooYoung.Refuse(from)
	}
	last := cmd.Until
	if last == 0 {
		last = s.Months
	}
	return NoticeExempted{s.Claimant, cmd.Ground, cmd.Month, last}, nil
}
