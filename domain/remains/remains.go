// Package remains is the case type of the remains of one martyr (hài cốt liệt sĩ) on the way to their last resting
// place: PL 02/2020, NĐ 131/2021 Đ143–150, Đ159, Đ160.
//
//	request_transfer ─▶ requested ─ issue_referral ─▶ referred
//	                                                   │ hand_over
//	hand_over ───────────────────────────────────────▶ handed_over
//	                                                   │ receive
//	receive ─────────────────────────────────────────▶ received   (also from referred)
//	                                                   │ rebury
//	                                                   ▼
//	                                reburied ─ issue_grave_notice ─▶ noticed
//
// A province sees the part that it takes: the one at the grave hands over, the one at home receives, and within one
// province both happen in one case. Identification (Đ145–148) is not in this case type yet.
package remains

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "remains",
		Label: domain.Text{Vi: "Hài cốt liệt sĩ", En: "Martyrs' remains"},
		Commands: []domain.CommandType{
			domain.CommandOf[RequestTransfer]("Đề nghị di chuyển hài cốt liệt sĩ", "Request a transfer"),
			domain.CommandOf[IssueReferral]("Cấp giấy giới thiệu", "Issue the referral"),
			domain.CommandOf[HandOver]("Bàn giao hài cốt liệt sĩ", "Hand over"),
			domain.CommandOf[Receive]("Đón nhận hài cốt liệt sĩ", "Receive"),
			domain.CommandOf[Rebury]("An táng", "Rebury"),
			domain.CommandOf[IssueGraveNotice]("Cấp giấy báo tin mộ liệt sĩ", "Issue the grave notice"),
		},
		Events: []domain.EventType{
			domain.EventOf[TransferRequested]("Đề nghị di chuyển", "Transfer requested"),
			domain.EventOf[ReferralIssued]("Đã cấp giấy giới thiệu", "Referral issued"),
			domain.EventOf[HandedOver]("Đã bàn giao", "Handed over"),
			domain.EventOf[Received]("Đã đón nhận", "Received"),
			domain.EventOf[Reburied]("Đã an táng", "Reburied"),
			domain.EventOf[GraveNoticeIssued]("Đã báo tin mộ", "Grave notice issued"),
		},
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the case stands.
type Status string

const (
	StatusRequested  Status = "requested"
	StatusReferred   Status = "referred"
	StatusHandedOver Status = "handed_over"
	StatusReceived   Status = "received"
	StatusReburied   Status = "reburied"
	StatusNoticed    Status = "noticed"
)

// State is what the rules need to know about a case.
type State struct {
	Status  Status        `json:"status"`
	Journey Journey       `json:"journey"`
	Since   calendar.Date `json:"since"` // of the status
}

func decide(s State, r domain.Request) (domain.Event, error) {
	// What opened the case says whose remains these are; a later command need not say it again.
	journey := func(c Journey) Journey {
		if s.Status != "" {
			return s.Journey
		}
		return c
	}
	switch cmd := r.Command.(type) {
	case RequestTransfer:
		return TransferRequested{Journey{cmd.Person, cmd.From, cmd.To}, cmd.Martyr, cmd.Origin}, nil
	case IssueReferral:
		return ReferralIssued{s.Journey, cmd.Number}, nil
	case HandOver:
		return HandedOver{journey(Journey{cmd.Person, cmd.From, cmd.To}), cmd.Martyr, cmd.Number}, nil
	case Receive:
		return Received{journey(Journey{cmd.Person, cmd.From, cmd.To}), cmd.Martyr, cmd.Number}, nil
	case Rebury:
		return Reburied{s.Journey, cmd.Place}, nil
	case IssueGraveNotice:
		return GraveNoticeIssued{s.Journey, cmd.Number}, nil
	}
	return nil, domain.Reject("remains.unknown_command", "hồ sơ hài cốt liệt sĩ không có lệnh này")
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case TransferRequested:
		s.Journey = e.Journey
		to(StatusRequested)
	case ReferralIssued:
		to(StatusReferred)
	case HandedOver:
		s.Journey = e.Journey
		to(StatusHandedOver)
	case Received:
		s.Journey = e.Journey
		to(StatusReceived)
	case Reburied:
		to(StatusReburied)
	case GraveNoticeIssued:
		to(StatusNoticed)
	}
	return s
}
