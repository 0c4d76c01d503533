package sample

import (
	"fmt"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/register"
)

// registerLife tells documents, and of each plan the work that follows from it.
var registerLife = Life{
	Prefix: "vb",
	Moves: []Move{
		{Name: "draft", From: []string{""}, To: "drafted",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				kind, on := issued(c)
				office, _ := officeOn(on)
				if kind == "plan" {
					office = "UBND tỉnh"
				}
				subject := subjects[kind][w.rand.IntN(len(subjects[kind]))]
				return register.Draft{Kind: kind, Subject: fmt.Sprintf(subject.text, on.Year()), Field: subject.field, Issuer: office, Area: w.province}
			}},
		{Name: "submit", From: []string{"drafted"}, To: "submitted",
			Do: func(*World, *Case, *Act) domain.Command { return register.Submit{} }},
		{Name: "approve", From: []string{"submitted"}, To: "approved",
			Do: func(*World, *Case, *Act) domain.Command { return register.Approve{} }},
		{Name: "issue_plan", From: []string{"approved"}, To: "issued", Count: "register.plans_issued", Lead: 3,
			Within: "register.documents_issued", As: map[string]string{"kind": "plan"}, Do: issue},
		{Name: "issue", From: []string{"approved"}, To: "issued", Count: "register.documents_issued", Lead: 3,
			Prefer: map[string][]string{"kind": {"decision", "decision", "letter", "letter", "letter", "report"}}, Do: issue},
		{Name: "plan", From: []string{""}, To: "planned",
			Do: func(w *World, _ *Case, a *Act) domain.Command {
				return register.Plan{What: w.pick([]string{"Kiểm tra việc triển khai kế hoạch tại các xã", "Tập huấn cho cán bộ cấp xã"}),
					Month: calendar.Civil.MonthOf(a.On).Add(1), Field: "other", Area: w.province}
			}},
		{Name: "complete", From: []string{"planned"}, To: "done",
			Do: func(*World, *Case, *Act) domain.Command { return register.Complete{} }},
	},
	Open: func(w *World, c *Case) error {
		c.Person.Commune = w.province
		return nil
	},
	Live: func(t *Teller, c *Case) {
		if _, ok := c.Find("issue_plan"); !ok {
			return
		}
		work, err := t.perform(t.move("plan"), c.Last, nil)
		if err == nil {
			t.Try(work, "complete", c.Last.AddDays(30+t.rand.IntN(20)), nil)
		}
	},
}

func issue(w *World, c *Case, a *Act) domain.Command {
	w.documents++
	kind, _ := issued(c)
	_, symbol := officeOn(a.On)
	symbol = map[string]string{"plan": "KH-UBND", "decision": "QĐ-" + symbol, "letter": symbol + "-VP", "report": "BC-" + symbol}[kind]
	return register.Issue{Number: register.Number(fmt.Sprintf("%d/%s", w.documents, symbol))}
}

// issued tells what kind of document a case is, and when it is issued.
func issued(c *Case) (kind string, on calendar.Date) {
	if a, ok := c.Find("issue"); ok {
		return a.By["kind"], a.On
	}
	a, _ := c.Find("issue_plan")
	return "plan", a.On
}

// officeOn returns the department that had the field of labour on a day, and its symbol.
func officeOn(d calendar.Date) (name, symbol string) {
	if d < 20250301 {
		return "Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"
	}
	return "Sở Nội vụ", "SNV"
}

// subjects are subject lines by kind, with room for the year.
var subjects = map[string][]struct{ text, field string }{
	"plan": {{"Rà soát hộ nghèo, hộ cận nghèo năm %d", "poverty"}, {"Giải quyết việc làm năm %d", "employment"},
		{"Điều dưỡng tập trung người có công năm %d", "convalescence"}},
	"decision": {{"Thành lập đoàn kiểm tra công tác lao động năm %d", "employment"}, {"Phân bổ chỉ tiêu đào tạo nghề năm %d", "training"}},
	"letter":   {{"Đôn đốc báo cáo công tác lao động năm %d", "other"}, {"Hướng dẫn chi trả trợ cấp ưu đãi năm %d", "merit"}},
	"report":   {{"Kết quả công tác lao động, người có công và xã hội năm %d", "other"}},
}
