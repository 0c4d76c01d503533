package chart

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// ink is dark blue, which prints as a dark grey.
const ink = "#1f3864"

// SVG writes a drawing as an element of a page or a file of its own. It needs nothing from elsewhere.
func (s Scene) SVG() string {
	var b strings.Builder
	id := "chart-" + name(s.ID)
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="%s-title %s-desc" lang="vi">`+"\n",
		s.Width, s.Height, s.Width, s.Height, id, id)
	fmt.Fprintf(&b, `<title id="%s-title">%s</title>`+"\n"+`<desc id="%s-desc">%s</desc>`+"\n", id, escape(s.Title), id, escape(s.About))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/>`+"\n", s.Width, s.Height)
	for _, r := range s.Bars {
		if r.Tone == Full {
			fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", r.X, r.Y, r.W, r.H, ink)
			continue
		}
		fmt.Fprintf(&b, `<path d="`)
		for _, l := range r.Hatch() {
			fmt.Fprintf(&b, "M%d %dL%d %d", l.X1, l.Y1, l.X2, l.Y2)
		}
		fmt.Fprintf(&b, `" stroke="%s" stroke-width="1.2"/>`+"\n", ink)
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="%s"/>`+"\n", r.X, r.Y, r.W, r.H, ink)
	}
	for _, l := range s.Strokes {
		dashes := ""
		if l.Dashed {
			dashes = ` stroke-dasharray="8 5"`
		}
		fmt.Fprintf(&b, `<path d="M%d %dL%d %d" stroke="%s" stroke-width="%d.%d"%s/>`+"\n", l.X1, l.Y1, l.X2, l.Y2, ink, l.Tenths/10, l.Tenths%10, dashes)
	}
	for _, d := range s.Dots {
		fmt.Fprintf(&b, `<circle cx="%d" cy="%d" r="%d" fill="%s"/>`+"\n", d.X, d.Y, d.R, ink)
	}
	b.WriteString(`<g font-family="Liberation Sans, Arial, Helvetica, sans-serif" fill="#000" aria-hidden="true">` + "\n")
	for _, t := range s.Texts {
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" text-anchor="%s">%s</text>`+"\n",
			t.X, t.Y, t.Size, [...]string{"start", "middle", "end"}[t.Anchor], escape(t.Text))
	}
	b.WriteString("</g>\n</svg>\n")
	return b.String()
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}

// name makes an id of a page from what names a chart.
func name(id string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return '-'
	}, id)
}
