package statement

import (
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Recorded is a figure as its authority stated it.
type Recorded struct {
	Indicator string         `json:"indicator" values:"training.trained_rate|poverty.poor_households|poverty.near_poor_households"`
	Area      area.Code      `json:"area"`
	Month     calendar.Month `json:"month"`
	Value     int64          `json:"value" min:"0" max:"1000000000"`
	Source    string         `json:"source"`
}

func (Recorded) EventType() string { return "statement.recorded" }
