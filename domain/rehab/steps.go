package rehab

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusPresent), Label: domain.Text{Vi: "Đang ở cơ sở", En: "Present"}},
	{Name: string(StatusAway), Label: domain.Text{Vi: "Tạm thời ra khỏi cơ sở", En: "Away with leave"}},
	{Name: string(StatusEscaped), Label: domain.Text{Vi: "Đang bỏ trốn", En: "Escaped"}},
	{Name: string(StatusTransferredOut), Label: domain.Text{Vi: "Đã chuyển đi", En: "Transferred out"}, Ended: true},
	{Name: string(StatusCompleted), Label: domain.Text{Vi: "Đã hoàn thành", En: "Completed"}, Ended: true},
	{Name: string(StatusReleased), Label: domain.Text{Vi: "Đã ra khỏi cơ sở", En: "Released"}, Ended: true},
	{Name: string(StatusDied), Label: domain.Text{Vi: "Đã chết", En: "Died"}, Ended: true},
}
