package jointtraining

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"jointtraining.requested": {""},
	"jointtraining.approved":  {StatusRequested},
	"jointtraining.refused":   {StatusRequested},
	"jointtraining.withdrawn": {StatusRequested, StatusApproved},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa có", En: "not made yet"},
	StatusRequested: {Vi: "đang được xem xét", En: "under consideration"},
	StatusApproved:  {Vi: "đã được đồng ý", En: "approved already"},
	StatusRefused:   {Vi: "đã bị từ chối", En: "refused"},
	StatusWithdrawn: {Vi: "đã rút hoặc bị thu hồi", En: "withdrawn"},
}

var (
	unknownCommand = domain.Rule{Code: "jointtraining.unknown_command", Say: domain.Text{Vi: "hồ sơ liên kết đào tạo không có lệnh này", En: "a request for joint training has no such command"}}
	notAllowedNow  = domain.Rule{Code: "jointtraining.not_allowed_now", Say: domain.Text{Vi: "đề nghị %s nên không thể ghi việc này", En: "the request is %s, so this cannot be recorded"}}
	tooEarly       = domain.Rule{Code: "jointtraining.too_early", Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is before %s, the day of the act before it"}}
	otherSchool    = domain.Rule{Code: "jointtraining.other_school", Say: domain.Text{
		Vi: "trường, địa bàn và trình độ phải như trong đề nghị; hãy hủy các việc sau rồi ghi lại", En: "school, area and level have to be those of the request; void the later acts and record them again"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ school() School }); ok && s.Status != "" && e.school() != s.School {
		return otherSchool.Refuse()
	}
	return nil
}
