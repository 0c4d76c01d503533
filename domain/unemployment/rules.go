package unemployment

import (
	"slices"

	"hoso/domain"
	"hoso/domain/area"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"unemployment.filed":                {""},
	"unemployment.transferred_in":       {""},
	"unemployment.supplement_requested": {StatusFiled},
	"unemployment.completed":            {StatusIncomplete},
	"unemployment.withdrawn":            {StatusFiled, StatusIncomplete},
	"unemployment.refused":              {StatusFiled, StatusIncomplete},
	"unemployment.decided":              {StatusFiled},
	"unemployment.collected":            {StatusDecided},
	"unemployment.cancelled":            {StatusDecided},
	"unemployment.notice_received":      {StatusReceiving, StatusSuspended},
	"unemployment.suspended":            {StatusReceiving},
	"unemployment.resumed":              {StatusSuspended},
	"unemployment.terminated":           {StatusReceiving, StatusSuspended},
	"unemployment.expired":              {StatusReceiving, StatusSuspended},
	"unemployment.transferred_out":      {StatusReceiving, StatusSuspended},
	"unemployment.paid":                 {StatusReceiving, StatusSuspended, StatusTerminated, StatusExpired, StatusTransferredOut},
}

var statusNames = map[Status]string{
	"": "chưa được nộp", StatusFiled: "đang xem xét", StatusIncomplete: "chờ bổ sung", StatusWithdrawn: "đã rút",
	StatusRefused: "đã bị từ chối", StatusDecided: "đã có quyết định hưởng", StatusCancelled: "đã hủy quyết định",
	StatusReceiving: "đang hưởng", StatusSuspended: "đang tạm dừng hưởng", StatusTerminated: "đã chấm dứt hưởng",
	StatusExpired: "đã hết thời gian hưởng", StatusTransferredOut: "đã chuyển đi",
}

func allow(s State, act domain.Act) error {
	name := act.Event.EventType()
	if !slices.Contains(after[name], s.Status) {
		return domain.Reject("unemployment.not_allowed_now", "hồ sơ %s nên không thể ghi việc này", statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return domain.Reject("unemployment.too_early", "ngày %s sớm hơn ngày %s của việc trước đó",
			act.Occurred.Vietnamese(), s.Since.Vietnamese())
	}
	// Stocks are kept by commune: who entered one in a commune leaves it in the same.
	if e, ok := act.Event.(interface{ commune() area.Code }); ok && s.Status != "" && e.commune() != s.Claimant.Commune {
		return domain.Reject("unemployment.other_commune", "nơi cư trú phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại")
	}
	switch e := act.Event.(type) {
	case Filed:
		return allowAge(act.Occurred.Year() - e.BirthYear)
	case TransferredIn:
		return allowAge(act.Occurred.Year() - e.BirthYear)
	case Decided:
		if !e.Start.IsZero() && e.Start < s.Opened {
			return domain.Reject("unemployment.starts_before_filing", "ngày bắt đầu hưởng sớm hơn ngày nộp hồ sơ")
		}
	case NoticeReceived:
		return allowMonth(s, e.Month, s.Notices, "thông báo")
	case Suspended:
		return allowMonth(s, e.Month, s.Notices, "thông báo")
	case Terminated:
		// Before the decision there was nothing to end: whoever had found work by then has the decision cancelled.
		if e.Effective < s.Granted || e.Effective > act.Occurred {
			return domain.Reject("unemployment.effective_out_of_range",
				"ngày chấm dứt phải từ ngày có quyết định hưởng %s đến ngày ký %s", s.Granted.Vietnamese(), act.Occurred.Vietnamese())
		}
	case Paid:
		if e.Amount > s.Level {
			return domain.Reject("unemployment.paid_too_much", "số tiền chi trả một tháng vượt mức hưởng của quyết định")
		}
		return allowMonth(s, e.Month, s.Payments, "chi trả")
	}
	return nil
}

// allowAge refuses what can only be a wrong year: nobody works under a contract before fifteen (Bộ luật Lao động
// 45/2019 Đ3), and a hundred is a slip of the pen.
func allowAge(age int) error {
	if age < 15 || age > 100 {
		return domain.Reject("unemployment.implausible_age", "tuổi %d không hợp lý; hãy kiểm tra năm sinh", age)
	}
	return nil
}

func allowMonth(s State, month int, done monthSet, what string) error {
	if month > s.Months {
		return domain.Reject("unemployment.beyond_entitlement", "tháng thứ %d vượt số tháng được hưởng (%d)", month, s.Months)
	}
	if done.has(month) {
		return domain.Reject("unemployment.month_done", "tháng thứ %d đã có %s", month, what)
	}
	return nil
}

// ageBand returns the band of form 34, part I (NĐ 374/2025). Age is counted in calendar years, as only the year of
// birth stands in the case.
func ageBand(age int) string {
	switch {
	case age <= 30:
		return "up_to_30"
	case age <= 40:
		return "31_40"
	case age <= 50:
		return "41_50"
	case age <= 60:
		return "51_60"
	}
	return "over_60"
}
