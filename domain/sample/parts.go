package sample

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain"
)

// Part is a figure that counts some of a move's acts once more: women among all, those at the highest level. Where only
// the part is stated, as many acts are made; where the whole is stated too, they are found among its acts.
type Part struct {
	Indicator string
	All       bool              // it counts every act once more, divided in another way
	Of        map[string]string // what makes an act belong to the part; nothing: it is marked in Act.Sums
}

// part makes a stated number of the acts in a span those of the part, and keeps the others out of it.
func (t *Teller) part(m *Move, p Part, s *span, all []*slot) ([]*slot, error) {
	var inside []*slot
	for _, sl := range all {
		if s.has(sl.on) {
			inside = append(inside, sl)
		}
	}
	if len(inside) == 0 {
		if s.Value > 0 && !t.free(s.days[0].From, m.Count) {
			return nil, fmt.Errorf("số toàn bộ được nêu là 0")
		}
		added, err := t.slots(s.Value, s.By, s.days)
		for _, sl := range added {
			mark(sl, p)
		}
		return added, err
	}
	if p.All && int64(len(inside)) != s.Value {
		return nil, fmt.Errorf("cùng một việc được nêu là %d và %d", len(inside), s.Value)
	}
	chosen, err := choosePart(s, inside)
	if err != nil {
		return nil, err
	}
	ind, _ := t.catalog.Indicator(m.Count)
	for key, value := range p.Of {
		if n := countOf(inside, key, value); countOf(inside, key, "") == 0 && n != len(chosen) {
			return nil, fmt.Errorf("toàn bộ nêu %s=%s là %d", key, value, n)
		}
		i := slices.IndexFunc(ind.Breakdowns, func(b domain.Breakdown) bool { return b.Key == key })
		others := slices.DeleteFunc(slices.Clone(ind.Breakdowns[i].Values), func(v string) bool { return v == value })
		for _, sl := range inside {
			sl.by[key] = t.pick(others)
		}
	}
	for _, sl := range chosen {
		mark(sl, p)
	}
	return nil, nil
}

func mark(sl *slot, p Part) {
	maps.Copy(sl.by, p.Of)
	if len(p.Of) == 0 {
		sl.sums[p.Indicator] = 1
	}
}

// choosePart finds acts for a part that is broken down by one key at most: those that already have the value first.
func choosePart(s *span, inside []*slot) ([]*slot, error) {
	if len(s.By) > 1 {
		return nil, fmt.Errorf("mỗi lần chỉ nêu được một cách chia của một phần")
	}
	var chosen []*slot
	take := func(n int64, fits func(*slot) bool, set func(*slot)) {
		for _, sl := range inside {
			if n > 0 && fits(sl) && !slices.Contains(chosen, sl) {
				set(sl)
				chosen = append(chosen, sl)
				n--
			}
		}
	}
	if len(s.By) == 0 {
		take(s.Value, func(*slot) bool { return true }, func(*slot) {})
	}
	for key, values := range s.By {
		for _, value := range slices.Sorted(maps.Keys(values)) {
			before := int64(len(chosen))
			take(values[value], func(sl *slot) bool { return sl.by[key] == value }, func(*slot) {})
			take(values[value]-int64(len(chosen))+before, func(sl *slot) bool { return sl.by[key] == "" }, func(sl *slot) { sl.by[key] = value })
		}
	}
	if int64(len(chosen)) < s.Value {
		return nil, fmt.Errorf("toàn bộ chỉ có %d việc phù hợp", len(chosen))
	}
	return chosen, nil
}

func countOf(slots []*slot, key, value string) (n int) {
	for _, sl := range slots {
		if sl.by[key] == value {
			n++
		}
	}
	return n
}
