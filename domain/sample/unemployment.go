package sample

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
	"hoso/domain/unemployment"
)

// typicalSupport is a course of three months (NĐ 374/2025 Đ11: 1.500.000 a month).
const typicalSupport = 4_500_000

// typicalLevel is a benefit of the year 2024: 60 % of what most people in the province earned.
const typicalLevel = 3_900_000

var unemploymentLife = Life{
	Prefix: "bhtn",
	Binds:  []string{"sex", "age"},
	Tenure: 100,
	Moves: []Move{
		{Name: "file", From: []string{""}, To: "filed", Count: "unemployment.claims",
			Stocks: []Effect{{"unemployment.pending", +1}},
			Prefer: map[string][]string{"channel": {"direct", "direct", "direct", "portal", "portal", "post", "proxy"},
				"residence": {"own", "own", "own", "own", "own", "own", "other_province"}},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				p := a.Note.(papers)
				return unemployment.File{Commune: c.Person.Commune, Sex: c.Person.Sex, BirthYear: c.Person.BirthYear,
					Channel: a.By["channel"], Residence: a.By["residence"], Paid: p.paid, Facts: p.facts}
			}},
		{Name: "withdraw", From: []string{"filed"}, To: "withdrawn", Count: "unemployment.withdrawn", Gap: 1, Wait: 20,
			Stocks: []Effect{{"unemployment.pending", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return unemployment.Withdraw{} }},
		{Name: "refuse", From: []string{"filed"}, To: "refused", Count: "unemployment.refused", Gap: 3, Wait: 40,
			Stocks: []Effect{{"unemployment.pending", -1}},
			Do: func(*World, *Case, *Act) domain.Command {
				return unemployment.Refuse{Reason: domain.Hide("Chưa đủ 12 tháng đóng bảo hiểm thất nghiệp"), Ground: "months"}
			}},
		{Name: "decide", From: []string{"filed"}, To: "decided", Count: "unemployment.decisions", Gap: 14, Pace: 22, Wait: 60,
			Sums:   []Sum{{Indicator: "unemployment.amount_decided", Typical: 4 * typicalLevel, Divide: shareOfDecisions}},
			Parts:  []Part{{Indicator: "unemployment.at_max_level"}, {Indicator: "unemployment.decisions_female", Of: map[string]string{"sex": "female"}}},
			Stocks: []Effect{{"unemployment.pending", -1}, {"unemployment.receiving", +1}},
			Do:     decideClaim},
		{Name: "cancel", From: []string{"decided"}, To: "cancelled", Count: "unemployment.decisions_cancelled", Gap: 7, Wait: 20, Own: true,
			Stocks: []Effect{{"unemployment.receiving", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return unemployment.Cancel{} }},
		{Name: "collect", From: []string{"decided"}, To: "receiving",
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.Collect{} }},
		{Name: "notify", From: []string{"receiving", "suspended"}, Count: "unemployment.notices", Own: true,
			Do: func(_ *World, _ *Case, a *Act) domain.Command { return unemployment.Notify{Month: a.Note.(int)} }},
		{Name: "pay", From: []string{"receiving", "ended"}, Sums: []Sum{{Indicator: "unemployment.amount_paid", Typical: typicalLevel}}, Own: true,
			Do: payMonth},
		{Name: "miss", From: []string{"receiving"}, Gap: 1,
			Do: func(_ *World, _ *Case, a *Act) domain.Command { return unemployment.Miss{Month: a.Note.(int)} }},
		{Name: "suspend", From: []string{"receiving"}, To: "suspended", Count: "unemployment.suspended", Gap: 1, Own: true,
			Do: func(_ *World, _ *Case, a *Act) domain.Command { return unemployment.Suspend{Month: a.Note.(int)} }},
		{Name: "resume", From: []string{"suspended"}, To: "receiving", Count: "unemployment.resumed", Gap: 10,
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.Resume{} }},
		{Name: "end", From: []string{"receiving"}, To: "ended", Count: "unemployment.terminated", Gap: 20,
			Stocks: []Effect{{"unemployment.receiving", -1}},
			Prefer: map[string][]string{"reason": {"expired", "expired", "expired", "job", "three_missed", "other"}},
			Do:     endBenefit},
		{Name: "transfer_out", From: []string{"receiving"}, To: "gone", Count: "unemployment.transferred_out", Gap: 20,
			Stocks: []Effect{{"unemployment.receiving", -1}},
			Do: func(w *World, _ *Case, _ *Act) domain.Command {
				return unemployment.TransferOut{To: area.Code(w.pick([]string{"01", "24", "27"}))}
			}},
		{Name: "transfer_in", From: []string{""}, To: "receiving", Count: "unemployment.transferred_in",
			Stocks: []Effect{{"unemployment.receiving", +1}},
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return unemployment.TransferIn{Commune: c.Person.Commune, Sex: c.Person.Sex, BirthYear: c.Person.BirthYear,
					From: area.Code(w.pick([]string{"01", "24", "27"})), Level: typicalLevel, Months: 3}
			}},
		{Name: "unclaimed", From: []string{"ended"}, To: "left", Gap: 92,
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return unemployment.NotifyUnclaimed{Month: a.Note.(int)}
			}},
		{Name: "reserve", From: []string{"left"}, To: "reserved", Gap: 1,
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.Reserve{} }},
		{Name: "overpay", From: []string{"receiving"}, To: "overpaid", Also: []string{"unemployment.amount_paid"},
			Do: payMonth},
		{Name: "order_recovery", From: []string{"overpaid"}, To: "owing", Count: "unemployment.recoveries", Gap: 20, Own: true,
			Sums: []Sum{{Indicator: "unemployment.recovery_amount", Typical: typicalLevel}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return unemployment.OrderRecovery{Amount: money.VND(a.Sums["unemployment.recovery_amount"]), Reason: domain.Hide("Có việc làm mà không thông báo")}
			}},
		{Name: "recover", From: []string{"owing"}, To: "recovered", Gap: 5,
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				order, _ := c.Find("order_recovery")
				return unemployment.Recover{Amount: money.VND(order.Sums["unemployment.recovery_amount"])}
			}},
		{Name: "support", From: []string{"receiving"}, Sums: []Sum{{Indicator: "unemployment.vocational_amount_receiving", Typical: typicalSupport}}, Own: true,
			Also: []string{"unemployment.vocational_amount", "unemployment.vocational_decisions", "unemployment.vocational_persons", "unemployment.vocational_female"},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return unemployment.SupportVocational{Months: 3, Amount: money.VND(a.Sums["unemployment.vocational_amount_receiving"])}
			}},
	},
	Open: openClaim,
	Live: liveOnBenefit,
}

