package convalescent

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Payments count on their day. What the relatives of somebody who died are paid is spent on convalescence at home, but
// nobody convalesced: it counts in the amount and not among the persons.
var indicators = []domain.Indicator{
	{ID: "convalescence.at_home_persons", Label: domain.Text{Vi: "Người điều dưỡng tại nhà", En: "Persons convalescing at home"}, Unit: "người", Measure: domain.Flow, Law: "NĐ 131/2021 Đ84–87"},
	{ID: "convalescence.at_home_amount", Label: domain.Text{Vi: "Kinh phí điều dưỡng tại nhà", En: "Paid for convalescence at home"}, Unit: "VND", Measure: domain.Flow, Law: "NĐ 75/2021 Đ6"},
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case PaidHome:
		return []domain.Contribution{e.adds("at_home_persons", act.Occurred, 1), e.pays(act.Occurred, e.Amount)}
	case PaidRelatives:
		return []domain.Contribution{e.pays(act.Occurred, e.Amount)}
	}
	return nil
}

func (e Entitled) pays(on calendar.Date, amount money.VND) domain.Contribution {
	return e.adds("at_home_amount", on, int64(amount))
}

func (e Entitled) adds(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "convalescence." + indicator, Occurred: on, Area: e.Commune, Quantity: quantity, Person: e.Person}
}
