package sample

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/convalescence"
	"hoso/domain/convalescent"
	"hoso/domain/law"
	"hoso/domain/money"
)

// aMonthBefore is always in a month before, and on the same day of the week.
const aMonthBefore = 35

var batchLife = Life{
	Prefix: "ddtt",
	Moves: []Move{
		{Name: "plan", From: []string{""}, To: "planned", Count: "convalescence.batches_planned", Ahead: aMonthBefore,
			Do: func(w *World, _ *Case, a *Act) domain.Command {
				return convalescence.Plan{Area: w.province, Month: calendar.Civil.MonthOf(a.On), Days: 7, Delegates: 60,
					Place: w.pick([]string{"Trung tâm Điều dưỡng người có công Sầm Sơn", "Trung tâm Điều dưỡng người có công Đại Lải", "Nhà khách điều dưỡng Đồ Sơn"})}
			}},
		{Name: "start", From: []string{"planned"}, To: "started",
			Do: func(*World, *Case, *Act) domain.Command { return convalescence.Start{} }},
		{Name: "complete", From: []string{"started"}, To: "completed", Count: "convalescence.batches", Gap: 6, Lead: 2,
			Sums: []Sum{{Indicator: "convalescence.delegates", Typical: 62}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				start, _ := c.Find("start")
				return convalescence.Complete{Delegates: a.Sums["convalescence.delegates"], Days: min(start.On.DaysUntil(a.On)+1, 10)}
			}},
	},
	Open: openForProvince,
	Live: func(t *Teller, c *Case) {
		if c.Status == "planned" && t.Try(c, "start", c.Last.AddDays(1+t.rand.IntN(3)), nil) {
			t.Try(c, "complete", c.Last.AddDays(6), nil)
		}
	},
}

// typicalHomeRate is what convalescence at home was worth in April 2024: 0.9 of 2.055.000 đồng.
const typicalHomeRate = 1_849_500

var convalescentLife = Life{
	Prefix: "ddnha",
	Moves: []Move{
		{Name: "list", From: []string{""}, To: "listed",
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return convalescent.List{Commune: c.Person.Commune, Category: w.pick([]string{"relative", "relative", "g", "h", "i", "k"}), Year: a.On.Year(), Every: 2}
			}},
		{Name: "approve", From: []string{"listed"}, To: "approved",
			Do: func(*World, *Case, *Act) domain.Command { return convalescent.Approve{Form: "home"} }},
		{Name: "pay", From: []string{"approved"}, To: "paid", Count: "convalescence.at_home_persons", Gap: 7, Lead: 30,
			Sums: []Sum{{Indicator: "convalescence.at_home_amount", Typical: typicalHomeRate}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				approved, _ := c.Find("approve")
				if _, known := law.Shipped().Convalescence(approved.On); known && a.Free {
					return convalescent.PayHome{}
				}
				return convalescent.PayHome{Amount: money.VND(a.Sums["convalescence.at_home_amount"])}
			}},
	},
	Open: openElder,
}

// openForProvince opens a case that is about no person.
func openForProvince(w *World, c *Case) error {
	c.Person = Resident{Commune: w.province}
	return nil
}
