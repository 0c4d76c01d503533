package gift

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

var byCampaign = domain.By("campaign=<name>")

var indicators = []domain.Indicator{
	{ID: "merit.gifts_persons", Label: domain.Text{Vi: "Người được tặng quà", En: "Persons given a gift"}, Unit: "người", Measure: domain.Flow, Breakdowns: byCampaign},
	{ID: "merit.gifts_amount", Label: domain.Text{Vi: "Kinh phí tặng quà", En: "Spent on gifts"}, Unit: "VND", Measure: domain.Flow, Breakdowns: byCampaign},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(HandedOver)
	if !ok {
		return nil
	}
	return []domain.Contribution{e.adds("gifts_persons", act.Occurred, e.Persons), e.adds("gifts_amount", act.Occurred, int64(e.Amount))}
}

func (e HandedOver) adds(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "merit." + indicator, Occurred: on, Area: e.Commune,
		Breakdown: domain.Split("campaign", string(e.Campaign)), Quantity: quantity}
}
