package unemployment

import (
	"cmp"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
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

	"unemployment.notice_exempted":      {StatusDecided, StatusReceiving, StatusSuspended},
	"unemployment.notice_missed":        {StatusReceiving, StatusSuspended},
	"unemployment.transfer_withdrawn":   {StatusTransferredOut},
	"unemployment.unclaimed_notified":   {StatusTerminated, StatusExpired},
	"unemployment.months_reserved":      {StatusCancelled, StatusTerminated, StatusExpired},
	"unemployment.recovery_ordered":     {StatusReceiving, StatusSuspended, StatusTerminated, StatusExpired, StatusTransferredOut},
	"unemployment.recovered":            {StatusReceiving, StatusSuspended, StatusTerminated, StatusExpired, StatusTransferredOut},
	"unemployment.vocational_asked":     {""},
	"unemployment.vocational_decided":   {StatusVocational, StatusFiled, StatusWithdrawn, StatusRefused, StatusDecided, StatusCancelled, StatusReceiving, StatusSuspended, StatusTerminated, StatusExpired},
	"unemployment.vocational_cancelled": {StatusVocational, StatusFiled, StatusWithdrawn, StatusRefused, StatusDecided, StatusCancelled, StatusReceiving, StatusSuspended, StatusTerminated, StatusExpired, StatusTransferredOut},
}

var statusNames = map[Status]domain.Text{
	"":                   {Vi: "chưa được mở", En: "does not exist yet"},
	StatusFiled:          {Vi: "đang xem xét", En: "is under examination"},
	StatusIncomplete:     {Vi: "chờ bổ sung", En: "waits for a supplement"},
	StatusWithdrawn:      {Vi: "đã rút", En: "is withdrawn"},
	StatusRefused:        {Vi: "đã bị từ chối", En: "is refused"},
	StatusDecided:        {Vi: "đã có quyết định hưởng", En: "is decided"},
	StatusCancelled:      {Vi: "đã hủy quyết định", En: "has its decision cancelled"},
	StatusReceiving:      {Vi: "đang hưởng", En: "receives benefit"},
	StatusSuspended:      {Vi: "đang tạm dừng hưởng", En: "is suspended"},
	StatusTerminated:     {Vi: "đã chấm dứt hưởng", En: "is terminated"},
	StatusExpired:        {Vi: "đã hết thời gian hưởng", En: "is over"},
	StatusTransferredOut: {Vi: "đã chuyển đi", En: "is transferred out"},
	StatusVocational:     {Vi: "chỉ đề nghị hỗ trợ học nghề", En: "asks for vocational support only"},
}

