package remains

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/money"
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
	Where string `json:"where,omitempty" values:"cemetery|outside"`
}

// GraveNoticeIssued tells where the grave is.
type GraveNoticeIssued struct {
	Journey
	Number string `json:"number,omitempty"`
}

// SupportPaid is what the relatives were paid.
type SupportPaid struct {
	Journey
	Exhumation money.VND `json:"exhumation,omitempty" min:"0" max:"1000000000"`
	Travel     money.VND `json:"travel,omitempty" min:"0" max:"1000000000"`
	Grave      money.VND `json:"grave,omitempty" min:"0" max:"1000000000"`
	Kilometres int64     `json:"kilometres,omitempty" min:"0" max:"20000"`
	Travellers int64     `json:"travellers,omitempty" min:"0" max:"100"`
}

// DatabaseUpdated says that the national database knows.
type DatabaseUpdated struct{ Journey }

// Filed ends the case.
type Filed struct {
	Journey
	Number string `json:"number,omitempty"`
}

// IdentificationRequested opens a case. The martyr is who it should be.
type IdentificationRequested struct {
	Journey
	Martyr domain.Private[string] `json:"martyr"`
	Method string                 `json:"method" values:"evidence|dna"`
}

// SampleTaken says that a sample is on its way.
type SampleTaken struct {
	Journey
	Number string `json:"number"`
}

// ResultReceived is what came back.
type ResultReceived struct {
	Journey
	Result string `json:"result" values:"match|no_match"`
	Number string `json:"number,omitempty"`
}

// Identified says whose remains these are. Its journey has the relative, also where nobody was known before.
type Identified struct {
	Journey
	Martyr domain.Private[string] `json:"martyr,omitzero"` // empty where the request said it
	Method string                 `json:"method" values:"evidence|dna"`
	Number string                 `json:"number,omitempty"`
}

// NotIdentified ends a request.
type NotIdentified struct {
	Journey
	Number string `json:"number,omitempty"`
}

func (TransferRequested) EventType() string       { return "remains.transfer_requested" }
func (ReferralIssued) EventType() string          { return "remains.referral_issued" }
func (HandedOver) EventType() string              { return "remains.handed_over" }
func (Received) EventType() string                { return "remains.received" }
func (Reburied) EventType() string                { return "remains.reburied" }
func (GraveNoticeIssued) EventType() string       { return "remains.grave_notice_issued" }
func (SupportPaid) EventType() string             { return "remains.support_paid" }
func (DatabaseUpdated) EventType() string         { return "remains.database_updated" }
func (Filed) EventType() string                   { return "remains.filed" }
func (IdentificationRequested) EventType() string { return "remains.identification_requested" }
func (SampleTaken) EventType() string             { return "remains.sample_taken" }
func (ResultReceived) EventType() string          { return "remains.result_received" }
func (Identified) EventType() string              { return "remains.identified" }
func (NotIdentified) EventType() string           { return "remains.not_identified" }
