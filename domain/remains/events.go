package remains

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Journey stands in every event, so that what an event adds to the figures follows from the event alone. Person is the
// relative, with whose key the martyr's name is sealed; nobody where the martyr is not known yet.
type Journey struct {
	Person domain.PersonID `json:"person,omitzero"`
	From   area.Code       `json:"from,omitempty"`
	To     area.Code       `json:"to,omitempty"`
}

// Subject implements [domain.Subject].
func (j Journey) Subject() domain.PersonID { return j.Person }

func (j Journey) journey() Journey { return j }

// TransferRequested opens the case.
type TransferRequested struct {
	Journey
	Martyr domain.Private[string] `json:"martyr"`
	Origin string                 `json:"origin" values:"cemetery|outside"`
}

// ReferralIssued sends the relative to the office at the grave.
type ReferralIssued struct {
	Journey
	Number string `json:"number,omitempty"`
}

// HandedOver says that the remains left their resting place.
type HandedOver struct {
	Journey
	Martyr domain.Private[string] `json:"martyr,omitzero"` // where the act opens the case
	Number string                 `json:"number,omitempty"`
}

// Received says that the remains were received.
type Received struct {
	Journey
	Martyr domain.Private[string] `json:"martyr,omitzero"` // where the act opens the case
	Number string                 `json:"number,omitempty"`
}

// Reburied says that the remains rest.
type Reburied struct {
	Journey
	Place string `json:"place,omitempty"`
}

// GraveNoticeIssued ends the case.
type GraveNoticeIssued struct {
	Journey
	Number string `json:"number,omitempty"`
}

func (TransferRequested) EventType() string { return "remains.transfer_requested" }
func (ReferralIssued) EventType() string    { return "remains.referral_issued" }
func (HandedOver) EventType() string        { return "remains.handed_over" }
func (Received) EventType() string          { return "remains.received" }
func (Reburied) EventType() string          { return "remains.reburied" }
func (GraveNoticeIssued) EventType() string { return "remains.grave_notice_issued" }
