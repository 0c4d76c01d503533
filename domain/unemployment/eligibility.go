package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	tooFewMonths = domain.Rule{Code: "unemployment.too_few_months", Law: "Luật Việc làm 38/2013 Đ49.2; 74/2025 Đ38.1b",
		Say: domain.Text{Vi: "mới đóng %d tháng, cần ít nhất %d tháng", En: "%d months contributed, at least %d are needed"}}
	tooFewRecent = domain.Rule{Code: "unemployment.too_few_months", Law: "Luật Việc làm 38/2013 Đ49.2; 74/2025 Đ38.1b",
		Say: domain.Text{Vi: "đóng %d tháng trong %d tháng trước khi nghỉ việc, cần ít nhất %d tháng", En: "%d months contributed in the %d months before the work ended, at least %d are needed"}}
	filedLate = domain.Rule{Code: "unemployment.filed_late", Law: "Luật Việc làm 38/2013 Đ46.1; 74/2025 Đ38.1c",
		Say: domain.Text{Vi: "nghỉ việc ngày %s, hồ sơ phải nộp chậm nhất ngày %s", En: "the work ended on %s, the claim had to be filed by %s"}}
	leftUnlawfully = domain.Rule{Code: "unemployment.left_unlawfully", Law: "Luật Việc làm 38/2013 Đ49.1a; 74/2025 Đ38.1a",
		Say: domain.Text{Vi: "người lao động đơn phương chấm dứt hợp đồng trái pháp luật", En: "the claimant broke the contract unlawfully"}}
	hasPension = domain.Rule{Code: "unemployment.has_pension", Law: "Luật Việc làm 38/2013 Đ49.1b; 74/2025 Đ38.1a",
		Say: domain.Text{Vi: "người lao động hưởng hoặc đủ điều kiện hưởng lương hưu", En: "the claimant draws a pension or left with the right to one"}}
	stillWaiting = domain.Rule{Code: "unemployment.still_waiting", Law: "Luật Việc làm 38/2013 Đ49.4; 74/2025 Đ38.1d",
		Say: domain.Text{Vi: "thời gian chờ đến hết ngày %s; chỉ quyết định khi đến đó người lao động vẫn chưa có việc làm", En: "the waiting time lasts until %s; it has to be seen whether the claimant is without work until then"}}
)

// entitled tells why a claimant is not entitled, as far as the claim says. Whether somebody found work while waiting is
// for the officer to know: only that the time is over can be checked.
func entitled(l *law.Law, u law.Unemployment, s State, on calendar.Date) error {
	if s.Paid < u.LeastPaid {
		return tooFewMonths.Refuse(s.Paid, u.LeastPaid)
	}
	f := s.Facts
	within := u.Within
	if f.Contract == "short" {
		within = u.WithinShort
	}
	switch {
	case f.Recent > 0 && f.Recent < u.LeastPaid:
		return tooFewRecent.Refuse(f.Recent, within, u.LeastPaid)
	case f.Left == "unlawfully":
		return leftUnlawfully.Refuse()
	case f.Left == "pension":
		return hasPension.Refuse()
	case !f.recorded():
		return nil
	}
	// The law of 2025 wants the full file in time; that of 2013 knows no file that is not.
	if filed, last := s.counted(u), f.Ended.AddMonths(u.FileWithin); filed > last {
		return filedLate.Refuse(f.Ended, last)
	}
	if waits := l.Workdays.Add(s.counted(u), u.Waiting); on < waits {
		return stillWaiting.Refuse(waits)
	}
	return nil
}

// counted returns the day from which the times of a claim run: the filing, under the law of 2025 the filing of the full
// file (Đ38.1c, Đ39.3).
func (s State) counted(u law.Unemployment) calendar.Date {
	if u.Law >= 2025 && s.Full > s.Opened {
		return s.Full
	}
	return s.Opened
}
