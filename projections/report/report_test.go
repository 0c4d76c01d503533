package report_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/register"
	"hoso/projections/report"
)

var (
	april = calendar.Month{Year: 2024, Month: 4}
	may   = april.Add(1)
)

func n(q int64) figures.Number { return figures.Number{Quantity: q, Parts: 1} }

func pct(hundredths int64) figures.Number { return figures.Number{Quantity: hundredths, Parts: 100} }

// office is a source of which a test says everything.
type office struct {
	figures   map[calendar.Month][]figures.Figure
	series    []figures.Series
	doubles   []figures.Doubt
	leavers   []figures.Doubt
	documents []register.Document
	published map[period.Series][]periods.Published
	late      []figures.Late
}

func (o office) Figures(_ context.Context, q figures.Query) (figures.Sheet, error) {
	days := q.Calendar.Month(q.Month)
	return figures.Sheet{Month: q.Month, Calendar: q.Calendar, From: days.From, To: days.To, Area: "20", Position: 38717, Figures: o.figures[q.Month]}, nil
}
func (o office) Series(_ context.Context, q figures.Query) (all []figures.Series, _ error) {
	for _, s := range o.series {
		if slices.Contains(q.Indicators, s.Indicator) {
			all = append(all, s)
		}
	}
	return all, nil
}
func (o office) Doubles(context.Context, figures.Query) ([]figures.Doubt, error) {
	return o.doubles, nil
}
func (o office) Leavers(context.Context, figures.Query) ([]figures.Doubt, error) {
	return o.leavers, nil
}
func (o office) Publications(_ context.Context, s period.Series, _ domain.Ordinal) (all []periods.Published, _ error) {
	return o.published[s], nil
}
func (o office) Late(_ context.Context, _ figures.Query, since map[calendar.Month]domain.Ordinal) (all []figures.Late, _ error) {
	for _, l := range o.late {
		if _, ok := since[l.Month]; ok {
			all = append(all, l)
		}
	}
	return all, nil
}
func (o office) Register(_ context.Context, q register.Query) (all register.Register, _ error) {
	for _, d := range o.documents {
		if q.Issued.Has(d.Issued) {
			all.Documents = append(all.Documents, d)
		}
	}
	if q.Month == may {
		all.Works = []register.Work{{What: "Hoàn thiện dự thảo kế hoạch vay vốn giải quyết việc làm"}}
	}
	return all, nil
}

// field declares the indicators of the tests' sheets.
func field() *domain.Catalog {
	t := domain.With(domain.CaseType{Name: "field", Contribute: func(domain.Act) []domain.Contribution { return nil },
		Indicators: []domain.Indicator{
			{ID: "employment.sessions", Unit: "phiên", Measure: domain.Flow, Breakdowns: domain.By("kind=fixed|mobile|online")},
			{ID: "employment.counselled", Unit: "lượt người", Measure: domain.Flow},
			{ID: "unemployment.claims", Unit: "hồ sơ", Measure: domain.Flow},
			{ID: "unemployment.amount_decided", Unit: "VND", Measure: domain.Flow},
			{ID: "merit.allowance_persons", Unit: "người", Measure: domain.Distinct, Breakdowns: domain.By("channel=account|cash")},
			{ID: "merit.dossiers_received", Unit: "hồ sơ", Measure: domain.Flow},
			{ID: "merit.dossiers_resolved", Unit: "hồ sơ", Measure: domain.Flow},
			{ID: "children.screened", Unit: "trẻ em", Measure: domain.Flow},
			{ID: "relief.persons", Unit: "nhân khẩu", Measure: domain.Flow, Breakdowns: domain.By("campaign=<name>")},
			{ID: "relief.rice_kg", Unit: "kg", Measure: domain.Flow, Breakdowns: domain.By("campaign=<name>")},
			{ID: "rehab.present", Unit: "học viên", Measure: domain.Stock},
			{ID: "rehab.admitted", Unit: "học viên", Measure: domain.Flow},
			{ID: "rehab.completed", Unit: "học viên", Measure: domain.Flow},
			{ID: "training.trained_rate", Unit: "%", Measure: domain.Reported, Scale: 100},
			{ID: "convalescence.batches", Unit: "đợt", Measure: domain.Flow},
		},
		Balances: []domain.Balance{{Stock: "rehab.present", Enter: []string{"rehab.admitted"}, Leave: []string{"rehab.completed"}}},
	}, domain.Decider[int]{})
	return domain.NewCatalog(t)
}

