// Package job is the case type of jobs that people got by one of the channels of which the province keeps account
// (giải quyết việc làm): loans for job creation, the exchange, work abroad, others.
//
//	record ─▶ recorded
//
// One case is one list: the social-policy bank, the communes and the centre report how many persons a channel brought
// into work, and name the document. Placements of the centre do not count here by themselves: somebody whom it placed
// may stand in a commune's list, too, and no list says so. What the centre adds, it adds by its own list.
package job

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "job",
		Label:      domain.Text{Vi: "Giải quyết việc làm", En: "Jobs created"},
		Commands:   []domain.CommandType{domain.CommandOf[Record]("Ghi số người được giải quyết việc làm", "Record jobs created")},
		Events:     []domain.EventType{domain.EventOf[Recorded]("Đã giải quyết việc làm", "Jobs recorded")},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the list stands.
type Status string

// StatusRecorded is the only status.
const StatusRecorded Status = "recorded"

// State is the list as it stands.
type State struct {
	Status Status        `json:"status"`
	Since  calendar.Date `json:"since"`
	List   Recorded      `json:"list"`
}

func decide(_ State, r domain.Request) (domain.Event, error) {
	if cmd, ok := r.Command.(Record); ok {
		return Recorded(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	if e, ok := act.Event.(Recorded); ok {
		return State{StatusRecorded, act.Occurred, e}
	}
	return s
}
