package jobseeker

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Seeker stands in every event, so that what an event adds to the figures follows from the event alone.
type Seeker struct {
	Person  domain.PersonID `json:"person"`
	Commune area.Code       `json:"commune"`
}

// Subject implements [domain.Subject].
func (s Seeker) Subject() domain.PersonID { return s.Person }

func (s Seeker) seeker() Seeker { return s }

// Registered opens the case.
type Registered struct {
	Seeker
	Wish domain.Private[string] `json:"wish,omitzero"`
}

// Referred says that the seeker was sent to an employer.
type Referred struct {
	Seeker
	Slip     string `json:"slip"`
	Employer string `json:"employer"`
}

// Placed says that a referral led to work.
type Placed struct {
	Seeker
	Slip  string `json:"slip"`
	Where string `json:"where" values:"in_province|other_province|abroad"`
}

// Declined says that a referral came to nothing.
type Declined struct {
	Seeker
	Slip   string                 `json:"slip"`
	By     string                 `json:"by" values:"seeker|employer"`
	Reason domain.Private[string] `json:"reason,omitzero"`
}

// Closed ends the case.
type Closed struct {
	Seeker
	Ground string `json:"ground" values:"placed|found_own|no_need|lost_contact|other"`
}

func (Registered) EventType() string { return "jobseeker.registered" }
func (Referred) EventType() string   { return "jobseeker.referred" }
func (Placed) EventType() string     { return "jobseeker.placed" }
func (Declined) EventType() string   { return "jobseeker.declined" }
func (Closed) EventType() string     { return "jobseeker.closed" }
