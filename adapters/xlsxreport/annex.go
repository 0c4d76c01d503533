package xlsxreport

import (
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// The columns of the annex to which formulas point.
const (
	monthColumn = "D"
	yearColumn  = "E"
	eventColumn = "M"

	annexColumns = 14
)

// annex writes all figures with their parts. Where the parts of a breakdown add up to the figure, it is their sum.
func (b *workbook) annex(name string) error {
	const headRow = 4
	s, err := b.open(name, page{headRow, true}, 6, 60, 13, 13, 13, 13, 12, 13, 12, 13, 10, 42, 14, 10)
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, XSplit: 2, TopLeftCell: fmt.Sprintf("C%d", headRow+1), ActivePane: "bottomRight"}); err != nil {
		return err
	}
	year := b.report.Month.Year
	for _, row := range [][]any{{str("PHỤ LỤC SỐ LIỆU: "+b.report.Subject(), b.styles.title)}, {str(b.report.Period(), b.styles.note)}, {}} {
		if err := s.add(row...); err != nil {
			return err
		}
	}
	if err := b.header(s, "TT", "Chỉ tiêu", "ĐVT", "Trong tháng", "Lũy kế", fmt.Sprintf("Cùng kỳ %d", year-1), "So sánh", "Tháng trước", "So sánh", "Kế hoạch năm", "Đạt",
		"Mã chỉ tiêu", "Cộng các sự việc", "Chênh"); err != nil {
		return err
	}
	for n, f := range b.report.Annex {
		if err := b.figure(s, n+1, f); err != nil {
			return err
		}
	}
	return s.Flush()
}

func (b *workbook) figure(s *sheet, number int, f figures.Figure) error {
	row := s.row + 1
	month, ytd := b.amount(f.Value, f.Unit), b.amount(f.YTD, f.Unit)
	parts := shown(f)
	if to := summands(f, parts, func(p figures.Part) figures.Number { return p.Value }, f.Value); to > 0 {
		month.Formula = fmt.Sprintf("SUM(%s%d:%s%d)", monthColumn, row+1, monthColumn, row+to)
	}
	if to := summands(f, parts, func(p figures.Part) figures.Number { return p.YTD }, f.YTD); to > 0 {
		ytd.Formula = fmt.Sprintf("SUM(%s%d:%s%d)", yearColumn, row+1, yearColumn, row+to)
	}
	cells := []any{excelize.Cell{StyleID: b.styles.count, Value: number}, str(f.Label, b.styles.text), str(report.UnitName(f.Unit), b.styles.text), month, ytd,
		b.amount(f.LastYear, f.Unit), b.percent(f.ChangePct), b.amount(f.MonthBefore, f.Unit), b.percent(f.MonthPct), b.amount(f.Plan, f.Unit), b.percent(f.PlanPct), str(f.Indicator, b.styles.text)}
	if e, ok := b.behind[f.Indicator]; ok && f.Value.Known() {
		sum := b.amount(figures.Number{Quantity: e.sum, Parts: f.Value.Parts}, f.Unit)
		sum.Formula = e.formula
		difference := b.amount(figures.Number{Quantity: f.Value.Quantity - e.sum, Parts: f.Value.Parts}, f.Unit)
		difference.Formula = fmt.Sprintf("ROUND(%s%d-%s%d,6)", monthColumn, row, eventColumn, row)
		cells = append(cells, sum, difference)
	}
	for len(cells) < annexColumns {
		cells = append(cells, str("", b.styles.text))
	}
	if err := s.add(cells...); err != nil {
		return err
	}
	for _, p := range f.Areas {
		if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
			if err := b.part(s, p.Name, p.Area, b.amount(p.Value, f.Unit), b.amount(p.YTD, f.Unit)); err != nil {
				return err
			}
		}
	}
	for _, p := range parts {
		ytd := str("", b.styles.text)
		if p.YTD.Known() {
			ytd = b.amount(p.YTD, f.Unit)
		}
		if err := b.part(s, report.PartName(p), "", b.amount(p.Value, f.Unit), ytd); err != nil {
			return err
		}
	}
	return nil
}

// part writes a line beneath a figure, with empty cells up to the last of the table.
func (b *workbook) part(s *sheet, name, code string, month, ytd excelize.Cell) error {
	cells := []any{str("", b.styles.text), str(name, b.styles.part), str(code, b.styles.text), month, ytd}
	for len(cells) < annexColumns {
		cells = append(cells, str("", b.styles.text))
	}
	return s.add(cells...)
}

// shown are the parts that are not zero; of a figure that is divided by units, none.
func shown(f figures.Figure) (all []figures.Part) {
	if f.Areas != nil {
		return nil
	}
	for _, p := range f.Breakdown {
		if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
			all = append(all, p)
		}
	}
	return all
}

// summands returns how many parts, from the first, are those of the first breakdown, where they add up to the whole: not for
// averages, and not for persons who stand in two parts.
func summands(f figures.Figure, parts []figures.Part, of func(figures.Part) figures.Number, whole figures.Number) int {
	if len(parts) == 0 || !whole.Known() || f.Kind == domain.Ratio || f.Kind == domain.Reported {
		return 0
	}
	to := slices.IndexFunc(parts, func(p figures.Part) bool { return p.By != parts[0].By })
	if to < 0 {
		to = len(parts)
	}
	var sum int64
	for _, p := range parts[:to] {
		if !of(p).Known() {
			return 0
		}
		sum += of(p).Quantity
	}
	if sum != whole.Quantity {
		return 0
	}
	return to
}
