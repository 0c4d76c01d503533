package figures

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// statement is a value that somebody stated, and the row that says so.
type statement struct {
	breakdown string
	quantity  int64
	occurred  int64
	ordinal   int64
}

// statements returns the latest statement of each breakdown that stands in the range, in order of day and position.
// A correction or a void takes back the last standing statement with its day, area, breakdown and value; the one
// before it then counts again.
func (l *look) statements(i domain.Indicator, r calendar.Range) ([]statement, error) {
	if l.names.ID(i.ID) == 0 {
		return nil, nil // nobody ever stated it
	}
	clause, args := l.where("", i, r)
	rows, err := l.query("SELECT occurred, ordinal, place < 0, area, breakdown, quantity FROM figures_contributions"+clause+
		" ORDER BY occurred, ordinal, place", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type said struct {
		statement
		area int64
	}
	var standing []said
	for rows.Next() {
		var s said
		var back bool
		var breakdown int64
		if err := rows.Scan(&s.occurred, &s.ordinal, &back, &s.area, &breakdown, &s.quantity); err != nil {
			return nil, err
		}
		s.breakdown = l.names.Name(breakdown)
		if !back {
			standing = append(standing, s)
			continue
		}
		for k := len(standing) - 1; k >= 0; k-- {
			o := standing[k]
			if o.occurred == s.occurred && o.area == s.area && o.breakdown == s.breakdown && o.quantity == -s.quantity {
				standing = append(standing[:k], standing[k+1:]...)
				break
			}
		}
	}
	var latest []statement
	for k, s := range standing {
		last := true
		for _, later := range standing[k+1:] {
			last = last && later.breakdown != s.breakdown
		}
		if last {
			latest = append(latest, s.statement)
		}
	}
	return latest, rows.Err()
}
