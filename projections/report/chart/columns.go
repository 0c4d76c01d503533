package chart

// columns draws upright bars from the zero line, those of one point side by side, with each number at the end of its bar.
func (c Chart) columns(s *Scene) {
	c.legend(s)
	f := c.upright()
	scale := scaleOf(c.values(), f.bottom-f.top)
	zero := f.y(scale, 0)
	room, series := (f.right-f.left)/len(c.Points), max(1, len(c.Series))
	width := max(1, min(56, room*3/4/series))
	type end struct {
		value Value
		x, y  int
	}
	var ends []end
	for n, p := range c.Points {
		x := f.middle(n, len(c.Points)) - width*series/2
		for i := range series {
			v := p.value(i)
			e := end{v, x + width/2, zero}
			if !v.Missing && v.Quantity != 0 {
				e.y = f.y(scale, v.Quantity)
				s.Bars = append(s.Bars, Bar{x, min(e.y, zero), width, max(e.y, zero) - min(e.y, zero), Tone(i)})
			}
			ends = append(ends, e)
			x += width
		}
	}
	s.Strokes = append(s.Strokes, Stroke{f.left, zero, f.right, zero, 10, false})
	if c.Mark != nil && !c.Mark.Value.Missing {
		y := f.y(scale, c.Mark.Value.Quantity)
		s.Strokes = append(s.Strokes, Stroke{f.left, y, f.right, y, 15, true})
		label := cut(c.Mark.Label+": "+c.Mark.Value.Text, small, wide/2, false)
		s.place(Text{f.left, y - 5, small, Start, label}, Text{f.right, y - 5, small, End, label}, Text{f.left, y + 15, small, Start, label})
	}
	c.labels(s, f)
	for _, e := range ends {
		var choices []Text
		for _, size := range []int{text, small, 10} {
			for row := range 2 {
				y := e.y - 4 - row*size
				if e.value.Quantity < 0 {
					y = e.y + size + 2 + row*size
				}
				choices = append(choices, Text{e.x, y, size, Middle, e.value.say()})
			}
		}
		s.place(choices...)
	}
}
