package counselling

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusGiven), Label: domain.Text{Vi: "Đã tư vấn", En: "Given"}, Ended: true},
}
