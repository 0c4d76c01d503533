// Package rehab is the case type of a stay in a drug rehabilitation centre (cơ sở cai nghiện ma túy): Luật Phòng,
// chống ma túy 73/2021 with NĐ 116/2021 until 30/6/2026, Luật 120/2025 with NĐ 163/2026 after. From 01/3/2025 the
// police run the centre; its acts may still be recorded as they are stated.
//
//	                      ┌─ escape ────────────▶ escaped ── return ────┐
//	                      │                                             ▼
//	admit, transfer_in ─▶ present ◀─────────────────────────────────────┤
//	                      │ ▲                                           │
//	                      │ └ reduce_term, notify_end                   │
//	                      ├─ leave_temporarily ─▶ away ───── come_back ─┘
//	                      │
//	                      ├─ complete ─────▶ completed        (also from away)
//	                      ├─ transfer_out ─▶ transferred_out  (also from away)
//	                      ├─ release ──────▶ released         (also from away and escaped)
//	                      └─ die ──────────▶ died             (also from away and escaped)
//
// A term suspended because of a long illness is a leave, too. When the term ends follows from the decision, the days
// before placement, those of escape, and what the court takes off; what the law says of it is in the files of the law.
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
func Type(l *law.Law) domain.CaseType {
	r := rules{l}
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
			domain.CommandOf[NotifyEnd]("Thông báo sắp hết thời hạn", "Notify of the end of the term"),
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
			domain.EventOf[EndNotified]("Đã thông báo sắp hết thời hạn", "End of term notified"),
			domain.EventOf[TransferredOut]("Chuyển đi", "Transferred out"),
			domain.EventOf[Completed]("Hoàn thành cai nghiện", "Completed"),
			domain.EventOf[Released]("Ra khỏi cơ sở", "Released"),
			domain.EventOf[Died]("Chết", "Died"),
		},
		Steps:      steps,
		Indicators: indicators,
		Balances:   balances,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: r.allow, Evolve: r.evolve, Due: r.dues})
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
	// NotifyBy is the last day to tell court, commune and family of the end; Notified is when they were told of this end.
	NotifyBy calendar.Date `json:"notify_by,omitzero"`
	Notified calendar.Date `json:"notified,omitzero"`
	Away     string        `json:"away,omitempty"` // why, where the trainee is out with leave
}

func decide(s State, r domain.Request) (domain.Event, error) {
	t := s.Trainee
	leaving := Leaving{t, s.Status != StatusPresent}
	switch cmd := r.Command.(type) {
	case Admit:
		return Admitted{Trainee{cmd.Person, cmd.Commune, cmd.Regime}, cmd.Minor, cmd.Number, cmd.Decided, cmd.Months, cmd.Counted, cmd.Times}, nil
	case TransferIn:
		return TransferredIn{Trainee{cmd.Person, cmd.Commune, cmd.Regime}, cmd.Minor, cmd.From, cmd.Decided, cmd.Months, cmd.Due}, nil
	case Escape:
		return Escaped{t, cmd.Number}, nil
	case Return:
		return Returned{t, cmd.Own}, nil
	case LeaveTemporarily:
		return LeftTemporarily{t, cmd.Reason, cmd.Days}, nil
	case ComeBack:
		return CameBack{t}, nil
	case ReduceTerm:
		return TermReduced{t, cmd.Months, cmd.Number, cmd.Ground}, nil
	case NotifyEnd:
		return EndNotified{t}, nil
	case TransferOut:
		return TransferredOut{leaving, cmd.To}, nil
	case Complete:
		return Completed{leaving, cmd.Number}, nil
	case Release:
		return Released{leaving, cmd.Ground}, nil
	case Die:
		return Died{leaving, cmd.Cause}, nil
	}
	return nil, unknownCommand.Refuse()
}

func (r rules) evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since, s.Away = status, act.Occurred, "" }
	due := func(day calendar.Date) { s.Due, s.NotifyBy, s.Notified = day, r.notifyBy(day), 0 }
	switch e := act.Event.(type) {
	case Admitted:
		s.Trainee, s.Months = e.Trainee, e.Months
		if e.Regime != "holding" {
			due(act.Occurred.AddMonths(e.Months).AddDays(-e.Counted))
		}
		to(StatusPresent)
	case TransferredIn:
		s.Trainee, s.Months = e.Trainee, e.Months
		due(e.Due)
		to(StatusPresent)
	case Escaped:
		to(StatusEscaped)
	case Returned:
		// The time of escape is not counted (NĐ 116/2021 Đ56.4): the end moves by the days away.
		if !s.Due.IsZero() {
			due(s.Due.AddDays(s.Since.DaysUntil(act.Occurred)))
		}
		to(StatusPresent)
	case LeftTemporarily:
		to(StatusAway)
		s.Away = e.Reason
	case CameBack:
		to(StatusPresent)
	case TermReduced:
		due(s.Due.AddMonths(-e.Months))
		s.Since = act.Occurred
	case EndNotified:
		s.Notified = act.Occurred
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
