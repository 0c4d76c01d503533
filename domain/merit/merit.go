// Package merit is the case type of a dossier of a person with meritorious service to the revolution (người có công
// với cách mạng), and of the monthly allowance that follows: PL 02/2020, NĐ 131/2021.
//
//	receive ─▶ received ─ forward ─▶ forwarded ─ examine ─▶ examined
//	   ▲        │ forward and examine may come again, in any order
//	   │        │
//	   │        ├─ refuse ───▶ refused
//	   │        ├─ withdraw ─▶ withdrawn
//	   └────────┼─ return ───▶ returned
//	            └─ resolve ──▶ resolved
//	                              │ start_allowance
//	start_allowance ──────────▶ allowance ◀─ resume_allowance ─ suspended
//	                              │ └─────── suspend_allowance ───▲ │
//	                              └─ end_allowance ─▶ ended ◀───────┘
//
// A dossier goes from step to step; which have how long is in the files of the law. Levels change and months are paid while
// the allowance runs; what was due before it was suspended or ended may be
// paid after. An allowance whose dossier is older than this log begins with start_allowance.
package merit

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	r := rules{l}
	return domain.With(domain.CaseType{
		Name:  "merit",
		Label: domain.Text{Vi: "Người có công", En: "Meritorious person"},
		Commands: []domain.CommandType{
			domain.CommandOf[Receive]("Tiếp nhận hồ sơ", "Receive a dossier"),
			domain.CommandOf[Forward]("Chuyển hồ sơ", "Forward"),
			domain.CommandOf[Examine]("Ghi kết luận thẩm định, giám định", "Record an examination"),
			domain.CommandOf[Resolve]("Giải quyết", "Resolve"),
			domain.CommandOf[Refuse]("Trả lời không đủ điều kiện", "Refuse"),
			domain.CommandOf[ReturnDossier]("Trả lại để bổ sung", "Return for completion"),
			domain.CommandOf[Withdraw]("Rút hồ sơ", "Withdraw"),
			domain.CommandOf[StartAllowance]("Bắt đầu trợ cấp hằng tháng", "Start the monthly allowance"),
			domain.CommandOf[ChangeAllowance]("Điều chỉnh mức trợ cấp", "Change the level"),
			domain.CommandOf[PayAllowance]("Chi trả trợ cấp", "Pay the allowance"),
			domain.CommandOf[SuspendAllowance]("Tạm đình chỉ trợ cấp", "Suspend the allowance"),
			domain.CommandOf[ResumeAllowance]("Hưởng lại trợ cấp", "Resume the allowance"),
			domain.CommandOf[EndAllowance]("Chấm dứt trợ cấp", "End the allowance"),
		},
		Events: []domain.EventType{
			domain.EventOf[Received]("Đã tiếp nhận hồ sơ", "Received"),
			domain.EventOf[Forwarded]("Đã chuyển hồ sơ", "Forwarded"),
			domain.EventOf[Examined]("Có kết luận", "Examined"),
			domain.EventOf[Resolved]("Đã giải quyết", "Resolved"),
			domain.EventOf[Refused]("Không đủ điều kiện", "Refused"),
			domain.EventOf[Returned]("Trả lại để bổ sung", "Returned for completion"),
			domain.EventOf[Withdrawn]("Rút hồ sơ", "Withdrawn"),
			domain.EventOf[AllowanceStarted]("Bắt đầu hưởng trợ cấp", "Allowance started"),
			domain.EventOf[AllowanceChanged]("Điều chỉnh mức trợ cấp", "Level changed"),
			domain.EventOf[AllowancePaid]("Đã chi trả trợ cấp", "Allowance paid"),
			domain.EventOf[AllowanceSuspended]("Tạm đình chỉ trợ cấp", "Allowance suspended"),
			domain.EventOf[AllowanceResumed]("Hưởng lại trợ cấp", "Allowance resumed"),
			domain.EventOf[AllowanceEnded]("Chấm dứt trợ cấp", "Allowance ended"),
		},
		Steps:      steps,
		Indicators: indicators,
		Balances:   balances,
		Contribute: contribute,
		Kept:       &keptForEver,
	}, domain.Decider[State]{Decide: domain.One(r.decide), Allow: r.allow, Evolve: evolve, Due: r.dues})
}

var keptForEver = domain.Rule{Code: "merit.kept_for_ever", Law: "NĐ 131/2021 Đ128.6", Say: domain.Text{
	Vi: "hồ sơ người có công %s phải lưu trữ vĩnh viễn, nên không xóa dữ liệu cá nhân của người trong hồ sơ",
	En: "the merit dossier %s is kept for ever, so the personal data of the person in it are not erased"}}

