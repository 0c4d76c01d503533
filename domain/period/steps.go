package period

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusOpened), Label: domain.Text{Vi: "Đã mở kỳ", En: "Opened"}},
	{Name: string(StatusDrafted), Label: domain.Text{Vi: "Đã lập dự thảo", En: "Drafted"}},
	{Name: string(StatusSubmitted), Label: domain.Text{Vi: "Chờ duyệt", En: "Submitted"}, Next: "approve"},
	{Name: string(StatusReturned), Label: domain.Text{Vi: "Bị trả lại", En: "Returned"}},
	{Name: string(StatusApproved), Label: domain.Text{Vi: "Đã duyệt, chờ phát hành", En: "Approved"}},
	{Name: string(StatusPublished), Label: domain.Text{Vi: "Đã phát hành", En: "Published"}, Ended: true},
}
