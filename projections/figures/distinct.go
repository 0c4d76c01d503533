package figures

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// net is what the quantities of a person come to.
type net struct {
	whole int64
	by    map[part]int64
}

// persons counts each person once whose quantities in the range come to more than 0, and under each breakdown value
// likewise: a person with two values counts under both, so these parts need not add up. Records come one after the
// other; those that are linked are held until all of their person have come.
func (l *look) persons(i domain.Indicator, r calendar.Range) (tally, error) {
	same, err := l.links()
	if err != nil {
		return tally{}, err
	}
	clause, args := l.where("", i, r)
	rows, err := l.query("SELECT person, breakdown, sum(quantity) FROM figures_contributions"+clause+
		" GROUP BY person, breakdown", args...)
	if err != nil {
		return tally{}, err
	}
	defer rows.Close()
	t := tally{Number{0, i.Parts()}, map[part]Number{}}
	held := map[uuid.UUID]*net{}
	var record uuid.UUID // whose rows are being read
	unlinked := &net{by: map[part]int64{}}
	at := unlinked
	for rows.Next() {
		var who []byte
		var breakdown, quantity int64
		if err := rows.Scan(&who, &breakdown, &quantity); err != nil {
			return t, err
		}
		if id := uuid.UUID(who); id != record {
			t.count(unlinked)
			record, at = id, unlinked
			if _, ok := same[id]; ok {
				one := same.one(id)
				if held[one] == nil {
					held[one] = &net{by: map[part]int64{}}
				}
				at = held[one]
			}
		}
		at.whole += quantity
		for _, p := range partsOf(i, l.names.Name(breakdown)) {
			at.by[p] += quantity
		}
	}
	t.count(unlinked)
	for _, n := range held {
		t.count(n)
	}
	return t, rows.Err()
}

// count counts a person where there is something of it, and empties the net for the next one.
func (t *tally) count(n *net) {
	if n.whole > 0 {
		t.value.Quantity++
	}
	for p, quantity := range n.by {
		if quantity > 0 {
			t.by[p] = Number{t.by[p].Quantity + 1, t.value.Parts}
		}
	}
	n.whole = 0
	clear(n.by)
}
