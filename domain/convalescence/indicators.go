package convalescence

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// A plan counts on the first day of its month: that day lies in the month under every calendar.
var indicators = []domain.Indicator{
	{ID: "convalescence.batches", Label: domain.Text{Vi: "Đợt điều dưỡng tập trung", En: "Convalescence batches"}, Unit: "đợt", Measure: domain.Flow, Law: "NĐ 131/2021 Đ84–87"},
	{ID: "convalescence.delegates", Label: domain.Text{Vi: "Người điều dưỡng tập trung", En: "Persons convalescing in batches"}, Unit: "người", Measure: domain.Flow, Law: "NĐ 131/2021 Đ84–87"},
	{ID: "convalescence.batches_planned", Label: domain.Text{Vi: "Đợt điều dưỡng dự kiến", En: "Convalescence batches planned"}, Unit: "đợt", Measure: domain.Flow},
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case Planned:
		return []domain.Contribution{e.plans(e.Month, 1)}
	case Rescheduled:
		return []domain.Contribution{e.plans(e.Was, -1), e.plans(e.Month, 1)}
	case Cancelled:
		if !e.Plan.IsZero() {
			return []domain.Contribution{e.plans(e.Plan, -1)}
		}
	case Completed:
		return []domain.Contribution{e.adds("batches", act.Occurred, 1), e.adds("delegates", act.Occurred, e.Delegates)}
	}
	return nil
}

func (b Batch) plans(m calendar.Month, quantity int64) domain.Contribution {
	return b.adds("batches_planned", m.First(), quantity)
}

func (b Batch) adds(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "convalescence." + indicator, Occurred: on, Area: b.Area, Quantity: quantity}
}
