package course

import "hoso/domain/area"

// Class stands in every event, so that what an event adds to the figures follows from the event alone.
type Class struct {
	Institution string    `json:"institution"`
	Area        area.Code `json:"area"`
	Level       string    `json:"level" values:"under_3_months|so_cap|trung_cap|cao_dang"`
}

func (c Class) class() Class { return c }

// Opened opens the case.
type Opened struct {
	Class
	Trade    string `json:"trade,omitempty"`
	Trainees int    `json:"trainees" min:"1" max:"10000"`
}

// Enlarged says that more trainees came.
type Enlarged struct {
	Class
	Trainees int `json:"trainees" min:"1" max:"10000"`
}

// Dropped says that trainees left.
type Dropped struct {
	Class
	Trainees int `json:"trainees" min:"1" max:"10000"`
}

// Graduated says that trainees got their certificates.
type Graduated struct {
	Class
	Trainees int    `json:"trainees" min:"1" max:"10000"`
	Number   string `json:"number,omitempty"`
}

// Closed ends the case.
type Closed struct{ Class }

func (Opened) EventType() string    { return "course.opened" }
func (Enlarged) EventType() string  { return "course.enlarged" }
func (Dropped) EventType() string   { return "course.dropped" }
func (Graduated) EventType() string { return "course.graduated" }
func (Closed) EventType() string    { return "course.closed" }
