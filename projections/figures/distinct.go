package figures

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// heads are what persons have in all, by their number.
type heads []int64

func (h *heads) add(person, count int64) {
	if n := int(person) + 1; n > len(*h) {
		*h = slices.Grow(*h, n-len(*h))[:n]
	}
	(*h)[person] += count
}

// count counts everybody who has more than 0 once.
func (h heads) count() (n int64) {
	for _, has := range h {
		if has > 0 {
			n++
		}
	}
	return n
}

func (h heads) of(person int64) int64 {
	if person < int64(len(h)) {
		return h[person]
	}
	return 0
}

// persons counts each person once whose quantities in the range come to more than 0, and under each breakdown value
// likewise: a person with two values counts under both, so these parts need not add up.
func (l *look) persons(i domain.Indicator, r calendar.Range) (tally, error) {
	var whole heads
	parts := map[part]*heads{}
	var under [][]*heads // by breakdown
	err := l.everybody(i, r, func(h holding) {
		whole.add(h.person, h.count)
		if n := int(h.breakdown) + 1; n > len(under) {
			under = append(under, make([][]*heads, n-len(under))...)
		}
		if len(i.Breakdowns) > 0 && under[h.breakdown] == nil {
			for _, p := range partsOf(i, l.names.Name(h.breakdown)) {
				if parts[p] == nil {
					parts[p] = &heads{}
				}
				under[h.breakdown] = append(under[h.breakdown], parts[p])
			}
		}
		for _, part := range under[h.breakdown] {
			part.add(h.person, h.count)
		}
	})
	t := tally{Number{whole.count(), i.Parts()}, map[part]Number{}}
	for p, heads := range parts {
		if n := heads.count(); n > 0 {
			t.by[p] = Number{n, i.Parts()}
		}
	}
	return t, err
}

// nets returns what each person comes to in a range, in the part of the look.
func (l *look) nets(i domain.Indicator, r calendar.Range) (nets heads, err error) {
	err = l.everybody(i, r, func(h holding) { nets.add(h.person, h.count) })
	return nets, err
}

// everybody reads who has what in a range, in some order, in one or more pieces that add up. Linked records are one person.
func (l *look) everybody(i domain.Indicator, r calendar.Range, read func(holding)) error {
	same, err := l.same()
	if err != nil {
		return err
	}
	return l.records(i, r, func(h holding) {
		h.person = same.one(h.person)
		read(h)
	})
}

// records reads which records have what in a range, in the part of the look: from the stored lists where they say it, or else from the
// contributions.
func (l *look) records(i domain.Indicator, r calendar.Range, read func(holding)) error {
	all, ok := l.kept(r, false)
	if !ok {
		clause, args := l.where("", i, r)
		rows, err := l.query("SELECT person, breakdown, quantity FROM figures_contributions"+clause, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var h holding
			if err := rows.Scan(&h.person, &h.breakdown, &h.count); err != nil {
				return err
			}
			read(h)
		}
		return rows.Err()
	}
	known := map[int64]bool{}
	in := func(breakdown int64) bool {
		is, ok := known[breakdown]
		if !ok {
			is = l.part.key == "" || slices.Contains(partsOf(i, l.names.Name(breakdown)), l.part)
			known[breakdown] = is
		}
		return is
	}
	for _, k := range all {
		err := l.lists(i, k.days, "area"+k.areas, func(_ int64, h holding) {
			if h.count *= k.factor; in(h.breakdown) {
				read(h)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// lists reads the stored lists of some areas.
func (l *look) lists(i domain.Indicator, days calendar.Range, areas string, read func(area int64, h holding)) error {
	rows, err := l.query("SELECT area, people FROM figures_persons WHERE indicator = ? AND half BETWEEN ? AND ? AND "+areas, l.during(i, days)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var area int64
		var people []byte
		if err := rows.Scan(&area, &people); err != nil {
			return err
		}
		if err := each(people, func(h holding) { read(area, h) }); err != nil {
			return err
		}
	}
	return rows.Err()
}
