package web

import (
	"cmp"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/desk"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// opened is a number, opened: what it means, how it came about, and the events behind it.
type opened struct {
	question
	domain.Indicator
	Figure  figures.Figure
	Number  figures.Which
	Part    string
	Months  []monthly
	Areas   []figures.AreaPart
	By      string // the level of the units
	Deeper  bool   // the units can be divided further
	Events  figures.Explanation
	Terms   []figures.Explanation // of a ratio
	catalog *domain.Catalog
}

// monthly is a month beside others, with its bar in a drawing of 12 × 40 parts.
type monthly struct {
	calendar.Month
	Value        figures.Number
	X, Y, Height int64
	Now          bool
}

// eventsOnPage is how many events a page lists.
const eventsOnPage = 50

// Title implements titled.
func (o opened) Title(l Lang) string {
	return text{o.Label.Vi, o.Label.En}.In(l) + " – " + o.Month.Vietnamese()
}

func openFigure(a *Ask) (any, error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	o := opened{question: q, catalog: a.Catalog, Number: figures.Which(cmp.Or(a.FormValue("number"), string(figures.Value))), Part: a.FormValue("part"), By: "district"}
	var known bool
	if o.Indicator, known = a.Catalog.Indicator(a.PathValue("indicator")); !known {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "figures.no_such_indicator", Msg: "không có chỉ tiêu này trong danh mục", En: "the catalogue has no such indicator"}
	}
	query := q
	query.Indicators = []string{o.ID}
	if a.FormValue("by") == "commune" {
		o.By = "commune"
	}
	o.Deeper = o.By == "district"
	query.By = o.By
	sheet, err := a.Desk.Figures(a.Context(), query.asks())
	if domain.CodeOf(err) == "figures.level_above_area" && o.By == "district" {
		o.By, o.Deeper, query.By = "commune", false, "commune"
		sheet, err = a.Desk.Figures(a.Context(), query.asks())
	}
	if err != nil {
		return nil, err
	}
	query.By, query.AsOf = "", sheet.Position // so that the lists say the same, whatever is recorded meanwhile
	since, err := a.begun(q)
	if err != nil {
		return nil, err
	}
	o.Figure = since.compared(sheet.Figures, q.Month)[0]
	for _, p := range o.Figure.Areas {
		if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
			o.Areas = append(o.Areas, p)
		}
	}
	slices.SortStableFunc(o.Areas, func(x, y figures.AreaPart) int { return cmp.Compare(y.Value.Quantity, x.Value.Quantity) })
	if o.Months, err = a.twelve(query, o.Figure, since); err != nil {
		return nil, err
	}
	o.Events, err = a.Desk.Explain(a.Context(), query.asks(), desk.Number{Indicator: o.ID, Which: o.Number, Part: o.Part}, figures.Page{After: a.FormValue("after"), Limit: eventsOnPage})
	for _, term := range []*figures.Explanation{o.Events.Over, o.Events.Under} {
		if term != nil {
			o.Terms = append(o.Terms, shortened(*term))
		}
	}
	return o, err
}

// shortened keeps the beginning of a list that a ratio gives whole.
func shortened(x figures.Explanation) figures.Explanation {
	if len(x.Events) > eventsOnPage {
		x.Events, x.Next = x.Events[:eventsOnPage], "…"
	}
	return x
}

// twelve returns the figure of the twelve months up to the query's.
func (a *Ask) twelve(q question, f figures.Figure, since begun) (all []monthly, err error) {
	this, err := a.Desk.Series(a.Context(), q.asks())
	if err != nil {
		return nil, err
	}
	last := q
	last.Month = calendar.Month{Year: q.Month.Year - 1, Month: 12}
	former, err := a.Desk.Series(a.Context(), last.asks())
	if err != nil || len(this) == 0 || len(former) == 0 {
		return nil, err
	}
	values := append(slices.Clone(former[0].Months[min(len(this[0].Months), len(former[0].Months)):]), this[0].Months...)
	most := int64(1)
	for n, v := range values {
		m := q.Month.Add(n - len(values) + 1)
		if v.Quantity == 0 && !since.counts(f, m) {
			v = figures.Number{}
		}
		all = append(all, monthly{Month: m, Value: v, X: int64(n) * 40, Now: n == len(values)-1})
		most = max(most, v.Quantity)
	}
	const tall = 64
	for n, m := range all {
		if m.Value.Known() {
			all[n].Height = max(1, int64(float64(max(m.Value.Quantity, 0))/float64(most)*tall))
		}
		all[n].Y = tall + 2 - all[n].Height
	}
	return all, nil
}

// Short is the month's number alone.
func (m monthly) Short() string { return fmt.Sprint(int(m.Month.Month)) }

// Meaning says how the figure is counted.
func (o opened) Meaning() text { return measures[o.Measure] }

var measures = map[domain.Measure]text{
	domain.Flow:     {"Cộng những gì xảy ra trong kỳ.", "The sum of what happened in the period."},
	domain.Stock:    {"Số đang có vào ngày cuối kỳ: vào thì cộng, ra thì trừ, từ đầu đến ngày đó.", "What there is on the last day: entries less leavings, from the beginning."},
	domain.Distinct: {"Mỗi người chỉ tính một lần trong kỳ; cả năm không phải là tổng các tháng.", "Each person counts once in the period; a year is not the sum of its months."},
	domain.Ratio:    {"Chia số này cho số kia.", "One figure divided by another."},
	domain.Reported: {"Số do cơ quan có thẩm quyền công bố; lấy lần công bố mới nhất trong kỳ.", "A value stated by an authority; the latest in the period."},
}

// Numbers are the numbers of the figure that can be opened.
func (o opened) Numbers() (all []numbered) {
	f := o.Figure
	for _, n := range []numbered{
		{figures.Value, text{"Trong tháng", "Month"}, f.Value, o.Unit}, {figures.YTD, text{"Lũy kế từ đầu năm", "Year to date"}, f.YTD, o.Unit},
		{figures.MonthBefore, text{"Tháng trước", "Month before"}, f.MonthBefore, o.Unit}, {figures.LastYear, text{"Cùng kỳ năm trước", "Same month last year"}, f.LastYear, o.Unit},
		{figures.Plan, text{"Kế hoạch năm", "Year's plan"}, f.Plan, o.Unit},
	} {
		if n.Value.Known() {
			all = append(all, n)
		}
	}
	return all
}

type numbered struct {
	Which figures.Which
	text
	Value figures.Number
	Unit  string
}

// Opening names the number whose events are listed.
func (o opened) Opening() text {
	for _, n := range o.Numbers() {
		if n.Which == o.Number {
			return n.text
		}
	}
	return text{string(o.Number), ""}
}

// PartName names a part of the breakdown.
func (o opened) PartName(p figures.Part) string { return report.PartName(p) }

// LabelOf names the indicator of a term.
func (o opened) LabelOf(id string) domain.Text {
	i, _ := o.catalog.Indicator(id)
	return i.Label
}

// Event names an event.
func (o opened) Event(e figures.Entry) domain.Text { return o.catalog.EventLabel(e.Type) }
