package counselling

import "hoso/domain"

const decrees = "NĐ 23/2021; NĐ 352/2025 mẫu 01 từ 01/01/2026"

// A counselling counts on its day where the person lives or the employer has its seat.
var indicators = []domain.Indicator{
	{ID: "employment.counselled", Label: domain.Text{Vi: "Lượt người được tư vấn", En: "Counsellings of persons"}, Unit: "lượt người", Measure: domain.Flow,
		Breakdowns: domain.By("purpose=policy|vocational|placement|unemployment"), Law: decrees},
	{ID: "employment.employers_counselled", Label: domain.Text{Vi: "Doanh nghiệp được tư vấn", En: "Counsellings of employers"}, Unit: "đơn vị", Measure: domain.Flow, Law: decrees},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Given)
	if !ok {
		return nil
	}
	c := domain.Contribution{Indicator: "employment.employers_counselled", Occurred: act.Occurred, Area: e.Commune, Quantity: 1, Person: e.Person}
	if e.Employer == "" {
		c.Indicator, c.Breakdown = "employment.counselled", domain.Split("purpose", e.Purpose)
	}
	return []domain.Contribution{c}
}
