package poverty

import "hoso/domain/area"

// Review stands in every event, so that what an event adds to the figures follows from the event alone.
type Review struct {
	Area area.Code `json:"area"`
	Kind string    `json:"kind" values:"annual|ongoing"`
	Year int       `json:"year" min:"2000" max:"2100"`
}

func (r Review) review() Review { return r }

// Planned opens the case.
type Planned struct {
	Review
	Plan string `json:"plan"`
}

// Begun says that the review is under way.
type Begun struct{ Review }

// Closed says how many households were reviewed.
type Closed struct {
	Review
	Households int64 `json:"households" min:"1" max:"10000000"`
}

// Cancelled ends the case without a result.
type Cancelled struct{ Review }

func (Planned) EventType() string   { return "poverty.planned" }
func (Begun) EventType() string     { return "poverty.begun" }
func (Closed) EventType() string    { return "poverty.closed" }
func (Cancelled) EventType() string { return "poverty.cancelled" }
