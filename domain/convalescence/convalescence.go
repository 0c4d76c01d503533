// Package convalescence is the case type of a batch of convalescence in a group (đợt điều dưỡng tập trung): NĐ 131/2021
// Đ84–87, NĐ 75/2021 Đ6.
//
//	       ┌ reschedule
//	       ▼ │
//	plan ─▶ planned ─ start ─▶ started ─ complete ─▶ completed
//	           │     ▲            │
//	           │     └ start ─ (a batch planned before this log began)
//	           └───── cancel ─────┴─▶ cancelled
//
// A batch counts when it is completed, with those who attended. The plan counts in the month for which it is made, so
// that a report can print next month's; a plan that moves to another month takes its count along, and a batch that is
// cancelled before it began is no longer planned.
//
// Who goes is not in here: the right of each person, from the commune's list to the batch or the payment at home, is a
// case of its own (package convalescent). A batch says how many there were; delegates are counted here alone.
package convalescence

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "convalescence",
		Label: domain.Text{Vi: "Đợt điều dưỡng tập trung", En: "Convalescence batch"},
		Commands: []domain.CommandType{
			domain.CommandOf[Plan]("Lập kế hoạch đợt điều dưỡng", "Plan a batch"),
			domain.CommandOf[Reschedule]("Chuyển thời gian", "Reschedule"),
			domain.CommandOf[Start]("Bắt đầu đợt", "Start"),
			domain.CommandOf[Complete]("Kết thúc đợt", "Complete"),
			domain.CommandOf[Cancel]("Hủy đợt", "Cancel"),
		},
		Events: []domain.EventType{
			domain.EventOf[Planned]("Đã lập kế hoạch", "Planned"),
			domain.EventOf[Rescheduled]("Đã chuyển thời gian", "Rescheduled"),
			domain.EventOf[Started]("Đã bắt đầu", "Started"),
			domain.EventOf[Completed]("Đã kết thúc", "Completed"),
			domain.EventOf[Cancelled]("Đã hủy", "Cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: domain.One(decide),
		Allow:  func(s State, act domain.Act) error { return allow(l, s, act) },
		Evolve: evolve,
	})
}

// Status is where the batch stands.
type Status string

const (
	StatusPlanned   Status = "planned"
	StatusStarted   Status = "started"
	StatusCompleted Status = "completed"
	StatusCancelled Status = "cancelled"
)

// State is the batch as it stands.
type State struct {
	Status    Status         `json:"status"`
	Since     calendar.Date  `json:"since"` // of the status
	Area      area.Code      `json:"area"`
	Month     calendar.Month `json:"month,omitzero"` // for which it is planned
	Starts    calendar.Date  `json:"starts,omitzero"`
	Place     string         `json:"place,omitempty"`
	Days      int            `json:"days,omitempty"`      // planned, or held
	Delegates int64          `json:"delegates,omitempty"` // planned, or attended
	LeftEarly int64          `json:"left_early,omitempty"`
}

// plan returns the month in which the batch counts as planned; none once it has begun.
func (s State) plan() calendar.Month {
	if s.Status == StatusPlanned {
		return s.Month
	}
	return calendar.Month{}
}

var unknownCommand = domain.Rule{Code: "convalescence.unknown_command",
	Say: domain.Text{Vi: "đợt điều dưỡng không có lệnh này", En: "a convalescence batch knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	b := Batch{s.Area}
	switch cmd := r.Command.(type) {
	case Plan:
		return Planned{Batch{cmd.Area}, cmd.Month, cmd.Starts, cmd.Days, cmd.Place, cmd.Delegates}, nil
	case Reschedule:
		return Rescheduled{b, s.Month, cmd.Month, cmd.Starts}, nil
	case Start:
		if s.Status == "" {
			b = Batch{cmd.Area}
		}
		return Started{b, cmd.Place}, nil
	case Complete:
		return Completed{b, cmd.Delegates, cmd.LeftEarly, cmd.Days}, nil
	case Cancel:
		return Cancelled{b, s.plan(), cmd.Ground}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Planned:
		s.Area, s.Month, s.Starts, s.Days, s.Place, s.Delegates = e.Area, e.Month, e.Starts, e.Days, e.Place, e.Delegates
		to(StatusPlanned)
	case Rescheduled:
		s.Month, s.Starts = e.Month, e.Starts
		to(StatusPlanned)
	case Started:
		s.Area, s.Starts = e.Area, act.Occurred
		if e.Place != "" {
			s.Place = e.Place
		}
		to(StatusStarted)
	case Completed:
		s.Delegates, s.LeftEarly, s.Days = e.Delegates, e.LeftEarly, e.Days
		to(StatusCompleted)
	case Cancelled:
		to(StatusCancelled)
	}
	return s
}
