package sample

import (
	"hoso/domain"
	"hoso/domain/session"
)

const (
	interviewed = "employment.session_interviewed"
	hired       = "employment.session_hired"
)

var sessionLife = Life{
	Prefix: "phien",
	Moves: []Move{
		{Name: "plan", From: []string{""}, To: "planned",
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				held, _ := c.Find("hold")
				return session.Plan{Kind: held.By["kind"], Place: c.Person.Commune, Day: held.On}
			}},
		{Name: "hold", From: []string{"planned"}, To: "held", Count: "employment.sessions", Gap: 3, Lead: 20,
			Sums: []Sum{
				{Indicator: "employment.session_employers", Typical: 15, Divide: (*World).Even, None: true},
				{Indicator: "employment.session_vacancies", Typical: 300, Divide: (*World).Even, None: true},
				{Indicator: interviewed, Typical: 60, Divide: (*World).Even, None: true},
				{Indicator: hired, Typical: 8, Divide: (*World).Even, None: true},
			},
			Prefer: map[string][]string{"kind": {"fixed", "fixed", "fixed", "mobile", "mobile", "online"}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return session.Hold{Employers: int(a.Sums["employment.session_employers"]), Vacancies: int(a.Sums["employment.session_vacancies"]),
					Interviewed: int(a.Sums[interviewed]), Hired: int(a.Sums[hired])}
			}},
	},
	Open: func(w *World, c *Case) error {
		held, _ := c.Find("hold")
		if held.Sums[hired] > held.Sums[interviewed] {
			return domain.Malformed("figures.impossible", hired, "nhiều hơn số người được phỏng vấn (%s)", interviewed)
		}
		c.Person.Commune = w.seat(held.On)
		if held.By["kind"] == "mobile" {
			c.Person.Commune = w.commune(c.First())
		}
		return nil
	},
	Live: interviews,
}

// interviews lets nobody be hired who was not interviewed, where the figures leave one of the two open.
func interviews(t *Teller, c *Case) {
	held, ok := c.Find("hold")
	if !ok {
		return
	}
	open := func(indicator string) bool {
		_, known := held.Sums[indicator]
		return !known && !t.states(indicator, held.On)
	}
	if open(hired) {
		most := int64(15)
		if !open(interviewed) {
			most = min(most, held.Sums[interviewed])
		}
		held.Sums[hired] = t.rand.Int64N(most + 1)
	}
	if open(interviewed) {
		held.Sums[interviewed] = held.Sums[hired] + 20 + t.rand.Int64N(60)
	}
}
