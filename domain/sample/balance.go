package sample

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain/calendar"
)

// balance makes each stated stock true, the earliest date first: by cases that were opened before, or by closing some.
func (t *Teller) balance(targets []Target) error {
	slices.SortStableFunc(targets, func(a, b Target) int { return int(a.Days.To - b.Days.To) })
	for i, target := range targets {
		after := calendar.Date(0)
		for _, earlier := range targets[:i] {
			if earlier.Days.To < target.Days.To {
				after = earlier.Days.To
			}
		}
		if len(target.By) > 1 {
			return impossible(target, "mỗi lần chỉ nêu được một cách chia của một số tồn")
		}
		parts := map[string]map[string]int64{"": {"": target.Value}}
		if len(target.By) == 1 {
			parts = target.By
		}
		for key, values := range parts {
			for _, value := range slices.Sorted(maps.Keys(values)) {
				if err := t.level(target, targets[:i], key, value, values[value], after); err != nil {
					return err
				}
			}
		}
		if t.life.Renew != "" && after == 0 && i == 0 {
			t.renew(target)
		}
	}
	return nil
}

// level brings one part of a stock to its value.
func (t *Teller) level(target Target, done []Target, key, value string, want int64, after calendar.Date) error {
	have := int64(0)
	for _, c := range t.cases {
		if key != "" && c.By[key] != value {
			continue
		}
		for _, a := range c.Acts {
			if a.On <= target.Days.To {
				have += a.Move.effect(target.Indicator)
			}
		}
	}
	by := map[string]string{}
	if key != "" {
		by[key] = value
	}
	for ; have < want; have++ {
		if err := t.shift(target, done, by, after, +1); err != nil {
			return impossible(target, "%v", err)
		}
	}
	for ; have > want; have-- {
		if err := t.shift(target, done, by, after, -1); err != nil {
			return impossible(target, "%v", err)
		}
	}
	return nil
}

// shift changes a stock by one, with a move that leaves the stocks alone that were balanced before.
func (t *Teller) shift(target Target, done []Target, by map[string]string, after calendar.Date, sign int64) error {
	for i := range t.life.Moves {
		m := &t.life.Moves[i]
		touches := slices.ContainsFunc(done, func(d Target) bool { return m.effect(d.Indicator) != 0 })
		if m.effect(target.Indicator) != sign || touches {
			continue
		}
		upTo := target.Days.To
		if sign > 0 && m.From[0] == "" && t.life.Tenure > 0 {
			upTo = upTo.AddDays(-t.rand.IntN(min(t.life.Tenure, daysSince(after, upTo))))
		}
		if sign > 0 {
			if day, ok := t.freeDay(m, upTo, after); ok {
				if _, err := t.perform(m, day, by); err == nil {
					return nil
				}
			}
			continue
		}
		if t.close(m, by, upTo, after) {
			return nil
		}
	}
	return fmt.Errorf("không còn việc nào có thể làm cho số tồn khớp")
}

// close lets a move happen to an open case on a free day, and tells whether there was one.
func (t *Teller) close(m *Move, by map[string]string, upTo, after calendar.Date) bool {
	for _, c := range t.cases {
		if !slices.Contains(m.From, c.Status) || !t.fits(c, by) {
			continue
		}
		if day, ok := t.freeDay(m, upTo, max(after, c.Last.AddDays(m.Gap-1))); ok {
			t.add(c, m, day, by)
			return true
		}
	}
	return false
}

// daysSince returns how many days lie between two dates, many where there is no first one.
func daysSince(after, upTo calendar.Date) int {
	if after.IsZero() {
		return 1 << 20
	}
	return max(1, after.DaysUntil(upTo))
}

// renew fills a stock a year ago with cases that have left since, as far as there are free days for their leaving.
func (t *Teller) renew(target Target) {
	yearAgo := target.Days.To.AddMonths(-12)
	have, want := int64(0), target.Value*int64(90+t.rand.IntN(15))/100
	for _, c := range t.cases {
		for _, a := range c.Acts {
			if a.On <= yearAgo {
				have += a.Move.effect(target.Indicator)
			}
		}
	}
	enter, leave := &t.life.Moves[0], t.move(t.life.Renew)
	for ; have < want; have++ {
		entered, ok := t.freeDay(enter, yearAgo.AddDays(-t.rand.IntN(t.life.Tenure)), 0)
		if !ok {
			return
		}
		left, ok := t.freeDay(leave, min(entered.AddDays(leave.Gap+t.rand.IntN(60)), target.Days.To), max(yearAgo, entered.AddDays(leave.Gap-1)))
		if !ok {
			continue
		}
		by := map[string]string{}
		ind, _ := t.catalog.Indicator(leave.Count)
		for _, b := range ind.Breakdowns {
			by[b.Key] = t.anyOf(leave, b)
		}
		if c, err := t.perform(enter, entered, by); err == nil {
			t.add(c, leave, left, by)
		}
	}
}
