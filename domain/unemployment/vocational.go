package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	vocationalTwice = domain.Rule{Code: "unemployment.vocational_twice", Law: "NĐ 374/2025 Đ13.1",
		Say: domain.Text{Vi: "người lao động đã có quyết định hỗ trợ học nghề; mỗi người được hỗ trợ một khóa", En: "vocational support is decided already; it is given for one course"}}
	vocationalNone = domain.Rule{Code: "unemployment.vocational_none",
		Say: domain.Text{Vi: "hồ sơ không có quyết định hỗ trợ học nghề đang có hiệu lực", En: "there is no decision on vocational support in force"}}
	vocationalLate = domain.Rule{Code: "unemployment.vocational_late", Law: "Luật Việc làm 74/2025 Đ37.2b",
		Say: domain.Text{Vi: "đề nghị hỗ trợ học nghề phải nộp chậm nhất ngày %s", En: "vocational support had to be asked for by %s"}}
	vocationalFew = domain.Rule{Code: "unemployment.vocational_few_months", Law: "Luật Việc làm 38/2013 Đ55; 74/2025 Đ37.2d",
		Say: domain.Text{Vi: "mới đóng %d tháng, cần ít nhất %d tháng", En: "%d months contributed, at least %d are needed"}}
	vocationalLong = domain.Rule{Code: "unemployment.vocational_long", Law: "Luật Việc làm 38/2013 Đ56; 74/2025 Đ37.3",
		Say: domain.Text{Vi: "thời gian hỗ trợ học nghề không quá %d tháng", En: "vocational support lasts %d months at most"}}
)

// supportVocational answers a decision to pay for a vocational course. Who receives benefit is entitled by that; who does
// not has to ask within twelve months and needs nine months of contributions (Luật 74/2025 Đ37).
func supportVocational(l *law.Law, s State, cmd SupportVocational, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if cmd.Months > u.VocationalMonths {
		return nil, vocationalLong.Refuse(u.VocationalMonths)
	}
	if s.Status == StatusVocational {
		if last := s.Facts.Ended.AddMonths(u.VocationalApplyWithin); s.Facts.recorded() && s.Opened > last {
			return nil, vocationalLate.Refuse(last)
		}
		if s.Paid > 0 && s.Paid < u.VocationalPaid {
			return nil, vocationalFew.Refuse(s.Paid, u.VocationalPaid)
		}
	}
	receives := s.Status == StatusDecided || s.Status == StatusReceiving || s.Status == StatusSuspended
	return VocationalDecided{s.Claimant, ageBand(on.Year() - s.BirthYear), receives, cmd.Number, cmd.Months, cmd.Amount}, nil
}
