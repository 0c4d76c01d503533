package sample

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain/calendar"
)

// tell places what the figures state, in the order of a life, lets the cases live on, and balances the stocks.
func (t *Teller) tell(stocks []Target) error {
	for i := range t.life.Moves {
		t.refill()
		if err := t.place(&t.life.Moves[i]); err != nil {
			return err
		}
	}
	t.pools = nil
	if t.life.Live != nil {
		for _, c := range t.cases {
			t.life.Live(t, c)
		}
	}
	if err := t.balance(stocks); err != nil {
		return err
	}
	return t.write()
}

// slot is a stated act that still looks for a case.
type slot struct {
	on    calendar.Date
	by    map[string]string
	sums  map[string]int64
	fresh bool
	count *span
}

func (t *Teller) place(m *Move) error {
	var slots []*slot
	for i := range t.stated[m.Count] {
		s := &t.stated[m.Count][i]
		rest, err := t.without(*s)
		if err != nil {
			return err
		}
		if err := t.placeParts(m, &rest); err != nil {
			return impossible(s.Target, "%v", err)
		}
		made, err := t.slots(rest.Value, rest.By, s.days)
		if err != nil {
			return impossible(s.Target, "%v", err)
		}
		for _, sl := range made {
			sl.count = s
			sl.fresh = length(s.days[0]) != length(s.Days) || len(s.days) > 1
		}
		slots = append(slots, made...)
	}
	for _, p := range m.Parts {
		for i := range t.stated[p.Indicator] {
			more, err := t.part(m, p, &t.stated[p.Indicator][i], slots)
			if err != nil {
				return impossible(t.stated[p.Indicator][i].Target, "%v", err)
			}
			slots = append(slots, more...)
		}
	}
	for _, a := range t.amounts(m) {
		more, err := t.divide(m, a.sum, a.span, slots)
		if err != nil {
			return impossible(a.span.Target, "%v", err)
		}
		slots = append(slots, more...)
	}
	slices.SortStableFunc(slots, func(a, b *slot) int { return int(a.on - b.on) })
	return t.settle(m, slots)
}

// amount is a stated amount that a move adds to.
type amount struct {
	sum  Sum
	span *span
}

// amounts returns the stated amounts of a move, those of the fewest days first: an act that is made up for one of them lies
// in the days of every wider one, too, and not the other way round.
func (t *Teller) amounts(m *Move) []amount {
	var all []amount
	for _, sum := range m.Sums {
		for i := range t.stated[sum.Indicator] {
			all = append(all, amount{sum, &t.stated[sum.Indicator][i]})
		}
	}
	size := func(a amount) (days int) {
		for _, r := range a.span.days {
			days += length(r) + 1
		}
		return days
	}
	slices.SortStableFunc(all, func(a, b amount) int { return size(a) - size(b) })
	return all
}

// without returns what is left of a stated figure after the acts of moves within it.
func (t *Teller) without(s span) (span, error) {
	by := map[string]map[string]int64{}
	for key, values := range s.By {
		by[key] = maps.Clone(values)
	}
	s.By = by
	for _, c := range t.cases {
		for _, a := range c.Acts {
			if a.Move.Within != s.Indicator || !s.has(a.On) {
				continue
			}
			s.Value--
			for key, values := range by {
				value := a.By[key]
				if slices.Contains(t.life.Binds, key) {
					value = c.By[key]
				}
				if values[value]--; values[value] < 0 {
					return s, impossible(s.Target, "%s=%s nhỏ hơn phần của nó", key, value)
				}
			}
		}
	}
	if s.Value < 0 {
		return s, impossible(s.Target, "nhỏ hơn phần của nó")
	}
	return s, nil
}

// slots makes n acts spread over the days, with the stated breakdowns dealt out by chance.
func (t *Teller) slots(n int64, by map[string]map[string]int64, days []calendar.Range) ([]*slot, error) {
	if n > 5_000_000 {
		return nil, fmt.Errorf("quá nhiều việc: %d", n)
	}
	slots := make([]*slot, n)
	for i := range slots {
		slots[i] = &slot{on: t.workday(days), by: map[string]string{}, sums: map[string]int64{}}
	}
	for _, key := range slices.Sorted(maps.Keys(by)) {
		t.rand.Shuffle(len(slots), func(i, j int) { slots[i], slots[j] = slots[j], slots[i] })
		i := int64(0)
		for _, value := range slices.Sorted(maps.Keys(by[key])) {
			for range by[key][value] {
				slots[i].by[key] = value
				i++
			}
		}
	}
	return slots, nil
}

// divide gives the acts in a span of days their parts of a stated amount. Where the file states no number of acts
// there, it returns as many new ones as are typical.
func (t *Teller) divide(m *Move, sum Sum, s *span, all []*slot) ([]*slot, error) {
	var inside, added []*slot
	for _, sl := range all {
		if s.has(sl.on) {
			inside = append(inside, sl)
		}
	}
	if len(inside) == 0 && s.Value > 0 {
		if m.Count != "" && !t.free(s.days[0].From, m.Count) {
			return nil, fmt.Errorf("có số tiền nhưng số việc được nêu là 0")
		}
		var err error
		if added, err = t.slots(max(1, s.Value/sum.Typical, parts(s)), nil, s.days); err != nil {
			return nil, err
		}
		inside = added
	}
	groups, err := grouped(s, inside)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if len(g.slots) == 0 {
			if g.total > 0 {
				return nil, fmt.Errorf("có số tiền cho %s nhưng không có việc nào", g.value)
			}
			continue
		}
		divide := sum.Divide
		if divide == nil {
			divide = (*World).Share
		}
		parts, err := divide(t.World, g.total, len(g.slots))
		if err != nil {
			return nil, err
		}
		for i, sl := range g.slots {
			sl.sums[sum.Indicator] = parts[i]
		}
	}
	return added, nil
}

