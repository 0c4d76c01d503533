package convalescent

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusListed), Label: domain.Text{Vi: "Chờ duyệt", En: "Waiting for approval"}},
	{Name: string(StatusApproved), Label: domain.Text{Vi: "Đã duyệt, chờ điều dưỡng hoặc chi trả", En: "Approved"}},
	{Name: string(StatusAttended), Label: domain.Text{Vi: "Đã điều dưỡng tập trung", En: "Attended"}, Ended: true},
	{Name: string(StatusPaid), Label: domain.Text{Vi: "Đã chi điều dưỡng tại nhà", En: "Paid at home"}, Ended: true},
	{Name: string(StatusRefused), Label: domain.Text{Vi: "Không đủ điều kiện", En: "Refused"}, Ended: true},
	{Name: string(StatusDied), Label: domain.Text{Vi: "Đã chết", En: "Died"}, Ended: true},
	{Name: string(StatusSettled), Label: domain.Text{Vi: "Đã chi cho thân nhân", En: "Relatives paid"}, Ended: true},
}
