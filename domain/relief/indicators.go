package relief

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

var byCampaign = domain.By("campaign=<name>")

var indicators = []domain.Indicator{
	{ID: "relief.households", Label: domain.Text{Vi: "Hộ được hỗ trợ gạo", En: "Households given rice"}, Unit: "hộ", Measure: domain.Flow, Breakdowns: byCampaign, Law: "NĐ 20/2021 Đ12"},
	{ID: "relief.persons", Label: domain.Text{Vi: "Nhân khẩu được hỗ trợ gạo", En: "Persons given rice"}, Unit: "nhân khẩu", Measure: domain.Flow, Breakdowns: byCampaign, Law: "NĐ 20/2021 Đ12"},
	{ID: "relief.rice_kg", Label: domain.Text{Vi: "Gạo đã cấp", En: "Rice given"}, Unit: "kg", Measure: domain.Flow, Breakdowns: byCampaign, Law: "NĐ 20/2021 Đ12"},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Distributed)
	if !ok {
		return nil
	}
	return []domain.Contribution{
		e.adds("households", act.Occurred, e.Households),
		e.adds("persons", act.Occurred, e.Persons),
		e.adds("rice_kg", act.Occurred, e.Kg),
	}
}

func (e Distributed) adds(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "relief." + indicator, Occurred: on, Area: e.Commune,
		Breakdown: domain.Split("campaign", string(e.Campaign)), Quantity: quantity}
}
