package sample

import (
	"fmt"

	"hoso/domain"
	"hoso/domain/campaign"
	"hoso/domain/gift"
	"hoso/domain/money"
	"hoso/domain/relief"
)

var reliefLife = Life{
	Prefix: "gao",
	Binds:  []string{"campaign"},
	Moves: []Move{
		{Name: "list", From: []string{""}, To: "listed",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return relief.ListNeed{Area: w.province, Campaign: codeOf(c), Occasion: occasionOf(c), Months: monthsOf(c),
					Households: total(c, "relief.households"), Persons: total(c, "relief.persons")}
			}},
		{Name: "allocate", From: []string{"listed"}, To: "allocated",
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				return relief.Allocate{Number: "12/QĐ-UBND", Kg: total(c, "relief.rice_kg")}
			}},
		{Name: "receive", From: []string{"allocated"}, To: "received",
			Do: func(_ *World, c *Case, _ *Act) domain.Command {
				return relief.Receive{Number: "01/BBGN", Kg: total(c, "relief.rice_kg")}
			}},
		{Name: "distribute", From: []string{"received"}, Again: true, Lead: 3, Wait: 90,
			Sums: []Sum{
				{Indicator: "relief.households", Typical: 45, Divide: evenly(1)},
				{Indicator: "relief.persons", Typical: 150, Divide: evenly(1)},
				{Indicator: "relief.rice_kg", Typical: 150 * ration, Divide: evenly(ration)},
			},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return relief.Distribute{Commune: w.commune(a.On), Number: fmt.Sprintf("%d/BBCG", nth(c, a)),
					Households: a.Sums["relief.households"], Persons: a.Sums["relief.persons"], Kg: a.Sums["relief.rice_kg"]}
			}},
	},
	Open: func(w *World, c *Case) error {
		for _, a := range c.Acts {
			if err := feed(w, a); err != nil {
				return err
			}
		}
		return openCampaign(w, c)
	},
}

// ration is what the law gives one person for a month, in kg (NĐ 20/2021 Đ12).
const ration = 15

// feed settles what the figures leave open about a distribution, by what they state.
func feed(w *World, a *Act) error {
	if len(a.Move.Sums) == 0 {
		return nil
	}
	households, persons, kg := a.Sums["relief.households"], a.Sums["relief.persons"], a.Sums["relief.rice_kg"]
	hasHouseholds, hasPersons, hasKg := w.states("relief.households", a.On), w.states("relief.persons", a.On), w.states("relief.rice_kg", a.On)
	switch {
	case hasPersons:
	case hasKg:
		persons = max(kg/ration, 1)
	case hasHouseholds:
		persons = households * 16 / 5
	}
	if !hasHouseholds {
		households = max(persons*5/16, 1)
	}
	if !hasPersons {
		persons = max(persons, households)
	}
	if !hasKg {
		kg = persons * ration
	}
	if persons < households {
		return domain.Malformed("figures.impossible", "relief.persons", "số nhân khẩu không thể ít hơn số hộ")
	}
	a.Sums["relief.households"], a.Sums["relief.persons"], a.Sums["relief.rice_kg"] = households, persons, kg
	return nil
}

// typicalGift is a gift for Tết, in đồng.
const typicalGift = 300_000

var giftLife = Life{
	Prefix: "qua",
	Binds:  []string{"campaign"},
	Moves: []Move{
		{Name: "decide", From: []string{""}, To: "decided",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return gift.Decide{Area: w.province, Campaign: codeOf(c), Giver: "province", Number: "30/QĐ-UBND", Persons: total(c, "merit.gifts_persons")}
			}},
		{Name: "hand_over", From: []string{"decided"}, Again: true, Lead: 5, Wait: 90,
			Sums: []Sum{
				{Indicator: "merit.gifts_persons", Typical: 60, Divide: evenly(1)},
				{Indicator: "merit.gifts_amount", Typical: 60 * typicalGift, Divide: evenly(1000)},
			},
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return gift.HandOver{Commune: w.commune(a.On), Number: fmt.Sprintf("%d/DS", nth(c, a)),
					Persons: a.Sums["merit.gifts_persons"], Amount: money.VND(a.Sums["merit.gifts_amount"])}
			}},
	},
	Open: func(w *World, c *Case) error {
		for _, a := range c.Acts {
			switch {
			case len(a.Move.Sums) == 0:
			case !w.states("merit.gifts_amount", a.On):
				a.Sums["merit.gifts_amount"] = a.Sums["merit.gifts_persons"] * typicalGift
			case !w.states("merit.gifts_persons", a.On):
				a.Sums["merit.gifts_persons"] = max(a.Sums["merit.gifts_amount"]/typicalGift, 1)
			}
		}
		return openCampaign(w, c)
	},
}

// openCampaign names a campaign of which the figures give no name, by the season.
func openCampaign(w *World, c *Case) error {
	if c.By["campaign"] == "" {
		last := c.Acts[len(c.Acts)-1].On
		for _, occasion := range []string{"tet", "giap-hat", "27-7"} {
			code := campaign.Code(fmt.Sprintf("%s-%d", occasion, last.Year()))
			if days, _ := code.Days(); days.Has(last) {
				c.By["campaign"] = string(code)
			}
		}
	}
	if c.By["campaign"] == "" {
		c.By["campaign"] = fmt.Sprintf("dot-xuat-%d", c.First().Year())
	}
	return openForProvince(w, c)
}

func codeOf(c *Case) campaign.Code { return campaign.Code(c.By["campaign"]) }

func occasionOf(c *Case) string {
	switch codeOf(c).Occasion() {
	case "tet":
		return "tet"
	case "giap-hat":
		return "giap_hat"
	}
	return "disaster"
}

// monthsOf returns for about how many months the rice of a campaign is.
func monthsOf(c *Case) int64 {
	persons := max(total(c, "relief.persons"), 1)
	return min(max((total(c, "relief.rice_kg")/persons+ration/2)/ration, 1), 12)
}

// total adds up an amount of all acts of a case.
func total(c *Case, indicator string) (sum int64) {
	for _, a := range c.Acts {
		sum += a.Sums[indicator]
	}
	return sum
}

// evenly divides a total into parts that differ by one step at most, the larger ones first: of two totals divided so, the
// larger one has the larger part everywhere. The step is 1 where the total has no whole number of steps, or too few.
func evenly(step int64) func(*World, int64, int) ([]int64, error) {
	return func(_ *World, total int64, n int) ([]int64, error) {
		if total < int64(n) {
			return nil, fmt.Errorf("không thể chia %d cho %d việc", total, n)
		}
		by := step
		if total%by != 0 || total/by < int64(n) {
			by = 1
		}
		parts, units := make([]int64, n), total/by
		for i := range parts {
			parts[i] = units / int64(n) * by
			if int64(i) < units%int64(n) {
				parts[i] += by
			}
		}
		return parts, nil
	}
}
