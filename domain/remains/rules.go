package remains

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"remains.transfer_requested":  {""},
	"remains.referral_issued":     {StatusRequested},
	"remains.handed_over":         {"", StatusReferred},
	"remains.received":            {"", StatusReferred, StatusHandedOver},
	"remains.reburied":            {StatusReceived},
	"remains.grave_notice_issued": {StatusReburied},
}

var statusNames = map[Status]string{
	"": "chưa được mở", StatusRequested: "đang chờ cấp giấy giới thiệu", StatusReferred: "đã có giấy giới thiệu",
	StatusHandedOver: "đã bàn giao hài cốt liệt sĩ", StatusReceived: "đã đón nhận hài cốt liệt sĩ",
	StatusReburied: "đã an táng", StatusNoticed: "đã báo tin mộ và kết thúc",
}

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return domain.Reject("remains.not_allowed_now", "hồ sơ %s nên không thể ghi việc này", statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return domain.Reject("remains.too_early", "ngày %s sớm hơn ngày %s của việc trước đó", act.Occurred.Vietnamese(), s.Since.Vietnamese())
	}
	if e, ok := act.Event.(interface{ journey() Journey }); ok && s.Status != "" && e.journey() != s.Journey {
		return domain.Reject("remains.other_journey", "thân nhân và địa phương phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại")
	}
	switch e := act.Event.(type) {
	case HandedOver:
		if e.From == "" || e.To == "" || e.Person.IsZero() {
			return domain.Reject("remains.journey_missing", "cần thân nhân, địa phương đang an táng và địa phương đón nhận")
		}
	case Received:
		if e.To == "" {
			return domain.Reject("remains.place_missing", "cần địa phương đón nhận hài cốt liệt sĩ")
		}
		if e.Person.IsZero() && !e.Martyr.IsZero() {
			return domain.Reject("remains.name_without_relative", "họ tên liệt sĩ được giữ cùng thân nhân; cần ghi thân nhân")
		}
	}
	return nil
}
