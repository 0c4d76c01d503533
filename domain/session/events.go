package session

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Session is what kind of session it is, and where.
type Session struct {
	Kind  string    `json:"kind" values:"fixed|mobile|online"`
	Place area.Code `json:"place"`
}

// Planned opens the case.
type Planned struct {
	Session
	Day calendar.Date `json:"day"`
}

// Held says what came of the session.
type Held struct {
	Session
	Employers   int `json:"employers" min:"0" max:"10000"`
	Vacancies   int `json:"vacancies" min:"0" max:"1000000"`
	Registered  int `json:"registered,omitempty" min:"0" max:"1000000"`
	Interviewed int `json:"interviewed" min:"0" max:"1000000"`
	Hired       int `json:"hired" min:"0" max:"1000000"`
}

// Cancelled ends the case.
type Cancelled struct {
	Reason string `json:"reason,omitempty"`
}

func (Planned) EventType() string   { return "session.planned" }
func (Held) EventType() string      { return "session.held" }
func (Cancelled) EventType() string { return "session.cancelled" }
