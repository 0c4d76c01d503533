package poverty

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusPlanned), Label: domain.Text{Vi: "Đã lên kế hoạch", En: "Planned"}},
	{Name: string(StatusUnderWay), Label: domain.Text{Vi: "Đang rà soát", En: "Under way"}},
	{Name: string(StatusClosed), Label: domain.Text{Vi: "Đã kết thúc", En: "Closed"}, Ended: true},
	{Name: string(StatusCancelled), Label: domain.Text{Vi: "Đã hủy", En: "Cancelled"}, Ended: true},
}