var (
	notAllowedNow = domain.Rule{Code: "unemployment.not_allowed_now",
		Say: domain.Text{Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case %s, so this cannot happen to it"}}
	tooEarly = domain.Rule{Code: "unemployment.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherCommune = domain.Rule{Code: "unemployment.other_commune",
		Say: domain.Text{Vi: "nơi cư trú phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "the commune has to be that of the opening; void the later acts and record them again"}}
	endedAfterFiling = domain.Rule{Code: "unemployment.ended_after_filing",
		Say: domain.Text{Vi: "ngày chấm dứt việc làm %s ở sau ngày nộp hồ sơ", En: "the work ended on %s, after the filing"}}
	startsBeforeFiling = domain.Rule{Code: "unemployment.starts_before_filing",
		Say: domain.Text{Vi: "ngày bắt đầu hưởng sớm hơn ngày nộp hồ sơ", En: "the benefit starts before the filing"}}
	effectiveOutOfRange = domain.Rule{Code: "unemployment.effective_out_of_range",
		Say: domain.Text{Vi: "ngày chấm dứt phải từ ngày có quyết định hưởng %s đến ngày ký %s", En: "the effective date lies between the decision on %s and the signature on %s"}}
	paidTooMuch = domain.Rule{Code: "unemployment.paid_too_much",
		Say: domain.Text{Vi: "số tiền chi trả một tháng vượt mức hưởng của quyết định", En: "a month's payment exceeds the level of the decision"}}
	implausibleAge = domain.Rule{Code: "unemployment.implausible_age", Law: "Bộ luật Lao động 45/2019 Đ3",
		Say: domain.Text{Vi: "tuổi %d không hợp lý; hãy kiểm tra năm sinh", En: "an age of %d is not plausible; check the year of birth"}}
	beyondEntitlement = domain.Rule{Code: "unemployment.beyond_entitlement",
		Say: domain.Text{Vi: "tháng thứ %d vượt số tháng được hưởng (%d)", En: "month %d exceeds the months granted (%d)"}}
	monthDone = domain.Rule{Code: "unemployment.month_done",
		Say: domain.Text{Vi: "tháng thứ %d đã có %s", En: "month %d already has %s"}}
	backwards = domain.Rule{Code: "unemployment.exemption_backwards",
		Say: domain.Text{Vi: "tháng cuối được miễn ở trước tháng đầu", En: "the exemption ends before it begins"}}
)

var (
	aNotice     = domain.Text{Vi: "thông báo", En: "a notice"}
	aMiss       = domain.Text{Vi: "ghi nhận không thông báo", En: "a missed notice"}
	aSuspension = domain.Text{Vi: "quyết định tạm dừng", En: "a suspension"}
	anExemption = domain.Text{Vi: "miễn thông báo", En: "an exemption"}
	aPayment    = domain.Text{Vi: "chi trả", En: "a payment"}
	aReturn     = domain.Text{Vi: "thông báo không đến nhận tiền", En: "a notice that it is not claimed"}
)

// allowNow tells whether an act of this name may follow, as far as status and day say.
func allowNow(s State, name string, on calendar.Date) error {
	if !slices.Contains(after[name], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if on < s.Since {
		return tooEarly.Refuse(on, s.Since)
	}
	return nil
}

func allow(s State, act domain.Act) error {
	if err := allowNow(s, act.Event.EventType(), act.Occurred); err != nil {
		return err
	}
	// Stocks are kept by commune: who entered one in a commune leaves it in the same.
	if e, ok := act.Event.(interface{ commune() area.Code }); ok && s.Status != "" && e.commune() != s.Claimant.Commune {
		return otherCommune.Refuse()
	}
	switch e := act.Event.(type) {
	case Filed:
		if e.Ended > act.Occurred {
			return endedAfterFiling.Refuse(e.Ended)
		}
		return allowAge(act.Occurred.Year() - e.BirthYear)
	case TransferredIn:
		return allowAge(act.Occurred.Year() - e.BirthYear)
	case VocationalAsked:
		return allowAge(act.Occurred.Year() - e.BirthYear)
	case Decided:
		if !e.Start.IsZero() && e.Start < s.Opened {
			return startsBeforeFiling.Refuse()
		}
	case Terminated:
		// Before the decision there was nothing to end: whoever had found work by then has the decision cancelled.
		if e.Effective < s.Granted || e.Effective > act.Occurred {
			return effectiveOutOfRange.Refuse(s.Granted, act.Occurred)
		}
	case TransferWithdrawn:
		if e.Referred != s.Transferred {
			return otherReferral.Refuse(s.Transferred)
		}
	case RecoveryOrdered:
		return allowRecovery(s, e)
	case Recovered:
		return allowRecovered(s, e)
	case VocationalDecided:
		if s.Vocational {
			return vocationalTwice.Refuse()
		}
	case VocationalCancelled:
		if !s.Vocational {
			return vocationalNone.Refuse()
		}
	}
	return allowOfMonth(s, act.Event)
}

// allowOfMonth keeps the acts of a benefit month: inside the granted months, each once.
func allowOfMonth(s State, event domain.Event) error {
	switch e := event.(type) {
	case NoticeReceived:
		return allowMonth(s, e.Month, s.Notices, aNotice)
	case NoticeExempted:
		if e.Until < e.Month {
			return backwards.Refuse()
		}
		return cmp.Or(allowMonth(s, e.Month, s.Exempt, anExemption), allowMonth(s, e.Until, s.Exempt, anExemption))
	case NoticeMissed:
		return cmp.Or(allowMonth(s, e.Month, s.Notices, aNotice), allowMonth(s, e.Month, s.Missed, aMiss))
	case Suspended:
		return cmp.Or(allowMonth(s, e.Month, s.Notices, aNotice), allowMonth(s, e.Month, s.Suspended, aSuspension))
	case Paid:
		if e.Amount > s.Level {
			return paidTooMuch.Refuse()
		}
		return cmp.Or(allowMonth(s, e.Month, s.Payments, aPayment), s.payable(e.Month))
	case UnclaimedNotified:
		return cmp.Or(allowMonth(s, e.Month, s.Payments, aPayment), allowMonth(s, e.Month, s.Unclaimed, aReturn), s.payable(e.Month))
	}
	return nil
}

// allowAge refuses what can only be a wrong year: nobody works under a contract before fifteen, and a hundred is a slip
// of the pen.
func allowAge(age int) error {
	if age < 15 || age > 100 {
		return implausibleAge.Refuse(age)
	}
	return nil
}

func allowMonth(s State, month int, done monthSet, what domain.Text) error {
	if month > s.Months {
		return beyondEntitlement.Refuse(month, s.Months)
	}
	if done.has(month) {
		return monthDone.Refuse(month, what)
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
