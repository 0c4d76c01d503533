// Package statement is the case type of a figure that an authority states and nobody here counts: a rate found by
// survey, a number of households set by decision. One case is one statement.
//
//	record ─▶ recorded
//
// A newer statement is a newer case; a slip of the pen is corrected in its case, like any act.
package statement

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "statement",
		Label:      domain.Text{Vi: "Số liệu công bố", En: "Stated figure"},
		Commands:   []domain.CommandType{domain.CommandOf[Record]("Ghi số liệu công bố", "Record a stated figure")},
		Events:     []domain.EventType{domain.EventOf[Recorded]("Đã ghi số liệu công bố", "Recorded")},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: decide, Allow: allow, Evolve: evolve})
}

// Status is where the statement stands.
type Status string

// StatusRecorded is the only status.
const StatusRecorded Status = "recorded"

// State is the statement as it stands.
type State struct {
	Status    Status         `json:"status"`
	Since     calendar.Date  `json:"since"`
	Indicator string         `json:"indicator"`
	Area      area.Code      `json:"area"`
	Month     calendar.Month `json:"month"`
	Value     int64          `json:"value"`
	Source    string         `json:"source"`
}

func decide(_ State, r domain.Request) ([]domain.Event, error) {
	if c, ok := r.Command.(Record); ok {
		return []domain.Event{Recorded(c)}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	if e, ok := act.Event.(Recorded); ok {
		return State{StatusRecorded, act.Occurred, e.Indicator, e.Area, e.Month, e.Value, e.Source}
	}
	return s
}
