package xlsxreport

import (
	"fmt"

	"hoso/projections/report"
)

// section writes what a section says and its tables.
func (b *workbook) section(name string, n int, told report.Told) error {
	columns := 1
	for _, t := range told.Tables {
		columns = max(columns, len(t.Columns))
	}
	widths := []float64{84}
	if columns > 1 {
		widths = []float64{8, 64}
		for range columns - 2 {
			widths = append(widths, 16)
		}
	}
	s, err := b.open(name, page{0, columns > 4}, widths...)
	if err != nil {
		return err
	}
	if err := s.add(str(fmt.Sprintf("%d. %s%s", n+1, told.Title, told.Note(b.report)), b.styles.title)); err != nil {
		return err
	}
	for _, said := range told.Sentences {
		if err := s.add(str("- "+said, b.styles.wrapped)); err != nil {
			return err
		}
	}
	for _, t := range told.Tables {
		if err := s.add(); err != nil {
			return err
		}
		if t.Title != "" {
			if err := s.add(str(t.Title, b.styles.title)); err != nil {
				return err
			}
		}
		if err := b.header(s, t.Columns...); err != nil {
			return err
		}
		for _, row := range t.Rows {
			if err := b.texts(s, row); err != nil {
				return err
			}
		}
	}
	return s.Flush()
}

func (b *workbook) texts(s *sheet, row []string) error {
	cells := make([]any, len(row))
	for n, c := range row {
		cells[n] = str(c, b.styles.text)
	}
	return s.add(cells...)
}

// charts writes the numbers of the charts.
func (b *workbook) charts(name string) error {
	s, err := b.open(name, page{}, 52, 18, 18)
	if err != nil {
		return err
	}
	for _, c := range b.report.Charts {
		if err := s.add(str(c.Title+" ("+c.Unit+")", b.styles.title)); err != nil {
			return err
		}
		head, rows := c.Table()
		if err := b.header(s, head...); err != nil {
			return err
		}
		for _, row := range rows {
			if err := b.texts(s, row); err != nil {
				return err
			}
		}
		if err := s.add(); err != nil {
			return err
		}
	}
	return s.Flush()
}

// findings writes what does not fit together, and how figures are meant.
func (b *workbook) findings(name string) error {
	s, err := b.open(name, page{0, true}, 100, 34)
	if err != nil {
		return err
	}
	if err := s.add(str("KIỂM TRA SỐ LIỆU", b.styles.title)); err != nil {
		return err
	}
	if len(b.report.Findings) == 0 {
		if err := s.add(str("Không có điểm nào không khớp.", b.styles.wrapped)); err != nil {
			return err
		}
	}
	for _, f := range b.report.Findings {
		if err := s.add(str(f.Message, b.styles.wrapped), str(f.Indicator, b.styles.wrapped)); err != nil {
			return err
		}
	}
	for n, r := range b.report.Remarks {
		if n == 0 {
			if err := s.add(str("LƯU Ý", b.styles.title)); err != nil {
				return err
			}
		}
		if err := s.add(str(r, b.styles.wrapped)); err != nil {
			return err
		}
	}
	return s.Flush()
}
