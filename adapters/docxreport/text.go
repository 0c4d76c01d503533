package docxreport

import (
	"encoding/xml"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// body is WordprocessingML while it is written. What people wrote passes through text alone.
type body struct{ strings.Builder }

// look is how a paragraph looks. Sizes are in half points, distances in twentieths of a point.
type look struct {
	style         string // heading, in the document's outline
	align         string // "" left, center, right, both
	size          int    // 0: 28, which is 14 points
	bold, italic  bool
	before, after int
	indent        int  // of the first line
	left, right   int  // of all lines
	line          bool // beneath
	keep          bool // with the next paragraph
	wide          bool // in capitals
}

// text returns a text as XML takes it: letters composed, what XML cannot hold replaced.
func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(strings.Join(strings.Fields(norm.NFC.String(s)), " "))) // a Builder takes everything
	return b.String()
}

// paragraph writes a paragraph.
func (b *body) paragraph(l look, s string) {
	if l.wide {
		s = strings.ToUpper(s)
	}
	b.WriteString("<w:p><w:pPr>")
	if l.style != "" {
		fmt.Fprintf(b, `<w:pStyle w:val="%s"/>`, l.style)
	}
	if l.keep {
		b.WriteString("<w:keepNext/>")
	}
	if l.line {
		b.WriteString(`<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`)
	}
	fmt.Fprintf(b, `<w:spacing w:before="%d" w:after="%d"/>`, l.before, l.after)
	if l.indent+l.left+l.right > 0 {
		fmt.Fprintf(b, `<w:ind w:left="%d" w:right="%d" w:firstLine="%d"/>`, l.left, l.right, l.indent)
	}
	if l.align != "" {
		fmt.Fprintf(b, `<w:jc w:val="%s"/>`, l.align)
	}
	b.WriteString("</w:pPr>")
	if s != "" {
		b.run(l, s)
	}
	b.WriteString("</w:p>")
}

func (b *body) run(l look, s string) {
	b.WriteString("<w:r><w:rPr>")
	if l.bold {
		b.WriteString("<w:b/>")
	}
	if l.italic {
		b.WriteString("<w:i/>")
	}
	if l.size > 0 {
		fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/>`, l.size, l.size)
	}
	fmt.Fprintf(b, `</w:rPr><w:t xml:space="preserve">%s</w:t></w:r>`, text(s))
}

// The pages, in twentieths of a point: A4 with the margins of NĐ 30/2020, annex I. Across, the wide margin is the upper one,
// where such pages are bound.
const (
	portrait = `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>`

	landscape = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1701" w:right="1134" w:bottom="851" w:left="1134" w:header="850" w:footer="567" w:gutter="0"/>`

	portraitWidth  = 11906 - 851 - 1701
	landscapeWidth = 16838 - 2*1134
)

// properties of a section: its page, and the headers with the page's number; the first page of a letter has none.
func properties(page string, first bool) string {
	title := ""
	if first {
		title = "<w:titlePg/>"
	}
	return `<w:sectPr><w:headerReference w:type="default" r:id="rNumber"/><w:headerReference w:type="first" r:id="rFirst"/>` + page + title + "</w:sectPr>"
}

// section ends a section, and begins a page for the next.
func (b *body) section(page string, first bool) {
	b.WriteString(`<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>` + properties(page, first) + "</w:pPr></w:p>")
}

// last ends the document.
func (b *body) last(page string) { b.WriteString(properties(page, false)) }
