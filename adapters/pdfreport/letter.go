package pdfreport

import "fmt"

// letterhead writes the state and its motto, the office and the body above it, number and symbol, place and date, and what
// kind of document about what.
func (d *document) letterhead() {
	p, y := d.report.Paper, d.GetY()
	const office, state = 68.0, 97.0
	end := y
	if above := d.report.Above(); above != "" {
		end = d.column(left, office, end, look{size: 12, align: "C"}, upper(above))
	}
	end = d.column(left, office, end, look{style: "B", size: 12, align: "C"}, upper(d.report.Office))
	d.SetY(end)
	d.rule(left, office, office/3)
	end = d.column(left, office, d.GetY(), look{size: 13, align: "C"}, p.NumberLine())
	other := d.column(left+office, state, y, look{style: "B", size: 12, align: "C"}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
	other = d.column(left+office, state, other, look{style: "B", size: 13, align: "C"}, "Độc lập - Tự do - Hạnh phúc")
	d.SetY(other)
	d.rule(left+office, state, state/2)
	other = d.column(left+office, state, d.GetY(), look{style: "I", size: 14, align: "C"}, p.DateLine(d.report))
	d.SetY(max(end, other) + 6)
	d.paragraph(look{style: "B", size: 14, align: "C"}, "BÁO CÁO")
	d.paragraph(look{style: "B", size: 14, align: "C"}, d.report.Subject())
	d.rule(left, d.width(), d.width()/5)
	d.paragraph(look{style: "I", size: 12, align: "C", before: 1, after: 2}, d.report.Period())
}

func (d *document) heading(s string) {
	d.SetFont("serif", "B", 14)
	d.room(18) // not the last line of a page
	d.Bookmark(clean(s), 0, -1)
	d.paragraph(look{style: "B", size: 14, align: "L", indent: 10, before: 2, after: 1}, s)
}

// sections writes the body.
func (d *document) sections() {
	for n, s := range d.report.Sections {
		d.heading(fmt.Sprintf("%d. %s%s", n+1, s.Title, s.Note(d.report)))
		for _, said := range s.Sentences {
			d.paragraph(look{size: 14, align: "J", indent: 10, before: 1, after: 1}, "- "+said)
		}
		for _, t := range s.Tables {
			if t.Title != "" {
				d.room(18)
				d.paragraph(look{style: "B", size: 14, align: "L", before: 2, after: 1}, t.Title)
			}
			widths := make([]float64, len(t.Columns))
			for i := range widths {
				widths[i] = d.width() / float64(len(widths))
			}
			if n := len(widths); n > 2 {
				number := min(26, (d.width()-12)/2/float64(n-2))
				for i := range widths {
					widths[i] = number
				}
				widths[0], widths[1] = 12, d.width()-12-number*float64(n-2)
			}
			d.table(table{widths: widths, size: 12, head: t.Columns, lines: t.Rows, texts: 2})
			d.SetY(d.GetY() + 2)
		}
	}
}

// signature writes who gets the document, and who signs, with room for the signature and the seal.
func (d *document) signature() {
	p := d.report.Paper
	d.SetY(d.GetY() + 4)
	d.room(50)
	y, half := d.GetY(), d.width()/2
	end := d.column(left, half, y, look{style: "BI", size: 12, align: "L"}, "Nơi nhận:")
	end = d.column(left, half, end, look{size: 11, align: "L"}, d.report.SentTo()...)
	other := y
	if p.Standing != "" {
		other = d.column(left+half, half, other, look{style: "B", size: 14, align: "C"}, p.Standing)
	}
	other = d.column(left+half, half, other, look{style: "B", size: 14, align: "C"}, p.SignerRole())
	other = d.column(left+half, half, other+25, look{style: "B", size: 14, align: "C"}, p.Signer)
	d.SetY(max(end, other))
}
