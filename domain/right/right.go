// Package right says who may do what.
package right

import (
	"context"

	"hoso/domain"
	"hoso/domain/area"
)

// Action is what somebody wants to do.
type Action string

// The actions.
const (
	Act         Action = "act"
	Approve     Action = "approve"
	ApproveOwn  Action = "approve_own"
	ReadCase    Action = "read_case"
	ReadPerson  Action = "read_person"
	ReadFigures Action = "read_figures"
	Close       Action = "close"
	Audit       Action = "audit"
	Administer  Action = "administer"
)

// Target is what it is done to.
type Target struct {
	CaseType string
	Unit     area.Code
}

// Caller is who asks.
type Caller struct {
	Account string
	Name    string
}

// May tells why the caller may not do something; nil where it may.
func (c Caller) May(Action, Target) error { return nil }

// Actor returns who is stamped into the events.
func (c Caller) Actor(Action, Target) (domain.Actor, error) {
	return domain.Actor{ID: c.Account}, nil
}

type key struct{}

// With puts a caller into a context.
func With(ctx context.Context, c Caller) context.Context { return context.WithValue(ctx, key{}, c) }

// Of returns the caller of a context.
func Of(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(key{}).(Caller)
	return c, ok
}
