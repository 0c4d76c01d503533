package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	transferEarly = domain.Rule{Code: "unemployment.transfer_early", Law: "NĐ 28/2015 Đ22; NĐ 374/2025 Đ20.1",
		Say: domain.Text{Vi: "chỉ được chuyển nơi hưởng khi đã hưởng ít nhất %d tháng", En: "the place can be changed after %d months of benefit"}}
	otherReferral = domain.Rule{Code: "unemployment.other_referral",
		Say: domain.Text{Vi: "ngày giới thiệu chuyển đi phải là %s như đã ghi", En: "the day of the referral has to be %s, as recorded"}}
)

// transferOut answers a referral to another province, after a month of benefit that was paid or has passed.
func transferOut(l *law.Law, s State, cmd TransferOut, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	if s.clocked() && s.Origin == "" && s.Payments.among(12) < u.TransferAfter && monthOf(s.Start, on) <= u.TransferAfter {
		return nil, transferEarly.Refuse(u.TransferAfter)
	}
	return TransferredOut{s.Claimant, cmd.To}, nil
}
