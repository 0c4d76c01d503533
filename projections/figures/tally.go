package figures

import (
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// tally is what an indicator comes to in a range of days: as a whole, and under each breakdown key.
type tally struct {
	value Number
	by    map[part]Number
}

type part struct{ key, value string }

// tally counts an indicator by its measure.
func (l *look) tally(i domain.Indicator, r calendar.Range) (tally, error) {
	if !l.exists(i, r) {
		return tally{by: map[part]Number{}}, nil
	}
	switch i.Measure {
	case domain.Flow:
		sums, err := l.sums(i, r)
		return add(i, sums, true), err
	case domain.Stock:
		sums, err := l.sums(i, sinceBeginning(r))
		return add(i, sums, true), err
	case domain.Reported:
		statements, err := l.statements(i, r)
		sums := map[string]int64{}
		for _, s := range statements {
			sums[s.breakdown] = s.quantity
		}
		return add(i, sums, len(statements) > 0), err
	case domain.Distinct:
		return l.persons(i, r)
	}
	return l.ratio(i, r)
}

// whole is what an indicator comes to, without its parts.
func (l *look) whole(i domain.Indicator, r calendar.Range) (Number, error) {
	if i.Measure == domain.Distinct && l.exists(i, r) {
		nets, err := l.nets(i, r)
		return Number{nets.count(), i.Parts()}, err
	}
	t, err := l.tally(i, r)
	return t.value, err
}

// sinceBeginning is the range of a stock: it holds at the range's last day.
func sinceBeginning(r calendar.Range) calendar.Range { return calendar.Range{From: 0, To: r.To} }

// add makes a tally from sums by breakdown. What a contribution does not say under a key goes to Other.
func add(i domain.Indicator, sums map[string]int64, known bool) tally {
	t := tally{by: map[part]Number{}}
	if !known {
		return t
	}
	t.value.Parts = i.Parts()
	for breakdown, quantity := range sums {
		t.value.Quantity += quantity
		for _, p := range partsOf(i, breakdown) {
			t.by[p] = Number{t.by[p].Quantity + quantity, i.Parts()}
		}
	}
	return t
}

// partsOf tells where a contribution counts: under one value of every key that the indicator declares.
func partsOf(i domain.Indicator, breakdown string) []part {
	says := domain.SplitOf(breakdown)
	parts := make([]part, 0, len(i.Breakdowns))
	for _, b := range i.Breakdowns {
		value, ok := says[b.Key]
		if !ok {
			value = Other
		}
		parts = append(parts, part{b.Key, value})
	}
	return parts
}

// ratio divides two tallies, whole by whole and part by part.
func (l *look) ratio(i domain.Indicator, r calendar.Range) (tally, error) {
	over, under, err := l.terms(i)
	if err != nil {
		return tally{}, err
	}
	o, err := l.tally(over, r)
	if err != nil {
		return tally{}, err
	}
	u, err := l.tally(under, r)
	t := tally{divide(o.value.Quantity, u.value.Quantity, i.Parts()), map[part]Number{}}
	for p, n := range u.by {
		t.by[p] = divide(o.by[p].Quantity, n.Quantity, i.Parts())
	}
	return t, err
}

func (l *look) terms(i domain.Indicator) (over, under domain.Indicator, err error) {
	if over, err = l.indicator(i.Over); err == nil {
		under, err = l.indicator(i.Under)
	}
	return over, under, err
}

// of returns a part of a tally: 0 where there is nothing in it, and unknown where the whole is.
func (t tally) of(i domain.Indicator, p part) Number {
	n, ok := t.by[p]
	if !ok && t.value.Known() && i.Measure != domain.Ratio {
		return Number{0, i.Parts()}
	}
	return n
}

// parts lists the breakdowns of a month's tally with its year as people read them: the values of a closed set in their
// order, also those that are zero, those of an open set by name, and Other last, where there is something in it.
func (t tally) parts(i domain.Indicator, year tally) []Part {
	parts := []Part{}
	if !t.value.Known() {
		return parts
	}
	for _, b := range i.Breakdowns {
		values := b.Values
		if len(values) == 0 {
			values = found(b.Key, t, year)
		}
		for _, value := range values {
			p := part{b.Key, value}
			parts = append(parts, Part{b.Key, value, t.of(i, p), year.of(i, p)})
		}
		if other := (part{b.Key, Other}); t.by[other].Quantity != 0 || year.by[other].Quantity != 0 {
			parts = append(parts, Part{b.Key, Other, t.of(i, other), year.of(i, other)})
		}
	}
	return parts
}

// found returns the values of an open set that there is something under.
func found(key string, tallies ...tally) []string {
	values := map[string]bool{}
	for _, t := range tallies {
		for p, n := range t.by {
			if p.key == key && p.value != Other && n.Quantity != 0 {
				values[p.value] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(values))
}
