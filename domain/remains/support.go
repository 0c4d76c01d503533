package remains

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	supportPaidBefore = domain.Rule{Code: "remains.support_paid_before",
		Say: domain.Text{Vi: "hồ sơ đã được chi hỗ trợ", En: "the support is paid already"}}
	nothingPaid = domain.Rule{Code: "remains.nothing_paid",
		Say: domain.Text{Vi: "chưa ghi khoản hỗ trợ nào", En: "no amount is stated"}}
	nobodyToPay = domain.Rule{Code: "remains.nobody_to_pay",
		Say: domain.Text{Vi: "hồ sơ không có thân nhân để chi hỗ trợ", En: "there is no relative to pay"}}
	graveInCemetery = domain.Rule{Code: "remains.grave_in_cemetery", Law: "NĐ 75/2021 Đ10",
		Say: domain.Text{Vi: "chỉ hỗ trợ xây mộ khi đã an táng ngoài nghĩa trang liệt sĩ", En: "a grave is paid only where the martyr was buried outside a martyrs' cemetery"}}
	supportAboveLaw = domain.Rule{Code: "remains.support_above_law", Law: "NĐ 75/2021 Đ10",
		Say: domain.Text{Vi: "%s: mức hỗ trợ cao nhất là %d đồng", En: "%s: the support is %d đồng at most"}}
)

// allowSupport keeps a payment to what the law gives; where the files know no law for the day, to anything.
func allowSupport(l *law.Law, s State, e SupportPaid, on calendar.Date) error {
	switch {
	case s.Supported:
		return supportPaidBefore.Refuse()
	case e.Person.IsZero():
		return nobodyToPay.Refuse()
	case e.Exhumation+e.Travel+e.Grave == 0:
		return nothingPaid.Refuse()
	case e.Grave > 0 && !s.Outside:
		return graveInCemetery.Refuse()
	}
	most, ok := l.RemainsSupport(on)
	if !ok {
		return nil
	}
	if e.Exhumation > most.Exhumation {
		return supportAboveLaw.Refuse(domain.Text{Vi: "cất bốc", En: "exhumation"}, most.Exhumation)
	}
	if travel := most.Travel(e.Kilometres, e.Travellers); e.Travel > travel {
		return supportAboveLaw.Refuse(domain.Text{Vi: "đi lại", En: "travel"}, travel)
	}
	if e.Grave > most.Grave {
		return supportAboveLaw.Refuse(domain.Text{Vi: "xây mộ", En: "the grave"}, most.Grave)
	}
	return nil
}
