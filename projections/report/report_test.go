package report

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

var update = flag.Bool("update", false, "write the golden files anew")

func n(q int64) figures.Number { return figures.Number{Quantity: q, Parts: 1} }

// sheet is a made-up month in which every figure of the report stands.
func sheet() figures.Sheet {
	month := calendar.Month{Year: 2024, Month: 4}
	days := calendar.Civil.Month(month)
	s := figures.Sheet{Month: month, Calendar: calendar.Civil, From: days.From, To: days.To, Area: "20", Position: 38717}
	add := func(f figures.Figure) { s.Figures = append(s.Figures, f) }
	add(figures.Figure{Indicator: "unemployment.claims", Label: "Hồ sơ đề nghị hưởng", Unit: "hồ sơ", Kind: domain.Flow,
		Value: n(451), YTD: n(1372), LastYear: n(1164), ChangePct: figures.Number{Quantity: -6125, Parts: 100}})
	add(figures.Figure{Indicator: "unemployment.decisions", Label: "Người có quyết định hưởng", Unit: "người", Kind: domain.Flow, Value: n(269), YTD: n(1428),
		Breakdown: []figures.Part{{By: "sex", Key: "female", Value: n(260)}, {By: "sex", Key: figures.Other, Value: n(9)}}})
	add(figures.Figure{Indicator: "unemployment.amount_decided", Label: "Số tiền theo quyết định", Unit: "VND", Kind: domain.Flow, Value: n(4622000000), YTD: n(22570000000)})
	add(figures.Figure{Indicator: "training.trained_rate", Label: "Tỷ lệ lao động qua đào tạo", Unit: "%", Kind: domain.Reported, Value: figures.Number{Quantity: 6230, Parts: 100}})
	add(figures.Figure{Indicator: "merit.allowance_persons", Label: "Người hưởng trợ cấp", Unit: "người", Kind: domain.Distinct, Value: n(3591), YTD: n(3650),
		Breakdown: []figures.Part{{By: "channel", Key: "account", Value: n(998)}, {By: "channel", Key: "cash", Value: n(2593)}}})
	add(figures.Figure{Indicator: "merit.allowance_amount", Label: "Kinh phí trợ cấp", Unit: "VND", Kind: domain.Flow, Value: n(8510800000), YTD: n(8510800000),
		Breakdown: []figures.Part{{By: "channel", Key: "account", Value: n(2372800000)}, {By: "channel", Key: "cash", Value: n(6138000000)}}})
	add(figures.Figure{Indicator: "merit.dossiers_received", Label: "Hồ sơ tiếp nhận", Unit: "hồ sơ", Kind: domain.Flow, Value: n(103), YTD: n(426)})
	add(figures.Figure{Indicator: "merit.dossiers_resolved", Label: "Hồ sơ đã giải quyết", Unit: "hồ sơ", Kind: domain.Flow, Value: n(199), YTD: n(457)})
	add(figures.Figure{Indicator: "remains.received", Label: "Hài cốt liệt sĩ được đón nhận", Unit: "hài cốt", Kind: domain.Flow, Value: n(1), YTD: n(1)})
	add(figures.Figure{Indicator: "rehab.present", Label: "Học viên đang có mặt", Unit: "học viên", Kind: domain.Stock, Value: n(452), LastYear: n(452), ChangePct: figures.Number{Quantity: 0, Parts: 100}})
	add(figures.Figure{Indicator: "rehab.completed", Label: "Học viên hoàn thành", Unit: "học viên", Kind: domain.Flow, Value: n(34), YTD: n(34), LastYear: n(30), ChangePct: figures.Number{Quantity: 1333, Parts: 100}})
	return s
}

func TestTheReportReadsAsAnOfficeWritesIt(t *testing.T) {
	t.Parallel()
	spec, err := Find("", calendar.Month{Year: 2024, Month: 4})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Build(spec, sheet())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := WriteText(&b, r); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "2024-04.txt")
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the report differs from %s; look, and write it anew with -update:\n%s", golden, b.String())
	}
}

func TestAFigureThatIsMissingIsAnError(t *testing.T) {
	t.Parallel()
	s := sheet()
	s.Figures = s.Figures[1:]
	if _, err := Build(Specs[0], s); domain.CodeOf(err) != "report.figure_missing" {
		t.Errorf("got %v", err)
	}
}

func TestNoReportForAMonthOutsideItsTime(t *testing.T) {
	t.Parallel()
	if _, err := Find("", calendar.Month{Year: 2025, Month: 3}); domain.CodeOf(err) != "report.no_such_spec" {
		t.Errorf("the department was merged on 01/3/2025, got %v", err)
	}
}

func TestEveryFigureOfASpecIsAgreedOn(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, f := range sheet().Figures {
		have[f.Indicator] = true
	}
	for _, spec := range Specs {
		for _, s := range spec.Sections {
			for _, l := range s.Lines {
				if !have[l.Indicator] || l.Money != "" && !have[l.Money] {
					t.Errorf("%s cites %s %s, which the test's sheet lacks", spec.Name, l.Indicator, l.Money)
				}
			}
		}
	}
}
