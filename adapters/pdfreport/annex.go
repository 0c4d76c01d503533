package pdfreport

import (
	"fmt"

	"hoso/projections/report"
)

// figures writes the annex of figures, across the page.
func (d *document) figures() {
	if len(d.report.Annex) == 0 {
		return
	}
	g := report.Annex(d.report.Annex, d.report.Month.Year)
	d.across()
	d.Bookmark("PHỤ LỤC SỐ LIỆU", 0, -1)
	d.paragraph(look{style: "B", size: 14, align: "C"}, "PHỤ LỤC SỐ LIỆU")
	d.paragraph(look{style: "I", size: 12, align: "C", after: 2}, d.report.Subject()+". "+d.report.Period())
	numbers := len(g.Columns) - 2
	const counted, unit = 10.0, 22.0
	number := min(24, (d.width()-counted-unit)*2/3/float64(numbers))
	t := table{widths: []float64{counted, d.width() - counted - unit - number*float64(numbers), unit}, size: 11,
		head: append([]string{"TT"}, g.Columns...), texts: 3, slant: func(n int) bool { return g.Lines[n].Part }}
	for range numbers {
		t.widths = append(t.widths, number)
	}
	for _, l := range g.Numbers() {
		t.lines = append(t.lines, append([]string{l.TT}, l.Cells...))
	}
	d.table(t)
}

// charts writes each chart with its title above and its numbers below it.
func (d *document) charts() {
	if len(d.report.Charts) > 0 || len(d.report.Findings)+len(d.report.Remarks) > 0 {
		d.upright()
	}
	for n, c := range d.report.Charts {
		if n == 0 {
			d.Bookmark("BIỂU ĐỒ", 0, -1)
			d.paragraph(look{style: "B", size: 14, align: "C", after: 2}, "BIỂU ĐỒ")
		}
		s := c.Draw()
		grids := c.Grids()
		rows := 0
		for _, g := range grids {
			rows += len(g.Rows) + 2
		}
		scale := d.width() / float64(s.Width)
		d.room(min(230, float64(s.Height)*scale+18+float64(rows)*6))
		d.paragraph(look{style: "B", size: 13, align: "L", before: 2, after: 1}, fmt.Sprintf("Hình %d. %s", n+1, c.Title))
		d.room(float64(s.Height) * scale)
		d.scene(s, scale)
		for _, g := range grids {
			first := d.width() / 4
			if len(g.Head) < 4 {
				first = d.width() / 2
			}
			t := table{widths: []float64{first}, size: 10, head: g.Head, lines: g.Rows, texts: 1}
			for range g.Head[1:] {
				t.widths = append(t.widths, (d.width()-first)/float64(max(len(g.Head)-1, 3)))
			}
			d.table(t)
			d.SetY(d.GetY() + 1)
		}
		d.SetY(d.GetY() + 4)
	}
}

// findings writes what the checks found and how figures are meant.
func (d *document) findings() {
	list := func(title string, all []string) {
		for n, s := range all {
			if n == 0 {
				d.heading(title)
			}
			d.paragraph(look{size: 13, align: "J", indent: 10, before: 0.5, after: 0.5}, "- "+s)
		}
	}
	var found []string
	for _, f := range d.report.Findings {
		found = append(found, f.Message)
	}
	list("KIỂM TRA SỐ LIỆU", found)
	list("LƯU Ý", d.report.Remarks)
}
