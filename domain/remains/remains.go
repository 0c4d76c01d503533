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
// province both happen in one case. The support is paid (NĐ 75/2021 Đ10) and the national database is told on the way; the
// office that keeps the martyr's dossier files the papers at the end (file, from referred, handed_over and noticed).
//
// Who a martyr was may have to be found out, by evidence (Đ145) or from a sample (Đ146–148):
//
//	request_identification ─▶ asked ─┬─ identify ─────────────▶ identified
//	                                 └─ declare_unidentified ─▶ not_identified
//	identify (concluded elsewhere) ──────────────────────────▶ identified
//
// Samples and their results are recorded while it is asked, and so they are for remains that were received unknown: those
// are identified where they are, before or after they were reburied, and go on. A martyr identified in a grave is brought
// home in a case of its own.
package remains

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
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
			domain.CommandOf[PaySupport]("Chi hỗ trợ di chuyển hài cốt liệt sĩ", "Pay the support"),
			domain.CommandOf[UpdateDatabase]("Cập nhật cơ sở dữ liệu quốc gia", "Update the national database"),
			domain.CommandOf[File]("Lưu vào hồ sơ gốc", "File"),
			domain.CommandOf[RequestIdentification]("Đề nghị xác định danh tính", "Request identification"),
			domain.CommandOf[TakeSample]("Lấy mẫu hài cốt liệt sĩ", "Take a sample"),
			domain.CommandOf[RecordResult]("Ghi kết quả giám định", "Record the result"),
			domain.CommandOf[Identify]("Xác định danh tính", "Identify"),
			domain.CommandOf[DeclareUnidentified]("Kết luận chưa xác định được danh tính", "Declare unidentified"),
		},
		Events: []domain.EventType{
			domain.EventOf[TransferRequested]("Đề nghị di chuyển", "Transfer requested"),
			domain.EventOf[ReferralIssued]("Đã cấp giấy giới thiệu", "Referral issued"),
			domain.EventOf[HandedOver]("Đã bàn giao", "Handed over"),
			domain.EventOf[Received]("Đã đón nhận", "Received"),
			domain.EventOf[Reburied]("Đã an táng", "Reburied"),
			domain.EventOf[GraveNoticeIssued]("Đã báo tin mộ", "Grave notice issued"),
			domain.EventOf[SupportPaid]("Đã chi hỗ trợ", "Support paid"),
			domain.EventOf[DatabaseUpdated]("Đã cập nhật cơ sở dữ liệu", "Database updated"),
			domain.EventOf[Filed]("Đã lưu vào hồ sơ gốc", "Filed"),
			domain.EventOf[IdentificationRequested]("Đề nghị xác định danh tính", "Identification requested"),
			domain.EventOf[SampleTaken]("Đã lấy mẫu", "Sample taken"),
			domain.EventOf[ResultReceived]("Có kết quả giám định", "Result received"),
			domain.EventOf[Identified]("Đã xác định danh tính", "Identified"),
			domain.EventOf[NotIdentified]("Chưa xác định được danh tính", "Not identified"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: domain.One(decide),
		Allow:  func(s State, act domain.Act) error { return allow(l, s, act) },
		Evolve: func(s State, act domain.Act) State { return evolve(l, s, act) },
		Due:    func(s State) []domain.Due { return dues(l, s) },
		Unit:   func(s State) area.Code { return s.Journey.rest() },
	})
}

// Status is where the case stands.
type Status string

const (
	StatusRequested     Status = "requested"
	StatusReferred      Status = "referred"
	StatusHandedOver    Status = "handed_over"
	StatusReceived      Status = "received"
	StatusReburied      Status = "reburied"
	StatusNoticed       Status = "noticed"
	StatusFiled         Status = "filed"
	StatusAsked         Status = "asked"
	StatusIdentified    Status = "identified"
	StatusNotIdentified Status = "not_identified"
)

// State is what the rules need to know about a case.
type State struct {
	Status     Status        `json:"status"`
	Journey    Journey       `json:"journey"`
	Since      calendar.Date `json:"since"`                 // of the status
	Origin     string        `json:"origin,omitempty"`      // the resting place before: cemetery or outside
	Due        calendar.Date `json:"due,omitzero"`          // the last day for the next step; none where the files do not say
	SupportDue calendar.Date `json:"support_due,omitzero"`  // the last day for paying the support; none once it is paid
	Supported  bool          `json:"supported,omitempty"`   // the support is paid
	Outside    bool          `json:"outside,omitempty"`     // reburied outside a martyrs' cemetery
	InDatabase Status        `json:"in_database,omitempty"` // what the national database knows
	Identity   Identity      `json:"identity,omitzero"`
}

// Identity is how far it is known whose remains these are.
type Identity struct {
	Sample string        `json:"sample,omitempty"` // the number of the last one taken
	Result string        `json:"result,omitempty"` // of that sample: match or no_match; none yet
	Since  calendar.Date `json:"since,omitzero"`   // of the last act about it
	Known  bool          `json:"known,omitempty"`  // identified in this case
}

// unknown tells whether nobody knows whose remains these are.
func (s State) unknown() bool {
	return !s.Identity.Known && (s.Status == StatusAsked || s.Journey.Person.IsZero())
}

var unknownCommand = domain.Rule{Code: "remains.unknown_command",
	Say: domain.Text{Vi: "hồ sơ hài cốt liệt sĩ không có lệnh này", En: "a case of a martyr's remains knows no such command"}}

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
		return Reburied{s.Journey, cmd.Place, cmd.Where}, nil
	case IssueGraveNotice:
		return GraveNoticeIssued{s.Journey, cmd.Number}, nil
	case PaySupport:
		return SupportPaid{s.Journey, cmd.Exhumation, cmd.Travel, cmd.Grave, cmd.Kilometres, cmd.Travellers}, nil
	case UpdateDatabase:
		return DatabaseUpdated{s.Journey}, nil
	case File:
		return Filed{s.Journey, cmd.Number}, nil
	case RequestIdentification:
		return IdentificationRequested{Journey{Person: cmd.Person, From: cmd.Area}, cmd.Martyr, cmd.Method}, nil
	case TakeSample:
		return SampleTaken{s.Journey, cmd.Number}, nil
	case RecordResult:
		return ResultReceived{s.Journey, cmd.Result, cmd.Number}, nil
	case Identify:
		j := journey(Journey{From: cmd.Area})
		if j.Person.IsZero() {
			j.Person = cmd.Person
		}
		return Identified{j, cmd.Martyr, cmd.Method, cmd.Number}, nil
	case DeclareUnidentified:
		return NotIdentified{s.Journey, cmd.Number}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(l *law.Law, s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since, s.Due = status, act.Occurred, due(l, s, status, act.Occurred) }
	switch e := act.Event.(type) {
	case TransferRequested:
		s.Journey, s.Origin = e.Journey, e.Origin
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
		s.Outside = e.Where == "outside"
		if !s.Supported {
			s.SupportDue = supportDue(l, s, act.Occurred)
		}
		to(StatusReburied)
	case GraveNoticeIssued:
		to(StatusNoticed)
	case SupportPaid:
		s.Supported, s.SupportDue = true, 0
	case DatabaseUpdated:
		s.InDatabase = s.Status
	case Filed:
		to(StatusFiled)
	default:
		return evolveIdentity(l, s, act)
	}
	return s
}
