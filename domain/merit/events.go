package merit

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Beneficiary stands in every event, so that what an event adds to the figures follows from the event alone.
type Beneficiary struct {
	Person   domain.PersonID `json:"person"`
	Commune  area.Code       `json:"commune"`
	Category string          `json:"category" values:"a|b|c|d|dd|e|g|h|i|k|l|m|relative"`
}

// Subject implements [domain.Subject].
func (b Beneficiary) Subject() domain.PersonID { return b.Person }

func (b Beneficiary) beneficiary() Beneficiary { return b }

// Dossier stands in every event about a dossier.
type Dossier struct {
	Beneficiary
	Procedure Code `json:"procedure"`
}

func (d Dossier) dossier() Dossier { return d }

// Received says that a dossier was taken in. Due is the last day for the answer, StepDue that for the step At which it
// begins: the department where nothing is said.
type Received struct {
	Dossier
	Due     calendar.Date `json:"due"`
	Channel string        `json:"channel" values:"direct|post|portal"`
	At      string        `json:"at,omitempty" values:"commune|district|department|medical_panel|military|police|ministry|grave_office|other_department"`
	StepDue calendar.Date `json:"step_due,omitzero"`
}

// Forwarded says who looks at the dossier next, and until when.
type Forwarded struct {
	Dossier
	To  string        `json:"to" values:"commune|district|department|medical_panel|military|police|ministry|grave_office|other_department"`
	Due calendar.Date `json:"due,omitzero"`
}

// Examined is the conclusion of an examination.
type Examined struct {
	Dossier
	Conclusion domain.Private[string] `json:"conclusion"`
}

// Resolved grants what was asked. It carries the day on which it was Due, so that an answer whose date is corrected
// counts as on time or overdue by its right date.
type Resolved struct {
	Dossier
	Due    calendar.Date `json:"due"`
	Number string        `json:"number,omitempty"`
}

// Refused says that the conditions are not met.
type Refused struct {
	Dossier
	Reason domain.Private[string] `json:"reason"`
	Number string                 `json:"number,omitempty"`
}

// Returned gives the dossier back for completion.
type Returned struct {
	Dossier
	Missing domain.Private[string] `json:"missing"`
}

// Withdrawn says that the dossier is no longer wanted.
type Withdrawn struct {
	Dossier
	Reason domain.Private[string] `json:"reason,omitzero"`
}

// AllowanceStarted begins a monthly allowance with the month From. The level is an amount, or thousandths of the
// standard of each month; neither is not known.
type AllowanceStarted struct {
	Beneficiary
	From     calendar.Month `json:"from"`
	Level    money.VND      `json:"level,omitempty" min:"0" max:"1000000000"`
	Number   string         `json:"number,omitempty"`
	PerMille int            `json:"per_mille,omitempty" min:"1" max:"10000"`
}

// AllowanceChanged sets another level from a month on.
type AllowanceChanged struct {
	Beneficiary
	From     calendar.Month `json:"from"`
	Level    money.VND      `json:"level,omitempty" min:"1" max:"1000000000"`
	Number   string         `json:"number,omitempty"`
	PerMille int            `json:"per_mille,omitempty" min:"1" max:"10000"`
}

// AllowancePaid is the payment for an allowance month.
type AllowancePaid struct {
	Beneficiary
	Month   calendar.Month `json:"month"`
	Amount  money.VND      `json:"amount" min:"1" max:"1000000000"`
	Channel string         `json:"channel" values:"account|cash"`
}

// AllowanceSuspended stops payment from a month on.
type AllowanceSuspended struct {
	Beneficiary
	From   calendar.Month         `json:"from"`
	Reason domain.Private[string] `json:"reason"`
}

// AllowanceResumed lets payment go on from a month on.
type AllowanceResumed struct {
	Beneficiary
	From calendar.Month `json:"from"`
}

// AllowanceEnded ends the allowance; Last is its last month.
type AllowanceEnded struct {
	Beneficiary
	Last   calendar.Month `json:"last"`
	Ground string         `json:"ground" values:"died|terminated|moved|expired|other"`
}

func (Received) EventType() string           { return "merit.received" }
func (Forwarded) EventType() string          { return "merit.forwarded" }
func (Examined) EventType() string           { return "merit.examined" }
func (Resolved) EventType() string           { return "merit.resolved" }
func (Refused) EventType() string            { return "merit.refused" }
func (Returned) EventType() string           { return "merit.returned" }
func (Withdrawn) EventType() string          { return "merit.withdrawn" }
func (AllowanceStarted) EventType() string   { return "merit.allowance_started" }
func (AllowanceChanged) EventType() string   { return "merit.allowance_changed" }
func (AllowancePaid) EventType() string      { return "merit.allowance_paid" }
func (AllowanceSuspended) EventType() string { return "merit.allowance_suspended" }
func (AllowanceResumed) EventType() string   { return "merit.allowance_resumed" }
func (AllowanceEnded) EventType() string     { return "merit.allowance_ended" }
