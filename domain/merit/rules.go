package merit

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
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

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "was not opened"},
	StatusReceived:  {Vi: "đã tiếp nhận", En: "was received"},
	StatusForwarded: {Vi: "đã chuyển đi thẩm định", En: "was forwarded"},
	StatusExamined:  {Vi: "đã có kết luận", En: "was examined"},
	StatusResolved:  {Vi: "đã giải quyết", En: "was resolved"},
	StatusRefused:   {Vi: "đã bị từ chối", En: "was refused"},
	StatusReturned:  {Vi: "đã trả lại để bổ sung", En: "was returned for completion"},
	StatusWithdrawn: {Vi: "đã rút", En: "was withdrawn"},
	StatusAllowance: {Vi: "đang hưởng trợ cấp", En: "has a running allowance"},
	StatusSuspended: {Vi: "đang tạm đình chỉ trợ cấp", En: "has a suspended allowance"},
	StatusEnded:     {Vi: "đã chấm dứt trợ cấp", En: "has an allowance that ended"},
}

var (
	unknownCommand = domain.Rule{Code: "merit.unknown_command", Say: domain.Text{
		Vi: "hồ sơ người có công không có lệnh này", En: "a merit case has no such command"}}
	notAllowedNow = domain.Rule{Code: "merit.not_allowed_now", Say: domain.Text{
		Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "merit.too_early", Say: domain.Text{
		Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before"}}
	otherBeneficiary = domain.Rule{Code: "merit.other_beneficiary", Say: domain.Text{
		Vi: "người, nơi cư trú và đối tượng phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại",
		En: "person, commune and category must be those with which the case was opened; void the later acts and record them anew"}}
	otherProcedure = domain.Rule{Code: "merit.other_procedure", Say: domain.Text{
		Vi: "thủ tục phải như khi tiếp nhận; hãy mở hồ sơ khác", En: "the procedure must be the one that was received; open another case"}}
	dueUnknown = domain.Rule{Code: "merit.due_unknown", Law: "NĐ 131/2021", Say: domain.Text{
		Vi: "bảng thời hạn không có thủ tục này tại nơi tiếp nhận; hãy ghi hạn trả kết quả",
		En: "the table of deadlines does not have this procedure where it was received; state when the answer is due"}}
	dueBeforeReceipt = domain.Rule{Code: "merit.due_before_receipt", Say: domain.Text{
		Vi: "hạn trả kết quả %s trước ngày tiếp nhận", En: "the answer is due on %s, before the receipt"}}
	stepDueBefore = domain.Rule{Code: "merit.step_due_before", Say: domain.Text{
		Vi: "hạn của bước %s trước ngày nhận", En: "the step is due on %s, before it begins"}}
	beneficiaryMissing = domain.Rule{Code: "merit.beneficiary_missing", Say: domain.Text{
		Vi: "cần người hưởng, nơi cư trú và đối tượng", En: "person, commune and category are needed"}}
	twoLevels = domain.Rule{Code: "merit.two_levels", Say: domain.Text{
		Vi: "hãy ghi mức hưởng hoặc hệ số, không ghi cả hai", En: "state a level or a multiple of the standard, not both"}}
	levelMissing = domain.Rule{Code: "merit.level_missing", Say: domain.Text{
		Vi: "cần mức hưởng hoặc hệ số so với mức chuẩn", En: "a level or a multiple of the standard is needed"}}
	sameLevel = domain.Rule{Code: "merit.same_level", Say: domain.Text{
		Vi: "mức hưởng của tháng %s đã là mức này", En: "the level of the month %s is this already"}}
	resumedBeforeSuspension = domain.Rule{Code: "merit.resumed_before_suspension", Say: domain.Text{
		Vi: "tháng hưởng lại %s trước tháng tạm đình chỉ %s", En: "it is resumed in the month %s, before it was suspended in the month %s"}}
)

func (r rules) allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	// A payment is looked at by its month; its day may lie before a suspension that was recorded first.
	since := s.Since
	if _, ok := act.Event.(AllowancePaid); ok {
		since = s.Allowance.Started
	}
	if act.Occurred < since {
		return tooEarly.Refuse(act.Occurred, since)
	}
	if e, ok := act.Event.(interface{ beneficiary() Beneficiary }); ok && s.Status != "" && e.beneficiary() != s.Dossier.Beneficiary {
		return otherBeneficiary.Refuse()
	}
	if e, ok := act.Event.(interface{ dossier() Dossier }); ok && s.Status != "" && e.dossier() != s.Dossier {
		return otherProcedure.Refuse()
	}
	switch e := act.Event.(type) {
	case Received:
		if e.Due.IsZero() {
			return dueUnknown.Refuse()
		}
		if e.Due < act.Occurred {
			return dueBeforeReceipt.Refuse(e.Due)
		}
		return allowStep(e.StepDue, act)
	case Forwarded:
		return allowStep(e.Due, act)
	}
	return r.allowAllowance(s, act)
}

func allowStep(due calendar.Date, act domain.Act) error {
	if !due.IsZero() && due < act.Occurred {
		return stepDueBefore.Refuse(due)
	}
	return nil
}

func (r rules) allowAllowance(s State, act domain.Act) error {
	a := s.Allowance
	switch e := act.Event.(type) {
	case AllowanceStarted:
		if e.Person.IsZero() || e.Commune == "" || e.Category == "" {
			return beneficiaryMissing.Refuse()
		}
		if e.Level > 0 && e.PerMille > 0 {
			return twoLevels.Refuse()
		}
	case AllowanceChanged:
		return a.allowChange(e)
	case AllowancePaid:
		return r.allowPayment(a, e, act.Occurred)
	case AllowanceSuspended:
		if compare(e.From, a.First) < 0 {
			return beforeStart.Refuse(e.From, a.First)
		}
	case AllowanceResumed:
		if pause := a.Pauses[len(a.Pauses)-1]; compare(e.From, pause.From) < 0 {
			return resumedBeforeSuspension.Refuse(e.From, pause.From)
		}
	case AllowanceEnded:
		if compare(e.Last, a.First) < 0 {
			return beforeStart.Refuse(e.Last, a.First)
		}
	}
	return nil
}

func (a Allowance) allowChange(e AllowanceChanged) error {
	if compare(e.From, a.First) < 0 {
		return beforeStart.Refuse(e.From, a.First)
	}
	if e.Level > 0 && e.PerMille > 0 {
		return twoLevels.Refuse()
	}
	if e.Level == 0 && e.PerMille == 0 {
		return levelMissing.Refuse()
	}
	if l, known := a.decided(e.From); known && l.Amount == e.Level && l.PerMille == e.PerMille {
		return sameLevel.Refuse(e.From)
	}
	return nil
}
