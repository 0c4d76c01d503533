package unemployment

import "hoso/domain"

var (
	noNotice = domain.Rule{Code: "unemployment.no_notice", Law: "NĐ 28/2015 Đ20; NĐ 374/2025 Đ18",
		Say: domain.Text{Vi: "chưa có thông báo tìm kiếm việc làm nào sau tháng thứ %d bị tạm dừng", En: "there is no notice since benefit month %d was suspended"}}
	monthSuspended = domain.Rule{Code: "unemployment.month_suspended", Law: "Luật Việc làm 38/2013 Đ53; 74/2025 Đ41.2",
		Say: domain.Text{Vi: "tháng thứ %d bị tạm dừng hưởng nên không được chi trả", En: "benefit month %d is suspended and is not paid"}}
)

// resume answers that payment goes on: since the month of the first notice after the suspension. The months before it
// are neither paid nor reserved.
func resume(s State) (domain.Event, error) {
	month := 0
	for m := 12; m > s.SuspendedFrom; m-- {
		if s.Notices.has(m) {
			month = m
		}
	}
	if month == 0 && s.clocked() {
		return nil, noNotice.Refuse(s.SuspendedFrom)
	}
	return Resumed{s.Claimant, month}, nil
}
