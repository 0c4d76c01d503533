// Package right says who may do what (quyền).
//
//	account ── grants ──▶ role, in a unit and all below it, for some case types, on some days
//	                          │
//	Caller.May(Action, Target) ── is there a grant whose role has the action, whose unit holds the target's unit, whose case
//	                              types name the target's?          and does the token, where one was sent, reach so far?
//
// It is pure: no clock, no log. Who asks is found out elsewhere, once for each request, and travels in the context.
package right
