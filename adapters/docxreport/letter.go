package docxreport

import "fmt"

// letterhead writes the first five parts: the state and its motto, the office and the body above it, number and symbol,
// place and date, and what kind of document about what.
func (d *document) letterhead() {
	p := d.report.Paper
	const left = 3900
	d.beside(left, portraitWidth-left, func() {
		if above := d.report.Above(); above != "" {
			d.paragraph(look{align: "center", size: 24, wide: true}, above)
		}
		d.paragraph(look{align: "center", size: 24, bold: true, wide: true}, d.report.Office)
		d.paragraph(look{size: 4, line: true, left: left / 3, right: left / 3, after: 120}, "")
		d.paragraph(look{align: "center", size: 26}, p.NumberLine())
	}, func() {
		d.paragraph(look{align: "center", size: 24, bold: true}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
		d.paragraph(look{align: "center", size: 26, bold: true}, "Độc lập - Tự do - Hạnh phúc")
		d.paragraph(look{size: 4, line: true, left: 1400, right: 1400, after: 120}, "")
		d.paragraph(look{align: "center", size: 28, italic: true}, p.DateLine(d.report))
	})
	d.paragraph(look{style: "Title", align: "center", size: 28, bold: true, before: 360}, "BÁO CÁO")
	d.paragraph(look{align: "center", size: 28, bold: true}, d.report.Subject())
	d.paragraph(look{size: 4, line: true, left: portraitWidth * 2 / 5, right: portraitWidth * 2 / 5, after: 120}, "")
	d.paragraph(look{align: "center", size: 24, italic: true, after: 120}, d.report.Period())
}

// sections writes the body.
func (d *document) sections() {
	for n, s := range d.report.Sections {
		d.paragraph(look{style: "Heading1", bold: true, before: 120, after: 60, indent: 567, keep: true}, fmt.Sprintf("%d. %s%s", n+1, s.Title, s.Note(d.report)))
		for _, said := range s.Sentences {
			d.paragraph(look{align: "both", before: 60, after: 60, indent: 567}, "- "+said)
		}
		for _, t := range s.Tables {
			title := t.Title
			if title == "" {
				title = s.Title
			} else {
				d.paragraph(look{bold: true, before: 120, after: 60, keep: true}, title)
			}
			d.table(table{widths: form(len(t.Columns)), about: title, size: 24, head: t.Columns, lines: t.Rows, texts: 2})
			d.paragraph(look{size: 12}, "")
		}
	}
}

// form divides a page for a form's table: a narrow number, a wide text, and the rest alike.
func form(columns int) []int {
	widths := make([]int, columns)
	rest := portraitWidth
	if columns > 2 {
		widths[0] = 680
		number := min(1500, (portraitWidth-680)/2/(columns-2))
		for n := 2; n < columns; n++ {
			widths[n] = number
		}
		widths[1] = rest - 680 - number*(columns-2)
		return widths
	}
	for n := range widths {
		widths[n] = rest / columns
	}
	return widths
}

// signature writes the last parts: who gets the document, and who signs, with room for the signature and the seal.
func (d *document) signature() {
	p := d.report.Paper
	d.paragraph(look{size: 12, before: 120}, "")
	d.beside(portraitWidth/2, portraitWidth-portraitWidth/2, func() {
		d.paragraph(look{size: 24, bold: true, italic: true}, "Nơi nhận:")
		for _, to := range d.report.SentTo() {
			d.paragraph(look{size: 22}, to)
		}
	}, func() {
		if p.Standing != "" {
			d.paragraph(look{align: "center", size: 28, bold: true}, p.Standing)
		}
		d.paragraph(look{align: "center", size: 28, bold: true}, p.SignerRole())
		for range 4 {
			d.paragraph(look{align: "center"}, "")
		}
		d.paragraph(look{align: "center", size: 28, bold: true}, p.Signer)
	})
}
