package docxreport

import (
	"fmt"
	"slices"
)

// table is a table of fixed widths, in twentieths of a point.
type table struct {
	widths []int
	about  string // what a screen reader says
	size   int    // of letters, in half points
	head   []string
	lines  [][]string
	texts  int            // so many columns hold texts, the others numbers
	slant  func(int) bool // lines that are parts of the one before
	keep   bool           // on one page
}

// longCell is a text that may be higher than a page; a line of the table with one may be cut.
const longCell = 600

// table writes a table. Its header is repeated on every page, and the end of a page cuts no line that has room on one.
func (b *body) table(t table) {
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, sum(t.widths))
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>`)
	fmt.Fprintf(b, `<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val="%s"/></w:tblPr>`, text(t.about))
	b.grid(t.widths)
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for n, width := range t.widths {
		b.cell(width, `<w:shd w:val="clear" w:color="auto" w:fill="E7E7E7"/><w:vAlign w:val="center"/>`)
		b.paragraph(look{align: "center", size: t.size, bold: true, before: 20, after: 20, keep: true}, cut(at(t.head, n)))
		b.WriteString("</w:tc>")
	}
	b.WriteString("</w:tr>")
	for n, line := range t.lines {
		whole := "<w:trPr><w:cantSplit/></w:trPr>"
		if slices.ContainsFunc(line, func(s string) bool { return len(s) > longCell }) {
			whole = ""
		}
		b.WriteString("<w:tr>" + whole)
		for i, width := range t.widths {
			l := look{size: t.size, before: 10, after: 10, keep: t.keep && n < len(t.lines)-1}
			if i >= t.texts {
				l.align = "right"
			}
			if t.slant != nil && t.slant(n) && i < t.texts {
				l.italic, l.left = true, 170
			}
			b.cell(width, "")
			b.paragraph(l, at(line, i))
			b.WriteString("</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
}

// beside writes two columns without lines.
func (b *body) beside(left, right int, writeLeft, writeRight func()) {
	fmt.Fprintf(b, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>`, left+right)
	b.grid([]int{left, right})
	b.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
	b.cell(left, "")
	writeLeft()
	b.WriteString("</w:tc>")
	b.cell(right, "")
	writeRight()
	b.WriteString("</w:tc></w:tr></w:tbl>")
}

func (b *body) grid(widths []int) {
	b.WriteString("<w:tblGrid>")
	for _, w := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString("</w:tblGrid>")
}

func (b *body) cell(width int, properties string) {
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, properties)
}

// cut shortens a heading, which every page repeats.
func cut(s string) string {
	if letters := []rune(s); len(letters) > 120 {
		return string(letters[:119]) + "…"
	}
	return s
}

func at(cells []string, n int) string {
	if n < len(cells) {
		return cells[n]
	}
	return ""
}

func sum(widths []int) (all int) {
	for _, w := range widths {
		all += w
	}
	return all
}
