package sample

import (
	"fmt"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Teller tells the lives of one kind of case.
type Teller struct {
	*World
	life    Life
	catalog *domain.Catalog
	cases   []*Case
	pools   map[string]*pool
}

// pool is the cases of one status, the one that has waited longest first. An entry whose case has moved on is dead.
type pool struct {
	entries []entry
	from    int // before it everything has waited too long for the move at hand
}

type entry struct {
	c    *Case
	acts int // of the case, when it was put in
}

func (e entry) alive(status string) bool { return e.c.Status == status && len(e.c.Acts) == e.acts }

// refill sorts the cases into their pools again.
func (t *Teller) refill() {
	t.pools = map[string]*pool{}
	sorted := slices.Clone(t.cases)
	slices.SortStableFunc(sorted, func(a, b *Case) int { return int(a.Last - b.Last) })
	for _, c := range sorted {
		t.put(c)
	}
}

func (t *Teller) put(c *Case) {
	p := t.pools[c.Status]
	if p == nil {
		p = &pool{}
		t.pools[c.Status] = p
	}
	p.entries = append(p.entries, entry{c, len(c.Acts)})
}

// take finds a case of a status whose last act lies in a range of days and which fits what is asked of it.
func (t *Teller) take(status string, last calendar.Range, by map[string]string) *Case {
	p := t.pools[status]
	if p == nil {
		return nil
	}
	for i := p.from; i < len(p.entries); i++ {
		e := p.entries[i]
		if !e.alive(status) || e.c.Last < last.From {
			if i == p.from {
				p.from++
			}
			continue
		}
		if e.c.Last <= last.To && t.fits(e.c, by) {
			return e.c
		}
		if e.c.Last > last.To && i > p.from+200 {
			break
		}
	}
	return nil
}

func (t *Teller) fits(c *Case, by map[string]string) bool {
	for _, key := range t.life.Binds {
		if have, want := c.By[key], by[key]; have != "" && want != "" && have != want {
			return false
		}
	}
	return true
}

// perform lets a move happen on a day, to a new case that is led up to it.
func (t *Teller) perform(m *Move, on calendar.Date, by map[string]string) (*Case, error) {
	c, err := t.ready(m, on, by, true)
	if err != nil {
		return nil, err
	}
	t.add(c, m, on, by)
	return c, nil
}

func (t *Teller) ready(m *Move, on calendar.Date, by map[string]string, fresh bool) (*Case, error) {
	if m.From[0] == "" {
		t.World.cases++
		c := &Case{Ref: fmt.Sprintf("%s-%06d", t.life.Prefix, t.World.cases), By: map[string]string{}}
		t.cases = append(t.cases, c)
		return c, nil
	}
	pace := max(m.Gap, m.Pace)
	if !fresh {
		last := calendar.Range{From: 0, To: on.AddDays(-pace)}
		if m.Wait > 0 {
			last.From = on.AddDays(-m.Wait)
		}
		for _, status := range m.From {
			if c := t.take(status, last, by); c != nil {
				return c, nil
			}
		}
		if c := t.leadOn(m, on, by); c != nil {
			return c, nil
		}
	}
	return t.lead(m.From[0], on.AddDays(-pace-t.rand.IntN(m.Lead+1)), by)
}

// leadOn finds a case that becomes ready for a move by the one before it; nil where there is none.
func (t *Teller) leadOn(m *Move, on calendar.Date, by map[string]string) *Case {
	if m.Via == "" {
		return nil
	}
	via, upTo := t.move(m.Via), on.AddDays(-m.Gap)
	for _, status := range via.From {
		c := t.take(status, calendar.Range{From: on.AddDays(-90), To: upTo.AddDays(-via.Gap)}, by)
		if c == nil {
			continue
		}
		if day, ok := t.freeDay(via, upTo, c.Last.AddDays(via.Gap-1)); ok {
			t.add(c, via, day, nil)
			return c
		}
	}
	return nil
}

// lead makes a new case that has the status on a day, by moves on days of which the figures say nothing.
func (t *Teller) lead(status string, by calendar.Date, bound map[string]string) (*Case, error) {
	for i := range t.life.Moves {
		m := &t.life.Moves[i]
		if m.To != status || m.From[0] == status {
			continue
		}
		day, ok := t.freeDay(m, by, 0)
		if !ok {
			continue
		}
		binds := map[string]string{}
		for _, key := range t.life.Binds {
			if v := bound[key]; v != "" {
				binds[key] = v
			}
		}
		return t.perform(m, day, binds)
	}
	return nil, fmt.Errorf("không có ngày nào trước %s mà tệp số liệu còn để trống cho việc dẫn tới %q", by.Vietnamese(), status)
}

// freeDay finds the last workday up to a day, and after another, on which the move may happen without a stated figure
// changing.
func (t *Teller) freeDay(m *Move, upTo, after calendar.Date) (calendar.Date, bool) {
	d := upTo.AddDays(-t.rand.IntN(6))
	if d <= after {
		d = upTo
	}
	for range 3000 {
		if d <= after {
			return 0, false
		}
		if isWorkday(d) && t.free(d, m.counts()...) {
			return d, true
		}
		d = d.AddDays(-1)
	}
	return 0, false
}

func (t *Teller) add(c *Case, m *Move, on calendar.Date, by map[string]string) *Act {
	a := &Act{Move: m, On: on, By: map[string]string{}, Sums: map[string]int64{}}
	for key, value := range by {
		if slices.Contains(t.life.Binds, key) {
			c.By[key] = value
		} else {
			a.By[key] = value
		}
	}
	maps.Copy(a.By, m.As)
	c.Acts = append(c.Acts, a)
	c.Last = on
	if m.To != "" {
		c.Status = m.To
	}
	t.bind(c, m)
	if t.pools != nil {
		t.put(c)
	}
	return a
}

// bind settles by chance what a move says about its case for life, where nothing has yet.
func (t *Teller) bind(c *Case, m *Move) {
	ind, _ := t.catalog.Indicator(m.Count)
	for _, b := range ind.Breakdowns {
		if slices.Contains(t.life.Binds, b.Key) && c.By[b.Key] == "" {
			c.By[b.Key] = t.anyOf(m, b)
		}
	}
}

// anyOf picks a value of a breakdown that the figures leave open.
func (t *Teller) anyOf(m *Move, b domain.Breakdown) string {
	if from := m.Prefer[b.Key]; len(from) > 0 {
		return t.pick(from)
	}
	if len(b.Values) > 0 {
		return t.pick(b.Values)
	}
	return ""
}

// Try lets a named move happen to the case if its status, the days and the figures allow it, and tells whether it did.
func (t *Teller) Try(c *Case, move string, on calendar.Date, note any) bool {
	m := t.move(move)
	if !slices.Contains(m.From, c.Status) || on < c.Last.AddDays(m.Gap) || on > t.horizon || !t.free(on, m.counts()...) {
		return false
	}
	t.add(c, m, on, nil).Note = note
	return true
}

// Chance is true in p of 100 cases.
func (t *Teller) Chance(p int) bool { return t.rand.IntN(100) < p }

// move finds a move of the life by its name, which is written in the same file.
func (t *Teller) move(name string) *Move {
	i := slices.IndexFunc(t.life.Moves, func(m Move) bool { return m.Name == name })
	return &t.life.Moves[i]
}
