package sample

import (
	"hoso/domain"
	"hoso/domain/area"
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
				return rehab.Admit{Commune: c.Person.Commune, Regime: c.By["regime"], Decided: a.On.AddDays(-3), Months: termOf(c)}
			}},
		{Name: "escape", From: []string{"present"}, To: "escaped", Count: "rehab.escaped", Gap: 20, Lead: 200, Prefer: placedOrNot,
			Stocks: []Effect{{"rehab.present", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Escape{} }},
		{Name: "return", From: []string{"escaped"}, To: "present", Count: "rehab.returned", Gap: 3, Lead: 40, Prefer: placedOrNot,
			Stocks: []Effect{{"rehab.present", +1}},
			Do:     func(*World, *Case, *Act) domain.Command { return rehab.Return{} }},
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
				return rehab.TransferIn{Commune: c.Person.Commune, Regime: c.By["regime"], From: area.Code("24"), Decided: decided,
					Months: termOf(c), Due: decided.AddMonths(termOf(c))}
			}},
	},
	Open: func(w *World, c *Case) error {
		var err error
		sex := w.pick([]string{"male", "male", "male", "male", "male", "male", "male", "male", "male", "female"})
		c.Person, err = w.resident(sex, c.First().Year()-20-w.rand.IntN(35), c.First())
		return err
	},
}

// termOf returns months within the law (NĐ 116/2021) that are over when the stay is completed.
func termOf(c *Case) int {
	switch c.By["regime"] {
	case "voluntary":
		return 6
	case "compulsory":
		if c.Status == "completed" {
			return 12
		}
		return 18
	}
	return 0
}
