package screening

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Children count where they live, on the day on which they were examined.
var indicators = []domain.Indicator{
	{ID: "children.screened", Label: domain.Text{Vi: "Trẻ em khuyết tật được khám sàng lọc", En: "Disabled children screened"}, Unit: "trẻ em", Measure: domain.Flow,
		Breakdowns: domain.By("outcome=surgery|consult|none")},
	{ID: "children.referred", Label: domain.Text{Vi: "Trẻ em được chỉ định phẫu thuật hoặc hẹn hội chẩn", En: "Children referred to surgery or a consultation"}, Unit: "trẻ em", Measure: domain.Flow,
		Breakdowns: domain.By("outcome=surgery|consult")},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Recorded)
	if !ok {
		return nil
	}
	var cs []domain.Contribution
	add := func(indicator, outcome string, n int64) {
		if n > 0 {
			cs = append(cs, e.adds(indicator, act.Occurred, outcome, n))
		}
	}
	add("screened", "surgery", e.Surgery)
	add("screened", "consult", e.Consult)
	add("screened", "none", e.None)
	add("referred", "surgery", e.Surgery)
	add("referred", "consult", e.Consult)
	return cs
}

func (e Recorded) adds(indicator string, on calendar.Date, outcome string, quantity int64) domain.Contribution {
	return domain.Contribution{Indicator: "children." + indicator, Occurred: on, Area: e.Commune, Breakdown: domain.Split("outcome", outcome), Quantity: quantity}
}
