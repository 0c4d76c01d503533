package sample

import (
	"hoso/domain"
	"hoso/domain/money"
	"hoso/domain/unemployment"
)

// vocationalLife are those who ask for vocational support and claim no benefit. The figures divide one decision by sex, by
// age, and the women by age.
var vocationalLife = Life{
	Prefix: "hocnghe",
	Binds:  []string{"sex", "age"},
	Tenure: 30,
	Moves: []Move{
		{Name: "ask", From: []string{""}, To: "asked",
			Do: func(w *World, c *Case, a *Act) domain.Command {
				return unemployment.AskVocational{Commune: c.Person.Commune, Sex: c.Person.Sex, BirthYear: c.Person.BirthYear,
					Paid: 9 + w.rand.IntN(24), Ended: a.On.AddDays(-10 - w.rand.IntN(200))}
			}},
		{Name: "decide", From: []string{"asked"}, To: "supported", Count: "unemployment.vocational_decisions", Gap: 7, Lead: 10, Wait: 60,
			Sums: []Sum{{Indicator: "unemployment.vocational_amount", Typical: typicalSupport}},
			Parts: []Part{
				{Indicator: "unemployment.vocational_persons", All: true},
				{Indicator: "unemployment.vocational_female", Of: map[string]string{"sex": "female"}},
			},
			Do: func(w *World, _ *Case, a *Act) domain.Command {
				return unemployment.SupportVocational{Months: 2 + w.rand.IntN(4), Amount: money.VND(a.Sums["unemployment.vocational_amount"])}
			}},
		{Name: "cancel", From: []string{"supported"}, To: "cancelled", Count: "unemployment.vocational_cancelled", Gap: 5, Lead: 10, Own: true,
			Do: func(*World, *Case, *Act) domain.Command { return unemployment.CancelVocational{} }},
	},
	Open: func(w *World, c *Case) error {
		year := c.First().Year()
		if d, ok := c.Find("decide"); ok {
			year = d.On.Year()
		}
		var err error
		c.Person, err = w.resident(sexOf(w, c), year-ageIn(w, c.By["age"]), c.First())
		return err
	},
}
