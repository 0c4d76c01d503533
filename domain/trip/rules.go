package trip

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"trip.planned":   {""},
	"trip.held":      {"", StatusPlanned},
	"trip.cancelled": {StatusPlanned},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "has not been opened"},
	StatusPlanned:   {Vi: "mới ở trong kế hoạch", En: "is planned"},
	StatusHeld:      {Vi: "đã được tổ chức", En: "was held"},
	StatusCancelled: {Vi: "đã hủy", En: "was cancelled"},
}

var (
	notAllowedNow = domain.Rule{Code: "trip.not_allowed_now",
		Say: domain.Text{Vi: "chuyến đi %s nên không thể ghi việc này", En: "the trip %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "trip.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherArea = domain.Rule{Code: "trip.other_area",
		Say: domain.Text{Vi: "đơn vị tổ chức phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "the area has to be the one with which the case was opened; void what follows and record it again"}}
	placeMissing = domain.Rule{Code: "trip.place_missing",
		Say: domain.Text{Vi: "chuyến đi chưa có kế hoạch trong hệ thống thì cần đơn vị tổ chức và nơi đến", En: "a trip without a plan in here needs its area and destination"}}
	startsBeforePlan = domain.Rule{Code: "trip.starts_before_plan",
		Say: domain.Text{Vi: "ngày dự kiến khởi hành %s trước ngày lập kế hoạch %s", En: "the day of departure %s is before the plan of %s"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ group() Group }); ok && s.Status != "" && e.group().Area != s.Area {
		return otherArea.Refuse()
	}
	switch e := act.Event.(type) {
	case Planned:
		if !e.Starts.IsZero() && e.Starts < act.Occurred {
			return startsBeforePlan.Refuse(e.Starts, act.Occurred)
		}
	case Held:
		if e.Area == "" || e.Destination == "" {
			return placeMissing.Refuse()
		}
	}
	return nil
}
