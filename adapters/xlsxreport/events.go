package xlsxreport

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"hoso/domain"
	"hoso/projections/figures"
	"hoso/projections/report"
)

// full is how many rows a sheet of events takes at most; a workbook's sheet has room for 1,048,576.
const full = 1_000_000

// events are the rows that list what is behind a figure.
type events struct {
	formula string // their sum, over as many sheets as they fill
	sum     int64
}

// listEvents writes the events behind every figure of the annex, figure by figure, on sheets of their own.
func (b *workbook) listEvents(behind report.Behind) error {
	l := &list{workbook: b}
	for _, f := range b.report.Annex {
		if f.Kind == domain.Ratio {
			continue // divided, not counted: its terms have their own events
		}
		var found events
		var ranges []string
		first := 0
		for e, err := range behind(f.Indicator) {
			if err != nil {
				return err
			}
			if l.on == nil || l.on.row >= b.full {
				if first > 0 {
					ranges = append(ranges, l.sum(first))
				}
				if err := l.next(); err != nil {
					return err
				}
				first = 0
			}
			if err := l.event(f, e); err != nil {
				return err
			}
			if first == 0 {
				first = l.on.row
			}
			found.sum += e.Quantity.Quantity
		}
		if first > 0 {
			found.formula = strings.Join(append(ranges, l.sum(first)), "+")
		}
		b.behind[f.Indicator] = found
	}
	return l.done()
}

// list is the sheet of events that is being written.
type list struct {
	*workbook
	on    *sheet // nil: none yet
	name  string
	count int
}

func (l *list) sum(first int) string {
	return fmt.Sprintf("SUM('%s'!$H$%d:$H$%d)", l.name, first, l.on.row)
}

func (l *list) next() error {
	if err := l.done(); err != nil {
		return err
	}
	l.count++
	l.name = "Sự việc"
	if l.count > 1 {
		l.name = fmt.Sprintf("Sự việc %d", l.count)
	}
	if _, err := l.NewSheet(l.name); err != nil {
		return err
	}
	var err error
	if l.on, err = l.open(l.name, page{1, true}, 60, 42, 11, 12, 62, 38, 13, 13); err != nil {
		return err
	}
	if err := l.on.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return l.header(l.on, "Chỉ tiêu", "Mã chỉ tiêu", "Vị trí", "Ngày", "Hồ sơ", "Sự việc", "ĐVT", "Số lượng")
}

func (l *list) event(f figures.Figure, e figures.Entry) error {
	return l.on.add(str(f.Label, l.styles.text), str(f.Indicator, l.styles.text), excelize.Cell{StyleID: l.styles.whole, Value: int64(e.Position)},
		excelize.Cell{StyleID: l.styles.day, Value: e.Occurred.Time()}, str(report.Whose(e), l.styles.text), str(e.Type, l.styles.text),
		str(report.UnitName(f.Unit), l.styles.text), l.amount(e.Quantity, f.Unit))
}

func (l *list) done() error {
	if l.on == nil {
		return nil
	}
	if err := l.AutoFilter(l.name, fmt.Sprintf("A1:H%d", l.on.row), nil); err != nil {
		return err
	}
	return l.on.Flush()
}
