package relief

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"relief.need_listed": {""},
	"relief.allocated":   {"", StatusListed, StatusAllocated, StatusReceived},
	"relief.received":    {StatusAllocated, StatusReceived},
	"relief.distributed": {StatusReceived},
	"relief.closed":      {StatusListed, StatusAllocated, StatusReceived},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "has not been opened"},
	StatusListed:    {Vi: "đang chờ phân bổ", En: "waits for an allocation"},
	StatusAllocated: {Vi: "chưa tiếp nhận gạo", En: "has not received any rice"},
	StatusReceived:  {Vi: "đang cấp gạo", En: "is giving out rice"},
	StatusClosed:    {Vi: "đã kết thúc", En: "is closed"},
}

var (
	notAllowedNow = domain.Rule{Code: "relief.not_allowed_now",
		Say: domain.Text{Vi: "đợt hỗ trợ %s nên không thể ghi việc này", En: "the campaign %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "relief.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc phải có trước đó", En: "%s is earlier than %s, the day of what has to come before it"}}
	otherRound = domain.Rule{Code: "relief.other_round",
		Say: domain.Text{Vi: "địa bàn, mã đợt, dịp và số tháng phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "area, campaign, occasion and months have to be those with which the case was opened; void what follows and record it again"}}
	roundMissing = domain.Rule{Code: "relief.round_missing",
		Say: domain.Text{Vi: "đợt chưa có danh sách nhu cầu thì cần địa bàn, mã đợt, dịp và số tháng", En: "where no need was listed, area, campaign, occasion and months are needed"}}
	recordedBefore = domain.Rule{Code: "relief.recorded_before",
		Say: domain.Text{Vi: "văn bản %s đã được ghi trong đợt này", En: "the document %s is recorded in this campaign already"}}
	fewerPersons = domain.Rule{Code: "relief.fewer_persons_than_households",
		Say: domain.Text{Vi: "số nhân khẩu %d ít hơn số hộ %d", En: "%d persons are fewer than %d households"}}
	moreThanReceived = domain.Rule{Code: "relief.more_than_received",
		Say: domain.Text{Vi: "chỉ còn %d kg gạo đã tiếp nhận mà chưa cấp", En: "only %d kg were received and not given out yet"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	// Communes report in any order: a distribution has to follow the first receipt, and only the end follows everything.
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
	if e, ok := act.Event.(interface{ document() string }); ok && slices.Contains(s.Documents, e.document()) {
		return recordedBefore.Refuse(e.document())
	}
	switch e := act.Event.(type) {
	case NeedListed:
		return allowPersons(e.Households, e.Persons)
	case Allocated:
		if e.Area == "" || e.Campaign == "" || e.Occasion == "" || e.Months == 0 {
			return roundMissing.Refuse()
		}
	case Distributed:
		if left := s.Received - s.Distributed.Kg; e.Kg > left {
			return moreThanReceived.Refuse(left)
		}
		return allowPersons(e.Households, e.Persons)
	}
	return nil
}

// allowPersons finds two numbers that were mixed up: a household has somebody in it.
func allowPersons(households, persons int64) error {
	if persons < households {
		return fewerPersons.Refuse(persons, households)
	}
	return nil
}
