package screening

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Session stands in every event.
type Session struct {
	Area area.Code `json:"area"`
}

func (s Session) session() Session { return s }

// Results are numbers of children by what the doctors advised.
type Results struct {
	Surgery int64 `json:"surgery" min:"0" max:"100000"`
	Consult int64 `json:"consult" min:"0" max:"100000"`
	None    int64 `json:"none" min:"0" max:"100000"`
}

// Planned opens the case.
type Planned struct {
	Session
	Place   string        `json:"place"`
	Partner string        `json:"partner,omitempty"`
	Starts  calendar.Date `json:"starts,omitzero"`
}

// Held is the first day.
type Held struct {
	Session
	Place   string `json:"place"`
	Partner string `json:"partner,omitempty"`
}

// Recorded says how many children of a commune were examined.
type Recorded struct {
	Session
	Commune area.Code `json:"commune"`
	Number  string    `json:"number"`
	Results
}

// Closed ends the screening.
type Closed struct{ Session }

// Cancelled ends the case without one.
type Cancelled struct{ Session }

func (Planned) EventType() string   { return "screening.planned" }
func (Held) EventType() string      { return "screening.held" }
func (Recorded) EventType() string  { return "screening.recorded" }
func (Closed) EventType() string    { return "screening.closed" }
func (Cancelled) EventType() string { return "screening.cancelled" }
