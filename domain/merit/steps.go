package merit

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusReceived), Label: domain.Text{Vi: "Đã tiếp nhận, chờ giải quyết", En: "Received"}},
	{Name: string(StatusForwarded), Label: domain.Text{Vi: "Đang ở nơi khác xử lý", En: "Forwarded"}},
	{Name: string(StatusExamined), Label: domain.Text{Vi: "Đã có kết luận giám định", En: "Examined"}},
	{Name: string(StatusAllowance), Label: domain.Text{Vi: "Đang hưởng trợ cấp", En: "Allowance running"}, Ended: true},
	{Name: string(StatusSuspended), Label: domain.Text{Vi: "Tạm đình chỉ trợ cấp", En: "Allowance suspended"}, Ended: true},
	{Name: string(StatusResolved), Label: domain.Text{Vi: "Đã giải quyết", En: "Resolved"}, Ended: true},
	{Name: string(StatusRefused), Label: domain.Text{Vi: "Đã từ chối", En: "Refused"}, Ended: true},
	{Name: string(StatusReturned), Label: domain.Text{Vi: "Đã trả hồ sơ", En: "Returned"}, Ended: true},
	{Name: string(StatusWithdrawn), Label: domain.Text{Vi: "Đã rút hồ sơ", En: "Withdrawn"}, Ended: true},
	{Name: string(StatusEnded), Label: domain.Text{Vi: "Đã chấm dứt trợ cấp", En: "Allowance ended"}, Ended: true},
}
