// Package docxreport writes a report as a Word document in the form of official documents (NĐ 30/2020, annex I): its nine
// parts on A4, margins of 20, 20, 30 and 15 mm, Times New Roman 13 and 14, page numbers in the middle of the top from the
// second page on. Annexes follow: the figures across the page with a header that each page repeats, the charts with their
// numbers, and what the checks found.
//
//	letter.go  the nine parts       annex.go   what follows         table.go, text.go   WordprocessingML
//	parts.go   the files of a package, always in the same order and with the same time: the same report, the same bytes
package docxreport

import (
	"io"

	"hoso/projections/report"
	"hoso/projections/report/chart"
)

// Paint paints a chart as a PNG file.
type Paint func(chart.Chart) ([]byte, error)

// document is a document while it is written.
type document struct {
	body
	report   report.Report
	pictures [][]byte
}

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, r report.Report, paint Paint) error {
	d := &document{report: r}
	d.letterhead()
	d.sections()
	d.signature()
	d.section(portrait, true)
	if len(r.Annex) > 0 {
		d.figures()
		d.section(landscape, false)
	}
	for _, c := range r.Charts {
		png, err := paint(c)
		if err != nil {
			return err
		}
		d.pictures = append(d.pictures, png)
	}
	d.charts()
	d.findings()
	d.last(portrait)
	return d.pack(w)
}
