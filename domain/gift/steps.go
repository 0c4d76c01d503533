package gift

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusDecided), Label: domain.Text{Vi: "Đang trao quà", En: "Being handed over"}},
	{Name: string(StatusClosed), Label: domain.Text{Vi: "Đã kết thúc", En: "Closed"}, Ended: true},
}
