// Package trip is the case type of a visit to old battlefields (đoàn thăm chiến trường xưa): a group of people with
// meritorious service that the office sends on a journey of honour.
//
//	plan ─▶ planned ─ hold ─▶ held
//	          │         ▲
//	          │         └ hold (a trip of which no plan is in here)
//	          └─ cancel ─▶ cancelled
//
// A trip counts on the day on which it is held, with its delegates.
package trip

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "trip",
		Label: domain.Text{Vi: "Đoàn thăm chiến trường xưa", En: "Visit to old battlefields"},
		Commands: []domain.CommandType{
			domain.CommandOf[Plan]("Lập kế hoạch chuyến đi", "Plan"),
			domain.CommandOf[Hold]("Ghi chuyến đi đã tổ chức", "Hold"),
			domain.CommandOf[Cancel]("Hủy chuyến đi", "Cancel"),
		},
		Events: []domain.EventType{
			domain.EventOf[Planned]("Đã lập kế hoạch", "Planned"),
			domain.EventOf[Held]("Đã tổ chức", "Held"),
			domain.EventOf[Cancelled]("Đã hủy", "Cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the trip stands.
type Status string

const (
	StatusPlanned   Status = "planned"
	StatusHeld      Status = "held"
	StatusCancelled Status = "cancelled"
)

// State is the trip as it stands.
type State struct {
	Status      Status        `json:"status"`
	Since       calendar.Date `json:"since"` // of the status
	Area        area.Code     `json:"area"`
	Destination string        `json:"destination"`
	Starts      calendar.Date `json:"starts,omitzero"`
	Delegates   int64         `json:"delegates,omitempty"` // planned, or on the trip
}

var unknownCommand = domain.Rule{Code: "trip.unknown_command",
	Say: domain.Text{Vi: "đoàn thăm chiến trường xưa không có lệnh này", En: "a visit to old battlefields knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Plan:
		return Planned{Group{cmd.Area}, cmd.Destination, cmd.Starts, cmd.Delegates}, nil
	case Hold:
		g := Group{s.Area}
		if s.Status == "" {
			g = Group{cmd.Area}
		}
		if cmd.Destination == "" {
			cmd.Destination = s.Destination
		}
		return Held{g, cmd.Destination, cmd.Delegates}, nil
	case Cancel:
		return Cancelled{Group{s.Area}}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case Planned:
		return State{StatusPlanned, act.Occurred, e.Area, e.Destination, e.Starts, e.Delegates}
	case Held:
		return State{StatusHeld, act.Occurred, e.Area, e.Destination, s.Starts, e.Delegates}
	case Cancelled:
		s.Status, s.Since = StatusCancelled, act.Occurred
	}
	return s
}
