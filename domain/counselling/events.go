package counselling

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Given is one counselling.
type Given struct {
	Person   domain.PersonID `json:"person,omitzero"`
	Employer string          `json:"employer,omitempty"`
	Commune  area.Code       `json:"commune"`
	Purpose  string          `json:"purpose" values:"policy|vocational|placement|unemployment"`
	Case     domain.StreamID `json:"case,omitzero"`
}

// Subject implements [domain.Subject]; nobody where an employer was counselled.
func (e Given) Subject() domain.PersonID { return e.Person }

func (Given) EventType() string { return "counselling.given" }
