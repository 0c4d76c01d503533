package gift

import (
	"slices"

	"hoso/domain"
	"hoso/domain/law"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"gift.decided":     {""},
	"gift.handed_over": {StatusDecided},
	"gift.closed":      {StatusDecided},
}

var statusNames = map[Status]domain.Text{
	"":            {Vi: "chưa được mở", En: "has not been opened"},
	StatusDecided: {Vi: "đang trao quà", En: "is under way"},
	StatusClosed:  {Vi: "đã kết thúc", En: "is closed"},
}

var (
	notAllowedNow = domain.Rule{Code: "gift.not_allowed_now",
		Say: domain.Text{Vi: "đợt tặng quà %s nên không thể ghi việc này", En: "the campaign %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "gift.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc phải có trước đó", En: "%s is earlier than %s, the day of what has to come before it"}}
	otherRound = domain.Rule{Code: "gift.other_round",
		Say: domain.Text{Vi: "địa bàn, mã đợt và nguồn quà phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "area, campaign and giver have to be those with which the case was opened; void what follows and record it again"}}
	recordedBefore = domain.Rule{Code: "gift.recorded_before",
		Say: domain.Text{Vi: "danh sách %s đã được ghi trong đợt này", En: "the list %s is recorded in this campaign already"}}
)

func allow(l *law.Law, s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	since := s.Since
	if _, ok := act.Event.(Closed); ok {
		since = s.Last
	}
	if act.Occurred < since {
		return tooEarly.Refuse(act.Occurred, since)
	}
	if e, ok := act.Event.(interface{ round() Round }); ok && s.Status != "" && e.round() != s.Round {
		return otherRound.Refuse()
	}
	if e, ok := act.Event.(HandedOver); ok {
		if slices.Contains(s.Lists, e.Number) {
			return recordedBefore.Refuse(e.Number)
		}
		return allowLevels(l, e, s.Since)
	}
	return nil
}
