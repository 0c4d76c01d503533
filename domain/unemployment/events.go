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
	Facts
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
	Ground string                 `json:"ground,omitempty" values:"months|late|left_unlawfully|pension|job|service|study|measures|detained|emigrated|died|other"`
}

// Decided grants Months months at Level đồng each. Age is the band of form 34 on the day of signature; Reserved are the
// months of contributions for which the decision grants nothing and which stay.
type Decided struct {
	Claimant
	Age    string        `json:"age" values:"up_to_30|31_40|41_50|51_60|over_60"`
	Number string        `json:"number,omitempty"`
	Level  money.VND     `json:"level" min:"1" max:"1000000000"`
	Months int           `json:"months" min:"1" max:"12"`
	Start  calendar.Date `json:"start,omitzero"`
	AtMax  bool          `json:"at_max,omitempty"`

	Reserved  int                    `json:"reserved,omitempty" min:"0" max:"600"`
	Deviation domain.Private[string] `json:"deviation,omitzero"`
}

// Collected says that the claimant holds the decision.
type Collected struct{ Claimant }

// Cancelled takes the decision back. Reserved are the months of contributions that stay.
type Cancelled struct {
	Claimant
	Number   string                 `json:"number,omitempty"`
	Reason   domain.Private[string] `json:"reason,omitzero"`
	Reserved int                    `json:"reserved,omitempty" min:"0" max:"600"`
}

// NoticeReceived is a monthly notice of looking for work.
type NoticeReceived struct {
	Claimant
	Month int                    `json:"month" min:"1" max:"12"`
	Late  domain.Private[string] `json:"late,omitzero"`
}

// NoticeExempted says that no notice is owed from Month until Until.
type NoticeExempted struct {
	Claimant
	Ground string `json:"ground" values:"age|illness|maternity|course|short_contract"`
	Month  int    `json:"month" min:"1" max:"12"`
	Until  int    `json:"until" min:"1" max:"12"`
}

// NoticeMissed says that a notice did not come in its days.
type NoticeMissed struct {
	Claimant
	Month int `json:"month" min:"1" max:"12"`
}

// Suspended stops payment.
type Suspended struct {
	Claimant
	Month int `json:"month" min:"1" max:"12"`
}

// Resumed lets payment go on, since Month where that is known.
type Resumed struct {
	Claimant
	Month int `json:"resumed_month,omitempty" min:"0" max:"12"`
}

// Terminated ends the benefit before its time, on Effective. Keeps says that the ground reserves what was not used,
// Reserved how many months of contributions are left.
type Terminated struct {
	Claimant
	Reason    string        `json:"reason" values:"job|three_missed|sanctioned|own_request|other"`
	Effective calendar.Date `json:"effective"`
	Ground    string        `json:"ground,omitempty" values:"job|service|pension|two_refusals|three_missed|emigrated|study|sanctioned|died|measures|missing|detained|own_request"`
	Reported  calendar.Date `json:"reported,omitzero"`
	Keeps     bool          `json:"keeps,omitempty"`
	Reserved  int           `json:"reserved,omitempty" min:"0" max:"600"`
}

// Expired ends the benefit in its time. Under the law of 2013 it is a ground of termination (Đ53.3a).
type Expired struct {
	Claimant
	Reserved int `json:"reserved,omitempty" min:"0" max:"600"`
}

// TransferredOut sends the claimant to another province.
type TransferredOut struct {
	Claimant
	To area.Code `json:"to"`
}

// TransferWithdrawn says that the claimant stays. The referral of the day Referred did not come to pass, and does not
// count.
type TransferWithdrawn struct {
	Claimant
	Referred calendar.Date `json:"referred"`
}

// TransferredIn opens a case that another province decided.
type TransferredIn struct {
	Claimant
	BirthYear int       `json:"birth_year" min:"1900" max:"2100"`
	From      area.Code `json:"from"`
	Level     money.VND `json:"level" min:"1" max:"1000000000"`
	Months    int       `json:"months" min:"1" max:"11"`

	Paid     int           `json:"months_paid,omitempty" min:"0" max:"600"`
	Start    calendar.Date `json:"start,omitzero"`
	Referred calendar.Date `json:"referred,omitzero"`
}

// Paid is one benefit month's money, as the social-insurance agency states it.
type Paid struct {
	Claimant
	Month  int       `json:"month" min:"1" max:"12"`
	Amount money.VND `json:"amount" min:"1" max:"1000000000"`
}

// UnclaimedNotified says that nobody came for a month's money.
type UnclaimedNotified struct {
	Claimant
	Month int `json:"month" min:"1" max:"12"`
}

// MonthsReserved keeps months of contributions for the next time.
type MonthsReserved struct {
	Claimant
	Months    int                    `json:"months" min:"0" max:"600"`
	Number    string                 `json:"number,omitempty"`
	Deviation domain.Private[string] `json:"deviation,omitzero"`
}

// RecoveryOrdered says that money has to come back.
type RecoveryOrdered struct {
	Claimant
	Amount money.VND              `json:"amount" min:"1" max:"1000000000"`
	Number string                 `json:"number,omitempty"`
	Reason domain.Private[string] `json:"reason,omitzero"`
}

// Recovered says that money came back.
type Recovered struct {
	Claimant
	Amount money.VND `json:"amount" min:"1" max:"1000000000"`
}

// VocationalAsked opens the case of somebody who asks for vocational support only.
type VocationalAsked struct {
	Claimant
	BirthYear int           `json:"birth_year" min:"1900" max:"2100"`
	Paid      int           `json:"months_paid,omitempty" min:"0" max:"600"`
	Ended     calendar.Date `json:"ended,omitzero"`
}

// VocationalDecided pays for a course. Receives says whether the claimant received benefit on that day (form 34, row
// II.13); Age is the band of form 34.
type VocationalDecided struct {
	Claimant
	Age      string    `json:"age" values:"up_to_30|31_40|41_50|51_60|over_60"`
	Receives bool      `json:"receives,omitempty"`
	Number   string    `json:"number,omitempty"`
	Months   int       `json:"months" min:"1" max:"12"`
	Amount   money.VND `json:"amount" min:"1" max:"1000000000"`
}

// VocationalCancelled takes the decision on vocational support back.
type VocationalCancelled struct {
	Claimant
	Number string `json:"number,omitempty"`
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
func (NoticeExempted) EventType() string      { return "unemployment.notice_exempted" }
func (NoticeMissed) EventType() string        { return "unemployment.notice_missed" }
func (TransferWithdrawn) EventType() string   { return "unemployment.transfer_withdrawn" }
func (UnclaimedNotified) EventType() string   { return "unemployment.unclaimed_notified" }
func (MonthsReserved) EventType() string      { return "unemployment.months_reserved" }
func (RecoveryOrdered) EventType() string     { return "unemployment.recovery_ordered" }
func (Recovered) EventType() string           { return "unemployment.recovered" }
func (VocationalAsked) EventType() string     { return "unemployment.vocational_asked" }
func (VocationalDecided) EventType() string   { return "unemployment.vocational_decided" }
func (VocationalCancelled) EventType() string { return "unemployment.vocational_cancelled" }
