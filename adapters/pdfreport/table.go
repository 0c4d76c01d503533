package pdfreport

import (
	"slices"
	"strings"
)

// table is a table of fixed widths.
type table struct {
	widths []float64
	size   float64
	head   []string
	lines  [][]string
	texts  int            // so many columns hold texts, the others numbers
	slant  func(int) bool // lines that are parts of the one before
}

const padding = 1.0

// table writes a table between the margins. A line stands on one page unless it is higher than a page; every page begins
// with the header.
func (d *document) table(t table) {
	t.head = slices.Clone(t.head)
	d.SetDrawColor(90, 90, 90)
	d.SetLineWidth(0.15)
	header := func() {
		d.SetFillColor(231, 231, 231)
		d.row(t, t.head, "B", true)
	}
	d.SetFont("serif", "B", t.size)
	for n := range t.head { // which has to leave room for lines
		t.head[n] = strings.Join(shorten(d.lines(t.head[n], t.widths[n]-2*padding, 0), mostLines), " ")
	}
	d.room(2 * t.height(d, t.head, "B"))
	header()
	for n, line := range t.lines {
		style := ""
		if t.slant != nil && t.slant(n) {
			style = "I"
		}
		for _, piece := range t.pieces(d, line, style) {
			if !d.room(t.height(d, piece, style)) {
				header()
			}
			d.row(t, piece, style, false)
		}
	}
	d.SetDrawColor(0, 0, 0)
}

// cell returns the lines of a cell, and from where it starts.
func (t table) cell(d *document, line []string, n int, style string) (lines []string, indent float64) {
	if n >= len(line) {
		return nil, 0
	}
	d.SetFont("serif", style, t.size)
	if style == "I" && n < t.texts {
		indent = 3
	}
	return d.lines(line[n], t.widths[n]-2*padding-indent, 0), indent
}

func (t table) height(d *document, line []string, style string) float64 {
	most := 1
	for n := range t.widths {
		lines, _ := t.cell(d, line, n, style)
		most = max(most, len(lines))
	}
	return float64(most)*leading(t.size) + padding
}

// pieces cuts a line of a table that is higher than a page.
func (t table) pieces(d *document, line []string, style string) (all [][]string) {
	_, page := d.GetPageSize()
	most := max(1, int((page-top-bottom-t.height(d, t.head, "B"))/leading(t.size)/2))
	for {
		piece, rest, more := make([]string, len(t.widths)), make([]string, len(t.widths)), false
		for n := range t.widths {
			lines, _ := t.cell(d, line, n, style)
			for i, l := range lines {
				if i < most {
					piece[n] += l + " "
				} else {
					rest[n] += l + " "
					more = true
				}
			}
		}
		if all = append(all, piece); !more {
			return all
		}
		line = rest
	}
}

func (d *document) row(t table, line []string, style string, head bool) {
	height := t.height(d, line, style)
	x, _, _, _ := d.GetMargins()
	y := d.GetY()
	for n, width := range t.widths {
		form := "D"
		if head {
			form = "FD"
		}
		d.Rect(x, y, width, height, form)
		lines, indent := t.cell(d, line, n, style)
		align, from := "L", y+padding/2
		switch {
		case head:
			align, from = "C", y+(height-float64(len(lines))*leading(t.size))/2
		case n >= t.texts:
			align = "R"
		}
		for i, l := range lines {
			d.SetY(from + float64(i)*leading(t.size))
			d.line(l, x+padding+indent, width-2*padding-indent, leading(t.size), align, false)
		}
		x += width
	}
	d.SetY(y + height)
}
