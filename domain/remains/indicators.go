package remains

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// A reception counts where the remains are received, a hand-over where they rested, an identification where they are,
// each on its day.
var indicators = []domain.Indicator{
	{ID: "remains.received", Label: domain.Text{Vi: "Hài cốt liệt sĩ được đón nhận", En: "Martyrs' remains received"}, Unit: "hài cốt", Measure: domain.Flow, Law: "NĐ 131/2021 Đ143, Đ150"},
	{ID: "remains.moved_out", Label: domain.Text{Vi: "Hài cốt liệt sĩ di chuyển đi", En: "Martyrs' remains moved out"}, Unit: "hài cốt", Measure: domain.Flow, Law: "NĐ 131/2021 Đ159, Đ160"},
	{ID: "remains.identified", Label: domain.Text{Vi: "Hài cốt liệt sĩ được xác định danh tính", En: "Martyrs' remains identified"}, Unit: "hài cốt", Measure: domain.Flow,
		Breakdowns: domain.By("method=evidence|dna"), Law: "NĐ 131/2021 Đ145–148"},
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case Received:
		return []domain.Contribution{e.adds("received", act.Occurred, e.To)}
	case HandedOver:
		return []domain.Contribution{e.adds("moved_out", act.Occurred, e.From)}
	case Identified:
		c := e.adds("identified", act.Occurred, e.rest())
		c.Breakdown = domain.Split("method", e.Method)
		return []domain.Contribution{c}
	}
	return nil
}

func (j Journey) adds(indicator string, on calendar.Date, in area.Code) domain.Contribution {
	return domain.Contribution{Indicator: "remains." + indicator, Occurred: on, Area: in, Quantity: 1, Person: j.Person}
}

// rest returns where the remains are.
func (j Journey) rest() area.Code {
	if j.To != "" {
		return j.To
	}
	return j.From
}
