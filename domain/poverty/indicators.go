package poverty

import "hoso/domain"

var indicators = []domain.Indicator{
	{ID: "poverty.households_reviewed", Label: domain.Text{Vi: "Hộ được rà soát", En: "Households reviewed"}, Unit: "hộ", Measure: domain.Flow, Law: "QĐ 24/2021/QĐ-TTg"},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Closed)
	if !ok {
		return nil
	}
	return []domain.Contribution{{Indicator: "poverty.households_reviewed", Occurred: act.Occurred, Area: e.Area, Quantity: e.Households}}
}
