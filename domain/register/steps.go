package register

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusDrafted), Label: domain.Text{Vi: "Đang dự thảo", En: "Drafted"}},
	{Name: string(StatusSubmitted), Label: domain.Text{Vi: "Chờ duyệt", En: "Submitted"}},
	{Name: string(StatusReturned), Label: domain.Text{Vi: "Bị trả lại", En: "Returned"}},
	{Name: string(StatusApproved), Label: domain.Text{Vi: "Đã duyệt, chờ ban hành", En: "Approved"}},
	{Name: string(StatusPlanned), Label: domain.Text{Vi: "Việc trong kế hoạch", En: "Planned work"}},
	{Name: string(StatusIssued), Label: domain.Text{Vi: "Đã ban hành", En: "Issued"}, Ended: true},
	{Name: string(StatusCancelled), Label: domain.Text{Vi: "Đã hủy", En: "Cancelled"}, Ended: true},
	{Name: string(StatusDone), Label: domain.Text{Vi: "Đã hoàn thành", En: "Done"}, Ended: true},
	{Name: string(StatusDropped), Label: domain.Text{Vi: "Đã bỏ", En: "Dropped"}, Ended: true},
}
