package unemployment

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// The fields of events keep to the values and bounds of the commands: a correction is checked against them.

// Claimant stands in every event, so that what an event adds to the figures follows from the event alone.
type Claimant struct {
	Person  domain.PersonID `json:"person"`
	Commune area.Code       `json:"commune"`
	Sex     string          `json:"sex" values:"female|male"`
}

// Subject implements [domain.Subject].
func (c Claimant) Subject() domain.PersonID { return c.Person }

func (c Claimant) commune() area.Code { return c.Commune }

// Filed opens the case.
type Filed struct {
	Claimant
	BirthYear int    `json:"birth_year" min:"1900" max:"2100"`
	Channel   string `json:"channel" values:"direct|portal|post|proxy"`
	Residence string `json:"residence" values:"own|other_province"`
	Paid      int    `json:"months_paid" min:"0" max:"600"`
}

// SupplementRequested says that the file lacks something.
type SupplementRequested struct {
	Claimant
	Missing domain.Private[string] `json:"missing"`
}

// Completed says that the file is full.
type Completed struct{ Claimant }

// Withdrawn says that the claimant does not want the benefit.
type Withdrawn struct {
	Claimant
	Reason domain.Private[string] `json:"reason,omitzero"`
}

// Refused says that the claimant is not entitled.
type Refused struct {
	Claimant
	Reason domain.Private[string] `json:"reason"`
	Number string                 `json:"number,omitempty"`
}

// Decided grants Months months at Level đồng each. Age is the band of form 34 on the day of signature.
type Decided struct {
	Claimant
	Age    string        `json:"age" values:"up_to_30|31_40|41_50|51_60|over_60"`
	Number string        `json:"number,omitempty"`
	Level  money.VND     `json:"level" min:"1" max:"1000000000"`
	Months int           `json:"months" min:"1" max:"12"`
	Start  calendar.Date `json:"start,omitzero"`
	AtMax  bool          `json:"at_max,omitempty"`
}

// Collected says that the claimant holds the decision.
type Collected struct{ Claimant }

// Cancelled takes the decision back.
type Cancelled struct {
	Claimant
	Number string `json:"number,omitempty"`
}

// NoticeReceived is a monthly notice of looking for work.
type NoticeReceived struct {
	Claimant
	Month int `json:"month" min:"1" max:"12"`
}

// Suspended stops payment.
type Suspended struct {
	Claimant
	Month int `json:"month" min:"1" max:"12"`
}

// Resumed lets payment go on.
type Resumed struct{ Claimant }

// Terminated ends the benefit before its time, on Effective.
type Terminated struct {
	Claimant
	Reason    string        `json:"reason" values:"job|three_missed|sanctioned|own_request|other"`
	Effective calendar.Date `json:"effective"`
}

// Expired ends the benefit in its time. Under the law of 2013 it is a ground of termination (Đ53.3a).
type Expired struct{ Claimant }

// TransferredOut sends the claimant to another province.
type TransferredOut struct {
	Claimant
	To area.Code `json:"to"`
}

// TransferredIn opens a case that another province decided.
type TransferredIn struct {
	Claimant
	BirthYear int       `json:"birth_year" min:"1900" max:"2100"`
	From      area.Code `json:"from"`
	Level     money.VND `json:"level" min:"1" max:"1000000000"`
	Months    int       `json:"months" min:"1" max:"11"`
}

// Paid is one benefit month's money, as the social-insurance agency states it.
type Paid struct {
	Claimant
	Month  int       `json:"month" min:"1" max:"12"`
	Amount money.VND `json:"amount" min:"1" max:"1000000000"`
}

func (Filed) EventType() string               { return "unemployment.filed" }
func (SupplementRequested) EventType() string { return "unemployment.supplement_requested" }
func (Completed) EventType() string           { return "unemployment.completed" }
func (Withdrawn) EventType() string           { return "unemployment.withdrawn" }
func (Refused) EventType() string             { return "unemployment.refused" }
func (Decided) EventType() string             { return "unemployment.decided" }
func (Collected) EventType() string           { return "unemployment.collected" }
func (Cancelled) EventType() string           { return "unemployment.cancelled" }
func (NoticeReceived) EventType() string      { return "unemployment.notice_received" }
func (Suspended) EventType() string           { return "unemployment.suspended" }
func (Resumed) EventType() string             { return "unemployment.resumed" }
func (Terminated) EventType() string          { return "unemployment.terminated" }
func (Expired) EventType() string             { return "unemployment.expired" }
func (TransferredOut) EventType() string      { return "unemployment.transferred_out" }
func (TransferredIn) EventType() string       { return "unemployment.transferred_in" }
func (Paid) EventType() string                { return "unemployment.paid" }
