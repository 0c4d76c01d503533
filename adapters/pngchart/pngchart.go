// Package pngchart paints the drawings of charts as PNG files, for documents that take no SVG.
//
// The letters are Liberation Sans (SIL Open Font License), which is as wide as Arial, has all letters of Vietnamese and is
// linked into the program, so a chart looks the same wherever it is painted.
package pngchart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
	"golang.org/x/text/unicode/norm"

	"hoso/projections/report/chart"
)

// Scale is how many pixels a point of a drawing has: three are 330 to the inch across the text of an A4 page.
const Scale = 3

var ink = color.Gray{Y: 0x38} // what the blue of the SVG is in grey

// painter paints one drawing. Its faces are made once for each size.
type painter struct {
	to    *image.Gray
	font  *opentype.Font
	faces map[int]font.Face
}

// Paint paints a drawing in grey.
func Paint(s chart.Scene) ([]byte, error) {
	f, err := opentype.Parse(liberationsansregular.TTF)
	if err != nil {
		return nil, err
	}
	p := painter{image.NewGray(image.Rect(0, 0, s.Width*Scale, s.Height*Scale)), f, map[int]font.Face{}}
	draw.Draw(p.to, p.to.Bounds(), image.White, image.Point{}, draw.Src)
	for _, b := range s.Bars {
		p.bar(b)
	}
	for _, l := range s.Strokes {
		p.stroke(l)
	}
	for _, d := range s.Dots {
		p.dot(d)
	}
	for _, t := range s.Texts {
		if err := p.text(t); err != nil {
			return nil, err
		}
	}
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, p.to)
	return out.Bytes(), err
}

func (p painter) bar(b chart.Bar) {
	if b.Tone == chart.Full {
		r := image.Rect(b.X*Scale, b.Y*Scale, (b.X+b.W)*Scale, (b.Y+b.H)*Scale)
		draw.Draw(p.to, r, image.NewUniform(ink), image.Point{}, draw.Src)
		return
	}
	for _, l := range b.Hatch() {
		p.stroke(l)
	}
	right, low := b.X+b.W, b.Y+b.H
	for _, l := range [][4]int{{b.X, b.Y, right, b.Y}, {b.X, low, right, low}, {b.X, b.Y, b.X, low}, {right, b.Y, right, low}} {
		p.stroke(chart.Stroke{X1: l[0], Y1: l[1], X2: l[2], Y2: l[3], Tenths: 10})
	}
}

// stroke paints a line as the area that it covers, a dashed one piece by piece.
func (p painter) stroke(l chart.Stroke) {
	if !l.Dashed {
		p.line(float64(l.X1), float64(l.Y1), float64(l.X2), float64(l.Y2), float64(l.Tenths)/10)
		return
	}
	const dash, gap = 8, 5
	dx, dy := float64(l.X2-l.X1), float64(l.Y2-l.Y1)
	length := math.Hypot(dx, dy)
	for at := 0.0; at < length; at += dash + gap {
		from, to := at/length, min(at+dash, length)/length
		p.line(float64(l.X1)+dx*from, float64(l.Y1)+dy*from, float64(l.X1)+dx*to, float64(l.Y1)+dy*to, float64(l.Tenths)/10)
	}
}

func (p painter) line(x1, y1, x2, y2, width float64) {
	length := math.Hypot(x2-x1, y2-y1)
	if length == 0 {
		return
	}
	nx, ny := (y1-y2)/length*width/2, (x2-x1)/length*width/2
	p.fill([][2]float64{{x1 + nx, y1 + ny}, {x2 + nx, y2 + ny}, {x2 - nx, y2 - ny}, {x1 - nx, y1 - ny}})
}

// dot paints a circle as a polygon of so many corners that it looks round.
func (p painter) dot(d chart.Dot) {
	corners := make([][2]float64, 48)
	for i := range corners {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(len(corners)))
		corners[i] = [2]float64{float64(d.X) + float64(d.R)*cos, float64(d.Y) + float64(d.R)*sin}
	}
	p.fill(corners)
}

// fill paints a polygon. Only the part of the picture around it is worked on.
func (p painter) fill(corners [][2]float64) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, c := range corners {
		for i := range c {
			low[i], high[i] = min(low[i], c[i]*Scale), max(high[i], c[i]*Scale)
		}
	}
	at := image.Pt(int(math.Floor(low[0])), int(math.Floor(low[1])))
	size := image.Pt(int(math.Ceil(high[0])), int(math.Ceil(high[1]))).Sub(at)
	r := vector.NewRasterizer(size.X, size.Y)
	for i, c := range corners {
		x, y := float32(c[0]*Scale-float64(at.X)), float32(c[1]*Scale-float64(at.Y))
		if i == 0 {
			r.MoveTo(x, y)
		} else {
			r.LineTo(x, y)
		}
	}
	r.ClosePath()
	r.Draw(p.to, image.Rectangle{at, at.Add(size)}, image.NewUniform(ink), image.Point{})
}

func (p painter) text(t chart.Text) error {
	face := p.faces[t.Size]
	if face == nil {
		var err error
		if face, err = opentype.NewFace(p.font, &opentype.FaceOptions{Size: float64(t.Size * Scale), DPI: 72, Hinting: font.HintingNone}); err != nil {
			return err
		}
		p.faces[t.Size] = face
	}
	d := font.Drawer{Dst: p.to, Src: image.Black, Face: face, Dot: fixed.P(t.X*Scale, t.Y*Scale)}
	letters := norm.NFC.String(t.Text) // a letter with its marks is one glyph
	d.Dot.X -= d.MeasureString(letters) / 2 * fixed.Int26_6(t.Anchor)
	d.DrawString(letters)
	return nil
}
