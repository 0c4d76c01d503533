// Package poverty is the case type of a review of poor and near-poor households (rà soát hộ nghèo, hộ cận nghèo) in one
// area under a plan: QĐ 24/2021/QĐ-TTg. The annual review runs from 1 September to 14 December; other households are
// reviewed when they ask for it, through the year.
//
//	plan ─▶ planned ─ begin ─▶ under_way ─ close ─▶ closed
//	          │                   │
//	          └────── cancel ─────┴─▶ cancelled
//
// One case is one area: a commune, or the whole province where only that is known. The households reviewed count when the
// review is closed. How many of them are poor is for the authority to decide and is recorded as its statement (package
// statement); the plan itself is a document of the register.
package poverty

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "poverty",
		Label: domain.Text{Vi: "Rà soát hộ nghèo, hộ cận nghèo", En: "Poverty review"},
		Commands: []domain.CommandType{
			domain.CommandOf[Plan]("Lập kế hoạch rà soát", "Plan"),
			domain.CommandOf[Begin]("Bắt đầu rà soát", "Begin"),
			domain.CommandOf[Close]("Kết thúc rà soát", "Close"),
			domain.CommandOf[Cancel]("Hủy rà soát", "Cancel"),
		},
		Events: []domain.EventType{
			domain.EventOf[Planned]("Đã lập kế hoạch", "Planned"),
			domain.EventOf[Begun]("Đã bắt đầu", "Begun"),
			domain.EventOf[Closed]("Đã kết thúc", "Closed"),
			domain.EventOf[Cancelled]("Đã hủy", "Cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: domain.One(decide),
		Allow:  allow,
		Evolve: func(s State, act domain.Act) State { return evolve(l, s, act) },
		Due:    dues,
	})
}

// Status is where the review stands.
type Status string

const (
	StatusPlanned   Status = "planned"
	StatusUnderWay  Status = "under_way"
	StatusClosed    Status = "closed"
	StatusCancelled Status = "cancelled"
)

// State is the review as it stands.
type State struct {
	Status     Status        `json:"status"`
	Since      calendar.Date `json:"since"` // of the status
	Review     Review        `json:"review"`
	Plan       string        `json:"plan"`
	Due        calendar.Date `json:"due,omitzero"` // of the annual review: the day by which the law wants it closed
	Households int64         `json:"households,omitempty"`
}

var unknownCommand = domain.Rule{Code: "poverty.unknown_command",
	Say: domain.Text{Vi: "đợt rà soát không có lệnh này", En: "a poverty review knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Plan:
		return Planned{Review{cmd.Area, cmd.Kind, cmd.Year}, cmd.Plan}, nil
	case Begin:
		return Begun{s.Review}, nil
	case Close:
		return Closed{s.Review, cmd.Households}, nil
	case Cancel:
		return Cancelled{s.Review}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(l *law.Law, s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Planned:
		s.Review, s.Plan = e.Review, e.Plan
		if annual, ok := l.AnnualReview(e.Year); ok && e.Kind == "annual" {
			s.Due = annual.Days.To
		}
		to(StatusPlanned)
	case Begun:
		to(StatusUnderWay)
	case Closed:
		s.Households = e.Households
		to(StatusClosed)
	case Cancelled:
		to(StatusCancelled)
	}
	return s
}
