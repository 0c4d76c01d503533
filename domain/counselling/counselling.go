// Package counselling is the case type of one counselling (lượt tư vấn) of a person or an employer at the
// employment-service centre: NĐ 23/2021, from 01/01/2026 NĐ 352/2025 (slip form 01).
//
//	give ─▶ given
//
// Each counselling is a case of its own, because it is counted by occurrence (lượt) and not by person: whoever comes
// three times is counted three times. Claimants of unemployment benefit are counselled, too; the slip may say in which
// case.
package counselling

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "counselling",
		Label:      domain.Text{Vi: "Tư vấn việc làm", En: "Counselling"},
		Commands:   []domain.CommandType{domain.CommandOf[Give]("Ghi lượt tư vấn", "Record a counselling")},
		Events:     []domain.EventType{domain.EventOf[Given]("Đã tư vấn", "Counselled")},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the counselling stands.
type Status string

// StatusGiven is the only status.
const StatusGiven Status = "given"

// State is the counselling as it stands.
type State struct {
	Status Status        `json:"status"`
	Since  calendar.Date `json:"since"`
	Given  Given         `json:"given"`
}

func decide(_ State, r domain.Request) (domain.Event, error) {
	if cmd, ok := r.Command.(Give); ok {
		return Given(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	if e, ok := act.Event.(Given); ok {
		return State{StatusGiven, act.Occurred, e}
	}
	return s
}
