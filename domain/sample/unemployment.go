package sample

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
	"hoso/domain/unemployment"
)

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
				return unemployment.File{Commune: c.Person.Commune, Sex: c.Person.Sex, BirthYear: c.Person.BirthYear,
					Channel: a.By["channel"], Residence: a.By["residence"], Paid: 12 + w.rand.IntN(120)}
			}},
		{Name: "withdraw", From: []string{"filed"}, To: "withdrawn", Count: "unemployment.withdrawn", Gap: 1, Wait: 20,
			Stocks: []Effect{{"unemployment.pending", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return unemployment.Withdraw{} }},
		{Name: "refuse", From: []string{"filed"}, To: "refused", Count: "unemployment.refused", Gap: 3, Wait: 40,
			Stocks: []Effect{{"unemployment.pending", -1}},
			Do: func(*World, *Case, *Act) domain.Command {
				return unemployment.Refuse{Reason: domain.Hide("Chưa đủ 12 tháng đóng bảo hiểm thất nghiệp")}
			}},
		{Name: "decide", From: []string{"filed"}, To: "decided", Count: "unemployment.decisions", Gap: 14, Wait: 60,
			Sums:   []Sum{{Indicator: "unemployment.amount_decided", Typical: 4 * typicalLevel, Divide: shareOfDecisions}},
			Stocks: []Effect{{"unemployment.pending", -1}, {"unemployment.receiving", +1}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				t := a.Note.(terms)
				return unemployment.Decide{Level: money.VND(t.level), Months: t.months, Start: a.On}
			}},
		{Name: "at_max", From: []string{"filed"}, To: "decided", Count: "unemployment.at_max_level", Gap: 14, Wait: 60, Own: true,
			Stocks: []Effect{{"unemployment.pending", -1}, {"unemployment.receiving", +1}},
			Do: func(*World, *Case, *Act) domain.Command {
				return unemployment.Decide{Level: 23_400_000, Months: 3, AtMax: true}
			}},
		{Name: "cancel", From: []string{"decided"}, To: "cancelled", Count: "unemployment.decisions_cancelled", Gap: 4, Wait: 20, Own: true,
			Stocks: []Effect{{"unemployment.receiving", -1}},
			Do:     func(*World, *Case, *Act) domain.Command { return unemployment.Cancel{} }},
		{Name: "collect", From: []string{"decided"}, To: "receiving",
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.Collect{} }},
		{Name: "notify", From: []string{"receiving"}, Count: "unemployment.notices", Own: true,
			Do: func(_ *World, c *Case, a *Act) domain.Command { return unemployment.Notify{Month: nth(c, a)} }},
		{Name: "pay", From: []string{"receiving", "ended"}, Sums: []Sum{{Indicator: "unemployment.amount_paid", Typical: typicalLevel}}, Own: true,
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				return unemployment.Pay{Month: nth(c, a), Amount: money.VND(a.Sums["unemployment.amount_paid"])}
			}},
		{Name: "suspend", From: []string{"receiving"}, To: "suspended", Count: "unemployment.suspended", Gap: 1, Own: true,
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				return unemployment.Suspend{Month: 1 + count(c, "notify")}
			}},
		{Name: "resume", From: []string{"suspended"}, To: "receiving", Count: "unemployment.resumed", Gap: 10,
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.Resume{} }},
		{Name: "end", From: []string{"receiving"}, To: "ended", Count: "unemployment.terminated", Gap: 20,
			Stocks: []Effect{{"unemployment.receiving", -1}},
			Prefer: map[string][]string{"reason": {"expired", "expired", "expired", "job", "three_missed", "own_request"}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				if a.By["reason"] == "expired" {
					return unemployment.Expire{}
				}
				return unemployment.Terminate{Reason: a.By["reason"], Effective: a.On}
			}},
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
	},
	Open: openClaim,
	Live: liveOnBenefit,
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
	year := c.First().Year()
	if d, ok := c.Find("decide"); ok {
		year = d.On.Year()
		grant(c, d)
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

func highest(c *Case) int64 {
	most := int64(0)
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

// liveOnBenefit lets a claim run on: decided after three weeks, collected, noticed and paid month by month, ended.
func liveOnBenefit(t *Teller, c *Case) {
	if c.Status == "filed" {
		switch {
		case t.Chance(3) && t.Try(c, "withdraw", c.Last.AddDays(5), nil):
			return
		case t.Chance(4) && t.Try(c, "refuse", c.Last.AddDays(15), nil):
			return
		case !t.Try(c, "decide", c.Last.AddDays(16+t.rand.IntN(10)), nil):
			return
		}
	}
	d, ok := c.Find("decide")
	if !ok {
		return
	}
	t.Try(c, "collect", c.Last.AddDays(t.rand.IntN(3)), nil)
	t.choose(c, d)
	granted := grant(c, d)
	for month := 1; month <= granted.months && c.Status == "receiving"; month++ {
		start := d.On.AddMonths(month - 1)
		if month > 1 && !t.Try(c, "notify", max(start.AddDays(t.rand.IntN(3)), c.Last), nil) {
			continue
		}
		if count(c, "pay") < month && t.Try(c, "pay", max(start.AddDays(7+t.rand.IntN(4)), c.Last), nil) {
			c.Acts[len(c.Acts)-1].Sums["unemployment.amount_paid"] = granted.level
		}
		if t.Chance(2) && t.Try(c, "end", c.Last.AddDays(20), nil) {
			c.Acts[len(c.Acts)-1].By["reason"] = t.pick([]string{"job", "job", "own_request"})
			return
		}
	}
	if count(c, "pay") == granted.months && t.Try(c, "end", max(d.On.AddMonths(granted.months), c.Last.AddDays(20)), nil) {
		c.Acts[len(c.Acts)-1].By["reason"] = "expired"
	}
}
