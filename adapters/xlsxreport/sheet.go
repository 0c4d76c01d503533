package xlsxreport

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"hoso/projections/figures"
)

// vietnamese asks for 1.485 and 8.510,8 whatever the language of the machine; programs that do not know it write numbers as
// the machine does.
const vietnamese = "[$-42A]"

// styles are the ways in which cells look.
type styles struct {
	title, note, head, text, part, wrapped int
	count, dash                            int
	whole, decimal, two, percent, day      int
}

func (b *workbook) makeStyles() (err error) {
	border := []excelize.Border{{Type: "left", Color: "808080", Style: 1}, {Type: "right", Color: "808080", Style: 1}, {Type: "top", Color: "808080", Style: 1}, {Type: "bottom", Color: "808080", Style: 1}}
	font := func(size float64, bold, italic bool) *excelize.Font {
		return &excelize.Font{Family: "Times New Roman", Size: size, Bold: bold, Italic: italic}
	}
	number := func(format string) *excelize.Style {
		return &excelize.Style{Font: font(12, false, false), Border: border, CustomNumFmt: &format, Alignment: &excelize.Alignment{Vertical: "top"}}
	}
	for _, s := range []struct {
		to    *int
		style *excelize.Style
	}{
		{&b.styles.title, &excelize.Style{Font: font(14, true, false)}},
		{&b.styles.note, &excelize.Style{Font: font(12, false, true)}},
		{&b.styles.head, &excelize.Style{Font: font(12, true, false), Border: border, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E7E7"}}, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}}},
		{&b.styles.text, &excelize.Style{Font: font(12, false, false), Border: border, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&b.styles.part, &excelize.Style{Font: font(12, false, true), Border: border, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true, Indent: 1}}},
		{&b.styles.wrapped, &excelize.Style{Font: font(12, false, false), Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&b.styles.count, &excelize.Style{Font: font(12, false, false), Border: border, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "top"}}},
		{&b.styles.dash, &excelize.Style{Font: font(12, false, false), Border: border, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "top"}}},
		{&b.styles.whole, number(vietnamese + "#,##0")}, {&b.styles.decimal, number(vietnamese + "#,##0.0")}, {&b.styles.two, number(vietnamese + "#,##0.00")},
		{&b.styles.percent, number(vietnamese + "0.00%")}, {&b.styles.day, number("dd/mm/yyyy")},
	} {
		if *s.to, err = b.NewStyle(s.style); err != nil {
			return err
		}
	}
	return nil
}

// sheet is a sheet while its rows are written, from the first to the last.
type sheet struct {
	*excelize.StreamWriter
	row    int // the last that was written
	widths []float64
	wraps  []int // the styles whose texts take several lines
}

// open begins a sheet whose columns are so wide.
func (b *workbook) open(name string, p page, widths ...float64) (*sheet, error) {
	if err := b.print(name, p); err != nil { // it stands before the rows, which are written at once
		return nil, err
	}
	w, err := b.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for n, width := range widths {
		if err := w.SetColWidth(n+1, n+1, width); err != nil {
			return nil, err
		}
	}
	return &sheet{w, 0, widths, []int{b.styles.wrapped, b.styles.text, b.styles.part, b.styles.head}}, nil
}

// add writes a row. It is as high as its texts need: not every program works that out when it opens a file.
func (s *sheet) add(cells ...any) error {
	s.row++
	at, err := excelize.CoordinatesToCellName(1, s.row)
	if err != nil {
		return err
	}
	lines := 1
	for n, c := range cells {
		c, ok := c.(excelize.Cell)
		if text, is := c.Value.(string); ok && is && n < len(s.widths) && slices.Contains(s.wraps, c.StyleID) {
			lines = max(lines, int(math.Ceil(float64(utf8.RuneCountInString(text))/(s.widths[n]*1.05))))
		}
	}
	if lines == 1 {
		return s.SetRow(at, cells)
	}
	return s.SetRow(at, cells, excelize.RowOpts{Height: min(409, 15.75*float64(lines))})
}

// header writes the header of a table.
func (b *workbook) header(s *sheet, texts ...string) error {
	cells := make([]any, len(texts))
	for n, t := range texts {
		cells[n] = str(t, b.styles.head)
	}
	return s.add(cells...)
}

// str is a text cell. It is never taken for a formula, and holds only what XML can.
func str(s string, style int) excelize.Cell {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
	return excelize.Cell{StyleID: style, Value: s}
}

// amount is a number as it is read: money in millions of đồng, parts of a unit with their decimals. What is not known is a
// dash.
func (b *workbook) amount(n figures.Number, unit string) excelize.Cell {
	switch {
	case !n.Known():
		return str("–", b.styles.dash)
	case unit == "VND":
		return excelize.Cell{StyleID: b.styles.decimal, Value: float64(n.Quantity) / 1e6}
	case n.Parts > 1:
		return excelize.Cell{StyleID: b.styles.two, Value: float64(n.Quantity) / float64(n.Parts)}
	}
	return excelize.Cell{StyleID: b.styles.whole, Value: n.Quantity}
}

// percent is a change in hundredths of a per cent.
func (b *workbook) percent(n figures.Number) excelize.Cell {
	if !n.Known() {
		return str("–", b.styles.dash)
	}
	return excelize.Cell{StyleID: b.styles.percent, Value: float64(n.Quantity) / float64(n.Parts) / 100}
}

// page is how a sheet is printed: on A4, as wide as the page, with one row on every page.
type page struct {
	head   int // the row; 0: none
	across bool
}

func (b *workbook) print(name string, p page) error {
	size, orientation, width, height, fit := 9, "portrait", 1, 0, true
	if p.across {
		orientation = "landscape"
	}
	if err := b.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := b.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height}); err != nil {
		return err
	}
	if p.head == 0 {
		return nil
	}
	return b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", quoted(name), p.head, p.head)})
}

// quoted is a sheet's name within quotes of a reference.
func quoted(name string) string { return strings.ReplaceAll(name, "'", "''") }
