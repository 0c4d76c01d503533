package period

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a month that was not opened.
var after = map[string][]Status{
	"period.opened":    {""},
	"period.drafted":   {StatusOpened, StatusReturned},
	"period.submitted": {StatusDrafted},
	"period.returned":  {StatusSubmitted, StatusApproved},
	"period.approved":  {StatusSubmitted},
	"period.published": {StatusApproved},
	"period.reissued":  {StatusPublished},
}

var statusNames = map[Status]domain.Text{
	"": {Vi: "chưa mở", En: "is not opened"}, StatusOpened: {Vi: "đã mở", En: "is opened"}, StatusDrafted: {Vi: "đã soạn", En: "is drafted"},
	StatusSubmitted: {Vi: "đã trình", En: "is submitted"}, StatusReturned: {Vi: "đã bị trả lại", En: "was returned"},
	StatusApproved: {Vi: "đã duyệt", En: "is approved"}, StatusPublished: {Vi: "đã phát hành", En: "is published"},
}

var (
	unknownCommand = domain.Rule{Code: "period.unknown_command",
		Say: domain.Text{Vi: "kỳ báo cáo không có lệnh này", En: "a month's report has no such command"}}
	notAllowedNow = domain.Rule{Code: "period.not_allowed_now",
		Say: domain.Text{Vi: "kỳ báo cáo %s nên không thể ghi việc này", En: "the month's report %s, so this cannot happen to it"}}
	tooEarly = domain.Rule{Code: "period.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is before %s, the day of the act before it"}}
	ownApproval = domain.Rule{Code: "period.own_approval",
		Say: domain.Text{Vi: "người duyệt phải khác người trình", En: "whoever submitted the report cannot approve it"}}
	tooSoon = domain.Rule{Code: "period.too_soon",
		Say: domain.Text{Vi: "kỳ báo cáo từ ngày %s mới bắt đầu", En: "the month begins on %s only"}}
	incomplete = domain.Rule{Code: "period.incomplete", Law: "NĐ 30/2020 Đ8",
		Say: domain.Text{Vi: "báo cáo phát hành cần số, người ký, vị trí nhật ký và số liệu", En: "a publication needs a number, a signer, a position and figures"}}
	wrongDigest = domain.Rule{Code: "period.wrong_digest",
		Say: domain.Text{Vi: "dấu không khớp với nội dung báo cáo", En: "the digest is not that of the content"}}
	older = domain.Rule{Code: "period.older",
		Say: domain.Text{Vi: "vị trí nhật ký %d trước vị trí %d của lần phát hành trước", En: "position %d is before %d, that of the publication before"}}
	sameNumber = domain.Rule{Code: "period.same_number", Field: "number", Law: "NĐ 30/2020 Đ15",
		Say: domain.Text{Vi: "lần phát hành lại phải có số mới", En: "a reissue needs a number of its own"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	switch e := act.Event.(type) {
	case Approved:
		if e.By == s.Submitter && !e.Own {
			return ownApproval.Refuse()
		}
	case Published:
		// Before its end it may be signed, as offices do: what comes after is adjusted in the next report.
		if first := s.Series.Calendar.Month(s.Month).From; act.Occurred < first {
			return tooSoon.Refuse(first)
		}
	}
	if e, ok := act.Event.(interface{ publication() Publication }); ok {
		return allowPublication(s, e.publication())
	}
	return nil
}

func allowPublication(s State, p Publication) error {
	if p.Number == "" || p.Signer == "" || p.Position == 0 || len(p.Figures) == 0 {
		return incomplete.Refuse()
	}
	if DigestOf(p.Content) != p.Digest {
		return wrongDigest.Refuse()
	}
	for _, i := range s.Issues {
		if p.Position < i.Position {
			return older.Refuse(p.Position, i.Position)
		}
		if p.Number == i.Number {
			return sameNumber.Refuse()
		}
	}
	return nil
}
