package person

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
)

// Registered is the one place in the log where a person's data stands, sealed with the person's key.
type Registered struct {
	Person    domain.PersonID          `json:"person"`
	Reference uuid.UUID                `json:"reference,omitzero"`
	Identity  domain.Private[Identity] `json:"identity,omitzero"`
	Name      domain.Private[string]   `json:"name"`
	Born      domain.Private[Born]     `json:"born,omitzero"`
	Phone     domain.Private[string]   `json:"phone,omitzero"`
	Address   domain.Private[string]   `json:"address,omitzero"`
	Commune   area.Code                `json:"commune,omitempty"`
}

// Referenced says that another list knows the person too, and how it writes the name.
type Referenced struct {
	Person    domain.PersonID        `json:"person"`
	Reference uuid.UUID              `json:"reference"`
	Name      domain.Private[string] `json:"name"`
}

// Linked says that this record and another one are the same person.
type Linked struct {
	Person domain.PersonID        `json:"person"`
	SameAs domain.PersonID        `json:"same_as"`
	Reason domain.Private[string] `json:"reason"`
}

// Unlinked says that they are not.
type Unlinked struct {
	Person domain.PersonID        `json:"person"`
	SameAs domain.PersonID        `json:"same_as"`
	Reason domain.Private[string] `json:"reason"`
}

// Erased certifies that the person's data can no longer be read by anybody.
type Erased struct {
	Person domain.PersonID `json:"person"`
	Ground string          `json:"ground" values:"request|retention_over|court"` // as in the command
}

func (Registered) EventType() string { return "person.registered" }
func (Referenced) EventType() string { return "person.referenced" }
func (Linked) EventType() string     { return "person.linked" }
func (Unlinked) EventType() string   { return "person.unlinked" }
func (Erased) EventType() string     { return "person.erased" }

func (e Registered) Subject() domain.PersonID { return e.Person }
func (e Referenced) Subject() domain.PersonID { return e.Person }
func (e Linked) Subject() domain.PersonID     { return e.Person }
func (e Unlinked) Subject() domain.PersonID   { return e.Person }
func (e Erased) Subject() domain.PersonID     { return e.Person }
