package trip

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

var indicators = []domain.Indicator{
	{ID: "merit.trips", Label: domain.Text{Vi: "Đoàn thăm chiến trường xưa", En: "Visits to old battlefields"}, Unit: "đoàn", Measure: domain.Flow},
	{ID: "merit.trip_delegates", Label: domain.Text{Vi: "Đại biểu thăm chiến trường xưa", En: "Delegates on visits to old battlefields"}, Unit: "đại biểu", Measure: domain.Flow},
}

func contribute(act domain.Act) []domain.Contribution {
	if e, ok := act.Event.(Held); ok {
		return []domain.Contribution{e.adds("trips", act.Occurred, 1), e.adds("trip_delegates", act.Occurred, e.Delegates)}
	}
	return nil
}

func (g Group) adds(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "merit." + indicator, Occurred: on, Area: g.Area, Quantity: quantity}
}
