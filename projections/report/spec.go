// Package report turns figures into the monthly report: sentences in the office's register and an annex of figures.
//
//	Spec (what stands where) + figures.Sheet (the numbers) ─▶ Report (sentences, rows, remarks) ─▶ text
//
// A report cites; it never counts. Whatever is odd about the figures stands among its remarks, never hidden.
package report

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Spec says which figures stand where in a report.
type Spec struct {
	Name     string
	Title    string
	Office   string
	Valid    calendar.Range // the months for which the office makes it
	Sections []Section
}

// Section is a field of work in a report.
type Section struct {
	Title string
	Lines []Line
}

// Line is a sentence about a figure. Money, where it is set, is an amount that belongs to it and is said with it.
type Line struct {
	Say       string // the sentence's beginning; the number with its unit follows
	Indicator string
	Money     string
	By        string // the breakdown in brackets, where there is one
}

// Specs are the reports that the service knows.
var Specs = []Spec{
	{
		Name:   "so-ldtbxh-2024",
		Title:  "Kết quả công tác lao động, người có công và xã hội",
		Office: "Sở Lao động - Thương binh và Xã hội",
		Valid:  calendar.Range{From: 20210101, To: 20250228},
		Sections: []Section{
			{Title: "Bảo hiểm thất nghiệp", Lines: []Line{
				{Say: "Tiếp nhận hồ sơ đề nghị hưởng trợ cấp thất nghiệp", Indicator: "unemployment.claims"},
				{Say: "Ban hành quyết định hưởng trợ cấp thất nghiệp cho", Indicator: "unemployment.decisions", Money: "unemployment.amount_decided"},
			}},
			{Title: "Giáo dục nghề nghiệp", Lines: []Line{
				{Say: "Tỷ lệ lao động qua đào tạo (theo công bố)", Indicator: "training.trained_rate"},
			}},
			{Title: "Người có công", Lines: []Line{
				{Say: "Chi trả trợ cấp ưu đãi hằng tháng cho", Indicator: "merit.allowance_persons", Money: "merit.allowance_amount",
					By: "channel"},
				{Say: "Giải quyết hồ sơ người có công và thân nhân", Indicator: "merit.dossiers_resolved"},
				{Say: "Đón nhận, an táng hài cốt liệt sĩ", Indicator: "remains.received"},
			}},
			{Title: "Cai nghiện ma túy", Lines: []Line{
				{Say: "Học viên đang có mặt tại cơ sở cai nghiện", Indicator: "rehab.present"},
				{Say: "Học viên hoàn thành cai nghiện", Indicator: "rehab.completed",
					By: "regime"},
			}},
		},
	},
}

// Find returns a report by name; without a name, the one that an office makes for the month.
func Find(name string, m calendar.Month) (Spec, error) {
	i := slices.IndexFunc(Specs, func(s Spec) bool {
		return s.Name == name || name == "" && s.Valid.Has(m.First())
	})
	if i < 0 {
		return Spec{}, &domain.Error{Kind: domain.NotFound, Code: "report.no_such_spec", Field: "spec",
			Msg: "không có mẫu báo cáo này, hoặc không có mẫu nào cho tháng " + m.String()}
	}
	return Specs[i], nil
}
