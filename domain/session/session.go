// Package session is the case type of one job-exchange session (phiên giao dịch việc làm): NĐ 23/2021, from 01/01/2026
// NĐ 352/2025.
//
//	plan ─▶ planned ─ hold ───▶ held
//	   hold ─────────────────▶ held        (nobody had planned it here)
//	           └───── cancel ─▶ cancelled
//
// A session counts when it is held and as what it was held: planned at the exchange, it may have gone to a village. It
// counts on its day, never by the weekday on which sessions usually are.
package session

import (
	"cmp"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "session",
		Label: domain.Text{Vi: "Phiên giao dịch việc làm", En: "Job-exchange session"},
		Commands: []domain.CommandType{
			domain.CommandOf[Plan]("Lên kế hoạch phiên", "Plan a session"),
			domain.CommandOf[Hold]("Ghi kết quả phiên", "Record a session held"),
			domain.CommandOf[Cancel]("Hủy phiên", "Cancel a session"),
		},
		Events: []domain.EventType{
			domain.EventOf[Planned]("Đã lên kế hoạch", "Planned"),
			domain.EventOf[Held]("Đã tổ chức", "Held"),
			domain.EventOf[Cancelled]("Không tổ chức", "Cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the session stands.
type Status string

const (
	StatusPlanned   Status = "planned"
	StatusHeld      Status = "held"
	StatusCancelled Status = "cancelled"
)

// State is what the rules need to know about a session.
type State struct {
	Status  Status        `json:"status"`
	Session Session       `json:"session"`
	Day     calendar.Date `json:"day,omitzero"` // for which it is planned
	Since   calendar.Date `json:"since"`        // of the status
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Plan:
		return Planned{Session{cmd.Kind, cmd.Place}, cmd.Day}, nil
	case Hold:
		// What the plan said need not be said again.
		held := Session{cmp.Or(cmd.Kind, s.Session.Kind), cmp.Or(cmd.Place, s.Session.Place)}
		return Held{held, cmd.Employers, cmd.Vacancies, cmd.Registered, cmd.Interviewed, cmd.Hired}, nil
	case Cancel:
		return Cancelled(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Planned:
		s.Session, s.Day = e.Session, e.Day
		to(StatusPlanned)
	case Held:
		s.Session = e.Session
		to(StatusHeld)
	case Cancelled:
		to(StatusCancelled)
	}
	return s
}
