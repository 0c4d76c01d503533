package pdfreport

import "hoso/projections/report/chart"

// scene draws a chart between the margins, a point of the drawing so many millimetres wide.
func (d *document) scene(s chart.Scene, scale float64) {
	x0, _, _, _ := d.GetMargins()
	y0 := d.GetY()
	x, y := func(n int) float64 { return x0 + float64(n)*scale }, func(n int) float64 { return y0 + float64(n)*scale }
	d.SetDrawColor(0x1f, 0x38, 0x64)
	d.SetFillColor(0x1f, 0x38, 0x64)
	stroke := func(l chart.Stroke) {
		d.SetLineWidth(float64(l.Tenths) / 10 * scale)
		if l.Dashed {
			d.SetDashPattern([]float64{8 * scale, 5 * scale}, 0)
		}
		d.Line(x(l.X1), y(l.Y1), x(l.X2), y(l.Y2))
		d.SetDashPattern(nil, 0)
	}
	for _, b := range s.Bars {
		if b.Tone == chart.Full {
			d.Rect(x(b.X), y(b.Y), float64(b.W)*scale, float64(b.H)*scale, "F")
			continue
		}
		for _, l := range b.Hatch() {
			stroke(l)
		}
		d.SetLineWidth(scale)
		d.Rect(x(b.X), y(b.Y), float64(b.W)*scale, float64(b.H)*scale, "D")
	}
	for _, l := range s.Strokes {
		stroke(l)
	}
	for _, c := range s.Dots {
		d.Circle(x(c.X), y(c.Y), float64(c.R)*scale, "F")
	}
	for _, t := range s.Texts {
		d.SetFont("sans", "", float64(t.Size)*scale/0.3528)
		letters := clean(t.Text)
		d.Text(x(t.X)-d.GetStringWidth(letters)/2*float64(t.Anchor), y(t.Y), letters)
	}
	d.SetDrawColor(0, 0, 0)
	d.SetY(y0 + float64(s.Height)*scale + 1)
}
