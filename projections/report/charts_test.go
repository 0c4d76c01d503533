package report_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/report"
	"hoso/projections/report/chart"
)

// years is an office whose months are known over two years, and whose figures are divided by twenty communes.
type years struct{ office }

func (years) Series(_ context.Context, q figures.Query) ([]figures.Series, error) {
	s := figures.Series{Indicator: q.Indicators[0]}
	for m := range int64(q.Month.Month) {
		s.Months = append(s.Months, n(int64(q.Month.Year)*100+m+1))
	}
	return []figures.Series{s}, nil
}

func (y years) Figures(ctx context.Context, q figures.Query) (figures.Sheet, error) {
	sheet, err := y.office.Figures(ctx, q)
	if q.By == "" || err != nil {
		return sheet, err
	}
	f := figures.Figure{Indicator: q.Indicators[0]}
	for i := range int64(20) {
		f.Areas = append(f.Areas, figures.AreaPart{Name: fmt.Sprintf("%s %02d", q.By, i), Value: n(i % 7)})
	}
	f.Areas[3].Value = figures.Number{}
	sheet.Figures = []figures.Figure{f}
	return sheet, nil
}

func TestCharts(t *testing.T) {
	t.Parallel()
	claims := figures.Figure{Indicator: "unemployment.claims", Label: "Hồ sơ", Unit: "hồ sơ", Kind: domain.Flow, Value: n(451), LastYear: n(1164), Plan: n(5000)}
	source := years{office{figures: map[calendar.Month][]figures.Figure{april: {claims}}}}
	spec := report.Spec{Name: "x", Title: "X", Office: "Sở X", Symbol: "BC-X", Charts: []report.Shown{
		{Show: "month", Of: []string{"unemployment.claims"}, Title: "Thất nghiệp"}, {Show: "year", Of: []string{"unemployment.claims"}},
		{Show: "twelve_months", Of: []string{"unemployment.claims"}}, {Show: "communes", Of: []string{"unemployment.claims"}},
	}}
	r, err := report.Build(t.Context(), field(), spec, source, figures.Query{Month: april})
	if err != nil {
		t.Fatal(err)
	}
	if r.Paper.Symbol != "BC-X" {
		t.Error(r.Paper)
	}
	said := func(c chart.Chart) string {
		var points []string
		for _, p := range c.Points {
			texts := []string{p.Label}
			for _, v := range p.Values {
				texts = append(texts, v.Text)
			}
			points = append(points, strings.Join(texts, " "))
		}
		return c.ID + ": " + c.Title + ": " + strings.Join(points, ", ")
	}
	for n, want := range []string{
		"1-month: Thất nghiệp: tháng 4/2024 so với cùng kỳ năm 2023: Hồ sơ 451 1.164",
		"2-year: Hồ sơ: lũy kế từ đầu năm 2024: 01/2024 202.401, 02/2024 404.803, 3/2024 607.206, 4/2024 809.610",
		"3-twelve_months: Hồ sơ: 12 tháng đến tháng 4/2024: 5/2023 202.305, 6/2023 202.306, 7/2023 202.307, 8/2023 202.308, 9/2023 202.309, 10/2023 202.310, " +
			"11/2023 202.311, 12/2023 202.312, 01/2024 202.401, 02/2024 202.402, 3/2024 202.403, 4/2024 202.404",
		"4-communes: Hồ sơ theo xã, tháng 4/2024 (15 đơn vị cao nhất trong 20): commune 06 6, commune 13 6, commune 05 5, commune 12 5, commune 19 5, commune 04 4, " +
			"commune 11 4, commune 18 4, commune 10 3, commune 17 3, commune 02 2, commune 09 2, commune 16 2, commune 01 1, commune 08 1",
	} {
		if got := said(r.Charts[n]); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	if mark := r.Charts[1].Mark; mark == nil || mark.Value.Text != "5.000" {
		t.Error("the year's plan is not marked", mark)
	}
}

func TestChartsThatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shown report.Shown
		code  string
	}{
		"an unknown kind":       {report.Shown{Show: "pie", Of: []string{"unemployment.claims"}}, "report.bad_chart"},
		"of nothing":            {report.Shown{Show: "month"}, "report.bad_chart"},
		"of what nobody counts": {report.Shown{Show: "month", Of: []string{"no.such"}}, "report.figure_missing"},
		"of two units":          {report.Shown{Show: "month", Of: []string{"unemployment.claims", "employment.sessions"}}, "report.bad_chart"},
		"two over twelve":       {report.Shown{Show: "twelve_months", Of: []string{"unemployment.claims", "merit.dossiers_received"}}, "report.bad_chart"},
		"a year of persons":     {report.Shown{Show: "year", Of: []string{"merit.allowance_persons"}}, "report.bad_chart"},
	} {
		spec := report.Spec{Name: "x", Title: "X", Office: "X", Charts: []report.Shown{c.shown}}
		if err := spec.Check(field()); domain.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

func TestPaper(t *testing.T) {
	t.Parallel()
	r := report.Report{Title: "Kết quả", Superior: "Ủy ban nhân dân tỉnh", To: 20240430, Month: april}
	if got := r.Paper.NumberLine() + " | " + r.Paper.DateLine(r) + " | " + r.Above(); got != "Số: ……/BC-…… | ……, ngày …… tháng …… năm 2024 | UBND tỉnh" {
		t.Error(got)
	}
	r.Paper = report.Paper{Symbol: "BC-SNV", Number: "07", Seat: "Lạng Sơn", Date: 20240208}
	if got := r.Paper.NumberLine() + " | " + r.Paper.DateLine(r) + " | " + r.Above(); got != "Số: 07/BC-SNV | Lạng Sơn, ngày 08 tháng 02 năm 2024 | UBND tỉnh Lạng Sơn" {
		t.Error(got)
	}
	if got := strings.Join(r.SentTo(), " "); got != "- UBND tỉnh Lạng Sơn (để báo cáo); - Lưu: VT." {
		t.Error(got)
	}
}