// Status is where the case stands.
type Status string

const (
	StatusReceived  Status = "received"
	StatusForwarded Status = "forwarded"
	StatusExamined  Status = "examined"
	StatusResolved  Status = "resolved"
	StatusRefused   Status = "refused"
	StatusReturned  Status = "returned"
	StatusWithdrawn Status = "withdrawn"
	StatusAllowance Status = "allowance"
	StatusSuspended Status = "suspended"
	StatusEnded     Status = "ended"
)

// State is what the rules need to know about a case.
type State struct {
	Status    Status        `json:"status"`
	Dossier   Dossier       `json:"dossier"`        // without a procedure where the allowance opened the case
	Since     calendar.Date `json:"since"`          // of the status
	Due       calendar.Date `json:"due,omitzero"`   // of the whole answer
	Path      []Stay        `json:"path,omitempty"` // the steps of the dossier since it was received; it lies at the last
	Allowance Allowance     `json:"allowance,omitzero"`
}

// rules is the law as the case type asks it.
type rules struct{ law *law.Law }

func (r rules) decide(s State, req domain.Request) (domain.Event, error) {
	d, b := s.Dossier, s.Dossier.Beneficiary
	switch cmd := req.Command.(type) {
	case Receive:
		at, step, whole := r.begins(cmd.Procedure, cmd.At, req.Occurred)
		if cmd.Due.IsZero() {
			cmd.Due = whole
		}
		return Received{Dossier{Beneficiary{cmd.Person, cmd.Commune, cmd.Category}, cmd.Procedure}, cmd.Due, cmd.Channel, at, step}, nil
	case Forward:
		if cmd.Due.IsZero() {
			cmd.Due = r.arrives(d.Procedure, s.Path, cmd.To, req.Occurred)
		}
		return Forwarded{d, cmd.To, cmd.Due}, nil
	case Examine:
		return Examined{d, cmd.Conclusion}, nil
	case Resolve:
		return Resolved{d, s.Due, cmd.Number}, nil
	case Refuse:
		return Refused{d, cmd.Reason, cmd.Number}, nil
	case ReturnDossier:
		return Returned{d, cmd.Missing}, nil
	case Withdraw:
		return Withdrawn{d, cmd.Reason}, nil
	case StartAllowance:
		if s.Status == "" {
			b = Beneficiary{cmd.Person, cmd.Commune, cmd.Category}
		}
		return AllowanceStarted{b, cmd.From, cmd.Level, cmd.Number, cmd.PerMille}, nil
	case ChangeAllowance:
		return AllowanceChanged{b, cmd.From, cmd.Level, cmd.Number, cmd.PerMille}, nil
	case PayAllowance:
		if cmd.Amount == 0 {
			cmd.Amount, _ = r.level(s.Allowance, cmd.Month)
		}
		return AllowancePaid{b, cmd.Month, cmd.Amount, cmd.Channel}, nil
	case SuspendAllowance:
		return AllowanceSuspended{b, cmd.From, cmd.Reason}, nil
	case ResumeAllowance:
		return AllowanceResumed{b, cmd.From}, nil
	case EndAllowance:
		return AllowanceEnded{b, cmd.Last, cmd.Ground}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Received:
		s.Dossier, s.Due = e.Dossier, e.Due
		s.Path = []Stay{{orHome(e.At), act.Occurred, e.StepDue}}
		to(StatusReceived)
	case Forwarded:
		s.Path = append(slices.Clone(s.Path), Stay{e.To, act.Occurred, e.Due}) // states share the steps before
		to(StatusForwarded)
	case Examined:
		to(StatusExamined)
	case Resolved:
		to(StatusResolved)
	case Refused:
		to(StatusRefused)
	case Returned:
		to(StatusReturned)
	case Withdrawn:
		to(StatusWithdrawn)
	case AllowanceStarted:
		s.Dossier.Beneficiary = e.Beneficiary
		s.Allowance = started(e, act.Occurred)
		to(StatusAllowance)
	case AllowanceChanged:
		s.Allowance = s.Allowance.changed(e)
	case AllowancePaid:
		s.Allowance = s.Allowance.paid(e)
	case AllowanceSuspended:
		s.Allowance = s.Allowance.suspended(e)
		to(StatusSuspended)
	case AllowanceResumed:
		s.Allowance = s.Allowance.resumed(e)
		to(StatusAllowance)
	case AllowanceEnded:
		s.Allowance.Last = e.Last
		to(StatusEnded)
	}
	return s
}
