package rehab

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Trainee stands in every event, so that what an event adds to the figures follows from the event alone.
type Trainee struct {
	Person  domain.PersonID `json:"person"`
	Commune area.Code       `json:"commune"`
	Regime  string          `json:"regime" values:"compulsory|voluntary|holding"`
}

// Subject implements [domain.Subject].
func (t Trainee) Subject() domain.PersonID { return t.Person }

func (t Trainee) trainee() Trainee { return t }

// Leaving stands in the events that end a stay. A trainee who was Absent (escaped, or out with leave) has already
// left the number of those present.
type Leaving struct {
	Trainee
	Absent bool `json:"absent,omitempty"`
}

func (l Leaving) absent() bool { return l.Absent }

// Admitted opens the case.
type Admitted struct {
	Trainee
	Minor   bool          `json:"minor,omitempty"`
	Number  string        `json:"number,omitempty"`
	Decided calendar.Date `json:"decided"`
	Months  int           `json:"months,omitempty" min:"0" max:"36"`
	Counted int           `json:"counted_days,omitempty" min:"0" max:"366"`
	Times   string        `json:"times,omitempty" values:"first|again"`
}

// TransferredIn opens a case that began in another centre.
type TransferredIn struct {
	Trainee
	Minor   bool          `json:"minor,omitempty"`
	From    area.Code     `json:"from"`
	Decided calendar.Date `json:"decided"`
	Months  int           `json:"months" min:"1" max:"36"`
	Due     calendar.Date `json:"due"`
}

// Escaped says that the trainee is gone.
type Escaped struct {
	Trainee
	Number string `json:"number,omitempty"`
}

// Returned says that a trainee who had escaped is back.
type Returned struct {
	Trainee
	Own bool `json:"own,omitempty"`
}

// LeftTemporarily says that the trainee is out with leave, or that the term is suspended.
type LeftTemporarily struct {
	Trainee
	Reason string `json:"reason" values:"hospital|investigation|family|other|suspension"`
	Days   int    `json:"days,omitempty" min:"1" max:"366"`
}

// CameBack says that the leave is over.
type CameBack struct{ Trainee }

// TermReduced takes months off the term.
type TermReduced struct {
	Trainee
	Months int    `json:"months" min:"1" max:"6"`
	Number string `json:"number,omitempty"`
	Ground string `json:"ground,omitempty" values:"progress|merit"`
}

// EndNotified says that those who have to know were told when the term ends.
type EndNotified struct{ Trainee }

// TransferredOut ends the stay here; it goes on in another centre.
type TransferredOut struct {
	Leaving
	To area.Code `json:"to"`
}

// Completed ends the stay in its time.
type Completed struct {
	Leaving
	Number string `json:"number,omitempty"`
}

// Released ends the stay in another way.
type Released struct {
	Leaving
	Ground string `json:"ground" values:"placed|not_placed|exempted|contract_ended"`
}

// Died ends the stay.
type Died struct {
	Leaving
	Cause domain.Private[string] `json:"cause,omitzero"`
}

func (Admitted) EventType() string        { return "rehab.admitted" }
func (TransferredIn) EventType() string   { return "rehab.transferred_in" }
func (Escaped) EventType() string         { return "rehab.escaped" }
func (Returned) EventType() string        { return "rehab.returned" }
func (LeftTemporarily) EventType() string { return "rehab.left_temporarily" }
func (CameBack) EventType() string        { return "rehab.came_back" }
func (TermReduced) EventType() string     { return "rehab.term_reduced" }
func (EndNotified) EventType() string     { return "rehab.end_notified" }
func (TransferredOut) EventType() string  { return "rehab.transferred_out" }
func (Completed) EventType() string       { return "rehab.completed" }
func (Released) EventType() string        { return "rehab.released" }
func (Died) EventType() string            { return "rehab.died" }