func decideClaim(_ *World, c *Case, a *Act) domain.Command {
	t := a.Note.(terms)
	d := unemployment.Decide{Level: money.VND(t.level), Months: t.months, AtMax: a.Sums["unemployment.at_max_level"] > 0}
	if !c.Acts[0].Note.(papers).lawful() {
		d.Start = a.On // an import says no more than when the decision was signed
	}
	if t.months < 3 {
		d.Deviation = domain.Hide("Số tháng theo quyết định đã ký")
	}
	return d
}

func payMonth(_ *World, _ *Case, a *Act) domain.Command {
	return unemployment.Pay{Month: a.Note.(int), Amount: money.VND(a.Sums["unemployment.amount_paid"])}
}

// endBenefit names the exact ground where the law of the day has one for it.
func endBenefit(w *World, c *Case, a *Act) domain.Command {
	reason := a.By["reason"]
	if reason == "expired" {
		return unemployment.Expire{}
	}
	t := unemployment.Terminate{Reason: reason, Effective: a.On, Ground: reason, Reported: a.On}
	switch {
	case reason == "other":
		t.Ground = w.pick([]string{"service", "pension", "study", "died"})
	case reason == "own_request" && a.On < 20260101:
		t.Ground = "" // the law of 2013 does not have it; offices counted it all the same
	case reason == "three_missed":
		t.Reported = 0
	}
	return t
}

// terms are what a decision grants.
type terms struct {
	level  int64
	months int
}

// termsOf finds whole months and a plausible level that multiply to an amount.
func termsOf(amount int64) terms {
	best := terms{amount, 1}
	for months := int64(2); months <= 12; months++ {
		level := amount / months
		if amount%months == 0 && distance(level) < distance(best.level) {
			best = terms{level, int(months)}
		}
	}
	return best
}

func distance(level int64) int64 { return max(level-typicalLevel, typicalLevel-level) }

