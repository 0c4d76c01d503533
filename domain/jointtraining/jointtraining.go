// Package jointtraining is the case type of a school's request to enrol together with another institution (phối hợp
// tuyển sinh, liên kết đào tạo) at one level: Luật Giáo dục nghề nghiệp 74/2014.
//
//	request ─▶ requested ─ approve ─▶ approved ─ withdraw ─▶ withdrawn
//	              │ └───── refuse ──▶ refused
//	              └─ withdraw ──────▶ withdrawn
//
// The school takes a request back, the department an approval; both end the case. An approval was given all the same
// and stays in its month's figure. A school that asks for two levels has two cases, since it is counted at each.
package jointtraining

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "jointtraining",
		Label: domain.Text{Vi: "Liên kết đào tạo", En: "Joint training"},
		Commands: []domain.CommandType{
			domain.CommandOf[Request]("Đề nghị phối hợp tuyển sinh, liên kết đào tạo", "Request joint training"),
			domain.CommandOf[Approve]("Đồng ý", "Approve"),
			domain.CommandOf[Refuse]("Không đồng ý", "Refuse"),
			domain.CommandOf[Withdraw]("Rút đề nghị, thu hồi văn bản đồng ý", "Withdraw"),
		},
		Events: []domain.EventType{
			domain.EventOf[Requested]("Đã đề nghị", "Requested"),
			domain.EventOf[Approved]("Được đồng ý", "Approved"),
			domain.EventOf[Refused]("Không được đồng ý", "Refused"),
			domain.EventOf[Withdrawn]("Đã rút hoặc thu hồi", "Withdrawn"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the request stands.
type Status string

const (
	StatusRequested Status = "requested"
	StatusApproved  Status = "approved"
	StatusRefused   Status = "refused"
	StatusWithdrawn Status = "withdrawn"
)

// State is what the rules need to know about a request.
type State struct {
	Status Status        `json:"status"`
	School School        `json:"school"`
	Since  calendar.Date `json:"since"` // of the status
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Request:
		return Requested{School{cmd.School, cmd.Area, cmd.Level}, cmd.Partner, cmd.Trades}, nil
	case Approve:
		return Approved{s.School, cmd.Number}, nil
	case Refuse:
		return Refused{s.School, cmd.Reason, cmd.Number}, nil
	case Withdraw:
		return Withdrawn{s.School, cmd.Reason}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Requested:
		s.School = e.School
		to(StatusRequested)
	case Approved:
		to(StatusApproved)
	case Refused:
		to(StatusRefused)
	case Withdrawn:
		to(StatusWithdrawn)
	}
	return s
}
