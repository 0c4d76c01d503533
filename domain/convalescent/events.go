package convalescent

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
)

// Entitled stands in every event, so that what an event adds to the figures follows from the event alone.
type Entitled struct {
	Person   domain.PersonID `json:"person"`
	Commune  area.Code       `json:"commune"`
	Category string          `json:"category" values:"a|b|d|dd|e|g|h|i|k|relative"`
}

// Subject implements [domain.Subject].
func (e Entitled) Subject() domain.PersonID { return e.Person }

func (e Entitled) entitled() Entitled { return e }

// Listed begins a round.
type Listed struct {
	Entitled
	Year  int `json:"year" min:"2000" max:"2100"`
	Every int `json:"every" min:"1" max:"2"`
}

// Approved grants it.
type Approved struct {
	Entitled
	Form   string `json:"form" values:"group|home"`
	Number string `json:"number,omitempty"`
}

// Refused ends it.
type Refused struct {
	Entitled
	Reason domain.Private[string] `json:"reason"`
}

// Attended says how much of a batch the person attended.
type Attended struct {
	Entitled
	Batch string `json:"batch,omitempty"`
	Days  int    `json:"days" min:"1" max:"60"`
	Of    int    `json:"of" min:"1" max:"60"`
}

// share returns the part of the batch that was attended, in whole per cent.
func (e Attended) share() int { return e.Days * 100 / e.Of }

// AllowedAgain grants the round once more.
type AllowedAgain struct {
	Entitled
	Form string `json:"form" values:"group|home"`
}

// PaidHome is a payment to the person. The amount is that which was paid, also where the decision says another one.
type PaidHome struct {
	Entitled
	Amount money.VND `json:"amount" min:"0" max:"1000000000"`
}

// Died ends the right.
type Died struct{ Entitled }

// PaidRelatives is a payment to the relatives.
type PaidRelatives struct {
	Entitled
	Amount money.VND `json:"amount" min:"0" max:"1000000000"`
}

func (Listed) EventType() string        { return "convalescent.listed" }
func (Approved) EventType() string      { return "convalescent.approved" }
func (Refused) EventType() string       { return "convalescent.refused" }
func (Attended) EventType() string      { return "convalescent.attended" }
func (AllowedAgain) EventType() string  { return "convalescent.allowed_again" }
func (PaidHome) EventType() string      { return "convalescent.paid_home" }
func (Died) EventType() string          { return "convalescent.died" }
func (PaidRelatives) EventType() string { return "convalescent.paid_relatives" }
