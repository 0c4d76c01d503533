package register

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"register.drafted":   {""},
	"register.submitted": {StatusDrafted, StatusReturned},
	"register.approved":  {StatusSubmitted},
	"register.returned":  {StatusSubmitted, StatusApproved},
	"register.issued":    {"", StatusApproved},
	"register.cancelled": {StatusDrafted, StatusSubmitted, StatusApproved, StatusReturned},
	"register.planned":   {""},
	"register.moved":     {StatusPlanned},
	"register.completed": {StatusPlanned},
	"register.dropped":   {StatusPlanned},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "not open"},
	StatusDrafted:   {Vi: "đang soạn thảo", En: "drafted"},
	StatusSubmitted: {Vi: "đã trình", En: "submitted"},
	StatusApproved:  {Vi: "đã duyệt", En: "approved"},
	StatusReturned:  {Vi: "đã trả lại để sửa", En: "returned"},
	StatusIssued:    {Vi: "đã ban hành", En: "issued"},
	StatusCancelled: {Vi: "đã hủy", En: "cancelled"},
	StatusPlanned:   {Vi: "đã có trong chương trình công tác", En: "planned"},
	StatusDone:      {Vi: "đã hoàn thành", En: "done"},
	StatusDropped:   {Vi: "đã đưa ra khỏi chương trình công tác", En: "dropped"},
}

var (
	unknownCommand  = domain.Rule{Code: "register.unknown_command", Say: domain.Text{Vi: "sổ văn bản không có lệnh này", En: "the register has no such command"}}
	notAllowedNow   = domain.Rule{Code: "register.not_allowed_now", Say: domain.Text{Vi: "văn bản hoặc công việc %s nên không thể ghi việc này", En: "the document or work is %s, so this cannot be recorded"}}
	tooEarly        = domain.Rule{Code: "register.too_early", Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is before %s, the day of the act before it"}}
	documentMissing = domain.Rule{Code: "register.document_missing", Law: "NĐ 30/2020 Đ8", Say: domain.Text{
		Vi: "văn bản không soạn thảo ở đây cần loại văn bản, trích yếu, lĩnh vực, cơ quan ban hành và địa bàn",
		En: "a document drafted elsewhere needs kind, subject, field, issuing body and area"}}
	monthPast = domain.Rule{Code: "register.month_past", Say: domain.Text{Vi: "tháng %s đã qua vào ngày %s", En: "%s was over on %s"}}
	sameMonth = domain.Rule{Code: "register.same_month", Say: domain.Text{Vi: "công việc đã ở tháng %s", En: "the work is planned for %s already"}}
	ofWhat    = domain.Rule{Code: "register.quantity_of_nothing", Say: domain.Text{Vi: "có số lượng thì phải nêu chỉ tiêu", En: "a quantity needs the indicator that it is of"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	switch e := act.Event.(type) {
	case Issued:
		if !e.complete() {
			return documentMissing.Refuse()
		}
	case Planned:
		if e.Quantity > 0 && e.Indicator == "" {
			return ofWhat.Refuse()
		}
		return allowMonth(e.Month, act.Occurred)
	case Moved:
		if e.Month == s.Work.Month {
			return sameMonth.Refuse(e.Month)
		}
		return allowMonth(e.Month, act.Occurred)
	}
	return nil
}

// allowMonth lets work be planned for the month that runs and for those to come.
func allowMonth(m calendar.Month, on calendar.Date) error {
	if m.Last() < on {
		return monthPast.Refuse(m, on)
	}
	return nil
}
