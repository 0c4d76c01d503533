package remains

import (
	"slices"

	"hoso/domain"
	"hoso/domain/law"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"remains.transfer_requested":       {""},
	"remains.referral_issued":          {StatusRequested},
	"remains.handed_over":              {"", StatusReferred},
	"remains.received":                 {"", StatusReferred, StatusHandedOver},
	"remains.reburied":                 {StatusReceived},
	"remains.grave_notice_issued":      {StatusReburied},
	"remains.support_paid":             {StatusReceived, StatusReburied, StatusNoticed},
	"remains.database_updated":         {StatusHandedOver, StatusReceived, StatusReburied, StatusNoticed},
	"remains.filed":                    {StatusReferred, StatusHandedOver, StatusNoticed},
	"remains.identification_requested": {""},
	"remains.sample_taken":             {StatusAsked, StatusReceived, StatusReburied},
	"remains.result_received":          {StatusAsked, StatusReceived, StatusReburied},
	"remains.identified":               {"", StatusAsked, StatusReceived, StatusReburied},
	"remains.not_identified":           {StatusAsked},
}

var statusNames = map[Status]domain.Text{
	"":                  {Vi: "chưa được mở", En: "has not been opened"},
	StatusRequested:     {Vi: "đang chờ cấp giấy giới thiệu", En: "waits for the referral"},
	StatusReferred:      {Vi: "đã có giấy giới thiệu", En: "has its referral"},
	StatusHandedOver:    {Vi: "đã bàn giao hài cốt liệt sĩ", En: "says that the remains were handed over"},
	StatusReceived:      {Vi: "đã đón nhận hài cốt liệt sĩ", En: "says that the remains were received"},
	StatusReburied:      {Vi: "đã an táng", En: "says that the remains were buried"},
	StatusNoticed:       {Vi: "đã báo tin mộ", En: "has its grave notice"},
	StatusFiled:         {Vi: "đã lưu và kết thúc", En: "is filed"},
	StatusAsked:         {Vi: "đang xác định danh tính", En: "asks whose remains these are"},
	StatusIdentified:    {Vi: "đã xác định danh tính và kết thúc", En: "ended with the identification"},
	StatusNotIdentified: {Vi: "đã kết thúc mà chưa xác định được danh tính", En: "ended without identification"},
}

var (
	notAllowedNow = domain.Rule{Code: "remains.not_allowed_now",
		Say: domain.Text{Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "remains.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherJourney = domain.Rule{Code: "remains.other_journey",
		Say: domain.Text{Vi: "thân nhân và địa phương phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "the relative and the areas have to be those with which the case was opened; void what follows and record it again"}}
	journeyMissing = domain.Rule{Code: "remains.journey_missing", Law: "NĐ 131/2021 Đ159",
		Say: domain.Text{Vi: "cần thân nhân, địa phương đang an táng và địa phương đón nhận", En: "the relative, the area of the grave and the area that receives are needed"}}
	placeMissing = domain.Rule{Code: "remains.place_missing",
		Say: domain.Text{Vi: "cần địa phương đón nhận hoặc đang có hài cốt liệt sĩ", En: "the area that receives the remains, or where they are, is needed"}}
	nameWithoutRelative = domain.Rule{Code: "remains.name_without_relative",
		Say: domain.Text{Vi: "họ tên liệt sĩ được giữ cùng thân nhân; cần ghi thân nhân", En: "the martyr's name is kept with the relative, who is needed"}}
	databaseKnows = domain.Rule{Code: "remains.database_knows",
		Say: domain.Text{Vi: "cơ sở dữ liệu đã được cập nhật cho bước này", En: "the database was told about this step already"}}
)

func allow(l *law.Law, s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ journey() Journey }); ok && s.Status != "" {
		j := e.journey()
		if _, found := act.Event.(Identified); found && s.Journey.Person.IsZero() {
			j.Person = s.Journey.Person // whom nobody knew before
		}
		if j != s.Journey {
			return otherJourney.Refuse()
		}
	}
	switch e := act.Event.(type) {
	case HandedOver:
		if e.From == "" || e.To == "" || e.Person.IsZero() {
			return journeyMissing.Refuse()
		}
	case Received:
		if e.To == "" {
			return placeMissing.Refuse()
		}
		if e.Person.IsZero() && !e.Martyr.IsZero() {
			return nameWithoutRelative.Refuse()
		}
	case SupportPaid:
		return allowSupport(l, s, e, act.Occurred)
	case DatabaseUpdated:
		if s.InDatabase == s.Status {
			return databaseKnows.Refuse()
		}
	case SampleTaken, ResultReceived, Identified, NotIdentified:
		return allowIdentity(s, act)
	}
	return nil
}
