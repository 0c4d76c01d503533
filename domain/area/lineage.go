package area

import (
	"slices"

	"hoso/domain/calendar"
)

// Successors returns the communes to which a commune's area went the day after its last; several where it was divided.
func (s *Units) Successors(u Unit) []Unit { return s.successors[u.id()] }

// Predecessors returns the communes of which a commune received the area, or a part of it.
func (s *Units) Predecessors(u Unit) []Unit { return s.predecessors[u.id()] }

// Later returns what a unit had become by a day, by code: itself where it still was or left no successor, the units
// between which it was divided in between where there are several.
func (s *Units) Later(u Unit, by calendar.Date) []Unit {
	next := s.Successors(u)
	if by <= u.Valid.To || len(next) == 0 {
		return []Unit{u}
	}
	var all []Unit
	for _, n := range next {
		all = append(all, s.Later(n, by)...)
	}
	slices.SortFunc(all, order)
	return slices.CompactFunc(all, Unit.Is)
}

// Districts returns the district in which a unit lies; of a unit of today those in which its predecessors lay ("địa bàn
// huyện cũ"), by code. They are several where a commune was made from neighbours on both sides of a border.
func (s *Units) Districts(u Unit) []Unit {
	if u.Level == District {
		return []Unit{u}
	}
	if above, ok := s.Above(u); ok && above.Level == District {
		return []Unit{above}
	}
	var all []Unit
	for _, p := range s.Predecessors(u) {
		all = append(all, s.Districts(p)...)
	}
	slices.SortFunc(all, order)
	return slices.CompactFunc(all, Unit.Is)
}

// Naming is a unit and the days on which a code names it.
type Naming struct {
	Unit Unit
	Days calendar.Range
}

// Named returns what a code names on the days of a range: intervals that follow one another without a gap, none where the
// code never named anything. Days on which it names nothing go to the unit that it named before, or else first: an act of
// 2026 in a case of 2024 still says the code under which the case was opened.
func (s *Units) Named(code Code, r calendar.Range) []Naming {
	units := s.all(code)
	var all []Naming
	for i, u := range units {
		days := r
		if i > 0 {
			days.From = max(r.From, u.Valid.From)
		}
		if i+1 < len(units) {
			days.To = min(r.To, units[i+1].Valid.From.AddDays(-1))
		}
		if days.From <= days.To {
			all = append(all, Naming{u, days})
		}
	}
	return all
}
