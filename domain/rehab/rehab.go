// Package rehab is the case type of a stay in a drug rehabilitation centre (cơ sở cai nghiện ma túy): Luật Phòng,
// chống ma túy 73/2021 with NĐ 116/2021 until 30/6/2026, Luật 120/2025 with NĐ 163/2026 after. From 01/3/2025 the
// police run the centre; its acts may still be recorded as they are stated.
//
//	                      ┌─ escape ────────────▶ escaped ── return ────┐
//	                      │                                             ▼
//	admit, transfer_in ─▶ present ◀─────────────────────────────────────┤
//	                      │ ▲                                           │
//	                      │ └ reduce_term                               │
//	                      ├─ leave_temporarily ─▶ away ───── come_back ─┘
//	                      │
//	                      ├─ complete ─────▶ completed        (also from away)
//	                      ├─ transfer_out ─▶ transferred_out  (also from away)
//	                      ├─ release ──────▶ released         (also from away and escaped)
//	                      └─ die ──────────▶ died             (also from away and escaped)
//
// Two figures say how many there are: on the roll (escaped and away included) and present. Somebody who was held
// while the dossier was made and is then placed by the court leaves one case and enters another: the regime of a
// case never changes.
package rehab

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(_ *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "rehab",
		Label: domain.Text{Vi: "Cai nghiện ma túy", En: "Drug rehabilitation"},
		Commands: []domain.CommandType{
			domain.CommandOf[Admit]("Tiếp nhận học viên", "Admit"),
			domain.CommandOf[TransferIn]("Tiếp nhận chuyển đến", "Transfer in"),
			domain.CommandOf[Escape]("Bỏ trốn", "Escape"),
			domain.CommandOf[Return]("Trở lại sau bỏ trốn", "Return after escape"),
			domain.CommandOf[LeaveTemporarily]("Tạm thời ra khỏi cơ sở", "Leave temporarily"),
			domain.CommandOf[ComeBack]("Trở lại cơ sở", "Come back"),
			domain.CommandOf[ReduceTerm]("Giảm thời hạn", "Reduce the term"),
			domain.CommandOf[TransferOut]("Chuyển đi cơ sở khác", "Transfer out"),
			domain.CommandOf[Complete]("Hoàn thành cai nghiện", "Complete"),
			domain.CommandOf[Release]("Ra khỏi cơ sở", "Release"),
			domain.CommandOf[Die]("Chết", "Die"),
		},
		Events: []domain.EventType{
			domain.EventOf[Admitted]("Đã tiếp nhận", "Admitted"),
			domain.EventOf[TransferredIn]("Chuyển đến", "Transferred in"),
			domain.EventOf[Escaped]("Bỏ trốn", "Escaped"),
			domain.EventOf[Returned]("Trở lại sau bỏ trốn", "Returned after escape"),
			domain.EventOf[LeftTemporarily]("Tạm thời ra khỏi cơ sở", "Left temporarily"),
			domain.EventOf[CameBack]("Trở lại cơ sở", "Came back"),
			domain.EventOf[TermReduced]("Được giảm thời hạn", "Term reduced"),
			domain.EventOf[TransferredOut]("Chuyển đi", "Transferred out"),
			domain.EventOf[Completed]("Hoàn thành cai nghiện", "Completed"),
			domain.EventOf[Released]("Ra khỏi cơ sở", "Released"),
			domain.EventOf[Died]("Chết", "Died"),
		},
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the stay stands.
type Status string

const (
	StatusPresent        Status = "present"
	StatusEscaped        Status = "escaped"
	StatusAway           Status = "away"
	StatusTransferredOut Status = "transferred_out"
	StatusCompleted      Status = "completed"
	StatusReleased       Status = "released"
	StatusDied           Status = "died"
)

// State is what the rules need to know about a stay.
type State struct {
	Status  Status        `json:"status"`
	Trainee Trainee       `json:"trainee"`
	Since   calendar.Date `json:"since"` // of the status
	Months  int           `json:"months,omitempty"`
	Due     calendar.Date `json:"due,omitzero"` // the first day on which the term is over; none while held
}

func decide(s State, r domain.Request) (domain.Event, error) {
	t := s.Trainee
	leaving := Leaving{t, s.Status != StatusPresent}
	switch cmd := r.Command.(type) {
	case Admit:
		return Admitted{Trainee{cmd.Person, cmd.Commune, cmd.Regime}, cmd.Minor, cmd.Number, cmd.Decided, cmd.Months, cmd.Counted}, nil
	case TransferIn:
		return TransferredIn{Trainee{cmd.Person, cmd.Commune, cmd.Regime}, cmd.Minor, cmd.From, cmd.Decided, cmd.Months, cmd.Due}, nil
	case Escape:
		return Escaped{t, cmd.Number}, nil
	case Return:
		return Returned{t, cmd.Own}, nil
	case LeaveTemporarily:
		return LeftTemporarily{t, cmd.Reason}, nil
	case ComeBack:
		return CameBack{t}, nil
	case ReduceTerm:
		return TermReduced{t, cmd.Months, cmd.Number}, nil
	case TransferOut:
		return TransferredOut{leaving, cmd.To}, nil
	case Complete:
		return Completed{leaving, cmd.Number}, nil
	case Release:
		return Released{leaving, cmd.Ground}, nil
	case Die:
		return Died{leaving, cmd.Cause}, nil
	}
	return nil, domain.Reject("rehab.unknown_command", "hồ sơ cai nghiện không có lệnh này")
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Admitted:
		s.Trainee, s.Months = e.Trainee, e.Months
		if e.Regime != "holding" {
			s.Due = act.Occurred.AddMonths(e.Months).AddDays(-e.Counted)
		}
		to(StatusPresent)
	case TransferredIn:
		s.Trainee, s.Months, s.Due = e.Trainee, e.Months, e.Due
		to(StatusPresent)
	case Escaped:
		to(StatusEscaped)
	case Returned:
		// The time of escape is not counted (NĐ 116/2021 Đ56.4): the end moves by the days away.
		if !s.Due.IsZero() {
			s.Due = s.Due.AddDays(s.Since.DaysUntil(act.Occurred))
		}
		to(StatusPresent)
	case LeftTemporarily:
		to(StatusAway)
	case CameBack:
		to(StatusPresent)
	case TermReduced:
		s.Due = s.Due.AddMonths(-e.Months)
		s.Since = act.Occurred
	case TransferredOut:
		to(StatusTransferredOut)
	case Completed:
		to(StatusCompleted)
	case Released:
		to(StatusReleased)
	case Died:
		to(StatusDied)
	}
	return s
}