// aMonth is a month in which everything fits together.
func aMonth() office {
	by := func(key, value string, month, year int64) figures.Part {
		return figures.Part{By: key, Key: value, Value: n(month), YTD: n(year)}
	}
	return office{documents: []register.Document{
		{Number: "12/QĐ-SLĐTBXH", Issued: 20240115, Kind: "decision", Issuer: "Sở", Subject: "Giao chỉ tiêu năm 2024"},
		{Number: "85/KH-UBND", Issued: 20240408, Kind: "plan", Issuer: "Ủy ban", Subject: "Rà soát hộ nghèo năm 2024"},
	}, figures: map[calendar.Month][]figures.Figure{
		april: {
			{Indicator: "employment.sessions", Label: "Phiên giao dịch việc làm", Unit: "phiên", Kind: domain.Flow, Value: n(8), YTD: n(20), LastYear: n(8), ChangePct: pct(0),
				MonthBefore: n(4), MonthPct: pct(10000), Plan: n(48), PlanPct: pct(4167),
				Breakdown: []figures.Part{by("kind", "fixed", 5, 12), by("kind", "mobile", 2, 6), by("kind", "online", 1, 2)}},
			{Indicator: "employment.counselled", Label: "Lượt người được tư vấn", Unit: "lượt người", Kind: domain.Flow, Value: n(1485), YTD: n(1485), LastYear: n(3512), ChangePct: pct(-5772)},
			{Indicator: "unemployment.claims", Label: "Hồ sơ đề nghị hưởng", Unit: "hồ sơ", Kind: domain.Flow, Value: n(451), YTD: n(1372), LastYear: n(1164), ChangePct: pct(-6125), MonthBefore: n(0)},
			{Indicator: "unemployment.amount_decided", Label: "Số tiền theo quyết định", Unit: "VND", Kind: domain.Flow, Value: n(4_622_000_000), YTD: n(22_570_000_000), LastYear: n(0)},
			{Indicator: "merit.allowance_persons", Label: "Người hưởng trợ cấp", Unit: "người", Kind: domain.Distinct, Value: n(3591), YTD: n(3650),
				Breakdown: []figures.Part{by("channel", "account", 998, 1020), by("channel", "cash", 2593, 2700)}},
			{Indicator: "merit.dossiers_received", Label: "Hồ sơ tiếp nhận", Unit: "hồ sơ", Kind: domain.Flow, Value: n(199), YTD: n(457)},
			{Indicator: "merit.dossiers_resolved", Label: "Hồ sơ đã giải quyết", Unit: "hồ sơ", Kind: domain.Flow, Value: n(199), YTD: n(457), LastYear: n(140), ChangePct: pct(4214)},
			{Indicator: "children.screened", Label: "Trẻ em được khám", Unit: "trẻ em", Kind: domain.Flow, Value: n(412), YTD: n(412)},
			{Indicator: "relief.persons", Label: "Nhân khẩu được hỗ trợ gạo", Unit: "nhân khẩu", Kind: domain.Flow, Value: n(15760), YTD: n(26436),
				Breakdown: []figures.Part{by("campaign", "giap-hat-2024", 15760, 15760), by("campaign", "tet-2024", 0, 10676)}},
			{Indicator: "relief.rice_kg", Label: "Gạo đã cấp", Unit: "kg", Kind: domain.Flow, Value: n(236400), YTD: n(396540),
				Breakdown: []figures.Part{by("campaign", "giap-hat-2024", 236400, 236400), by("campaign", "tet-2024", 0, 160140)}},
			{Indicator: "rehab.present", Label: "Học viên đang có mặt", Unit: "học viên", Kind: domain.Stock, Value: n(452), LastYear: n(452), ChangePct: pct(0), MonthBefore: n(476), MonthPct: pct(-504)},
			{Indicator: "rehab.admitted", Label: "Học viên tiếp nhận", Unit: "học viên", Kind: domain.Flow, Value: n(10), YTD: n(60)},
			{Indicator: "rehab.completed", Label: "Học viên hoàn thành", Unit: "học viên", Kind: domain.Flow, Value: n(34), YTD: n(34), LastYear: n(30), ChangePct: pct(1333)},
			{Indicator: "training.trained_rate", Label: "Tỷ lệ lao động qua đào tạo", Unit: "%", Kind: domain.Reported, Value: figures.Number{Quantity: 6230, Parts: 100}, Plan: figures.Number{Quantity: 6500, Parts: 100}, PlanPct: pct(9585)},
			{Indicator: "convalescence.batches", Label: "Đợt điều dưỡng", Unit: "đợt", Kind: domain.Flow, Value: n(3), YTD: n(3)},
		},
		may: {{Indicator: "convalescence.batches", Unit: "đợt", Kind: domain.Flow, Value: n(2)}},
	}}
}

