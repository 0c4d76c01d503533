package register

import (
	"cmp"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Document is what the register says about a document.
type Document struct {
	Kind    string    `json:"kind" values:"plan|decision|letter|report"`
	Subject string    `json:"subject"`
	Field   string    `json:"field" values:"employment|unemployment|training|merit|convalescence|remains|relief|poverty|children|rehab|other"`
	Issuer  string    `json:"issuer"`
	Area    area.Code `json:"area"`
}

// or fills what is missing from another one.
func (d Document) or(other Document) Document {
	return Document{cmp.Or(d.Kind, other.Kind), cmp.Or(d.Subject, other.Subject), cmp.Or(d.Field, other.Field),
		cmp.Or(d.Issuer, other.Issuer), cmp.Or(d.Area, other.Area)}
}

func (d Document) complete() bool {
	return d.Kind != "" && d.Subject != "" && d.Field != "" && d.Issuer != "" && d.Area != ""
}

// Work is what is planned.
type Work struct {
	What      string         `json:"what"`
	Month     calendar.Month `json:"month"`
	Field     string         `json:"field" values:"employment|unemployment|training|merit|convalescence|remains|relief|poverty|children|rehab|other"`
	Area      area.Code      `json:"area"`
	Indicator IndicatorID    `json:"indicator,omitempty"`
	Quantity  int64          `json:"quantity,omitempty" min:"1" max:"1000000000000"`
}

// Drafted opens the case of a document.
type Drafted struct{ Document }

// Submitted says that the draft lies with whoever signs it.
type Submitted struct {
	To string `json:"to,omitempty"`
}

// Approved says that the draft may be issued.
type Approved struct{}

// Returned says that the draft has to be changed.
type Returned struct {
	Reason string `json:"reason,omitempty"`
}

// Issued says all that a list of documents needs; the date of the act is the document's date.
type Issued struct {
	Document
	Number Number `json:"number"`
}

// Cancelled ends the case of a draft.
type Cancelled struct {
	Reason string `json:"reason,omitempty"`
}

// Planned opens the case of a piece of work.
type Planned struct{ Work }

// Moved says that the work is planned for another month.
type Moved struct {
	Month  calendar.Month `json:"month"`
	Reason string         `json:"reason,omitempty"`
}

// Completed says that the work is done.
type Completed struct {
	Result string `json:"result,omitempty"`
}

// Dropped says that the work will not be done.
type Dropped struct {
	Reason string `json:"reason,omitempty"`
}

func (Drafted) EventType() string   { return "register.drafted" }
func (Submitted) EventType() string { return "register.submitted" }
func (Approved) EventType() string  { return "register.approved" }
func (Returned) EventType() string  { return "register.returned" }
func (Issued) EventType() string    { return "register.issued" }
func (Cancelled) EventType() string { return "register.cancelled" }
func (Planned) EventType() string   { return "register.planned" }
func (Moved) EventType() string     { return "register.moved" }
func (Completed) EventType() string { return "register.completed" }
func (Dropped) EventType() string   { return "register.dropped" }
