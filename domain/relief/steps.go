package relief

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusListed), Label: domain.Text{Vi: "Đã tổng hợp nhu cầu", En: "Need listed"}},
	{Name: string(StatusAllocated), Label: domain.Text{Vi: "Đã phân bổ, chờ tiếp nhận gạo", En: "Allocated"}},
	{Name: string(StatusReceived), Label: domain.Text{Vi: "Đang cấp gạo", En: "Being distributed"}},
	{Name: string(StatusClosed), Label: domain.Text{Vi: "Đã kết thúc", En: "Closed"}, Ended: true},
}
