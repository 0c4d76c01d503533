package convalescent

import (
	"slices"

	"hoso/domain"
	"hoso/domain/law"
	"hoso/domain/money"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"convalescent.listed":         {"", StatusRefused, StatusAttended, StatusPaid},
	"convalescent.approved":       {StatusListed},
	"convalescent.refused":        {StatusListed},
	"convalescent.attended":       {StatusApproved},
	"convalescent.allowed_again":  {StatusAttended},
	"convalescent.paid_home":      {StatusApproved},
	"convalescent.died":           {StatusListed, StatusApproved, StatusRefused, StatusAttended, StatusPaid},
	"convalescent.paid_relatives": {StatusDied},
}

var statusNames = map[Status]domain.Text{
	"":             {Vi: "chưa được mở", En: "has not been opened"},
	StatusListed:   {Vi: "đang chờ phê duyệt", En: "waits for approval"},
	StatusApproved: {Vi: "đã được phê duyệt", En: "is approved"},
	StatusRefused:  {Vi: "không được phê duyệt", En: "was refused"},
	StatusAttended: {Vi: "ghi đã điều dưỡng tập trung", En: "says that a batch was attended"},
	StatusPaid:     {Vi: "đã chi điều dưỡng tại nhà", En: "is paid"},
	StatusDied:     {Vi: "đã kết thúc vì người được điều dưỡng chết", En: "ended because the person died"},
	StatusSettled:  {Vi: "đã chi cho thân nhân", En: "ended with the payment to the relatives"},
}

var (
	notAllowedNow = domain.Rule{Code: "convalescent.not_allowed_now",
		Say: domain.Text{Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "convalescent.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherPerson = domain.Rule{Code: "convalescent.other_person",
		Say: domain.Text{Vi: "người, nơi cư trú và đối tượng phải như trong danh sách; hãy hủy các việc sau rồi ghi lại", En: "person, commune and category have to be those of the list; void what follows and record it again"}}
	wrongYear = domain.Rule{Code: "convalescent.wrong_year",
		Say: domain.Text{Vi: "danh sách ngày %s chỉ lập cho năm đó hoặc năm sau, không phải năm %d", En: "a list of %s is for that year or the next one, not for %d"}}
	tooSoon = domain.Rule{Code: "convalescent.too_soon", Law: "NĐ 75/2021 Đ6",
		Say: domain.Text{Vi: "đã hưởng chế độ năm %d; chu kỳ %d năm một lần", En: "the right was used in %d and comes every %d years"}}
	otherForm = domain.Rule{Code: "convalescent.other_form",
		Say: domain.Text{Vi: "hình thức được phê duyệt không phải hình thức này", En: "another form was approved"}}
	daysOverBatch = domain.Rule{Code: "convalescent.days_over_batch",
		Say: domain.Text{Vi: "đã điều dưỡng %d ngày là nhiều hơn %d ngày của đợt", En: "%d days were attended, and the batch had %d"}}
	attendedEnough = domain.Rule{Code: "convalescent.attended_enough", Law: "NĐ 131/2021 Đ84–87",
		Say: domain.Text{Vi: "đã điều dưỡng %d%% số ngày của đợt; chỉ người dưới %d%% mới được điều dưỡng lại", En: "%d%% of the batch was attended; only who attended less than %d%% may be let attend again"}}
	amountUnknown = domain.Rule{Code: "convalescent.amount_unknown", Law: "NĐ 75/2021 Đ6",
		Say: domain.Text{Vi: "chưa có mức điều dưỡng tại nhà của ngày phê duyệt; hãy ghi số tiền", En: "the rate at home on the day of the approval is not known; state the amount"}}
	nothingOwed = domain.Rule{Code: "convalescent.nothing_owed", Law: "NĐ 131/2021 Đ84–87",
		Say: domain.Text{Vi: "người chết chưa được phê duyệt, hoặc đã hưởng chế độ", En: "the person was not approved, or had used the right"}}
)

func allow(l *law.Law, s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ entitled() Entitled }); ok && s.Status != "" {
		_, again := act.Event.(Listed) // somebody may have moved, or be entitled on another ground, in a later round
		if e.entitled().Person != s.Entitled.Person || !again && e.entitled() != s.Entitled {
			return otherPerson.Refuse()
		}
	}
	switch e := act.Event.(type) {
	case Listed:
		if year := act.Occurred.Year(); e.Year != year && e.Year != year+1 {
			return wrongYear.Refuse(act.Occurred, e.Year)
		}
		if s.Taken != 0 && e.Year < s.Taken+e.Every {
			return tooSoon.Refuse(s.Taken, e.Every)
		}
	case Attended:
		if s.Form != "group" {
			return otherForm.Refuse()
		}
		if e.Days > e.Of {
			return daysOverBatch.Refuse(e.Days, e.Of)
		}
	case AllowedAgain:
		if c, ok := l.Convalescence(s.Since); ok && s.Share >= c.AgainBelowPercent {
			return attendedEnough.Refuse(s.Share, c.AgainBelowPercent)
		}
	case PaidHome:
		if s.Form != "home" {
			return otherForm.Refuse()
		}
		return allowAmount(e.Amount)
	case PaidRelatives:
		if !s.Owed {
			return nothingOwed.Refuse()
		}
		return allowAmount(e.Amount)
	}
	return nil
}

func allowAmount(amount money.VND) error {
	if amount == 0 {
		return amountUnknown.Refuse()
	}
	return nil
}
