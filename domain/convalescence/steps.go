package convalescence

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusPlanned), Label: domain.Text{Vi: "Đã lên kế hoạch", En: "Planned"}},
	{Name: string(StatusStarted), Label: domain.Text{Vi: "Đang điều dưỡng", En: "Under way"}},
	{Name: string(StatusCompleted), Label: domain.Text{Vi: "Đã hoàn thành", En: "Completed"}, Ended: true},
	{Name: string(StatusCancelled), Label: domain.Text{Vi: "Đã hủy", En: "Cancelled"}, Ended: true},
}
