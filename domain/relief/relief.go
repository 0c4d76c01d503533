// Package relief is the case type of a campaign of rice from the state (hỗ trợ gạo): NĐ 20/2021 Đ12. One case is one
// campaign of a province, from the lists of those in need to the last distribution.
//
//	list_need ─▶ listed ─ allocate ─▶ allocated ─ receive ─▶ received ─ close ─▶ closed
//	                       ▲            ▲ │                   │ ▲ ▲
//	allocate ──────────────┘            └─┘ allocate          │ │ │ allocate, receive: more of it
//	                                                          └─┘ └ distribute: commune by commune, as often as needed
//
// What is distributed counts, under the campaign's name, where and when that happens. More than was received cannot be
// distributed. That it is 15 kg for each person and month is what the law gives and not always what happened: the case
// says how much it should have been (State.Norm) and refuses nothing.
package relief

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "relief",
		Label: domain.Text{Vi: "Đợt hỗ trợ gạo", En: "Rice relief campaign"},
		Commands: []domain.CommandType{
			domain.CommandOf[ListNeed]("Tổng hợp nhu cầu", "List the need"),
			domain.CommandOf[Allocate]("Ghi quyết định phân bổ", "Record the allocation"),
			domain.CommandOf[Receive]("Tiếp nhận gạo", "Receive"),
			domain.CommandOf[Distribute]("Cấp gạo", "Distribute"),
			domain.CommandOf[Close]("Kết thúc đợt", "Close"),
		},
		Events: []domain.EventType{
			domain.EventOf[NeedListed]("Đã tổng hợp nhu cầu", "Need listed"),
			domain.EventOf[Allocated]("Có quyết định phân bổ", "Allocated"),
			domain.EventOf[Received]("Đã tiếp nhận gạo", "Received"),
			domain.EventOf[Distributed]("Đã cấp gạo", "Distributed"),
			domain.EventOf[Closed]("Đã kết thúc", "Closed"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: domain.One(decide),
		Allow:  allow,
		Evolve: func(s State, act domain.Act) State { return evolve(l, s, act) },
	})
}

// Status is where the campaign stands.
type Status string

const (
	StatusListed    Status = "listed"
	StatusAllocated Status = "allocated"
	StatusReceived  Status = "received"
	StatusClosed    Status = "closed"
)

// State is the campaign as it stands.
type State struct {
	Status      Status        `json:"status"`
	Since       calendar.Date `json:"since"` // of the status
	Last        calendar.Date `json:"last"`  // the latest day of any act
	Round       Round         `json:"round"`
	Need        Need          `json:"need,omitzero"`
	Allocated   int64         `json:"allocated,omitempty"` // kg
	Received    int64         `json:"received,omitempty"`  // kg
	Distributed Share         `json:"distributed,omitzero"`
	Norm        int64         `json:"norm,omitempty"`      // kg that the law gives to those who got rice; 0 where it is not known
	Documents   []string      `json:"documents,omitempty"` // of allocations, receipts and distributions, each once
}

// Need is how many are in need.
type Need struct {
	Households int64 `json:"households"`
	Persons    int64 `json:"persons"`
}

var unknownCommand = domain.Rule{Code: "relief.unknown_command",
	Say: domain.Text{Vi: "đợt hỗ trợ gạo không có lệnh này", En: "a rice relief campaign knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case ListNeed:
		return NeedListed{Round{cmd.Area, cmd.Campaign, cmd.Occasion, cmd.Months}, cmd.Households, cmd.Persons}, nil
	case Allocate:
		round := s.Round
		if s.Status == "" {
			round = Round{cmd.Area, cmd.Campaign, cmd.Occasion, cmd.Months}
		}
		return Allocated{round, cmd.Number, cmd.Kg}, nil
	case Receive:
		return Received{s.Round, cmd.Number, cmd.Kg}, nil
	case Distribute:
		return Distributed{s.Round, cmd.Commune, cmd.Number, Share{cmd.Households, cmd.Persons, cmd.Kg}}, nil
	case Close:
		return Closed{s.Round}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(l *law.Law, s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	s.Last = max(s.Last, act.Occurred)
	if e, ok := act.Event.(interface{ document() string }); ok {
		s.Documents = append(slices.Clip(s.Documents), e.document())
	}
	switch e := act.Event.(type) {
	case NeedListed:
		s.Round, s.Need = e.Round, Need{e.Households, e.Persons}
		to(StatusListed)
	case Allocated:
		s.Round = e.Round
		s.Allocated += e.Kg
		if s.Status != StatusReceived {
			to(StatusAllocated)
		}
	case Received:
		s.Received += e.Kg
		if s.Status != StatusReceived {
			to(StatusReceived)
		}
	case Distributed:
		s.Distributed.Households += e.Households
		s.Distributed.Persons += e.Persons
		s.Distributed.Kg += e.Kg
		if r, ok := l.Relief(s.Round.Occasion, s.Since); ok {
			s.Norm = s.Distributed.Persons * r.Kg * min(s.Round.Months, r.Months)
		}
	case Closed:
		to(StatusClosed)
	}
	return s
}
