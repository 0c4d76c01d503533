package pdfreport

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// clean returns a text as the fonts take it: letters composed, what has no place in a line a space, and what lies beyond the
// first 65,536 letters of Unicode a mark.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r == 0x7f:
			return ' '
		case r > 0xFFFF:
			return '\uFFFD'
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD")))
}

// look is how a paragraph looks. Sizes are in points, distances in millimetres.
type look struct {
	style         string // "", B, I, BI
	size          float64
	align         string // L, C, R, J
	indent        float64
	before, after float64
}

// leading is the distance of lines.
func leading(size float64) float64 { return size * 0.3528 * 1.2 }

// lines breaks a text into lines of a width, the first one shorter by an indent. A word that is longer than a line is cut.
func (d *document) lines(s string, width, indent float64) (all []string) {
	line, room := "", width-indent
	for _, word := range strings.Fields(clean(s)) {
		switch {
		case line == "":
			line = word
		case d.GetStringWidth(line+" "+word) <= room:
			line += " " + word
		default:
			all, line, room = append(all, line), word, width
		}
		for d.GetStringWidth(line) > room {
			head := d.fitting(line, room)
			all, line, room = append(all, head), line[len(head):], width
		}
	}
	if line != "" || len(all) == 0 {
		all = append(all, line)
	}
	return all
}

// fitting returns as many letters from the start as there is room for, and one at least.
func (d *document) fitting(s string, room float64) string {
	end := 0
	for i, r := range s {
		if next := i + len(string(r)); i == 0 || d.GetStringWidth(s[:next]) <= room {
			end = next
			continue
		}
		break
	}
	return s[:end]
}

// paragraph writes a paragraph between the margins, over as many pages as it takes.
func (d *document) paragraph(l look, s string) {
	d.SetFont("serif", l.style, l.size)
	height := leading(l.size)
	d.SetY(d.GetY() + l.before)
	all := d.lines(s, d.width(), l.indent)
	for n, line := range all {
		d.room(height)
		d.SetFont("serif", l.style, l.size)
		margin, _, _, _ := d.GetMargins()
		x, width := margin, d.width()
		if n == 0 {
			x, width = x+l.indent, width-l.indent
		}
		d.line(line, x, width, height, l.align, n < len(all)-1)
		d.SetY(d.GetY() + height)
	}
	d.SetY(d.GetY() + l.after)
}

// line writes one line. Of a justified paragraph every line but the last fills the width.
func (d *document) line(s string, x, width, height float64, align string, more bool) {
	words := strings.Split(s, " ")
	if align != "J" || !more || len(words) < 2 {
		if align == "J" {
			align = "L"
		}
		y := d.GetY()
		d.SetXY(x, y)
		d.CellFormat(width, height, s, "", 0, align, false, 0, "")
		d.SetY(y)
		return
	}
	sum := 0.0
	for _, w := range words {
		sum += d.GetStringWidth(w)
	}
	gap := (width - sum) / float64(len(words)-1)
	y := d.GetY()
	for _, w := range words {
		d.SetXY(x, y)
		d.CellFormat(d.GetStringWidth(w), height, w, "", 0, "L", false, 0, "")
		x += d.GetStringWidth(w) + gap
	}
	d.SetY(y)
}

// rule draws a line of a width in the middle of a column.
func (d *document) rule(x, column, width float64) {
	y := d.GetY() + 1.5
	d.SetLineWidth(0.25)
	d.Line(x+(column-width)/2, y, x+(column+width)/2, y)
	d.SetY(y + 1.5)
}

// mostLines is how many lines a name takes at most where there is room for one.
const mostLines = 8

// shorten leaves out lines, and says so.
func shorten(lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most-1:most-1], "…")
}

// column writes short paragraphs into a column and returns where they end.
func (d *document) column(x, width, y float64, l look, texts ...string) float64 {
	d.SetFont("serif", l.style, l.size)
	for _, s := range texts {
		for _, line := range shorten(d.lines(s, width, 0), mostLines) {
			d.SetY(y)
			d.line(line, x, width, leading(l.size), l.align, false)
			y += leading(l.size)
		}
	}
	return y
}
