package jobseeker

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusOpen), Label: domain.Text{Vi: "Đang tìm việc", En: "Looking for work"}},
	{Name: string(StatusClosed), Label: domain.Text{Vi: "Đã kết thúc", En: "Closed"}, Ended: true},
}
