package docxreport

import (
	"bytes"
	"fmt"
	"image/png"

	"hoso/projections/report"
)

// figures writes the annex of figures, across the page.
func (d *document) figures() {
	g := report.Annex(d.report.Annex, d.report.Month.Year)
	d.paragraph(look{style: "Heading1", align: "center", bold: true, keep: true}, "PHỤ LỤC SỐ LIỆU")
	d.paragraph(look{align: "center", size: 24, italic: true, after: 120, keep: true}, d.report.Subject()+". "+d.report.Period())
	numbers := len(g.Columns) - 2
	const counted, unit = 560, 1250
	number := min(1380, (landscapeWidth-counted-unit)*2/3/numbers)
	t := table{widths: []int{counted, landscapeWidth - counted - unit - number*numbers, unit}, about: "Phụ lục số liệu: " + d.report.Subject(), size: 22,
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
	for n, c := range d.report.Charts {
		if n == 0 {
			d.paragraph(look{style: "Heading1", align: "center", bold: true, after: 120, keep: true}, "BIỂU ĐỒ")
		}
		d.paragraph(look{bold: true, size: 26, before: 240, after: 60, keep: true}, fmt.Sprintf("Hình %d. %s", n+1, c.Title))
		d.picture(n, c.Spell())
		for _, g := range c.Grids() {
			first := portraitWidth / 4
			if len(g.Head) < 4 {
				first = portraitWidth / 2
			}
			widths := []int{first}
			for range g.Head[1:] {
				widths = append(widths, (portraitWidth-first)/max(len(g.Head)-1, 3))
			}
			d.table(table{widths: widths, about: "Số liệu: " + c.Title, size: 20, head: g.Head, lines: g.Rows, texts: 1, keep: true})
			d.paragraph(look{size: 8}, "")
		}
	}
}

// picture places a painted chart over the width of the text. Sizes are in 360,000ths of a centimetre.
func (d *document) picture(n int, about string) {
	width, height := int64(5943600), int64(2806700) // more than an int of 32 bits holds, once multiplied
	if size, err := png.DecodeConfig(bytes.NewReader(d.pictures[n])); err == nil && size.Width > 0 {
		height = width * int64(size.Height) / int64(size.Width)
	}
	fmt.Fprintf(d, `<w:p><w:pPr><w:keepNext/><w:spacing w:before="0" w:after="60"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`+
		`<wp:docPr id="%d" name="Hình %d" descr="%s"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%d" name="chart%d.png" descr="%s"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rChart%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
		width, height, n+1, n+1, text(about), n+1, n+1, text(about), n+1, width, height)
}

// findings writes what the checks found and how figures are meant.
func (d *document) findings() {
	list := func(title string, all []string) {
		for n, s := range all {
			if n == 0 {
				d.paragraph(look{style: "Heading1", bold: true, before: 240, after: 60, keep: true}, title)
			}
			d.paragraph(look{align: "both", before: 40, after: 40, size: 26, indent: 567}, "- "+s)
		}
	}
	var found []string
	for _, f := range d.report.Findings {
		found = append(found, f.Message)
	}
	list("KIỂM TRA SỐ LIỆU", found)
	list("LƯU Ý", d.report.Remarks)
}
