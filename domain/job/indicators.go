package job

import "hoso/domain"

// A list counts on the day of the act, the day of its document.
var indicators = []domain.Indicator{
	{ID: "employment.jobs_created", Label: domain.Text{Vi: "Người được giải quyết việc làm", En: "Persons brought into work"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By("channel=loan|exchange|abroad|other")},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Recorded)
	if !ok {
		return nil
	}
	return []domain.Contribution{{Indicator: "employment.jobs_created", Occurred: act.Occurred, Area: e.Area,
		Breakdown: domain.Split("channel", e.Channel), Quantity: int64(e.Persons)}}
}
