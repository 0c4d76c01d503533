package sample

import (
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
	"hoso/domain/unemployment"
)

// papers are what a claim says about contributions, and about the work that ended where its acts keep to the law's
// clock. The others are like imports, which say nothing of it.
type papers struct {
	paid  int
	facts unemployment.Facts
}

func (p papers) lawful() bool { return !p.facts.Ended.IsZero() }

// papersOf makes up what the acts of a claim need: contributions for the months granted, wages for the level.
func papersOf(w *World, c *Case) papers {
	if _, ok := c.Find("refuse"); ok {
		return papers{paid: 1 + w.rand.IntN(11)}
	}
	d, decided := c.Find("decide")
	if !decided {
		return papers{paid: 12 + w.rand.IntN(120)}
	}
	t := d.Note.(terms)
	p := papers{paid: paidFor(w, t.months)}
	ended := c.First().AddDays(-10 - w.rand.IntN(70))
	region := w.pick([]string{"III", "IV"})
	least, ok := law.Shipped().Amount("minimum_wage", region, calendar.Civil.MonthOf(ended).First())
	now, _ := law.Shipped().Amount("minimum_wage", region, ended)
	if !ok || t.months < 3 || d.Sums["unemployment.at_max_level"] > 0 || t.level >= 5*int64(min(least.VND, now.VND)) || !lawful(c, d, t) {
		return p
	}
	p.facts = unemployment.Facts{Ended: ended, Contract: w.pick([]string{"indefinite", "indefinite", "fixed"}), Left: "lawfully", Recent: min(p.paid, 24),
		LastPaid: calendar.Civil.MonthOf(ended), Region: region, Scheme: "employer", Wages: wagesFor(w, t.level)}
	return p
}

// paidFor returns months of contributions that give so many months of benefit.
func paidFor(w *World, months int) int {
	switch {
	case months <= 3:
		return 12 + w.rand.IntN(36)
	case months >= 12:
		return 144 + w.rand.IntN(60)
	}
	return 12*months + w.rand.IntN(12)
}

// wagesFor returns six wages of which 60 per cent, on average, are the level: they add up to ten times of it.
func wagesFor(w *World, level int64) (wages unemployment.Wages) {
	parts, err := w.Share(10*level, len(wages))
	if err != nil {
		return wages
	}
	for i, v := range parts {
		wages[i] = money.VND(v)
	}
	return wages
}

// clock is the law's time for a claim that is decided on a day.
type clock struct {
	law.Unemployment
	calendar.Workdays
	start calendar.Date
}

func clockOf(filed, decided calendar.Date) clock {
	u, _ := law.Shipped().Unemployment(decided)
	days := law.Shipped().Workdays
	return clock{u, days, days.Add(filed, u.Start)}
}

// notices returns the days for the notice of a benefit month.
func (k clock) notices(month int) calendar.Range {
	first := k.start.AddMonths(month - 1)
	return calendar.Range{From: first, To: k.Add(first, k.NoticeWithin)}
}

// lawful tells whether the acts of a claim keep to the law's clock.
func lawful(c *Case, d *Act, t terms) bool {
	k := clockOf(c.First(), d.On)
	// A benefit month may be too short for the last days of a month; they are left to the rules' own tests.
	if d.On < k.Add(c.First(), k.Waiting) || k.start.Day() > 28 || !k.Knows(c.First()) || !k.Knows(k.start.AddMonths(t.months+1)) {
		return false
	}
	suspended, told := 0, 0
	for _, a := range c.Acts {
		month, _ := a.Note.(int)
		switch a.Move.Name {
		case "notify":
			told = month
			if days := k.notices(month); month == 1 || !days.Has(a.On) {
				return false
			}
		case "miss", "suspend":
			suspended = month
			if month == 1 || a.On <= k.notices(month).To {
				return false
			}
		case "resume":
			if told <= suspended {
				return false
			}
		case "cancel":
			if a.On <= k.Add(d.On, k.CollectWithin) {
				return false
			}
		case "transfer_out":
			if a.On < k.start.AddMonths(1) {
				return false
			}
		case "end":
			if reason := a.By["reason"]; reason == "three_missed" || reason == "expired" && a.On < k.start.AddMonths(t.months) {
				return false
			}
		case "pay", "overpay":
			if month > t.months || a.On < k.start.AddMonths(month-1) {
				return false
			}
		case "unclaimed":
			if a.On < k.start.AddMonths(t.months).AddDays(-1).AddMonths(k.UnclaimedAfter).AddDays(1) {
				return false
			}
		}
	}
	return true
}

