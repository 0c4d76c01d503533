package target

import "hoso/domain/area"

// Goal stands in every event: what is to be reached, by whom, when.
type Goal struct {
	Indicator string    `json:"indicator"`
	Area      area.Code `json:"area"`
	Year      int       `json:"year" min:"2000" max:"2100"`
}

func (g Goal) goal() Goal { return g }

// WasSet is a target of a plan.
type WasSet struct {
	Goal
	Value    int64  `json:"value" min:"1" max:"1000000000000000"`
	Document string `json:"document"`
}

// Changed replaces the value that it Was.
type Changed struct {
	Goal
	Was      int64  `json:"was" min:"1" max:"1000000000000000"`
	Value    int64  `json:"value" min:"1" max:"1000000000000000"`
	Reason   string `json:"reason"`
	Document string `json:"document,omitempty"`
}

func (WasSet) EventType() string  { return "target.set" }
func (Changed) EventType() string { return "target.changed" }
