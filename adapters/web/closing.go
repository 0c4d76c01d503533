package web

import (
	"cmp"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/closing"
	"hoso/projections/desk"
	"hoso/projections/periods"
)

// takeStep does the next step of a month's report and leads back to it.
func takeStep(a *Ask) (string, error) {
	if err := a.ParseForm(); err != nil {
		return "", domain.Malformed("web.bad_form", "", "biểu mẫu không đọc được")
	}
	q, err := a.question()
	if err != nil {
		return "", err
	}
	q.AsOf, q.Known = 0, ""
	name := a.PostFormValue("step")
	if err := desk.May(a.Context(), periods.CaseType+"."+name, q.Area); err != nil { // before anything is counted
		return "", err
	}
	id, err := uuid.Parse(a.PostFormValue("command"))
	if err != nil {
		return "", domain.Malformed("command.no_id", "command", "thiếu mã lệnh")
	}
	m, err := a.Desk.Month(a.Context(), q.Spec, q.asks())
	if err != nil {
		return "", err
	}
	by := closing.By{On: a.today(), ID: id}
	out, err := a.step(m, by, name)
	if err != nil {
		return "", a.sendBack(q.Link("/bao-cao"), name, err)
	}
	if err := a.WaitFor(a.Context(), out.Position); err != nil {
		return "", err
	}
	return q.Link("/bao-cao"), nil
}

func (a *Ask) step(m closing.Month, by closing.By, name string) (domain.Outcome, error) {
	reason := a.PostFormValue("reason")
	switch name {
	case "open":
		return m.Take(a.Context(), by, m.Open())
	case "draft":
		return m.Take(a.Context(), by, period.Draft{})
	case "submit":
		return m.Take(a.Context(), by, period.Submit{})
	case "approve":
		return m.Take(a.Context(), by, period.Approve{})
	case "return":
		if reason == "" {
			return domain.Outcome{}, domain.Malformed("data.missing", "reason", "cần lý do trả lại, để người soạn biết phải sửa gì")
		}
		return m.Take(a.Context(), by, period.Return{Reason: reason})
	case "publish", "reissue":
		s := closing.Signature{Number: a.PostFormValue("number"), Signer: a.PostFormValue("signer")}
		var err error
		if s.Signed, err = calendar.ParseDate(cmp.Or(a.PostFormValue("signed"), by.On.String())); err != nil {
			return domain.Outcome{}, domain.Malformed("data.ill_typed", "signed", "%s", err)
		}
		if name == "reissue" {
			if s.Reason = reason; reason == "" {
				return domain.Outcome{}, domain.Malformed("data.missing", "reason", "cần lý do phát hành lại")
			}
		}
		p, _, err := m.Prepare(a.Context(), s)
		if err != nil {
			return domain.Outcome{}, err
		}
		return m.Publish(a.Context(), by, s, p)
	}
	return domain.Outcome{}, domain.Malformed("web.no_such_step", "step", "không có bước này")
}
