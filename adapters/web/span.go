package web

import (
	"hoso/domain/calendar"
)

// span is when a right counted, drawn between the first day of any right of the account and the last one that is known.
type span struct {
	First, Last calendar.Date // on which it counted; Last is zero while no end is known, Last before First where it never counted
	X, W, Now   int           // where it begins, how long it is and where today is, of wide
}

// wide is how wide a drawing is, in parts.
const wide = 1000

// counted returns when a right counted: not before it was granted, and until it ended or was taken.
func (h heldRight) counted() (first, last calendar.Date) {
	first, last = max(h.From, calendar.On(h.Given.Recorded)), h.Until
	if !h.Taken.Recorded.IsZero() {
		if taken := calendar.On(h.Taken.Recorded); last.IsZero() || taken < last {
			last = taken
		}
	}
	return first, last
}

// draw places the rights beside each other in time.
func (o *openedAccount) draw() {
	begin, end := o.Today, o.Today
	for i := range o.Rights {
		s := &o.Rights[i].Span
		s.First, s.Last = o.Rights[i].counted()
		begin, end = min(begin, s.First), max(end, s.First, s.Last)
	}
	days := begin.DaysUntil(end) + 1
	at := func(d calendar.Date) int { return begin.DaysUntil(d) * wide / days }
	for i := range o.Rights {
		s := &o.Rights[i].Span
		last := s.Last
		if last.IsZero() {
			last = end
		}
		s.X, s.Now = at(s.First), at(o.Today)
		if last >= s.First {
			s.W = max(at(last.AddDays(1))-s.X, wide/100)
		}
	}
	o.Begin, o.End = begin, end
}
