package chart

// The sizes of a drawing in points of the drawing, which is as wide as a page's text.
const (
	wide   = 720
	tall   = 340
	margin = 16
	text   = 14
	small  = 12
)

// Draw works out what stands where.
func (c Chart) Draw() Scene {
	s := Scene{ID: c.ID, Title: c.Title, About: c.Describe(), Width: wide, Height: tall}
	switch {
	case len(c.Points) == 0:
		s.Height = 80
		s.Texts = append(s.Texts, Text{X: wide / 2, Y: 46, Size: text, Anchor: Middle, Text: "Chưa có số liệu."})
	case c.Kind == Line:
		c.line(&s)
	case c.Kind == Ranks:
		c.ranks(&s)
	default:
		c.columns(&s)
	}
	return s
}

func (c Chart) values() (all []Value) {
	for _, p := range c.Points {
		for n := range c.Series {
			all = append(all, p.value(n))
		}
	}
	if c.Mark != nil {
		all = append(all, c.Mark.Value)
	}
	return all
}

// legend writes the unit on the left, and on the right what each tone is.
func (c Chart) legend(s *Scene) {
	s.Texts = append(s.Texts, Text{X: margin, Y: 22, Size: small, Text: cut("Đơn vị: "+c.Unit, small, wide/3, false)})
	if len(c.Series) < 2 {
		return
	}
	x := wide - margin
	for n := len(c.Series) - 1; n >= 0; n-- {
		name := cut(c.Series[n], small, wide/4, false)
		s.Texts = append(s.Texts, Text{X: x, Y: 22, Size: small, Anchor: End, Text: name})
		x -= Width(name, small) + 24
		s.Bars = append(s.Bars, Bar{x, 11, 18, 12, Tone(n)})
		x -= 16
	}
}

// frame is where the values of upright charts are drawn: below the legend and above the labels.
type frame struct{ left, right, top, bottom int }

// upright leaves room for numbers under bars that go down.
func (c Chart) upright() frame {
	f := frame{left: margin, right: wide - margin, top: 58, bottom: tall - 56}
	for _, v := range c.values() {
		if v.Quantity < 0 && !v.Missing {
			f.bottom = tall - 56 - text - 4
		}
	}
	return f
}

func (f frame) y(s scale, q int64) int { return f.bottom - s.at(q) }

// labels writes the name under each point. The drawing ends below the lowest one.
func (c Chart) labels(s *Scene, f frame) {
	rows := 1
	for n, p := range c.Points {
		room := (f.right - f.left) / len(c.Points)
		for row, line := range wrap(p.Label, small, room-6, 3) {
			rows = max(rows, row+1)
			s.place(Text{X: f.middle(n, len(c.Points)), Y: tall - 37 + 15*row, Size: small, Anchor: Middle, Text: line})
		}
	}
	s.Height = tall - 45 + 15*rows
}

func (f frame) middle(n, of int) int { return f.left + (f.right-f.left)*(2*n+1)/(2*of) }
