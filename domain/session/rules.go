package session

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"session.planned":   {""},
	"session.held":      {"", StatusPlanned},
	"session.cancelled": {StatusPlanned},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được lên kế hoạch", En: "not planned"},
	StatusPlanned:   {Vi: "đã được lên kế hoạch", En: "planned already"},
	StatusHeld:      {Vi: "đã được tổ chức", En: "held already"},
	StatusCancelled: {Vi: "đã bị hủy", En: "cancelled"},
}

var (
	unknownCommand = domain.Rule{Code: "session.unknown_command", Say: domain.Text{Vi: "phiên giao dịch việc làm không có lệnh này", En: "a session has no such command"}}
	notAllowedNow  = domain.Rule{Code: "session.not_allowed_now", Say: domain.Text{Vi: "phiên %s nên không thể ghi việc này", En: "the session is %s, so this cannot be recorded"}}
	tooEarly       = domain.Rule{Code: "session.too_early", Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is before %s, the day of the act before it"}}
	dayPast        = domain.Rule{Code: "session.day_past", Say: domain.Text{Vi: "ngày dự kiến %s đã qua vào ngày %s", En: "the planned day %s had passed on %s"}}
	sessionMissing = domain.Rule{Code: "session.session_missing", Say: domain.Text{Vi: "cần hình thức và địa bàn tổ chức", En: "the kind and the place are needed"}}
	hiredTooMany   = domain.Rule{Code: "session.hired_without_interview", Say: domain.Text{
		Vi: "số người được tuyển (%d) nhiều hơn số người được phỏng vấn (%d)", En: "more people hired (%d) than interviewed (%d)"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	switch e := act.Event.(type) {
	case Planned:
		if e.Day < act.Occurred {
			return dayPast.Refuse(e.Day, act.Occurred)
		}
	case Held:
		if e.Kind == "" || e.Place == "" {
			return sessionMissing.Refuse()
		}
		if e.Hired > e.Interviewed {
			return hiredTooMany.Refuse(e.Hired, e.Interviewed)
		}
	}
	return nil
}
