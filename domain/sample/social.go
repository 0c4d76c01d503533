package sample

import (
	"hoso/domain"
	"hoso/domain/poverty"
	"hoso/domain/trip"
)

var tripLife = Life{
	Prefix: "doan",
	Moves: []Move{
		{Name: "plan", From: []string{""}, To: "planned",
			Do: func(w *World, c *Case, _ *Act) domain.Command {
				return trip.Plan{Area: w.province, Delegates: total(c, "merit.trip_delegates"),
					Destination: w.pick([]string{"Thành phố Hồ Chí Minh", "Quảng Trị", "Điện Biên", "Côn Đảo"})}
			}},
		{Name: "hold", From: []string{"planned"}, To: "held", Count: "merit.trips", Gap: 5, Lead: 20,
			Sums: []Sum{{Indicator: "merit.trip_delegates", Typical: 18}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return trip.Hold{Delegates: a.Sums["merit.trip_delegates"]}
			}},
	},
	Open: openForProvince,
}

var reviewLife = Life{
	Prefix: "rsng",
	Moves: []Move{
		{Name: "plan", From: []string{""}, To: "planned",
			Do: func(_ *World, c *Case, a *Act) domain.Command {
				return poverty.Plan{Area: c.Person.Commune, Kind: "ongoing", Year: a.On.Year(), Plan: "85/KH-UBND"}
			}},
		{Name: "begin", From: []string{"planned"}, To: "under_way",
			Do: func(*World, *Case, *Act) domain.Command { return poverty.Begin{} }},
		{Name: "close", From: []string{"under_way"}, To: "closed", Gap: 5, Lead: 10,
			Sums: []Sum{{Indicator: "poverty.households_reviewed", Typical: 120}},
			Do: func(_ *World, _ *Case, a *Act) domain.Command {
				return poverty.Close{Households: a.Sums["poverty.households_reviewed"]}
			}},
	},
	Open: func(w *World, c *Case) error {
		c.Person = Resident{Commune: w.commune(c.First())}
		return nil
	},
}
