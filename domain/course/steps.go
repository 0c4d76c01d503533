package course

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusRunning), Label: domain.Text{Vi: "Đang đào tạo", En: "Running"}},
	{Name: string(StatusClosed), Label: domain.Text{Vi: "Đã kết thúc", En: "Closed"}, Ended: true},
}
