package report

import (
	"cmp"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
	"hoso/projections/report/chart"
)

// Shown says what a chart of a report shows.
type Shown struct {
	Show  string   // one of Shows
	Of    []string // indicators; several only for a month, and of one unit
	Title string   // empty: made from the indicator's name
}

// Shows are the charts that a report can have.
var Shows = []string{
	"month",         // the month beside the same month of last year, in pairs of bars
	"year",          // the year to date, month by month, below the year's plan; of a flow
	"twelve_months", // the last twelve months as a line
	"districts",     // the units of a level, the highest first
	"communes",
}

// ranked is how many units a chart has room for on a page.
const ranked = 15

// check looks whether a chart can be drawn.
func (s Shown) check(catalog *domain.Catalog) error {
	if !slices.Contains(Shows, s.Show) {
		return domain.Malformed("report.bad_chart", "show", "biểu đồ %q không có; các loại: %v", s.Show, Shows)
	}
	if len(s.Of) == 0 || len(s.Of) > 1 && s.Show != "month" {
		return domain.Malformed("report.bad_chart", "of", "biểu đồ %q cần một chỉ tiêu; chỉ loại \"month\" nhận nhiều", s.Show)
	}
	unit := ""
	for n, id := range s.Of {
		i, ok := catalog.Indicator(id)
		switch {
		case !ok:
			return missing(id)
		case n > 0 && i.Unit != unit:
			return domain.Malformed("report.bad_chart", id, "các chỉ tiêu của một biểu đồ phải cùng đơn vị tính (%s và %s)", unit, i.Unit)
		case s.Show == "year" && i.Measure != domain.Flow:
			return domain.Malformed("report.bad_chart", id, "chỉ chỉ tiêu cộng dồn được mới có biểu đồ lũy kế theo tháng")
		}
		unit = i.Unit
	}
	return nil
}

// checkCharts looks whether all charts of a spec can be drawn.
func (s Spec) checkCharts(catalog *domain.Catalog) error {
	for _, shown := range s.Charts {
		if err := shown.check(catalog); err != nil {
			return err
		}
	}
	return nil
}

// charts makes the charts of a report, from figures under its calendar and at its position.
func (b *builder) charts(p *page) (all []chart.Chart, err error) {
	for n, s := range b.spec.Charts {
		f, ok := p.by[s.Of[0]]
		if !ok {
			return nil, missing(s.Of[0])
		}
		c := chart.Chart{Title: s.Title, Unit: UnitName(f.Unit), Kind: chart.Columns}
		switch s.Show {
		case "month":
			err = b.month(&c, p, s)
		case "year":
			err = b.year(&c, p, f)
		case "twelve_months":
			err = b.twelveMonths(&c, p, f)
		default:
			if err = b.units(&c, p, f, s.Show); domain.CodeOf(err) == "figures.level_above_area" {
				continue // a commune is not divided
			}
		}
		if err != nil {
			return nil, err
		}
		c.ID = fmt.Sprintf("%d-%s", n+1, s.Show)
		all = append(all, c)
	}
	return all, nil
}

func valueOf(n figures.Number, unit string) chart.Value {
	if !n.Known() {
		return chart.Value{Text: cell(n, unit), Missing: true}
	}
	return chart.Value{Quantity: n.Quantity, Text: cell(n, unit)}
}

func (b *builder) month(c *chart.Chart, p *page, s Shown) error {
	c.Title = fmt.Sprintf("%s: tháng %s so với cùng kỳ năm %d", or(c.Title, p.by[s.Of[0]].Label), p.Month.Vietnamese(), p.Month.Year-1)
	c.Series = []string{"Tháng " + p.Month.Vietnamese(), "Tháng " + p.Month.LastYear().Vietnamese()}
	for _, id := range s.Of {
		f, ok := p.by[id]
		if !ok {
			return missing(id)
		}
		c.Points = append(c.Points, chart.Point{Label: f.Label, Values: []chart.Value{valueOf(f.Value, f.Unit), valueOf(f.LastYear, f.Unit)}})
	}
	return nil
}