// parts returns how many acts an amount needs at least: one for each value that has some of it.
func parts(s *span) (n int64) {
	for _, values := range s.By {
		for _, v := range values {
			if v > 0 {
				n++
			}
		}
	}
	return n
}

type group struct {
	value string
	total int64
	slots []*slot
}

// grouped divides acts by the one key by which an amount is broken down.
func grouped(s *span, slots []*slot) ([]group, error) {
	switch len(s.By) {
	case 0:
		return []group{{"", s.Value, slots}}, nil
	case 1:
	default:
		return nil, fmt.Errorf("số tiền chia theo nhiều khóa cùng lúc không được hỗ trợ; hãy nêu một khóa")
	}
	key := slices.Collect(maps.Keys(s.By))[0]
	var open []*slot // acts of which the file does not say to which value they belong
	byValue := map[string][]*slot{}
	for _, sl := range slots {
		if v := sl.by[key]; v != "" {
			byValue[v] = append(byValue[v], sl)
		} else {
			open = append(open, sl)
		}
	}
	var groups []group
	left, total := len(open), s.Value
	waiting := 0 // values further on that have no act yet
	for value, n := range s.By[key] {
		if n > 0 && len(byValue[value]) == 0 {
			waiting++
		}
	}
	for _, value := range slices.Sorted(maps.Keys(s.By[key])) {
		g := group{value, s.By[key][value], byValue[value]}
		if g.total > 0 && len(g.slots) == 0 {
			waiting--
		}
		if left > 0 && g.total > 0 {
			n := min(max(len(open)-waiting, 0), max(1, int(int64(left)*g.total/max(total, 1))))
			if g.total == total {
				n = len(open)
			}
			for _, sl := range open[:n] {
				sl.by[key] = value
			}
			g.slots, open = append(g.slots, open[:n]...), open[n:]
		}
		left, total = len(open), total-g.total
		groups = append(groups, g)
	}
	return groups, nil
}

// settle finds a case for each act.
func (t *Teller) settle(m *Move, slots []*slot) error {
	var again []*Case // cases that the move leaves in their status: each only once for a stated figure
	var current *span
	for _, sl := range slots {
		if sl.count != current && m.To == "" {
			current = sl.count
			for _, c := range again {
				t.put(c)
			}
			again = nil
		}
		ind, _ := t.catalog.Indicator(m.Count)
		for _, b := range ind.Breakdowns { // a case has to be found that fits
			if slices.Contains(t.life.Binds, b.Key) && sl.by[b.Key] == "" {
				sl.by[b.Key] = t.anyOf(m, b)
			}
		}
		c, err := t.ready(m, sl.on, sl.by, sl.fresh || m.Own)
		if err != nil {
			if sl.count != nil {
				return impossible(sl.count.Target, "%v", err)
			}
			return err
		}
		pools := t.pools
		if m.To == "" && !m.Again {
			t.pools = nil // keep it out of the pool for now
		}
		a := t.add(c, m, sl.on, sl.by)
		t.pools = pools
		a.Sums = sl.sums
		if m.To == "" && !m.Again {
			again = append(again, c)
		}
	}
	return nil
}

// write makes up what each case is about and turns its acts into lines.
func (t *Teller) write() error {
	for _, c := range t.cases {
		for _, a := range c.Acts {
			t.choose(c, a)
			if err := t.stands(a); err != nil {
				return err
			}
		}
		if err := t.life.Open(t.World, c); err != nil {
			return err
		}
		for _, a := range c.Acts {
			if err := t.World.write(a.Move.Do(t.World, c, a), c.Ref, c.Person.Ref, a.On.AddDays(-a.Move.Ahead), c.Person.Commune); err != nil {
				return err
			}
		}
	}
	return nil
}

// stands tells whether an act has all the amounts that it needs: one that is stated as nothing cannot be made up.
func (t *Teller) stands(a *Act) error {
	for _, s := range a.Move.Sums {
		if s.None || a.Sums[s.Indicator] != 0 {
			continue
		}
		for _, stated := range t.stated[s.Indicator] {
			if stated.has(a.On) {
				return impossible(stated.Target, "có việc trong kỳ này cần một phần của số liệu này, nhưng không còn phần nào")
			}
		}
	}
	return nil
}

// choose fills in by chance what the figures leave open.
func (t *Teller) choose(c *Case, a *Act) {
	for _, id := range a.Move.counts() {
		ind, _ := t.catalog.Indicator(id)
		for _, b := range ind.Breakdowns {
			into := a.By
			if slices.Contains(t.life.Binds, b.Key) {
				into = c.By
			}
			if into[b.Key] != "" {
				continue
			}
			if v := t.anyOf(a.Move, b); v != "" {
				into[b.Key] = v
			}
		}
	}
	for _, s := range a.Move.Sums {
		if _, known := a.Sums[s.Indicator]; !known && !t.states(s.Indicator, a.On) {
			parts, err := t.Share(s.Typical*10, 10)
			if err == nil {
				a.Sums[s.Indicator], a.Free = parts[t.rand.IntN(len(parts))], true
			}
		}
	}
}
