package jobseeker

import "hoso/domain"

const decrees = "NĐ 23/2021; NĐ 352/2025 từ 01/01/2026"

// Each act counts on its day where the seeker lives.
var indicators = []domain.Indicator{
	{ID: "employment.seekers_registered", Label: domain.Text{Vi: "Lượt người đăng ký tìm việc", En: "Registrations of jobseekers"}, Unit: "lượt người", Measure: domain.Flow, Law: decrees},
	{ID: "employment.referred", Label: domain.Text{Vi: "Lượt người được giới thiệu việc làm", En: "Referrals to employers"}, Unit: "lượt người", Measure: domain.Flow, Law: decrees},
	{ID: "employment.placed", Label: domain.Text{Vi: "Người nhận được việc làm", En: "Persons placed"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By("where=in_province|other_province|abroad"), Law: decrees},
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case Registered:
		return e.adds("seekers_registered", act)
	case Referred:
		return e.adds("referred", act)
	case Placed:
		return e.adds("placed", act, "where", e.Where)
	}
	return nil
}

func (s Seeker) adds(indicator string, act domain.Act, by ...string) []domain.Contribution {
	return []domain.Contribution{{Indicator: "employment." + indicator, Occurred: act.Occurred, Area: s.Commune,
		Breakdown: domain.Split(by...), Quantity: 1, Person: s.Person}}
}
