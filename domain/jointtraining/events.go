package jointtraining

import "hoso/domain/area"

// School stands in every event, so that what an event adds to the figures follows from the event alone.
type School struct {
	Name  string    `json:"school"`
	Area  area.Code `json:"area"`
	Level string    `json:"level" values:"trung_cap|cao_dang"`
}

func (s School) school() School { return s }

// Requested opens the case.
type Requested struct {
	School
	Partner string `json:"partner,omitempty"`
	Trades  string `json:"trades,omitempty"`
}

// Approved lets the school enrol.
type Approved struct {
	School
	Number string `json:"number,omitempty"`
}

// Refused says that it may not.
type Refused struct {
	School
	Reason string `json:"reason"`
	Number string `json:"number,omitempty"`
}

// Withdrawn ends the case.
type Withdrawn struct {
	School
	Reason string `json:"reason,omitempty"`
}

func (Requested) EventType() string { return "jointtraining.requested" }
func (Approved) EventType() string  { return "jointtraining.approved" }
func (Refused) EventType() string   { return "jointtraining.refused" }
func (Withdrawn) EventType() string { return "jointtraining.withdrawn" }
