// Package reporttest has the reports with which the writers of files are tested: one as offices have it, and one whose texts
// try to be markup, formulas or longer than any line.
package reporttest

import (
	"iter"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/report"
	"hoso/projections/report/chart"
)

func n(q int64) figures.Number { return figures.Number{Quantity: q, Parts: 1} }

// Sample is a report of April 2024 in short, signed.
func Sample() report.Report {
	month := calendar.Month{Year: 2024, Month: 4}
	return report.Report{
		Spec: "so-ldtbxh-2024", Title: "Kết quả công tác lao động, người có công và xã hội", Office: "Sở Lao động - Thương binh và Xã hội", Superior: "Ủy ban nhân dân tỉnh",
		Place: "Tỉnh Lạng Sơn", Month: month, Calendar: calendar.Civil, From: month.First(), To: month.Last(), Position: 49343,
		Paper: report.Paper{Symbol: "BC-SLĐTBXH", Number: "123", Seat: "Lạng Sơn", Date: calendar.Of(2024, 5, 3), Standing: "KT. GIÁM ĐỐC", Role: "PHÓ GIÁM ĐỐC", Signer: "Nông Văn Thử"},
		Sections: []report.Told{
			{Title: "Bảo hiểm thất nghiệp", Calendar: calendar.Civil, Sentences: []string{"Tiếp nhận 451 hồ sơ đề nghị hưởng trợ cấp thất nghiệp, giảm 61,25% so với cùng kỳ năm 2023; lũy kế từ đầu năm 2024: 1.372 hồ sơ."}},
			{Title: "Người có công", Calendar: calendar.Fifteenth, Sentences: []string{"Kinh phí 8.510,8 triệu đồng."}, Tables: []report.Table{
				{Title: "Theo nhóm", Columns: []string{"TT", "Chỉ tiêu", "Số lượng", "Lũy kế"}, Rows: [][]string{{"1", "Thân nhân liệt sĩ", "1.032", "1.032"}}}}},
		},
		Annex: []figures.Figure{
			{Indicator: "unemployment.claims", Label: "Hồ sơ đề nghị hưởng trợ cấp thất nghiệp", Unit: "hồ sơ", Kind: domain.Flow, Value: n(451), YTD: n(1372), LastYear: n(1164),
				ChangePct: figures.Number{Quantity: -6125, Parts: 100}, MonthBefore: n(288), MonthPct: figures.Number{Quantity: 5660, Parts: 100}, Plan: n(5000), PlanPct: figures.Number{Quantity: 2744, Parts: 100},
				Breakdown: []figures.Part{{By: "sex", Key: "female", Value: n(232), YTD: n(688)}, {By: "sex", Key: "male", Value: n(219), YTD: n(684)}}},
			{Indicator: "merit.allowance_amount", Label: "Kinh phí trợ cấp ưu đãi hằng tháng", Unit: "VND", Kind: domain.Flow, Value: n(8_510_800_000), YTD: n(8_510_800_000),
				Breakdown: []figures.Part{{By: "channel", Key: "account", Value: n(2_372_800_000), YTD: n(2_372_800_000)}}}, // does not add up
			{Indicator: "unemployment.average_months", Label: "Số tháng hưởng bình quân", Unit: "tháng", Kind: domain.Ratio, Value: figures.Number{Quantity: 448, Parts: 100}},
			{Indicator: "poverty.poor", Label: "Hộ nghèo", Unit: "hộ", Kind: domain.Reported},
		},
		Findings: []report.Finding{{Code: "check.received_not_resolved", Indicator: "merit.dossiers_resolved", Message: "Hồ sơ người có công: tiếp nhận 113, giải quyết 199.", By: -86}},
		Remarks:  []string{"Số tiền trợ cấp thất nghiệp là giá trị các quyết định ký trong kỳ."},
		Charts: []chart.Chart{{ID: "1-month", Kind: chart.Columns, Title: "Hồ sơ: tháng 4/2024 so với cùng kỳ năm 2023", Unit: "hồ sơ", Series: []string{"Tháng 4/2024", "Tháng 4/2023"},
			Points: []chart.Point{{Label: "Hồ sơ đề nghị hưởng", Values: []chart.Value{{Quantity: 451, Text: "451"}, {Quantity: 1164, Text: "1.164"}}}}}},
	}
}

// hostile are texts that must stay texts.
var hostile = []string{
	`=cmd|' /C calc'!A0`, `+1+1`, `-2+3`, `@SUM(A1:A9)`, `<script>alert("x")</script>`, `</w:t></w:r><w:p/>`, `{{.Title}}`, `%s%d%n`, "a & b \"c\" 'd' [e]:f\\g/h?i*j",
	strings.Repeat("dài", 400), strings.Repeat("Nghiêng ngả ", 300), "e\u0302\u0301 tổ hợp rời: tiê\u0301ng Viê\u0323t", "\x00\x01\x1f\ufffe\u2028\u202e", "🏛️ 𝒳 \U0010ffff", "\xff\xfe", "", "  ", "'",
}

// Hostile is a report in which every text is hostile.
func Hostile() report.Report {
	r := Sample()
	at := 0
	next := func() string { at++; return hostile[at%len(hostile)] }
	r.Title, r.Office, r.Superior, r.Place = next(), next(), next(), next()
	r.Paper = report.Paper{Symbol: next(), Number: next(), Seat: next(), Date: r.Paper.Date, Standing: next(), Role: next(), Signer: next(), Recipients: hostile}
	r.Sections, r.Annex, r.Charts, r.Remarks, r.Findings = nil, nil, nil, hostile, nil
	for i, h := range hostile {
		r.Sections = append(r.Sections, report.Told{Title: h, Calendar: calendar.Civil, Sentences: hostile, Tables: []report.Table{{Title: h, Columns: []string{h, next(), next()}, Rows: [][]string{hostile[:3], hostile[9:12], {}}}}})
		r.Annex = append(r.Annex, figures.Figure{Indicator: h, Label: h, Unit: next(), Kind: domain.Flow, Value: n(int64(i) - 3),
			Breakdown: []figures.Part{{By: h, Key: next(), Value: n(int64(i) - 3)}}, Areas: []figures.AreaPart{{Area: h, Name: next(), Value: n(1)}}})
		r.Findings = append(r.Findings, report.Finding{Code: h, Indicator: h, Message: h})
		r.Charts = append(r.Charts, chart.Chart{ID: h, Kind: []chart.Kind{chart.Columns, chart.Line, chart.Ranks}[i%3], Title: h, Unit: h, Series: []string{h},
			Points: []chart.Point{{Label: h, Values: []chart.Value{{Quantity: int64(i), Text: h}}}, {Label: next(), Values: []chart.Value{{Quantity: -9, Text: "-9"}}}}})
	}
	return r
}

// Behind lists for each figure of a report one event with all of it.
func Behind(r report.Report) report.Behind {
	return func(indicator string) iter.Seq2[figures.Entry, error] {
		return func(yield func(figures.Entry, error) bool) {
			for _, f := range r.Annex {
				if f.Indicator != indicator || !f.Value.Known() {
					continue
				}
				yield(figures.Entry{Position: 7, ID: uuid.UUID{1}, Case: domain.StreamID{Type: "unemployment", ID: uuid.UUID{2}}, Type: "unemployment.filed",
					Occurred: r.To, Recorded: time.Unix(0, 0), Quantity: f.Value}, nil)
				return
			}
		}
	}
}
