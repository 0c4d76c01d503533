package convalescence

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Batch stands in every event, so that what an event adds to the figures follows from the event alone.
type Batch struct {
	Area area.Code `json:"area"`
}

func (b Batch) batch() Batch { return b }

// Planned says for which month a batch is planned.
type Planned struct {
	Batch
	Month     calendar.Month `json:"month"`
	Starts    calendar.Date  `json:"starts,omitzero"`
	Days      int            `json:"days,omitempty" min:"0" max:"60"`
	Place     string         `json:"place,omitempty"`
	Delegates int64          `json:"delegates,omitempty" min:"0" max:"10000"`
}

// Rescheduled moves the plan from the month in which it Was.
type Rescheduled struct {
	Batch
	Was    calendar.Month `json:"was"`
	Month  calendar.Month `json:"month"`
	Starts calendar.Date  `json:"starts,omitzero"`
}

// Started is the first day.
type Started struct {
	Batch
	Place string `json:"place,omitempty"`
}

// Completed is the last day, with those who attended.
type Completed struct {
	Batch
	Delegates int64 `json:"delegates" min:"1" max:"10000"`
	LeftEarly int64 `json:"left_early,omitempty" min:"0" max:"10000"`
	Days      int   `json:"days" min:"1" max:"60"`
}

// Cancelled ends the batch. Plan is the month in which it no longer counts as planned; none where it had begun.
type Cancelled struct {
	Batch
	Plan   calendar.Month `json:"plan,omitzero"`
	Ground string         `json:"ground" values:"disaster|epidemic|facility|too_few|other"`
}

func (Planned) EventType() string     { return "convalescence.planned" }
func (Rescheduled) EventType() string { return "convalescence.rescheduled" }
func (Started) EventType() string     { return "convalescence.started" }
func (Completed) EventType() string   { return "convalescence.completed" }
func (Cancelled) EventType() string   { return "convalescence.cancelled" }
