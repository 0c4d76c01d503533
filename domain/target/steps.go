package target

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusSet), Label: domain.Text{Vi: "Đã giao", En: "Set"}, Ended: true},
}
