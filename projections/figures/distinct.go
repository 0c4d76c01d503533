package figures

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// persons counts each person once whose quantities in the range come to more than 0, and under each breakdown value
// likewise: a person with two values counts under both, so these parts need not add up.
func (l *look) persons(i domain.Indicator, r calendar.Range) (tally, error) {
	clause, args := l.where("", i, r)
	rows, err := l.query("SELECT person, breakdown, sum(quantity) FROM figures_contributions"+clause+
		" GROUP BY person, breakdown", args...)
	if err != nil {
		return tally{}, err
	}
	defer rows.Close()
	t := tally{Number{0, i.Parts()}, map[part]Number{}}
	var person uuid.UUID // whose rows are being read
	var whole int64
	nets := map[part]int64{}
	count := func() {
		if whole > 0 {
			t.value.Quantity++
		}
		for p, net := range nets {
			if net > 0 {
				t.by[p] = Number{t.by[p].Quantity + 1, i.Parts()}
			}
		}
		whole = 0
		clear(nets)
	}
	for rows.Next() {
		var who []byte
		var breakdown, quantity int64
		if err := rows.Scan(&who, &breakdown, &quantity); err != nil {
			return t, err
		}
		if id := uuid.UUID(who); id != person {
			count()
			person = id
		}
		whole += quantity
		for _, p := range partsOf(i, l.names.Name(breakdown)) {
			nets[p] += quantity
		}
	}
	count()
	return t, rows.Err()
}
