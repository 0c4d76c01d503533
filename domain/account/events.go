package account

import (
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// Opened begins an account.
type Opened struct {
	Account uuid.UUID              `json:"account"` // the case's own id: with its key the name is sealed
	Login   Login                  `json:"login"`
	Name    domain.Private[string] `json:"name"`
}

// Password is a password without its verifier.
type Password struct {
	Key uuid.UUID `json:"key"` // with which the verifier is sealed: of this password alone
	// Temporary has to be changed before anything else can be done.
	Temporary bool `json:"temporary,omitempty"`
}

// IsZero tells whether there is no password.
func (p Password) IsZero() bool { return p.Key == uuid.Nil }

// PasswordSet replaces the password. Verifier is what a hard hash made of it, with the hash's parameters.
type PasswordSet struct {
	Password Password               `json:"password"`
	Replaces uuid.UUID              `json:"replaces,omitzero"`
	Verifier domain.Private[string] `json:"verifier"`
}

// Granted gives a right.
type Granted struct {
	Grant right.Grant `json:"grant"`
}

// Revoked takes it back.
type Revoked struct {
	Grant string `json:"grant"`
}

// Token lets a program act for the account.
type Token struct {
	ID    uuid.UUID     `json:"id"`
	Label string        `json:"label"`          // what for; nobody's data
	Hash  string        `json:"hash,omitempty"` // SHA-256 of the secret, in hexadecimal digits
	Scope right.Scope   `json:"scope,omitzero"`
	Until calendar.Date `json:"until"` // the last day
}

// TokenIssued says that a token was handed out.
type TokenIssued struct {
	Token Token `json:"token"`
}

// TokenRevoked ends it.
type TokenRevoked struct {
	Token uuid.UUID `json:"token"`
}

// Identity is somebody as the office's own provider knows him: the provider, and a keyed hash of its name for him.
type Identity struct {
	Issuer  string    `json:"issuer"`
	Subject uuid.UUID `json:"subject"`
}

// Linked lets the identity log in.
type Linked struct {
	Identity Identity `json:"identity"`
}

// Unlinked ends that.
type Unlinked struct {
	Identity Identity `json:"identity"`
}

// Closed ends all.
type Closed struct{}

// Reopened takes that back.
type Reopened struct{}

// Subject implements [domain.Subject].
func (e Opened) Subject() domain.PersonID { return domain.PersonID{UUID: e.Account} }

// Subject implements [domain.Subject].
func (e PasswordSet) Subject() domain.PersonID { return domain.PersonID{UUID: e.Password.Key} }

// What was granted on a day stays so: rights are taken back by another event, never rewritten.

func (Opened) Final()       {}
func (PasswordSet) Final()  {}
func (Granted) Final()      {}
func (Revoked) Final()      {}
func (TokenIssued) Final()  {}
func (TokenRevoked) Final() {}
func (Linked) Final()       {}
func (Unlinked) Final()     {}
func (Closed) Final()       {}
func (Reopened) Final()     {}

func (Opened) EventType() string       { return "account.opened" }
func (PasswordSet) EventType() string  { return "account.password_set" }
func (Granted) EventType() string      { return "account.granted" }
func (Revoked) EventType() string      { return "account.revoked" }
func (TokenIssued) EventType() string  { return "account.token_issued" }
func (TokenRevoked) EventType() string { return "account.token_revoked" }
func (Linked) EventType() string       { return "account.linked" }
func (Unlinked) EventType() string     { return "account.unlinked" }
func (Closed) EventType() string       { return "account.closed" }
func (Reopened) EventType() string     { return "account.reopened" }
