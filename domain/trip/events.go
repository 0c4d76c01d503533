package trip

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Group stands in every event, so that what an event adds to the figures follows from the event alone.
type Group struct {
	Area area.Code `json:"area"`
}

func (g Group) group() Group { return g }

// Planned opens the case.
type Planned struct {
	Group
	Destination string        `json:"destination"`
	Starts      calendar.Date `json:"starts,omitzero"`
	Delegates   int64         `json:"delegates,omitempty" min:"0" max:"10000"`
}

// Held says who went where.
type Held struct {
	Group
	Destination string `json:"destination"`
	Delegates   int64  `json:"delegates" min:"1" max:"10000"`
}

// Cancelled ends the case.
type Cancelled struct{ Group }

func (Planned) EventType() string   { return "trip.planned" }
func (Held) EventType() string      { return "trip.held" }
func (Cancelled) EventType() string { return "trip.cancelled" }
