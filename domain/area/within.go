package area

// Within tells whether what was recorded under a code belongs to the unit of another code, or to one below it; everything
// belongs to the empty code, and what names no unit belongs to nothing else.
//
// A case outlives its unit: what was recorded under a commune belongs to the unit that the commune has become since, too,
// and to what lies above that. Where it was divided nobody knows the shares, and it belongs to none of the parts, only to
// what has all of them. A code that was used again counts with each of its meanings.
func (s *Units) Within(code, of Code) bool {
	if of == "" {
		return true
	}
	for _, u := range s.all(code) {
		if s.belongs(u, of) {
			return true
		}
	}
	return false
}

func (s *Units) belongs(u Unit, of Code) bool {
	for up, ok := u, true; ok; up, ok = s.Above(up) {
		if up.Code == of {
			return true
		}
	}
	next := s.Successors(u)
	for _, n := range next {
		if !s.belongs(n, of) {
			return false
		}
	}
	return len(next) > 0
}
