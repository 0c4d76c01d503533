package statement

import "hoso/domain"

// A statement counts on the first day of the month that it is about: that day lies in the month under every calendar.
var indicators = []domain.Indicator{
	{ID: "training.trained_rate", Label: domain.Text{Vi: "Tỷ lệ lao động qua đào tạo", En: "Share of trained workers"}, Unit: "%", Measure: domain.Reported, Scale: 100},
	{ID: "poverty.poor_households", Label: domain.Text{Vi: "Hộ nghèo", En: "Poor households"}, Unit: "hộ", Measure: domain.Reported, Law: "QĐ 24/2021/QĐ-TTg"},
	{ID: "poverty.near_poor_households", Label: domain.Text{Vi: "Hộ cận nghèo", En: "Near-poor households"}, Unit: "hộ", Measure: domain.Reported, Law: "QĐ 24/2021/QĐ-TTg"},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Recorded)
	if !ok {
		return nil
	}
	return []domain.Contribution{{Indicator: e.Indicator, Occurred: e.Month.First(), Area: e.Area, Quantity: e.Value}}
}
