package chart

// line joins the values of one series from point to point over the zero line, with a dot and the number at each. Where a
// value is missing the line is broken.
func (c Chart) line(s *Scene) {
	c.legend(s)
	f := c.upright()
	scale := scaleOf(c.values(), f.bottom-f.top)
	zero := f.y(scale, 0)
	s.Strokes = append(s.Strokes, Stroke{f.left, zero, f.right, zero, 10, false})
	x := func(n int) int { return f.middle(n, len(c.Points)) }
	y := func(n int) int { return f.y(scale, c.Points[n].value(0).Quantity) }
	known := func(n int) bool { return n >= 0 && n < len(c.Points) && !c.Points[n].value(0).Missing }
	for n := range c.Points {
		if known(n) && known(n-1) {
			s.Strokes = append(s.Strokes, Stroke{x(n - 1), y(n - 1), x(n), y(n), 25, false})
		}
		if known(n) {
			s.Dots = append(s.Dots, Dot{x(n), y(n), 4})
		}
	}
	c.labels(s, f)
	for n, p := range c.Points {
		if !known(n) {
			s.place(Text{x(n), zero - 4, small, Middle, p.value(0).say()})
			continue
		}
		above, below := y(n)-8, y(n)+small+6
		if higher := known(n-1) && y(n-1) < y(n) || known(n+1) && y(n+1) < y(n); higher && below < zero {
			above, below = below, above
		}
		var choices []Text
		for _, size := range []int{small, 10} {
			choices = append(choices, Text{x(n), above, size, Middle, p.value(0).Text}, Text{x(n), below, size, Middle, p.value(0).Text})
		}
		s.place(choices...)
	}
}
