// Package gift is the case type of a campaign of gifts for people with meritorious service and their relatives, for Tết or
// 27 July. One case is the gifts of one giver on one occasion in a province.
//
//	decide ─▶ decided ─ close ─▶ closed
//	           ▲ │
//	           └─┘ hand_over: commune by commune, as often as needed
//
// Gifts count when they are handed over, under the campaign's name. Lists of who got one stay with the communes, signed: a
// case holds numbers, so that nobody is named in here.
package gift

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "gift",
		Label: domain.Text{Vi: "Đợt tặng quà người có công", En: "Campaign of gifts"},
		Commands: []domain.CommandType{
			domain.CommandOf[Decide]("Ghi quyết định tặng quà", "Record the decision"),
			domain.CommandOf[HandOver]("Trao quà", "Hand over"),
			domain.CommandOf[Close]("Kết thúc đợt", "Close"),
		},
		Events: []domain.EventType{
			domain.EventOf[Decided]("Có quyết định tặng quà", "Decided"),
			domain.EventOf[HandedOver]("Đã trao quà", "Handed over"),
			domain.EventOf[Closed]("Đã kết thúc", "Closed"),
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

// Status is where the campaign stands.
type Status string

const (
	StatusDecided Status = "decided"
	StatusClosed  Status = "closed"
)

// State is the campaign as it stands.
type State struct {
	Status  Status        `json:"status"`
	Since   calendar.Date `json:"since"` // of the status
	Last    calendar.Date `json:"last"`  // the latest day of any act
	Round   Round         `json:"round"`
	Planned int64         `json:"planned,omitempty"` // persons
	Persons int64         `json:"persons,omitempty"` // who have their gift
	Amount  money.VND     `json:"amount,omitempty"`
	Lists   []string      `json:"lists,omitempty"` // the numbers of the lists, each once
}

var unknownCommand = domain.Rule{Code: "gift.unknown_command",
	Say: domain.Text{Vi: "đợt tặng quà không có lệnh này", En: "a campaign of gifts knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Decide:
		return Decided{Round{cmd.Area, cmd.Campaign, cmd.Giver}, cmd.Number, cmd.Persons}, nil
	case HandOver:
		return HandedOver{s.Round, cmd.Commune, cmd.Number, cmd.Persons, cmd.Amount}, nil
	case Close:
		return Closed{s.Round}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	s.Last = max(s.Last, act.Occurred)
	switch e := act.Event.(type) {
	case Decided:
		s.Status, s.Since, s.Round, s.Planned = StatusDecided, act.Occurred, e.Round, e.Persons
	case HandedOver:
		s.Persons += e.Persons
		s.Amount += e.Amount
		s.Lists = append(slices.Clip(s.Lists), e.Number)
	case Closed:
		s.Status, s.Since = StatusClosed, act.Occurred
	}
	return s
}
