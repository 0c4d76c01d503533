package sample

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/rehab"
)

var (
	bothStocks   = []Effect{{"rehab.on_roll", +1}, {"rehab.present", +1}}
	leavesBoth   = []Effect{{"rehab.on_roll", -1}, {"rehab.present", -1}}
	placedOrNot  = map[string][]string{"regime": {"compulsory", "compulsory", "compulsory", "compulsory", "voluntary"}}
	withHoldings = map[string][]string{"regime": {"compulsory", "compulsory", "compulsory", "compulsory", "compulsory", "voluntary", "holding"}}
)

var rehabLife = Life{
	Prefix: "cai",
	Binds:  []string{"regime"},
	Tenure: 330,
	Renew:  "complete",
	Moves: []Move{
		{Name: "admit", From: []string{""}, To: "present", Count: "rehab.admitted", Stocks: bothStocks, Prefer: withHoldings,
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				return rehab.Admit{Commune: c.Person.Commune, Regime: c.By["regime"], Decided: a.On.AddDays(-3), Months: termOf(c, a.On.AddDays(-3))}
			}},
		{Name: "escape", From: []string{"present"}, To: "escaped", Count: "rehab.escaped", Gap: 20, Lead: 200, Prefer: placedOrNot,
			Stocks: []Effect{{"rehab.present", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Escape{} }},
		{Name: "return", From: []string{"escaped"}, To: "present", Count: "rehab.returned", Gap: 3, Lead: 40, Prefer: placedOrNot,
			Stocks: []Effect{{"rehab.present", +1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Return{} }},
		{Name: "leave", From: []string{"present"}, To: "away", Count: "rehab.left_temporarily", Gap: 5, Lead: 200, Prefer: withHoldings,
			Stocks: []Effect{{"rehab.present", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.LeaveTemporarily{Reason: "hospital"} }},
		{Name: "come_back", From: []string{"away"}, To: "present", Count: "rehab.came_back", Gap: 2, Lead: 20, Prefer: withHoldings,
			Stocks: []Effect{{"rehab.present", +1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.ComeBack{} }},
		{Name: "release_absent", From: []string{"away", "escaped"}, To: "released", Count: "rehab.ended_absent", Within: "rehab.released", Gap: 5, Lead: 60, Prefer: withHoldings,
			Stocks: []Effect{{"rehab.on_roll", -1}},
			Do:     release},
		{Name: "release", From: []string{"present"}, To: "released", Count: "rehab.released", Gap: 5, Lead: 100, Prefer: withHoldings,
			Stocks: leavesBoth,
			Do:     release},
		{Name: "complete", From: []string{"present"}, To: "completed", Count: "rehab.completed", Gap: 400, Lead: 300, Prefer: placedOrNot,
			Stocks: leavesBoth,
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Complete{} }},
		{Name: "transfer_out", From: []string{"present"}, To: "gone", Count: "rehab.transferred_out", Gap: 20, Lead: 200, Prefer: placedOrNot,
			Stocks: leavesBoth,
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.TransferOut{To: "01"} }},
		{Name: "die", From: []string{"present"}, To: "died", Count: "rehab.died", Gap: 20, Lead: 200, Prefer: placedOrNot,
			Stocks: leavesBoth,
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Die{} }},
		{Name: "transfer_in", From: []string{""}, To: "present", Count: "rehab.transferred_in", Stocks: bothStocks, Prefer: placedOrNot,
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				decided := a.On.AddDays(-60)
				months := termOf(c, decided)
				return rehab.TransferIn{Commune: c.Person.Commune, Regime: c.By["regime"], From: area.Code("24"), Decided: decided,
					Months: months, Due: decided.AddMonths(months)}
			}},
	},
	Open: func(w *World, c *Case) error {
		var err error
		sex := w.pick([]string{"male", "male", "male", "male", "male", "male", "male", "male", "male", "female"})
		c.Person, err = w.resident(sex, c.First().Year()-20-w.rand.IntN(35), c.First())
		return err
	},
}

// release ends a stay on the ground of its regime.
func release(_ *World, c *Case, _ *Act) domain.Command {
	grounds := map[string]string{"compulsory": "exempted", "voluntary": "contract_ended", "holding": "placed"}
	return rehab.Release{Ground: grounds[c.By["regime"]]}
}

// termOf returns months within the law of the day of the decision: the shortest, which is over when the stay is completed,
// or the middle.
func termOf(c *Case, decided calendar.Date) int {
	name, key := "rehab_"+c.By["regime"], ""
	if c.By["regime"] == "compulsory" {
		key = "first"
	}
	t, ok := law.Shipped().Term(name, key, decided)
	if !ok || c.Status == "completed" || c.By["regime"] == "voluntary" {
		return t.Min
	}
	return (t.Min + t.Max) / 2
}
