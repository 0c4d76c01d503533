package jointtraining

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusRequested), Label: domain.Text{Vi: "Chờ chấp thuận", En: "Waiting for approval"}},
	{Name: string(StatusApproved), Label: domain.Text{Vi: "Đã chấp thuận", En: "Approved"}, Ended: true},
	{Name: string(StatusRefused), Label: domain.Text{Vi: "Không chấp thuận", En: "Refused"}, Ended: true},
	{Name: string(StatusWithdrawn), Label: domain.Text{Vi: "Đã rút", En: "Withdrawn"}, Ended: true},
}
