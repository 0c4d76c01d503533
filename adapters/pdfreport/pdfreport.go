// Package pdfreport writes a report as a PDF document in the form of official documents (NĐ 30/2020): A4, margins of 20, 20,
// 30 and 15 mm, page numbers in the middle of the top from the second page on, annexes with a header that each page repeats.
//
// The letters are Liberation Serif and Sans (SIL Open Font License), as wide as Times New Roman and Arial; those that are used
// are part of the file, so it looks the same everywhere. Charts are lines, not pictures.
//
//	letter.go the document   annex.go figures, charts, findings   table.go   text.go lines and words   scene.go charts
package pdfreport

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"

	"hoso/domain/calendar"
	"hoso/projections/report"
)

// The margins in millimetres.
const (
	top, bottom, left, right = 20, 20, 30, 15

	inside = 15 // to the left and the right of pages across
)

// document is a document while it is written.
type document struct {
	*fpdf.Fpdf
	report report.Report
}

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, r report.Report) error {
	d := &document{fpdf.New("P", "mm", "A4", ""), r}
	d.begin()
	d.letterhead()
	d.sections()
	d.signature()
	d.figures()
	d.charts()
	d.findings()
	return d.Output(w)
}

// begin sets what the document is. Its times are the day of the document, or of a draft the last of its period.
func (d *document) begin() {
	day := d.report.Paper.Date
	if day.IsZero() {
		day = d.report.To
	}
	if day.IsZero() {
		day = calendar.Of(1980, 1, 1)
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, time.UTC)
	d.SetCatalogSort(true)
	d.SetCreationDate(at)
	d.SetModificationDate(at)
	d.SetProducer("hoso", true)
	d.SetTitle(clean("Báo cáo "+d.report.Subject()), true)
	d.SetAuthor(clean(d.report.Office), true)
	d.SetLang("vi-VN")
	for style, letters := range map[string][]byte{"": liberationserifregular.TTF, "B": liberationserifbold.TTF, "I": liberationserifitalic.TTF, "BI": liberationserifbolditalic.TTF} {
		d.AddUTF8FontFromBytes("serif", style, letters)
	}
	d.AddUTF8FontFromBytes("sans", "", liberationsansregular.TTF)
	d.SetMargins(left, top, right)
	d.SetAutoPageBreak(false, bottom) // what is written looks for its own room
	d.SetCellMargin(0)
	d.SetHeaderFunc(func() {
		if d.PageNo() > 1 {
			d.SetFont("serif", "", 13)
			d.SetXY(0, 10)
			width, _ := d.GetPageSize()
			d.CellFormat(width, 6, fmt.Sprint(d.PageNo()), "", 0, "C", false, 0, "")
		}
		l, t, _, _ := d.GetMargins()
		d.SetXY(l, t)
	})
	d.AddPage()
}

// across begins a page that lies across; upright one that stands.
func (d *document) across() {
	d.SetMargins(inside, top, inside)
	d.AddPageFormat("L", d.GetPageSizeStr("A4"))
}

func (d *document) upright() {
	d.SetMargins(left, top, right)
	d.AddPageFormat("P", d.GetPageSizeStr("A4"))
}

// room makes sure that so much height is left on the page.
func (d *document) room(height float64) bool {
	_, page := d.GetPageSize()
	if d.GetY()+height <= page-bottom {
		return true
	}
	width, _ := d.GetPageSize()
	if width > page {
		d.across()
	} else {
		d.upright()
	}
	return false
}

func (d *document) width() float64 {
	width, _ := d.GetPageSize()
	l, _, r, _ := d.GetMargins()
	return width - l - r
}

func upper(s string) string { return strings.ToUpper(s) }