// spec uses every word.
var spec = report.Spec{
	Name: "thu", Title: "Báo cáo thử", Office: "Sở Thử nghiệm", Superior: "Ủy ban nhân dân tỉnh", Annex: []string{"employment.*", "training.trained_rate"},
	Months: report.Months{To: calendar.Month{Year: 2025, Month: 2}},
	Sections: []report.Section{
		{Title: "Việc làm", Owner: "Phòng Việc làm", Text: `
Tổ chức {{value "employment.sessions"}}{{parts "employment.sessions" "kind"}}{{change "employment.sessions"}}{{monthly "employment.sessions"}}{{ytd "employment.sessions"}}{{plan "employment.sessions"}}.
Tư vấn cho {{value "employment.counselled"}}{{change "employment.counselled"}}{{against "employment.counselled"}}.
Trong đó {{part "employment.sessions" "kind" "mobile"}} lưu động ({{partnumber "employment.sessions" "kind" "mobile"}}), từ đầu năm {{partyear "employment.sessions" "kind" "mobile"}} ({{partyearnumber "employment.sessions" "kind" "mobile"}}).
`},
		{Title: "Bảo hiểm thất nghiệp", Calendar: calendar.Fifteenth, Text: `Tiếp nhận {{number "unemployment.claims"}} ({{value "unemployment.claims"}}){{change "unemployment.claims"}}{{monthly "unemployment.claims"}}; cả năm {{thisyear}}: {{year "unemployment.claims"}} ({{yearnumber "unemployment.claims"}}).
Số tiền {{value "unemployment.amount_decided"}}{{change "unemployment.amount_decided"}}{{ytd "unemployment.amount_decided"}}.
Giải quyết {{value "merit.dossiers_resolved"}}{{change "merit.dossiers_resolved"}}{{against "merit.dossiers_resolved"}}.`},
		{Title: "Xã hội", Text: `{{range keys "relief.persons" "campaign"}}Đợt {{campaign .}}: {{partyear "relief.persons" "campaign" .}}, {{tonnes "relief.rice_kg" "campaign" .}}.
{{end}}Khám cho {{more "children.screened" 100}}.
Có mặt {{value "rehab.present"}} (tính đến {{at}}){{change "rehab.present"}}; hoàn thành {{value "rehab.completed"}}{{change "rehab.completed"}}.
Tỷ lệ {{value "training.trained_rate"}}{{ytd "convalescence.batches"}}.`,
			Tables: []report.Table{{Title: "Biểu", Columns: []string{"TT", "Chỉ tiêu", "Số lượng", "Lũy kế"}, Rows: [][]string{
				{"1", "Số tiền (triệu đồng)", `{{number "unemployment.amount_decided"}}`, `{{yearnumber "unemployment.amount_decided"}}`}}}}},
		{Title: "Văn bản", Text: `{{range documents}}{{.Number}} ngày {{.Issued.Vietnamese}}: {{.Subject}}.
{{end}}Từ đầu năm: {{len alldocuments}} văn bản.`},
		{Title: "Nhiệm vụ tháng {{nextmonth}}", Text: `Tháng {{month}}: đã xong. {{with next "convalescence.batches"}}Tổ chức {{.}} điều dưỡng trong tháng {{nextmonth}}.{{end}}
{{range works}}{{.What}}.
{{end}}`},
		{Title: "Phần đã bỏ", Months: report.Months{To: calendar.Month{Year: 2023, Month: 12}}, Text: `Không còn.`},
	},
}

