package remains

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusRequested), Label: domain.Text{Vi: "Chờ cấp giấy giới thiệu", En: "Referral to be issued"}},
	{Name: string(StatusReferred), Label: domain.Text{Vi: "Chờ bàn giao", En: "Waiting for the hand-over"}},
	{Name: string(StatusHandedOver), Label: domain.Text{Vi: "Chờ đón nhận", En: "Waiting to be received"}},
	{Name: string(StatusReceived), Label: domain.Text{Vi: "Chờ an táng", En: "To be reburied"}},
	{Name: string(StatusReburied), Label: domain.Text{Vi: "Đã an táng, chờ báo tin mộ", En: "Reburied"}},
	{Name: string(StatusNoticed), Label: domain.Text{Vi: "Đã báo tin mộ, chờ lưu hồ sơ", En: "Grave notice issued"}},
	{Name: string(StatusAsked), Label: domain.Text{Vi: "Đang xác định danh tính", En: "Being identified"}},
	{Name: string(StatusFiled), Label: domain.Text{Vi: "Đã lưu hồ sơ", En: "Filed"}, Ended: true},
	{Name: string(StatusIdentified), Label: domain.Text{Vi: "Đã xác định danh tính", En: "Identified"}, Ended: true},
	{Name: string(StatusNotIdentified), Label: domain.Text{Vi: "Chưa xác định được danh tính", En: "Not identified"}, Ended: true},
}
