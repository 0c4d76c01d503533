package chart

// ranks draws level bars below each other, the name on the left and the number at the end of the bar. The drawing is as
// high as they need.
func (c Chart) ranks(s *Scene) {
	const (
		row    = 34
		height = 18
		names  = 190
		number = 96 // room beyond the bars
	)
	c.legend(s)
	left, right, top := margin+names+12, wide-margin-number, 38
	s.Height = top + row*len(c.Points) + 8
	scale := scaleOf(c.values(), right-left)
	if scale.low < 0 { // room for numbers of bars to the left of zero
		left += number
		scale.extent -= number
	}
	zero := left + scale.at(0)
	for n, p := range c.Points {
		v, y := p.value(0), top+row*n+(row-height)/2
		end := zero
		if !v.Missing && v.Quantity != 0 {
			end = left + scale.at(v.Quantity)
			s.Bars = append(s.Bars, Bar{min(end, zero), y, max(end, zero) - min(end, zero), height, Full})
		}
		lines := wrap(p.Label, small, names, 2)
		for i, l := range lines {
			s.Texts = append(s.Texts, Text{margin + names, y + height/2 + 4 - 7*(len(lines)-1) + 14*i, small, End, l})
		}
		var choices []Text
		for _, size := range []int{text, small, 10} {
			t := Text{end + 6, y + height/2 + 5, size, Start, v.say()}
			if v.Quantity < 0 {
				t.X, t.Anchor = end-6, End
			}
			choices = append(choices, t)
		}
		s.place(choices...)
	}
	s.Strokes = append(s.Strokes, Stroke{zero, top, zero, s.Height - 8, 10, false})
}
