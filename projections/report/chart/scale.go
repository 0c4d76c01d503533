package chart

import "math/bits"

// scale turns quantities into lengths: from the lowest to the highest of all values and zero, over so many points.
type scale struct {
	low, high int64
	extent    int
}

func scaleOf(values []Value, extent int) scale {
	s := scale{extent: extent}
	for _, v := range values {
		if !v.Missing {
			s.low, s.high = min(s.low, v.Quantity), max(s.high, v.Quantity)
		}
	}
	if s.low == 0 && s.high == 0 {
		s.high = 1
	}
	return s
}

// at returns how far a quantity lies from the low end. It never falls where quantities rise, and a quantity that is not 0
// does not lie on 0.
func (s scale) at(q int64) int {
	n := s.part(q)
	switch zero := s.part(0); {
	case q > 0 && n <= zero:
		return zero + 1
	case q < 0 && n >= zero:
		return zero - 1
	}
	return n
}

// part rounds down in 128 bits, since amounts in đồng times points do not fit 64. Room for one point on either side of zero
// is kept for at.
func (s scale) part(q int64) int {
	span, off := uint64(s.high)-uint64(s.low), uint64(q)-uint64(s.low)
	room, first := uint64(s.extent), 0
	if s.low < 0 {
		room, first = room-1, 1
	}
	if s.high > 0 {
		room--
	}
	if q == s.high && s.high > 0 {
		return s.extent
	}
	if q == s.low && s.low < 0 {
		return 0
	}
	hi, lo := bits.Mul64(off, room)
	n, _ := bits.Div64(hi, lo, span)
	return first + int(n)
}
