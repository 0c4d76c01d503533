package web

import (
	"hoso/domain"
	"hoso/domain/area"
)

// Action is what somebody may or may not do.
type Action string

// The actions that pages ask about.
const (
	ReadFigures Action = "read_figures"
	ReadCase    Action = "read_case"
	Act         Action = "act"
	Approve     Action = "approve"
	Close       Action = "close"
	Audit       Action = "audit"
	Administer  Action = "administer"
)

// Caller is who asks.
type Caller interface {
	ID() string   // of the account
	Name() string // for people
	// May tells whether the caller may do something in a unit, with a case of a type where one is named. Its error says which
	// right is missing.
	May(a Action, caseType string, unit area.Code) error
	// Units lists the units in which the caller may do something, with cases of some type: "" is everywhere.
	Units(a Action) []area.Code
	// Somewhere tells whether the caller may do something in any unit, with a case of a type where one is named.
	Somewhere(a Action, caseType string) error
	// Actor is the caller with the role and the unit that allow an action.
	Actor(a Action, caseType string, unit area.Code) (domain.Actor, error)
}

var signInFirst = &domain.Error{Kind: domain.Unauthenticated, Code: "web.not_signed_in",
	Msg: "cần đăng nhập để xem trang này; hãy đăng nhập bằng tài khoản của cơ quan", En: "sign in with your office account to see this page"}
