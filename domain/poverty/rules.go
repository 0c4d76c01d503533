package poverty

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"poverty.planned":   {""},
	"poverty.begun":     {StatusPlanned},
	"poverty.closed":    {StatusUnderWay},
	"poverty.cancelled": {StatusPlanned, StatusUnderWay},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "has not been opened"},
	StatusPlanned:   {Vi: "mới ở trong kế hoạch", En: "is planned"},
	StatusUnderWay:  {Vi: "đang tiến hành", En: "is under way"},
	StatusClosed:    {Vi: "đã kết thúc", En: "is closed"},
	StatusCancelled: {Vi: "đã hủy", En: "was cancelled"},
}

var (
	notAllowedNow = domain.Rule{Code: "poverty.not_allowed_now",
		Say: domain.Text{Vi: "đợt rà soát %s nên không thể ghi việc này", En: "the review %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "poverty.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherReview = domain.Rule{Code: "poverty.other_review",
		Say: domain.Text{Vi: "địa bàn, loại và năm rà soát phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "area, kind and year have to be those with which the case was opened; void what follows and record it again"}}
)

// allow does not hold anybody to the days of the annual review: a review that was late has taken place nevertheless, and the
// case says when it was due.
func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ review() Review }); ok && s.Status != "" && e.review() != s.Review {
		return otherReview.Refuse()
	}
	return nil
}
