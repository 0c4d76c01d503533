package job

import "hoso/domain/area"

// Recorded is one list.
type Recorded struct {
	Channel string    `json:"channel" values:"loan|exchange|abroad|other"`
	Area    area.Code `json:"area"`
	Persons int       `json:"persons" min:"1" max:"100000"`
	Source  string    `json:"source"`
}

func (Recorded) EventType() string { return "job.recorded" }
