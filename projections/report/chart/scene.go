package chart

// Scene is a drawing: shapes at whole points from the upper left corner, in the order in which they are drawn.
type Scene struct {
	ID            string
	Title, About  string
	Width, Height int
	Bars          []Bar
	Strokes       []Stroke
	Dots          []Dot
	Texts         []Text
}

// Tone is how an area is filled. Tones differ in grey, too.
type Tone int

// The tones: full for what the chart is about, hatched for what it is compared with.
const (
	Full Tone = iota
	Hatched
)

// Bar is an area. Its width and height are never negative.
type Bar struct {
	X, Y, W, H int
	Tone       Tone
}

// Stroke is a straight line of a width in tenths of a point.
type Stroke struct {
	X1, Y1, X2, Y2 int
	Tenths         int
	Dashed         bool
}

// Dot marks a value on a line.
type Dot struct{ X, Y, R int }

// Anchor is the part of a text that stands at its X.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is a line of letters whose baseline is at Y.
type Text struct {
	X, Y, Size int
	Anchor     Anchor
	Text       string
}

// box is the room that something takes.
type box struct{ left, top, right, bottom int }

func (b box) meets(c box) bool {
	return b.left < c.right && c.left < b.right && b.top < c.bottom && c.top < b.bottom
}

func (b box) within(s Scene) bool {
	return b.left >= 0 && b.top >= 0 && b.right <= s.Width && b.bottom <= s.Height
}

func (b Bar) box() box { return box{b.X, b.Y, b.X + b.W, b.Y + b.H} }

func (d Dot) box() box { return box{d.X - d.R, d.Y - d.R, d.X + d.R, d.Y + d.R} }

func (t Text) box() box {
	w := Width(t.Text, t.Size)
	left := t.X - w*int(t.Anchor)/2
	return box{left, t.Y - t.Size*4/5, left + w, t.Y + t.Size/4}
}

// place draws the first of some texts that has room: it lies on the drawing, upon nothing that is there and, where that can be
// had, across no line. Without room it is left out, and can be read in the table.
func (s *Scene) place(choices ...Text) {
	for _, crossing := range []bool{false, true} {
		for _, t := range choices {
			if s.free(t.box()) && (crossing || !s.crossed(t.box())) {
				s.Texts = append(s.Texts, t)
				return
			}
		}
	}
}

// crossed looks whether a line passes through a box, point by point: a box is wider than the points lie apart.
func (s *Scene) crossed(b box) bool {
	const points = 256
	for _, l := range s.Strokes {
		for n := range points + 1 {
			x, y := l.X1+(l.X2-l.X1)*n/points, l.Y1+(l.Y2-l.Y1)*n/points
			if b.left <= x && x <= b.right && b.top <= y && y <= b.bottom {
				return true
			}
		}
	}
	return false
}

func (s *Scene) free(b box) bool {
	if !b.within(*s) {
		return false
	}
	for _, other := range s.Bars {
		if b.meets(other.box()) {
			return false
		}
	}
	for _, other := range s.Dots {
		if b.meets(other.box()) {
			return false
		}
	}
	for _, other := range s.Texts {
		if b.meets(other.box()) {
			return false
		}
	}
	return true
}

// Hatch returns the slanting lines that fill a bar, each within it.
func (b Bar) Hatch() (lines []Stroke) {
	const step = 6
	for c := step; c < b.W+b.H; c += step { // where x + y = c, from the lower left to the upper right
		x1, y1 := c-b.H, b.H
		if x1 < 0 {
			x1, y1 = 0, c
		}
		x2, y2 := c, 0
		if x2 > b.W {
			x2, y2 = b.W, c-b.W
		}
		lines = append(lines, Stroke{X1: b.X + x1, Y1: b.Y + y1, X2: b.X + x2, Y2: b.Y + y2, Tenths: 12})
	}
	return lines
}
