package course

import "hoso/domain"

const (
	byLevel = "level=under_3_months|so_cap|trung_cap|cao_dang"
	statute = "Luật GDNN 74/2014"
)

// Trainees count where their class is, on the day on which they were enrolled, left or got their certificate.
var indicators = []domain.Indicator{
	{ID: "training.enrolled", Label: domain.Text{Vi: "Học viên tuyển sinh", En: "Trainees enrolled"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By(byLevel), Law: statute},
	{ID: "training.dropped", Label: domain.Text{Vi: "Học viên thôi học", En: "Trainees who left"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By(byLevel), Law: statute},
	{ID: "training.graduated", Label: domain.Text{Vi: "Học viên tốt nghiệp", En: "Trainees who graduated"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By(byLevel), Law: statute},
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case Opened:
		return e.adds("enrolled", act, e.Trainees)
	case Enlarged:
		return e.adds("enrolled", act, e.Trainees)
	case Dropped:
		return e.adds("dropped", act, e.Trainees)
	case Graduated:
		return e.adds("graduated", act, e.Trainees)
	}
	return nil
}

func (c Class) adds(indicator string, act domain.Act, trainees int) []domain.Contribution {
	return []domain.Contribution{{Indicator: "training." + indicator, Occurred: act.Occurred, Area: c.Area,
		Breakdown: domain.Split("level", c.Level), Quantity: int64(trainees)}}
}
