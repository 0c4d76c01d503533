package course

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Roll is how the number of trainees in a class changed, in the order of the days; joining comes before leaving on the
// same day.
type Roll []Change

// Change is by how many trainees the class grew, or shrank where it is negative.
type Change struct {
	On       calendar.Date `json:"on"`
	Trainees int           `json:"trainees"`
}

var moreThanEnrolled = domain.Rule{Code: "course.more_than_enrolled", Say: domain.Text{
	Vi: "đến ngày %s, số học viên thôi học và tốt nghiệp nhiều hơn số đã tuyển %d người", En: "by %s more trainees have left or graduated than were enrolled, by %d"}}

// after returns the roll with an act; the roll itself stays as it was.
func (r Roll) after(act domain.Act) Roll {
	c := Change{On: act.Occurred}
	switch e := act.Event.(type) {
	case Opened:
		c.Trainees = e.Trainees
	case Enlarged:
		c.Trainees = e.Trainees
	case Dropped:
		c.Trainees = -e.Trainees
	case Graduated:
		c.Trainees = -e.Trainees
	default:
		return r
	}
	at, _ := slices.BinarySearchFunc(r, c, func(a, b Change) int {
		if a.On == b.On && (a.Trainees > 0) != (b.Trainees > 0) {
			return b.Trainees
		}
		return int(a.On - b.On)
	})
	return slices.Insert(slices.Clone(r), at, c)
}

// check finds a day by which more had left than were there.
func (r Roll) check() error {
	left := 0
	for _, c := range r {
		if left += c.Trainees; left < 0 {
			return moreThanEnrolled.Refuse(c.On, -left)
		}
	}
	return nil
}
