package screening

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"screening.planned":   {""},
	"screening.held":      {"", StatusPlanned},
	"screening.recorded":  {StatusHeld},
	"screening.closed":    {StatusHeld},
	"screening.cancelled": {StatusPlanned},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "has not been opened"},
	StatusPlanned:   {Vi: "mới ở trong kế hoạch", En: "is planned"},
	StatusHeld:      {Vi: "đang được tổ chức", En: "is under way"},
	StatusClosed:    {Vi: "đã kết thúc", En: "is closed"},
	StatusCancelled: {Vi: "đã hủy", En: "was cancelled"},
}

var (
	notAllowedNow = domain.Rule{Code: "screening.not_allowed_now",
		Say: domain.Text{Vi: "đợt khám %s nên không thể ghi việc này", En: "the screening %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "screening.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc phải có trước đó", En: "%s is earlier than %s, the day of what has to come before it"}}
	otherArea = domain.Rule{Code: "screening.other_area",
		Say: domain.Text{Vi: "địa bàn phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "the area has to be the one with which the case was opened; void what follows and record it again"}}
	placeMissing = domain.Rule{Code: "screening.place_missing",
		Say: domain.Text{Vi: "đợt khám chưa có kế hoạch trong hệ thống thì cần địa bàn và nơi khám", En: "a screening without a plan in here needs its area and place"}}
	nobody = domain.Rule{Code: "screening.nobody",
		Say: domain.Text{Vi: "chưa ghi trẻ nào được khám", En: "no child was examined"}}
	recordedBefore = domain.Rule{Code: "screening.recorded_before",
		Say: domain.Text{Vi: "danh sách này đã được ghi trong đợt khám", En: "this list is recorded in the screening already"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	// Lists come in any order; only the end follows everything.
	since := s.Since
	if _, ok := act.Event.(Closed); ok {
		since = s.Last
	}
	if act.Occurred < since {
		return tooEarly.Refuse(act.Occurred, since)
	}
	if e, ok := act.Event.(interface{ session() Session }); ok && s.Status != "" && e.session().Area != s.Area {
		return otherArea.Refuse()
	}
	switch e := act.Event.(type) {
	case Held:
		if e.Area == "" || e.Place == "" {
			return placeMissing.Refuse()
		}
	case Recorded:
		if e.Surgery+e.Consult+e.None == 0 {
			return nobody.Refuse()
		}
		if slices.Contains(s.Lists, e.Number) {
			return recordedBefore.Refuse()
		}
	}
	return nil
}