// seriesOf returns the months of a year up to one, as known at the report's position.
func (b *builder) seriesOf(id string, p *page, until calendar.Month) ([]figures.Number, error) {
	q := b.query
	q.Calendar, q.Month, q.Indicators = p.Calendar, until, []string{id}
	found, err := b.source.Series(b.ctx, q)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return found[0].Months, nil
}

func (b *builder) year(c *chart.Chart, p *page, f figures.Figure) error {
	c.Title = fmt.Sprintf("%s: lũy kế từ đầu năm %d", or(c.Title, f.Label), p.Month.Year)
	c.Series = []string{fmt.Sprintf("Lũy kế năm %d", p.Month.Year)}
	months, err := b.seriesOf(f.Indicator, p, p.Month)
	var sum int64
	at := calendar.Month{Year: p.Month.Year, Month: 1}
	for n, m := range months {
		sum += m.Quantity
		c.Points = append(c.Points, chart.Point{Label: at.Add(n).Vietnamese(), Values: []chart.Value{valueOf(figures.Number{Quantity: sum, Parts: max(m.Parts, 1)}, f.Unit)}})
	}
	if f.Plan.Known() {
		c.Mark = &chart.Mark{Label: "Kế hoạch năm", Value: valueOf(f.Plan, f.Unit)}
	}
	return err
}

func (b *builder) twelveMonths(c *chart.Chart, p *page, f figures.Figure) error {
	c.Kind, c.Series = chart.Line, []string{f.Label}
	c.Title = fmt.Sprintf("%s: 12 tháng đến tháng %s", or(c.Title, f.Label), p.Month.Vietnamese())
	now, err := b.seriesOf(f.Indicator, p, p.Month)
	if err != nil {
		return err
	}
	before, err := b.seriesOf(f.Indicator, p, calendar.Month{Year: p.Month.Year - 1, Month: 12})
	if err != nil || len(now) == 0 || len(before) != 12 {
		return err
	}
	for n, v := range append(before[len(now):], now...) {
		m := p.Month.Add(n - 11)
		c.Points = append(c.Points, chart.Point{Label: m.Vietnamese(), Values: []chart.Value{valueOf(v, f.Unit)}})
	}
	return nil
}

// units ranks the units of a level. Where there are more than there is room for, the title says so.
func (b *builder) units(c *chart.Chart, p *page, f figures.Figure, show string) error {
	q := b.query
	q.Calendar, q.Indicators, q.By = p.Calendar, []string{f.Indicator}, "district"
	level := "huyện"
	if show == "communes" {
		q.By, level = "commune", "xã"
	}
	sheet, err := b.source.Figures(b.ctx, q)
	if err != nil || len(sheet.Figures) == 0 {
		return err
	}
	areas := slices.Clone(sheet.Figures[0].Areas)
	slices.SortStableFunc(areas, func(x, y figures.AreaPart) int {
		if known := cmp.Compare(min(y.Value.Parts, 1), min(x.Value.Parts, 1)); known != 0 {
			return known
		}
		return cmp.Compare(y.Value.Quantity, x.Value.Quantity)
	})
	c.Kind, c.Series = chart.Ranks, []string{"Tháng " + p.Month.Vietnamese()}
	c.Title = fmt.Sprintf("%s theo %s, tháng %s", or(c.Title, f.Label), level, p.Month.Vietnamese())
	if len(areas) > ranked {
		c.Title += fmt.Sprintf(" (%d đơn vị cao nhất trong %d)", ranked, len(areas))
		areas = areas[:ranked]
	}
	for _, a := range areas {
		c.Points = append(c.Points, chart.Point{Label: a.Name, Values: []chart.Value{valueOf(a.Value, f.Unit)}})
	}
	return nil
}