// shareOfDecisions divides an amount into n products of a level and a number of months.
func shareOfDecisions(w *World, total int64, n int) ([]int64, error) {
	parts, err := w.Share(total, n)
	if err != nil || n < 2 || total < int64(n)*12 {
		return parts, err
	}
	left := total
	for i := range n - 2 {
		mean := left / int64(n-i)
		months := min(max((mean+typicalLevel/2)/typicalLevel-1+int64(w.rand.IntN(3)), 3), 12)
		level := mean * int64(85+w.rand.IntN(31)) / 100 / months
		if level > 100_000 {
			level = level / 1000 * 1000
		}
		level = max(level, 1)
		parts[i], left = level*months, left-level*months
	}
	// The last two have three and four months: 3x + 4y makes any amount.
	y := left / 8
	for (left-4*y)%3 != 0 {
		y++
	}
	parts[n-2], parts[n-1] = left-4*y, 4*y
	return parts, nil
}

func openClaim(w *World, c *Case) error {
	number(c)
	year := c.First().Year()
	d, ok := c.Find("decide")
	if ok {
		year = d.On.Year()
		t := grant(c, d)
		if d.Free {
			t.months, t.level = max(t.months, lastMonth(c)), max(t.level, highest(c))
			d.Note = t
		}
	}
	if c.Acts[0].Move.Name == "file" {
		c.Acts[0].Note = papersOf(w, c)
	}
	var err error
	c.Person, err = w.resident(sexOf(w, c), year-ageIn(w, c.By["age"]), c.First())
	return err
}

// grant settles the terms of a decision: those that the stated amount means, or such that what is paid fits.
func grant(c *Case, d *Act) terms {
	if d.Note == nil {
		t := termsOf(d.Sums["unemployment.amount_decided"])
		if d.Free {
			t.months = max(t.months, count(c, "pay"), 3)
			t.level = max(t.level, highest(c))
		}
		d.Note = t
	}
	return d.Note.(terms)
}

// highest returns the most that is paid for a month; what is recovered was paid before.
func highest(c *Case) int64 {
	most := int64(0)
	if over, ok := c.Find("overpay"); ok {
		over.Sums["unemployment.amount_paid"] = typicalLevel
		if order, ok := c.Find("order_recovery"); ok {
			over.Sums["unemployment.amount_paid"] = order.Sums["unemployment.recovery_amount"]
		}
	}
	for _, a := range c.Acts {
		most = max(most, a.Sums["unemployment.amount_paid"])
	}
	return most
}

func sexOf(w *World, c *Case) string {
	if c.By["sex"] != "" {
		return c.By["sex"]
	}
	return w.pick([]string{"female", "male"})
}

// ageIn picks an age in a band of form 34.
func ageIn(w *World, band string) int {
	from := map[string]int{"up_to_30": 20, "31_40": 31, "41_50": 41, "51_60": 51, "over_60": 61}[band]
	if from == 0 {
		return 20 + w.rand.IntN(35)
	}
	if band == "over_60" {
		return from + w.rand.IntN(4)
	}
	return from + w.rand.IntN(10)
}

// number gives each notice, payment and suspension its benefit month, where living on has not: one after the other, a
// suspended month is not paid.
func number(c *Case) {
	told, paid, suspended := 0, 0, map[int]bool{}
	for _, a := range c.Acts {
		month, _ := a.Note.(int)
		switch a.Move.Name {
		case "notify":
			told = max(told+1, month)
			a.Note = told
		case "miss":
			a.Note = max(told+1, month)
		case "suspend":
			told = max(told+1, month)
			suspended[told] = true
			a.Note = told
		case "pay", "overpay":
			for paid = max(paid+1, month); suspended[paid]; {
				paid++
			}
			a.Note = paid
		}
	}
}

// lastMonth returns the last benefit month of which the case's acts speak.
func lastMonth(c *Case) int {
	most := 0
	for _, a := range c.Acts {
		if month, ok := a.Note.(int); ok {
			most = max(most, month)
		}
	}
	return most
}

// nth returns which act of its move an act is in its case: 1, 2, 3…
func nth(c *Case, a *Act) int {
	n := 0
	for _, other := range c.Acts {
		if other.Move.Name == a.Move.Name {
			n++
		}
		if other == a {
			break
		}
	}
	return n
}

func count(c *Case, move string) int {
	n := 0
	for _, a := range c.Acts {
		if a.Move.Name == move {
			n++
		}
	}
	return n
}