// liveOnBenefit lets a claim run on by the law's clock: decided after the waiting time, collected, noticed and paid month
// by month, ended.
func liveOnBenefit(t *Teller, c *Case) {
	if c.Status == "owing" {
		t.Try(c, "recover", c.Last.AddDays(10+t.rand.IntN(30)), nil)
		return
	}
	if c.Status == "filed" {
		k := clockOf(c.First(), c.Last.AddDays(20))
		switch {
		case t.Chance(3) && t.Try(c, "withdraw", c.Last.AddDays(5), nil):
			return
		case t.Chance(4) && t.Try(c, "refuse", c.Last.AddDays(15), nil):
			return
		case !t.Try(c, "decide", k.Add(c.Last, k.Waiting+t.rand.IntN(5)), nil):
			return
		}
	}
	d, ok := c.Find("decide")
	if !ok {
		return
	}
	k := clockOf(c.First(), d.On)
	t.Try(c, "collect", k.Add(c.Last, t.rand.IntN(3)), nil)
	t.choose(c, d)
	granted := grant(c, d)
	leaves := t.Chance(2) // and does not come for the last month's money
	for month := 1; month <= granted.months && c.Status == "receiving"; month++ {
		if month > 1 && month < granted.months && t.Chance(2) && t.pause(c, k, month) {
			month++ // the missed one is not paid
		} else if month > 1 && (c.Status != "receiving" || !t.Try(c, "notify", max(k.OnOrAfter(k.notices(month).From), c.Last), month)) {
			continue
		}
		first := k.start.AddMonths(month - 1)
		if !(leaves && month == granted.months) && count(c, "pay") < month && t.Try(c, "pay", max(first.AddDays(7+t.rand.IntN(4)), c.Last), month) {
			c.Acts[len(c.Acts)-1].Sums["unemployment.amount_paid"] = granted.level
		}
		if t.Chance(2) && t.Try(c, "end", c.Last.AddDays(20), nil) {
			c.Acts[len(c.Acts)-1].By["reason"] = t.endOn(c.Last)
			return
		}
	}
	over := k.start.AddMonths(granted.months)
	if c.Status == "receiving" && over <= t.horizon && t.Try(c, "end", max(over, c.Last.AddDays(20)), nil) {
		c.Acts[len(c.Acts)-1].By["reason"] = "expired"
		if leaves && t.Try(c, "unclaimed", c.Last.AddDays(95), granted.months) {
			t.Try(c, "reserve", k.Add(c.Last, 5), nil)
		}
	}
}

// pause lets the notice of a month be missed: payment stops, and goes on with the notice of the next.
func (t *Teller) pause(c *Case, k clock, month int) bool {
	return t.Try(c, "miss", k.Add(k.notices(month).To, 1), month) && t.Try(c, "suspend", k.Add(c.Last, 1), month) &&
		t.Try(c, "notify", k.OnOrAfter(k.notices(month+1).From), month+1) && t.Try(c, "resume", c.Last.AddDays(10), nil)
}

// endOn picks why a benefit ends early; the law of 2013 did not know a request of the claimant.
func (t *Teller) endOn(day calendar.Date) string {
	if day < 20260101 {
		return t.pick([]string{"job", "job", "other"})
	}
	return t.pick([]string{"job", "job", "own_request"})
}