func build(t *testing.T, s report.Spec, o office) report.Report {
	t.Helper()
	r, err := report.Build(t.Context(), field(), s, o, figures.Query{Month: april})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheReportReadsAsAnOfficeWritesIt(t *testing.T) {
	t.Parallel()
	if err := spec.Check(field()); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.WriteText(&b, build(t, spec, aMonth())); err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "report.txt")
	if domaintest.Update() {
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

// TestFindings breaks the month that fits together in one way after the other.
func TestFindings(t *testing.T) {
	t.Parallel()
	change := func(id string, how func(*figures.Figure)) func(*office) {
		return func(o *office) {
			for i := range o.figures[april] {
				if o.figures[april][i].Indicator == id {
					how(&o.figures[april][i])
				}
			}
		}
	}
	one := domain.StreamID{Type: "unemployment", ID: uuid.MustParse("11111111-2222-4333-8444-555555555555")}
	for name, c := range map[string]struct {
		wrong func(*office)
		code  string
		by    int64
		says  string
	}{
		"nothing": {func(*office) {}, "", 0, ""},
		"a breakdown": {change("employment.sessions", func(f *figures.Figure) {
			f.Breakdown = []figures.Part{{By: "kind", Key: "fixed", Value: n(7), YTD: n(20)}, {By: "kind", Key: figures.Other, Value: n(1), YTD: n(0)}}
		}), "check.breakdown_remainder", 1, "theo loại"},
		"persons under two values": {change("merit.allowance_persons", func(f *figures.Figure) {
			f.Breakdown = append(f.Breakdown, figures.Part{By: "channel", Key: figures.Other, Value: n(1)})
		}), "", 0, ""},
		"month above year":   {change("unemployment.claims", func(f *figures.Figure) { f.YTD = n(450) }), "check.month_above_year", 1, "+01 hồ sơ"},
		"a negative stock":   {change("rehab.present", func(f *figures.Figure) { f.Value, f.MonthBefore = n(-2), n(22) }), "check.stock_negative", -2, "−02 học viên"},
		"a broken balance":   {change("rehab.present", func(f *figures.Figure) { f.Value = n(450) }), "check.balance_broken", -2, "−02 học viên"},
		"rice":               {change("relief.rice_kg", func(f *figures.Figure) { f.Breakdown[1].YTD = n(160155) }), "check.rice_not_norm", 15, "Tết Giáp Thìn 2024"},
		"rice of two months": {change("relief.rice_kg", func(f *figures.Figure) { f.Breakdown[1].YTD = n(2 * 160140) }), "", 0, ""},
		"rice of no month":   {change("relief.rice_kg", func(f *figures.Figure) { f.Breakdown[1].YTD = n(0) }), "check.rice_not_norm", -160140, "Tết Giáp Thìn"},
		"received":           {change("merit.dossiers_received", func(f *figures.Figure) { f.Value = n(203) }), "check.received_not_resolved", 4, "tiếp nhận 203, giải quyết 199"},
		"the months": {func(o *office) {
			o.series = []figures.Series{{Indicator: "unemployment.claims", Months: []figures.Number{n(300), n(300), n(300), n(451)}}}
		}, "check.year_is_not_its_months", 21, "lũy kế"},
		"twice": {func(o *office) {
			o.doubles = []figures.Doubt{{Indicator: "rehab.present", Cases: []domain.StreamID{one}}}
		}, "check.twice_active", 1, one.String()},
		"before": {func(o *office) {
			o.leavers = []figures.Doubt{{Indicator: "rehab.present", Cases: []domain.StreamID{one}}}
		}, "check.left_before_entering", 1, one.String()},
		"a number twice": {func(o *office) {
			o.documents = append(o.documents, register.Document{Number: "85/KH-UBND", Issued: 20240409, Issuer: "Ủy ban"}, register.Document{Number: "85/KH-UBND", Issued: 20240409, Issuer: "Sở"})
		}, "check.number_twice", 1, "85/KH-UBND"},
		"more decisions than claims are none": {change("unemployment.amount_decided", func(f *figures.Figure) { f.Value = n(9_000_000_000) }), "", 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := aMonth()
			c.wrong(&o)
			s := spec
			s.Annex = []string{"employment.*", "unemployment.*", "merit.*", "relief.*", "rehab.*"}
			r := build(t, s, o)
			if c.code == "" {
				if len(r.Findings) > 0 {
					t.Errorf("%v", r.Findings)
				}
				return
			}
			if len(r.Findings) != 1 || r.Findings[0].Code != c.code || r.Findings[0].By != c.by || !strings.Contains(r.Findings[0].Message, c.says) {
				t.Errorf("%+v", r.Findings)
			}
		})
	}
}

// TestAdjustments: February and March were published, and March again; then a claim of February and one of March came late.
func TestAdjustments(t *testing.T) {
	t.Parallel()
	month := func(m time.Month) calendar.Month { return calendar.Month{Year: 2024, Month: m} }
	said := func(m time.Month, issue int, at domain.Ordinal, claims int64, adjusted ...period.Adjustment) periods.Published {
		p := period.Publication{Position: at, Figures: []period.Figure{{Indicator: "unemployment.claims", Value: &claims}}, Adjustments: adjusted}
		return periods.Published{Publication: p, Month: month(m), Issue: issue}
	}
	before := func() office {
		o := aMonth()
		o.published = map[period.Series][]periods.Published{{Spec: "thu", Calendar: calendar.Civil}: {
			said(2, 1, 100, 299),
			said(3, 1, 200, 318, period.Adjustment{Month: month(2), Indicator: "unemployment.claims", By: 1}),
			said(3, 2, 250, 320, period.Adjustment{Month: month(2), Indicator: "unemployment.claims", By: -1}),
		}}
		o.late = []figures.Late{{Month: month(2), Indicator: "unemployment.claims", By: 1}, {Month: month(3), Indicator: "unemployment.claims", By: -1}, {Month: month(3), Indicator: "employment.sessions", By: 2}}
		o.series = []figures.Series{{Indicator: "unemployment.claims", Months: []figures.Number{n(302), n(300), n(319), n(451)}}}
		return o
	}
	r := build(t, spec, before())
	var got []string
	for _, a := range r.Adjusted {
		got = append(got, fmt.Sprint(a.Month, " ", a.Indicator, " ", a.By.Quantity, " ", a.Year.Quantity))
	}
	want := []string{"2024-02 unemployment.claims 1 1", "2024-03 employment.sessions 2 2", "2024-03 unemployment.claims -1 -1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	// 302 as known, 299 + 1 − 1 + 1, 320 − 1, and the month: 1372.
	if len(r.Findings) > 0 {
		t.Errorf("%v", r.Findings)
	}
	for name, wrong := range map[string]func(*office){
		"what was published is another number": func(o *office) {
			*o.published[period.Series{Spec: "thu", Calendar: calendar.Civil}][2].Figures[0].Value++
		},
		"a late act is not told": func(o *office) { o.late = o.late[1:] },
	} {
		o := before()
		wrong(&o)
		if r := build(t, spec, o); len(r.Findings) != 1 || r.Findings[0].Code != "check.year_is_not_its_reports" || !r.Findings[0].Fails() {
			t.Errorf("%s: %v", name, r.Findings)
		}
	}
}

// TestAPublicationIsWrittenAgain: what comes out of the event is the same text, and its digest holds.
func TestAPublicationIsWrittenAgain(t *testing.T) {
	t.Parallel()
	r := build(t, spec, aMonth())
	p, err := report.Freeze(r, spec, "123/BC", "Giám đốc", 20240503)
	if err != nil {
		t.Fatal(err)
	}
	again, err := report.Thaw(p)
	if err != nil {
		t.Fatal(err)
	}
	text := func(r report.Report) string {
		var b strings.Builder
		if err := report.WriteText(&b, r); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	r.Paper = again.Paper
	if text(again) != text(r) || !report.Prints(again, p) || !report.Prints(build(t, spec, aMonth()), p) {
		t.Errorf("another report:\n%s\n%s", text(again), text(r))
	}
	if len(p.Figures) != len(aMonth().figures[april]) {
		t.Errorf("%d figures are frozen", len(p.Figures))
	}
	p.Content = strings.Replace(p.Content, "451", "452", 1)
	if _, err := report.Thaw(p); domain.CodeOf(err) != "period.wrong_digest" {
		t.Error(err)
	}
}

func TestWhatIsNotCitedIsNotChecked(t *testing.T) {
	t.Parallel()
	o := aMonth()
	o.figures[april][9].Breakdown[1].YTD = n(1)
	s := spec
	s.Sections, s.Annex = s.Sections[:1], nil
	if r := build(t, s, o); len(r.Findings) > 0 {
		t.Errorf("%v", r.Findings)
	}
}

func TestWrongTextsAreFoundBeforeTheyAreNeeded(t *testing.T) {
	t.Parallel()
	for text, code := range map[string]string{
		`{{value "employment.nothing"}}`:                  "report.figure_missing",
		`{{next "employment.nothing"}}`:                   "report.figure_missing",
		`{{part "employment.sessions" "kind" "at_home"}}`: "report.no_such_part",
		`{{parts "employment.sessions" "colour"}}`:        "report.no_such_part",
		`{{keys "unemployment.claims" "campaign"}}`:       "report.no_such_part",
		`{{value "employment.sessions"`:                   "report.bad_text",
		`{{nonsense}}`:                                    "report.bad_text",
		`{{value}}`:                                       "report.bad_text",
		`{{more "children.screened" 0}}`:                  "report.bad_step",
		`{{range documents}}{{.Nothing}}{{end}}`:          "report.bad_text",
	} {
		s := report.Spec{Name: "thu", Sections: []report.Section{{Title: "Phần", Text: text}}}
		if err := s.Check(field()); domain.CodeOf(err) != code {
			t.Errorf("%s: %v, want %s", text, err, code)
		}
	}
	short := report.Spec{Name: "thu", Sections: []report.Section{{Tables: []report.Table{{Columns: []string{"a", "b"}, Rows: [][]string{{"1"}}}}}}}
	if err := short.Check(field()); domain.CodeOf(err) != "report.bad_table" {
		t.Error(err)
	}
	annex := report.Spec{Name: "thu", Annex: []string{"nothing.*"}}
	if err := annex.Check(field()); domain.CodeOf(err) != "report.figure_missing" {
		t.Error(err)
	}
}

func TestFindingASpec(t *testing.T) {
	t.Parallel()
	all := report.Specs{{Name: "form", Chosen: true}, spec, {Name: "new", Months: report.Months{From: calendar.Month{Year: 2025, Month: 3}}}}
	for month, want := range map[calendar.Month]string{april: "thu", {Year: 2025, Month: 2}: "thu", {Year: 2025, Month: 3}: "new", {Year: 2026, Month: 12}: "new"} {
		if s, err := all.Find("", month); err != nil || s.Name != want {
			t.Errorf("%s: %s %v", month, s.Name, err)
		}
	}
	if s, err := all.Find("form", april); err != nil || s.Name != "form" {
		t.Errorf("%s %v", s.Name, err)
	}
	if _, err := all.Find("none", april); domain.CodeOf(err) != "report.no_such_spec" || !strings.Contains(err.Error(), "form, thu, new") {
		t.Error(err)
	}
	r := build(t, all[0], aMonth())
	if len(r.Remarks) > 0 {
		t.Errorf("a form is for every month: %v", r.Remarks)
	}
	if r := build(t, all[2], aMonth()); len(r.Remarks) != 1 {
		t.Errorf("the report of another time says so: %v", r.Remarks)
	}
}
