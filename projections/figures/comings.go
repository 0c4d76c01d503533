package figures

import (
	"cmp"
	"maps"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// counting is who is counted while events go by: what each record has, and what each person has, who may have several.
type counting struct {
	records, persons heads
	same             same
}

// add adds to a record, and tells by how much the number of counted persons changes.
func (c *counting) add(record, quantity int64) int64 {
	one := c.same.one(record)
	was := c.persons.of(one) > 0
	c.records.add(record, quantity)
	c.persons.add(one, quantity)
	switch is := c.persons.of(one) > 0; {
	case is && !was:
		return 1
	case was && !is:
		return -1
	}
	return 0
}

// join makes persons of records anew, and tells by how much the number of counted persons changes.
func (c *counting) join(s same) (change int64) {
	touched := same{}
	maps.Copy(touched, c.same)
	maps.Copy(touched, s)
	counted := func() (n int64) {
		for record := range touched {
			if c.persons.of(record) > 0 {
				n++
			}
		}
		return n
	}
	change = -counted()
	for record := range touched {
		c.persons.add(record, -c.persons.of(record))
	}
	for record := range touched {
		c.persons.add(s.one(record), c.records.of(record))
	}
	c.same = s
	return change + counted()
}

// comings lists who came to be counted, and who ceased to be, with the events after a position, in their order. A link has
// no contributions, and changes who is counted all the same.
func (l *look) comings(i domain.Indicator, r calendar.Range, after domain.Ordinal) ([]Entry, error) {
	then := l.knownAt(after)
	var c counting
	if err := then.records(i, r, func(h holding) { c.add(h.person, h.count) }); err != nil {
		return nil, err
	}
	same, err := then.same()
	if err != nil {
		return nil, err
	}
	c.join(same)
	linkings, err := l.linkings(i, after)
	if err != nil {
		return nil, err
	}
	clause, args := l.where("c.", i, r)
	rows, err := l.query(entryColumns+"c.quantity, c.person"+laterTables+clause+" AND c.ordinal > ? ORDER BY c.ordinal, c.place", append(args, int64(after))...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	relink := func(until domain.Ordinal) error {
		for len(linkings) > 0 && linkings[0].Position < until {
			e := linkings[0]
			linkings = linkings[1:]
			same, err := l.knownAt(e.Position).same()
			if err != nil {
				return err
			}
			e.Quantity.Quantity = c.join(same)
			all = append(all, e)
		}
		return nil
	}
	for rows.Next() {
		var person int64
		e, err := l.scan(i, rows, &person)
		if err != nil {
			return nil, err
		}
		if err := relink(e.Position); err != nil {
			return nil, err
		}
		change := c.add(person, e.Quantity.Quantity)
		e.Quantity.Quantity = 0
		if n := len(all); n == 0 || all[n-1].Position != e.Position {
			all = append(all, e)
		}
		if last := &all[len(all)-1]; change != 0 {
			last.Quantity.Quantity += change
			last.Occurred = e.Occurred
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return all, relink(l.position + 1)
}

// linkings lists the events after a position that change which records are one person.
func (l *look) linkings(i domain.Indicator, after domain.Ordinal) ([]Entry, error) {
	rows, err := l.query("SELECT e.ordinal, e.id, e.case_type, e.case_id, e.type, e.occurred, e.recorded, 0 FROM figures_links k JOIN events e ON e.ordinal = k.ordinal"+
		" WHERE k.ordinal > ? AND k.ordinal <= ?", int64(after), int64(l.position))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Entry
	for rows.Next() {
		e, err := l.scan(i, rows)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Position, b.Position) })
	return all, rows.Err()
}
