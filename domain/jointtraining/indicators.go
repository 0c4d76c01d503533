package jointtraining

import "hoso/domain"

// An approval counts on the day of its signature.
var indicators = []domain.Indicator{
	{ID: "training.joint_schools", Label: domain.Text{Vi: "Trường được phép liên kết đào tạo", En: "Schools allowed to train jointly"}, Unit: "trường", Measure: domain.Flow,
		Breakdowns: domain.By("level=trung_cap|cao_dang"), Law: "Luật GDNN 74/2014"},
}

func contribute(act domain.Act) []domain.Contribution {
	e, ok := act.Event.(Approved)
	if !ok {
		return nil
	}
	return []domain.Contribution{{Indicator: "training.joint_schools", Occurred: act.Occurred, Area: e.Area,
		Breakdown: domain.Split("level", e.Level), Quantity: 1}}
}
