package crowd

import (
	"math/rand/v2"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// Asks draws a question about one figure as people ask: of a month, of everything, the province, a district or a commune.
func Asks(c *domain.Catalog, r *rand.Rand) figures.Query {
	var ids []string
	for _, t := range c.Types {
		for _, i := range t.Indicators {
			if !i.Hidden {
				ids = append(ids, i.ID)
			}
		}
	}
	q := figures.Query{
		Month:      calendar.Month{Year: 2024 + r.IntN(3), Month: time.Month(1 + r.IntN(12))},
		Calendar:   []calendar.Calendar{calendar.Civil, calendar.Fifteenth}[r.IntN(2)],
		Indicators: []string{ids[r.IntN(len(ids))]},
	}
	last := q.Calendar.Month(q.Month).To
	level := area.Level(r.IntN(4) - 1)
	if level < 0 {
		return q
	}
	if below := area.InUse().Below(area.Unit{}, level, last); len(below) > 0 {
		q.Area = below[r.IntN(len(below))].Code
	} else {
		q.Area = area.LangSon
	}
	return q
}
