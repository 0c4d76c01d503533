// Package screening is the case type of a day, or a few days, on which disabled children are examined at one place (khám
// sàng lọc trẻ em khuyết tật) to find those whom surgery or a consultation can help. No statute rules it; a partner
// pays for it.
//
//	plan ─▶ planned ─ hold ─▶ held ─ close ─▶ closed
//	          │         ▲      ▲ │
//	          │         │      └─┘ record: commune by commune
//	          │         └ hold (of which no plan is in here)
//	          └─ cancel ─▶ cancelled
//
// A case is the screening and holds numbers: how many children of a commune, with which outcome. It is not one child, on
// purpose. What a doctor found about a child is the most sensitive data there is; the office counts it and does nothing
// else with it, so there is no reason to hold it, not even under a pseudonym: with a commune and a day, a pseudonym of
// a child with one disability is a name in a village. The doctors keep the records, and the letters with which the
// children are asked to come again. Numbers of a commune may still be small enough to point at somebody: what is
// published has to leave small ones out.
package screening

import (
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "screening",
		Label: domain.Text{Vi: "Khám sàng lọc trẻ em khuyết tật", En: "Screening of disabled children"},
		Commands: []domain.CommandType{
			domain.CommandOf[Plan]("Lập kế hoạch khám", "Plan"),
			domain.CommandOf[Hold]("Tổ chức khám", "Hold"),
			domain.CommandOf[Record]("Ghi kết quả khám", "Record results"),
			domain.CommandOf[Close]("Kết thúc đợt khám", "Close"),
			domain.CommandOf[Cancel]("Hủy đợt khám", "Cancel"),
		},
		Events: []domain.EventType{
			domain.EventOf[Planned]("Đã lập kế hoạch", "Planned"),
			domain.EventOf[Held]("Đã tổ chức", "Held"),
			domain.EventOf[Recorded]("Đã ghi kết quả", "Results recorded"),
			domain.EventOf[Closed]("Đã kết thúc", "Closed"),
			domain.EventOf[Cancelled]("Đã hủy", "Cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the screening stands.
type Status string

const (
	StatusPlanned   Status = "planned"
	StatusHeld      Status = "held"
	StatusClosed    Status = "closed"
	StatusCancelled Status = "cancelled"
)

// State is the screening as it stands.
type State struct {
	Status  Status        `json:"status"`
	Since   calendar.Date `json:"since"` // of the status
	Last    calendar.Date `json:"last"`  // the latest day of any act
	Area    area.Code     `json:"area"`
	Place   string        `json:"place"`
	Partner string        `json:"partner,omitempty"`
	Results Results       `json:"results,omitzero"` // of all communes
	Lists   []string      `json:"lists,omitempty"`  // the numbers of the lists, each once
}

var unknownCommand = domain.Rule{Code: "screening.unknown_command",
	Say: domain.Text{Vi: "đợt khám sàng lọc không có lệnh này", En: "a screening knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	session := Session{s.Area}
	switch cmd := r.Command.(type) {
	case Plan:
		return Planned{Session{cmd.Area}, cmd.Place, cmd.Partner, cmd.Starts}, nil
	case Hold:
		if s.Status == "" {
			session = Session{cmd.Area}
		}
		if cmd.Place == "" {
			cmd.Place = s.Place
		}
		if cmd.Partner == "" {
			cmd.Partner = s.Partner
		}
		return Held{session, cmd.Place, cmd.Partner}, nil
	case Record:
		return Recorded{session, cmd.Commune, cmd.Number, Results{cmd.Surgery, cmd.Consult, cmd.None}}, nil
	case Close:
		return Closed{session}, nil
	case Cancel:
		return Cancelled{session}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	s.Last = max(s.Last, act.Occurred)
	switch e := act.Event.(type) {
	case Planned:
		s.Area, s.Place, s.Partner = e.Area, e.Place, e.Partner
		to(StatusPlanned)
	case Held:
		s.Area, s.Place, s.Partner = e.Area, e.Place, e.Partner
		to(StatusHeld)
	case Recorded:
		s.Results = Results{s.Results.Surgery + e.Surgery, s.Results.Consult + e.Consult, s.Results.None + e.None}
		s.Lists = append(slices.Clip(s.Lists), e.Number)
	case Closed:
		to(StatusClosed)
	case Cancelled:
		to(StatusCancelled)
	}
	return s
}
