package jobseeker

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"jobseeker.registered": {""},
	"jobseeker.referred":   {StatusOpen},
	"jobseeker.placed":     {StatusOpen},
	"jobseeker.declined":   {StatusOpen},
	"jobseeker.closed":     {StatusOpen},
}

var statusNames = map[Status]domain.Text{
	"":           {Vi: "chưa được mở", En: "not open"},
	StatusOpen:   {Vi: "đang được hỗ trợ", En: "open already"},
	StatusClosed: {Vi: "đã kết thúc", En: "closed"},
}

var (
	unknownCommand = domain.Rule{Code: "jobseeker.unknown_command", Say: domain.Text{Vi: "hồ sơ người tìm việc không có lệnh này", En: "a jobseeker's case has no such command"}}
	notAllowedNow  = domain.Rule{Code: "jobseeker.not_allowed_now", Say: domain.Text{Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case is %s, so this cannot be recorded"}}
	tooEarly       = domain.Rule{Code: "jobseeker.too_early", Say: domain.Text{Vi: "ngày %s sớm hơn ngày đăng ký %s", En: "%s is before the registration on %s"}}
	closedTooEarly = domain.Rule{Code: "jobseeker.closed_too_early", Say: domain.Text{Vi: "ngày kết thúc %s sớm hơn ngày %s của việc khác", En: "closed on %s, before another act on %s"}}
	otherSeeker    = domain.Rule{Code: "jobseeker.other_seeker", Say: domain.Text{
		Vi: "người và nơi cư trú phải như khi đăng ký; hãy hủy các việc sau rồi ghi lại", En: "person and commune have to be those of the registration; void the later acts and record them again"}}
)

// allow keeps no order among referrals: the result of one may become known after the next was made, and be recorded
// later still.
func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Opened {
		return tooEarly.Refuse(act.Occurred, s.Opened)
	}
	if e, ok := act.Event.(interface{ seeker() Seeker }); ok && s.Status != "" && e.seeker() != s.Seeker {
		return otherSeeker.Refuse()
	}
	switch e := act.Event.(type) {
	case Referred:
		if find(s.Referrals, e.Slip) != nil {
			return slipUsed.Refuse(e.Slip)
		}
	case Placed:
		return allowResult(s, e.Slip, act.Occurred)
	case Declined:
		return allowResult(s, e.Slip, act.Occurred)
	case Closed:
		if act.Occurred < s.Latest {
			return closedTooEarly.Refuse(act.Occurred, s.Latest)
		}
		return allowClosing(s)
	}
	return nil
}
