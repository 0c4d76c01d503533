package unemployment

import "hoso/domain"

// steps are the statuses as the work lists show them.
var steps = []domain.Step{
	{Name: string(StatusFiled), Label: domain.Text{Vi: "Chờ quyết định hưởng", En: "Waiting for the decision"}},
	{Name: string(StatusIncomplete), Label: domain.Text{Vi: "Chờ bổ sung hồ sơ", En: "Waiting for a supplement"}},
	{Name: string(StatusDecided), Label: domain.Text{Vi: "Chờ nhận quyết định", En: "Decision to be collected"}},
	{Name: string(StatusReceiving), Label: domain.Text{Vi: "Đang hưởng", En: "Receiving"}},
	{Name: string(StatusSuspended), Label: domain.Text{Vi: "Đang tạm dừng hưởng", En: "Suspended"}},
	{Name: string(StatusVocational), Label: domain.Text{Vi: "Đề nghị hỗ trợ học nghề", En: "Vocational support asked for"}},
	{Name: string(StatusTransferredOut), Label: domain.Text{Vi: "Chuyển nơi hưởng đi", En: "Transferred out"}, Ended: true},
	{Name: string(StatusTerminated), Label: domain.Text{Vi: "Đã chấm dứt hưởng", En: "Terminated"}, Ended: true},
	{Name: string(StatusExpired), Label: domain.Text{Vi: "Đã hết thời gian hưởng", En: "Expired"}, Ended: true},
	{Name: string(StatusWithdrawn), Label: domain.Text{Vi: "Đã rút hồ sơ", En: "Withdrawn"}, Ended: true},
	{Name: string(StatusRefused), Label: domain.Text{Vi: "Không đủ điều kiện hưởng", En: "Refused"}, Ended: true},
	{Name: string(StatusCancelled), Label: domain.Text{Vi: "Đã hủy quyết định", En: "Cancelled"}, Ended: true},
}
