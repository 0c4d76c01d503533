package merit

import (
	"slices"

	"hoso/domain"
)

var pending = []Status{StatusReceived, StatusForwarded, StatusExamined}

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"merit.received":            {"", StatusReturned},
	"merit.forwarded":           pending,
	"merit.examined":            pending,
	"merit.resolved":            pending,
	"merit.refused":             pending,
	"merit.returned":            pending,
	"merit.withdrawn":           pending,
	"merit.allowance_started":   {"", StatusResolved},
	"merit.allowance_changed":   {StatusAllowance, StatusSuspended},
	"merit.allowance_paid":      {StatusAllowance, StatusSuspended, StatusEnded},
	"merit.allowance_suspended": {StatusAllowance},
	"merit.allowance_resumed":   {StatusSuspended},
	"merit.allowance_ended":     {StatusAllowance, StatusSuspended},
}

var statusNames = map[Status]string{
	"": "chưa được mở", StatusReceived: "đã tiếp nhận", StatusForwarded: "đã chuyển đi thẩm định", StatusExamined: "đã có kết luận",
	StatusResolved: "đã giải quyết", StatusRefused: "đã bị từ chối", StatusReturned: "đã trả lại để bổ sung", StatusWithdrawn: "đã rút",
	StatusAllowance: "đang hưởng trợ cấp", StatusSuspended: "đang tạm đình chỉ trợ cấp", StatusEnded: "đã chấm dứt trợ cấp",
}

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return domain.Reject("merit.not_allowed_now", "hồ sơ %s nên không thể ghi việc này", statusNames[s.Status])
	}
	// A payment is looked at by its month; its day may lie before a suspension that was recorded first.
	since := s.Since
	if _, ok := act.Event.(AllowancePaid); ok {
		since = s.Allowance.Started
	}
	if act.Occurred < since {
		return domain.Reject("merit.too_early", "ngày %s sớm hơn ngày %s của việc trước đó", act.Occurred.Vietnamese(), since.Vietnamese())
	}
	if e, ok := act.Event.(interface{ beneficiary() Beneficiary }); ok && s.Status != "" && e.beneficiary() != s.Dossier.Beneficiary {
		return domain.Reject("merit.other_beneficiary", "người, nơi cư trú và đối tượng phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại")
	}
	if e, ok := act.Event.(interface{ dossier() Dossier }); ok && s.Status != "" && e.dossier() != s.Dossier {
		return domain.Reject("merit.other_procedure", "thủ tục phải như khi tiếp nhận; hãy mở hồ sơ khác")
	}
	return allowDetails(s, act)
}

func allowDetails(s State, act domain.Act) error {
	switch e := act.Event.(type) {
	case Received:
		if e.Due.IsZero() {
			return domain.Reject("merit.due_unknown", "thủ tục chưa có trong bảng thời hạn; hãy ghi hạn trả kết quả")
		}
		if e.Due < act.Occurred {
			return domain.Reject("merit.due_before_receipt", "hạn trả kết quả %s trước ngày tiếp nhận", e.Due.Vietnamese())
		}
	case AllowanceStarted:
		if e.Person.IsZero() || e.Commune == "" || e.Category == "" {
			return domain.Reject("merit.beneficiary_missing", "cần người hưởng, nơi cư trú và đối tượng")
		}
	case AllowanceChanged:
		if compare(e.From, s.Allowance.First) < 0 {
			return domain.Reject("merit.before_start", "tháng %s trước tháng bắt đầu hưởng %s", e.From, s.Allowance.First)
		}
		if level, known := s.Allowance.level(e.From); known && level == e.Level {
			return domain.Reject("merit.same_level", "mức hưởng của tháng %s đã là mức này", e.From)
		}
	case AllowancePaid:
		return s.Allowance.allowPayment(e, act.Occurred)
	case AllowanceSuspended:
		if compare(e.From, s.Allowance.First) < 0 {
			return domain.Reject("merit.before_start", "tháng %s trước tháng bắt đầu hưởng %s", e.From, s.Allowance.First)
		}
	case AllowanceResumed:
		pause := s.Allowance.Pauses[len(s.Allowance.Pauses)-1]
		if compare(e.From, pause.From) < 0 {
			return domain.Reject("merit.resumed_before_suspension", "tháng hưởng lại %s trước tháng tạm đình chỉ %s", e.From, pause.From)
		}
	case AllowanceEnded:
		if compare(e.Last, s.Allowance.First) < 0 {
			return domain.Reject("merit.before_start", "tháng cuối cùng %s trước tháng bắt đầu hưởng %s", e.Last, s.Allowance.First)
		}
	}
	return nil
}
