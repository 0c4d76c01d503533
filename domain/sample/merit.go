package sample

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/merit"
	"hoso/domain/money"
)

// typicalAllowance is what a beneficiary got a month on average in April 2024 (level 2.055.000, NĐ 55/2023).
const typicalAllowance = 2_370_000

var procedures = []string{"survivor", "survivor", "funeral", "funeral", "extract", "toxic_chemical", "war_invalid", "martyr_worship", "education", "resistance"}

var categories = []string{"relative", "relative", "relative", "g", "g", "h", "i", "l", "k", "d"}

var dossierLife = Life{
	Prefix: "ncc",
	Binds:  []string{"procedure"},
	Tenure: 20,
	Moves: []Move{
		{Name: "receive", From: []string{""}, To: "received", Count: "merit.dossiers_received",
			Stocks: []Effect{{"merit.dossiers_pending", +1}},
			Prefer: map[string][]string{"procedure": procedures},
			Do:     receiveDossier},
		{Name: "forward", From: []string{"received"}, To: "forwarded",
			Do: func(*World, *Case, *Act) domain.Command { return merit.Forward{To: "department"} }},
		{Name: "resolve", From: []string{"forwarded", "received"}, To: "resolved", Count: "merit.dossiers_resolved", Gap: 3, Lead: 8, Wait: 40,
			Stocks: []Effect{{"merit.dossiers_pending", -1}},
			Prefer: map[string][]string{"procedure": procedures, "timeliness": {"on_time", "on_time", "on_time", "on_time", "on_time", "on_time", "on_time", "on_time", "overdue"}},
			Do:     func(*World, *Case, *Act) domain.Command { return merit.Resolve{} }},
		{Name: "refuse", From: []string{"forwarded", "received"}, To: "refused", Count: "merit.dossiers_refused", Gap: 3, Lead: 8, Wait: 40,
			Stocks: []Effect{{"merit.dossiers_pending", -1}},
			Prefer: map[string][]string{"procedure": procedures},
			Do: func(*World, *Case, *Act) domain.Command {
				return merit.Refuse{Reason: domain.Hide("Không đủ điều kiện theo quy định")}
			}},
		{Name: "return", From: []string{"forwarded", "received"}, To: "returned", Count: "merit.dossiers_returned", Gap: 2, Lead: 5, Wait: 20,
			Stocks: []Effect{{"merit.dossiers_pending", -1}},
			Prefer: map[string][]string{"procedure": procedures},
			Do: func(*World, *Case, *Act) domain.Command {
				return merit.ReturnDossier{Missing: domain.Hide("Thiếu bản sao giấy tờ chứng minh")}
			}},
		{Name: "withdraw", From: []string{"forwarded", "received"}, To: "withdrawn", Count: "merit.dossiers_withdrawn", Gap: 1, Lead: 5, Wait: 20,
			Stocks: []Effect{{"merit.dossiers_pending", -1}},
			Prefer: map[string][]string{"procedure": procedures},
			Do:     func(*World, *Case, *Act) domain.Command { return merit.Withdraw{} }},
	},
	Open: openElder,
	Live: func(t *Teller, c *Case) {
		if c.Status == "received" && t.Try(c, "forward", c.Last.AddDays(1+t.rand.IntN(3)), nil) {
			t.Try(c, "resolve", c.Last.AddDays(5+t.rand.IntN(8)), nil)
		}
	},
}

// receiveDossier sets the due date such that the dossier is resolved in time, or late, as the figures want.
func receiveDossier(_ *World, c *Case, a *Act) domain.Command {
	due := a.On.AddDays(12)
	if r, ok := c.Find("resolve"); ok {
		if r.By["timeliness"] == "overdue" {
			due = r.On.AddDays(-1)
		} else {
			due = max(due, r.On)
		}
	}
	return merit.Receive{Commune: c.Person.Commune, Category: "relative", Procedure: merit.Code(c.By["procedure"]), Due: due, Channel: "direct", At: "commune"}
}

var allowanceLife = Life{
	Prefix: "trocap",
	Binds:  []string{"category"},
	Tenure: 6000,
	Moves: []Move{
		{Name: "start", From: []string{""}, To: "receiving",
			Stocks: []Effect{{"merit.beneficiaries", +1}},
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				if c.By["category"] == "" {
					c.By["category"] = "relative"
				}
				return merit.StartAllowance{Commune: c.Person.Commune, Category: c.By["category"], From: calendar.Civil.MonthOf(a.On)}
			}},
		{Name: "pay", From: []string{"receiving"}, Count: "merit.allowance_persons", Gap: 1, Lead: 3000,
			Sums:   []Sum{{Indicator: "merit.allowance_amount", Typical: typicalAllowance}},
			Prefer: map[string][]string{"category": categories, "channel": {"cash", "cash", "cash", "account"}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return merit.PayAllowance{Month: calendar.Civil.MonthOf(a.On), Amount: money.VND(a.Sums["merit.allowance_amount"]), Channel: a.By["channel"]}
			}},
		{Name: "end", From: []string{"receiving"}, To: "ended", Gap: 31,
			Stocks: []Effect{{"merit.beneficiaries", -1}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return merit.EndAllowance{Last: calendar.Civil.MonthOf(a.On), Ground: "died"}
			}},
	},
	Open: openElder,
}

// openElder invents a person of the generations that are or remember the meritorious.
func openElder(w *World, c *Case) error {
	var err error
	c.Person, err = w.resident(w.pick([]string{"female", "male"}), 1930+w.rand.IntN(30), c.First())
	return err
}
