// Package jobseeker is the case type of a person who looks for work with the help of the employment-service centre
// (người tìm việc): NĐ 23/2021, from 01/01/2026 NĐ 352/2025; referral slips by TT 28/2015 form 02, later NĐ 374/2025
// form 01.
//
//	register ─▶ open ─ close ─▶ closed
//	             │ refer, any number of times; of each referral, known by its slip:
//	             │
//	             referred ─ confirm ─▶ placed
//	                  └──── decline ─▶ declined
//
// Every registration is a case: it is counted by occurrence (lượt). A referral is no placement: the centre has to ask
// what came of each one (NĐ 374/2025 Đ10.5), and only a confirmed placement counts, once for its referral.
package jobseeker

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "jobseeker",
		Label: domain.Text{Vi: "Người tìm việc", En: "Jobseeker"},
		Commands: []domain.CommandType{
			domain.CommandOf[Register]("Đăng ký tìm việc", "Register"),
			domain.CommandOf[Refer]("Giới thiệu việc làm", "Refer to an employer"),
			domain.CommandOf[Confirm]("Xác nhận đã nhận được việc làm", "Confirm the placement"),
			domain.CommandOf[Decline]("Ghi không nhận việc", "Record that it came to nothing"),
			domain.CommandOf[Close]("Kết thúc hỗ trợ", "Close"),
		},
		Events: []domain.EventType{
			domain.EventOf[Registered]("Đã đăng ký tìm việc", "Registered"),
			domain.EventOf[Referred]("Đã giới thiệu việc làm", "Referred"),
			domain.EventOf[Placed]("Đã nhận được việc làm", "Placed"),
			domain.EventOf[Declined]("Không nhận việc", "Declined"),
			domain.EventOf[Closed]("Đã kết thúc hỗ trợ", "Closed"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the case stands.
type Status string

const (
	StatusOpen   Status = "open"
	StatusClosed Status = "closed"
)

// State is what the rules need to know about a case.
type State struct {
	Status    Status        `json:"status"`
	Seeker    Seeker        `json:"seeker"`
	Opened    calendar.Date `json:"opened"`
	Latest    calendar.Date `json:"latest"` // day of an act
	Referrals []Referral    `json:"referrals,omitempty"`
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Register:
		return Registered{Seeker{cmd.Person, cmd.Commune}, cmd.Wish}, nil
	case Refer:
		return Referred{s.Seeker, cmd.Slip, cmd.Employer}, nil
	case Confirm:
		return Placed{s.Seeker, cmd.Slip, cmd.Where}, nil
	case Decline:
		return Declined{s.Seeker, cmd.Slip, cmd.By, cmd.Reason}, nil
	case Close:
		return Closed{s.Seeker, cmd.Ground}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case Registered:
		s.Status, s.Seeker, s.Opened = StatusOpen, e.Seeker, act.Occurred
	case Referred:
		s.Referrals = issued(s.Referrals, e.Slip, act.Occurred)
	case Placed:
		s.Referrals = answered(s.Referrals, e.Slip, ResultPlaced)
	case Declined:
		s.Referrals = answered(s.Referrals, e.Slip, ResultDeclined)
	case Closed:
		s.Status = StatusClosed
	}
	s.Latest = max(s.Latest, act.Occurred)
	return s
}
