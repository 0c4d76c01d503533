// Package target is the case type of an annual plan target (chỉ tiêu kế hoạch năm): what a unit is to reach in a year for
// one indicator, as its plan sets it. One case is one target; it is changed with a reason, never overwritten.
//
//	set ─▶ set ◀─ change
//
// A target is about the unit that it names and no other: a province's is not the sum of its districts', since each plan is
// adopted on its own.
package target

import (
	"strings"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type for the indicators of other case types. A ratio has no target.
func Type(of ...domain.CaseType) domain.CaseType {
	t := domain.CaseType{
		Name:  "target",
		Label: domain.Text{Vi: "Chỉ tiêu kế hoạch năm", En: "Annual plan target"},
		Commands: []domain.CommandType{
			domain.CommandOf[Set]("Giao chỉ tiêu", "Set the target"),
			domain.CommandOf[Change]("Điều chỉnh chỉ tiêu", "Change the target"),
		},
		Events: []domain.EventType{
			domain.EventOf[WasSet]("Đã giao chỉ tiêu", "Target set"),
			domain.EventOf[Changed]("Đã điều chỉnh chỉ tiêu", "Target changed"),
		},
		Steps:      steps,
		Contribute: contribute,
	}
	planned := map[string]bool{}
	for _, ct := range of {
		for _, i := range ct.Indicators {
			if i.Hidden || i.Measure == domain.Ratio {
				continue
			}
			planned[i.ID] = true
			t.Indicators = append(t.Indicators, domain.Indicator{
				ID: Indicator(i.ID), Unit: i.Unit, Scale: i.Scale, Measure: domain.Reported, Hidden: true,
				Label: domain.Text{Vi: "Kế hoạch năm: " + i.Label.Vi, En: "Annual target: " + i.Label.En},
			})
		}
	}
	return domain.With(t, domain.Decider[State]{Decide: domain.One(decide), Allow: allow(planned), Evolve: evolve})
}

const prefix = "target."

// Indicator returns the id under which the targets of an indicator are kept. They are stated for the unit, on the first
// day of their year; the latest statement counts.
func Indicator(of string) string { return prefix + of }

// IsTarget tells whether an indicator is a target, and of which one.
func IsTarget(id string) (of string, ok bool) { return strings.CutPrefix(id, prefix) }

// Status is where the target stands.
type Status string

// StatusSet is the only status.
const StatusSet Status = "set"

// State is the target as it stands.
type State struct {
	Status   Status        `json:"status"`
	Since    calendar.Date `json:"since"`
	Goal     Goal          `json:"goal"`
	Value    int64         `json:"value"`
	Document string        `json:"document"`
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch c := r.Command.(type) {
	case Set:
		return WasSet{Goal{c.Indicator, c.Area, c.Year}, c.Value, c.Document}, nil
	case Change:
		return Changed{s.Goal, s.Value, c.Value, c.Reason, c.Document}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case WasSet:
		return State{StatusSet, act.Occurred, e.Goal, e.Value, e.Document}
	case Changed:
		s.Since, s.Value = act.Occurred, e.Value
		if e.Document != "" {
			s.Document = e.Document
		}
	}
	return s
}

func contribute(act domain.Act) []domain.Contribution {
	switch e := act.Event.(type) {
	case WasSet:
		return []domain.Contribution{e.states(e.Value)}
	case Changed:
		return []domain.Contribution{e.states(e.Value)}
	}
	return nil
}

func (g Goal) states(value int64) domain.Contribution {
	return domain.Contribution{Indicator: Indicator(g.Indicator), Occurred: calendar.Of(g.Year, 1, 1), Area: g.Area, Quantity: value}
}
