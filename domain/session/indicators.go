package session

import "hoso/domain"

const decrees = "NĐ 23/2021; NĐ 352/2025 từ 01/01/2026"

// A session counts on the day on which it was held, where it was held.
var indicators = []domain.Indicator{
	{ID: "employment.sessions", Label: domain.Text{Vi: "Phiên giao dịch việc làm", En: "Job-exchange sessions"}, Unit: "phiên", Measure: domain.Flow,
		Breakdowns: domain.By("kind=fixed|mobile|online"), Law: decrees},
	{ID: "employment.session_employers", Label: domain.Text{Vi: "Đơn vị tham gia phiên", En: "Employers at sessions"}, Unit: "đơn vị", Measure: domain.Flow, Law: decrees},
	{ID: "employment.session_vacancies", Label: domain.Text{Vi: "Chỉ tiêu tuyển dụng tại phiên", En: "Vacancies at sessions"}, Unit: "chỉ tiêu", Measure: domain.Flow, Law: decrees},
	{ID: "employment.session_interviewed", Label: domain.Text{Vi: "Người được phỏng vấn tại phiên", En: "Persons interviewed at sessions"}, Unit: "người", Measure: domain.Flow, Law: decrees},
	{ID: "employment.session_hired", Label: domain.Text{Vi: "Người được tuyển tại phiên", En: "Persons hired at sessions"}, Unit: "người", Measure: domain.Flow, Law: decrees},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Held)
	if !ok {
		return nil
	}
	adds := func(indicator string, n int, by ...string) domain.Contribution {
		return domain.Contribution{Indicator: "employment." + indicator, Occurred: act.Occurred, Area: e.Place,
			Breakdown: domain.Split(by...), Quantity: int64(n)}
	}
	return []domain.Contribution{
		adds("sessions", 1, "kind", e.Kind),
		adds("session_employers", e.Employers),
		adds("session_vacancies", e.Vacancies),
		adds("session_interviewed", e.Interviewed),
		adds("session_hired", e.Hired),
	}
}
