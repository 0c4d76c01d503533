package register

import "hoso/domain"

// A document counts on its date. A plan counts twice: among the documents, and by itself.
var indicators = []domain.Indicator{
	{ID: "register.plans_issued", Label: domain.Text{Vi: "Kế hoạch được ban hành", En: "Plans issued"}, Unit: "văn bản", Measure: domain.Flow},
	{ID: "register.documents_issued", Label: domain.Text{Vi: "Văn bản được ban hành", En: "Documents issued"}, Unit: "văn bản", Measure: domain.Flow,
		Breakdowns: domain.By("kind=plan|decision|letter|report"), Law: "NĐ 30/2020"},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Issued)
	if !ok {
		return nil
	}
	one := domain.Contribution{Indicator: "register.documents_issued", Occurred: act.Occurred, Area: e.Area,
		Breakdown: domain.Split("kind", e.Kind), Quantity: 1}
	if e.Kind != "plan" {
		return []domain.Contribution{one}
	}
	plan := one
	plan.Indicator, plan.Breakdown = "register.plans_issued", ""
	return []domain.Contribution{one, plan}
}
