package job

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusRecorded), Label: domain.Text{Vi: "Đã ghi nhận", En: "Recorded"}, Ended: true},
}
