package course

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"course.opened":    {""},
	"course.enlarged":  {StatusRunning},
	"course.dropped":   {StatusRunning},
	"course.graduated": {StatusRunning},
	"course.closed":    {StatusRunning},
}

var statusNames = map[Status]domain.Text{
	"":            {Vi: "chưa được mở", En: "not open"},
	StatusRunning: {Vi: "đang học", En: "open already"},
	StatusClosed:  {Vi: "đã kết thúc", En: "closed"},
}

var (
	unknownCommand = domain.Rule{Code: "course.unknown_command", Say: domain.Text{Vi: "lớp đào tạo không có lệnh này", En: "a class has no such command"}}
	notAllowedNow  = domain.Rule{Code: "course.not_allowed_now", Say: domain.Text{Vi: "lớp %s nên không thể ghi việc này", En: "the class is %s, so this cannot be recorded"}}
	tooEarly       = domain.Rule{Code: "course.too_early", Say: domain.Text{Vi: "ngày %s sớm hơn ngày mở lớp %s", En: "%s is before the class was opened on %s"}}
	closedTooEarly = domain.Rule{Code: "course.closed_too_early", Say: domain.Text{Vi: "ngày kết thúc %s sớm hơn ngày %s của việc khác", En: "closed on %s, before another act on %s"}}
	otherClass     = domain.Rule{Code: "course.other_class", Say: domain.Text{
		Vi: "cơ sở, địa bàn và trình độ phải như khi mở lớp; hãy hủy các việc sau rồi ghi lại", En: "institution, area and level have to be those of the opening; void the later acts and record them again"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Opened {
		return tooEarly.Refuse(act.Occurred, s.Opened)
	}
	if e, ok := act.Event.(interface{ class() Class }); ok && s.Status != "" && e.class() != s.Class {
		return otherClass.Refuse()
	}
	if last := len(s.Roll) - 1; last >= 0 && act.Event.EventType() == "course.closed" && act.Occurred < s.Roll[last].On {
		return closedTooEarly.Refuse(act.Occurred, s.Roll[last].On)
	}
	return s.Roll.after(act).check()
}
