package desk

import (
	"context"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/right"
)

// ErrNobody says that a request comes from nobody who is known, or not any more.
var ErrNobody = &domain.Error{Kind: domain.Unauthenticated, Code: "right.nobody",
	Msg: "cần đăng nhập, hoặc gửi kèm mã truy cập còn hiệu lực", En: "log in, or send a token that is in force"}

// Known tells why nothing can be asked; nil where somebody asks.
func Known(ctx context.Context) error {
	_, err := caller(ctx)
	return err
}

// caller returns who asks, as it is at this moment.
func caller(ctx context.Context) (right.Caller, error) {
	c, ok := right.Of(ctx)
	if !ok {
		return c, ErrNobody
	}
	return c, nil
}

// may tells why the caller may not do something to a target.
func may(ctx context.Context, a right.Action, t right.Target) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	return c.May(a, t)
}

// people is the case type whose cases are people.
const people = "person"

// targetOf returns what an action on a case is about. A person of whom no unit is known belongs to every unit: whoever may do
// it somewhere may do it there.
func targetOf(c right.Caller, a right.Action, caseType string, unit area.Code) right.Target {
	t := right.Target{CaseType: caseType, Unit: unit}
	if caseType != people || unit != "" {
		return t
	}
	if own, err := c.Where(a, caseType); err == nil {
		t.Unit = own[0]
	}
	return t
}

// somewhere tells why the caller may do something to no case of a type, in whatever unit; nil where there may be one. It is
// asked before anything else, so that nobody learns from a refusal what is there.
func somewhere(ctx context.Context, a right.Action, caseType string) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	_, err = c.Where(a, caseType)
	return err
}

// May tells why the caller may not give a command to a case of a unit; nil where its rights allow it. It is the rule by which
// [Desk.Do] lets a command pass, for those who offer commands.
func May(ctx context.Context, command string, unit area.Code) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	caseType, _, _ := strings.Cut(command, ".")
	a := right.For(command)
	return c.May(a, targetOf(c, a, caseType, unit))
}

// MaySomewhere is [May] for a case that is not known yet: nil where there may be a unit in which the command is allowed.
func MaySomewhere(ctx context.Context, command string) error {
	caseType, _, _ := strings.Cut(command, ".")
	return somewhere(ctx, right.For(command), caseType)
}

// MayApproveOwn tells why the caller may not approve what he asked for himself in a case of a unit.
func MayApproveOwn(ctx context.Context, caseType string, unit area.Code) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	return c.May(right.ApproveOwn, targetOf(c, right.ApproveOwn, caseType, unit))
}

// mayRead tells why the caller may not read a case of a unit.
func mayRead(ctx context.Context, caseType string, unit area.Code) error {
	c, err := caller(ctx)
	if err != nil {
		return err
	}
	return c.May(right.ReadCase, targetOf(c, right.ReadCase, caseType, unit))
}

// actorOf returns the caller as it is stamped into the events of a request. The case belongs to a unit, or none where it is
// new; the command may name one.
func actorOf(c right.Caller, r domain.Request, unit, named area.Code) (domain.Actor, error) {
	a := right.For(r.Command.CommandName())
	if r.Command.CommandName() == "person.register" {
		unit = named // who is known elsewhere already may turn up here, too
	}
	if unit == "" {
		unit = named
	}
	actor, err := c.Actor(a, targetOf(c, a, r.Case.Type, unit))
	if err != nil {
		return actor, err
	}
	return actor, alone(c, r)
}

var notTheApprover = domain.Rule{Code: "right.not_the_approver", Say: domain.Text{
	Vi: "người đề nghị và người duyệt không phải là tên tự ghi: hãy gửi đề nghị sửa hoặc hủy để người khác duyệt; ai tự sửa thì ghi tên mình ở cả hai",
	En: "who requests and who approves are no names to be written: request the amendment and let somebody else approve it; who amends alone is both"}}

// alone tells why somebody may not sign a correction or a void in one act: it names nobody else, neither as who approves nor as
// who requests. Two people make it in two acts.
func alone(c right.Caller, r domain.Request) error {
	var requester, approver string
	switch command := r.Command.(type) {
	case domain.Correct:
		requester, approver = command.Requester, command.Approver
	case domain.Void:
		requester, approver = command.Requester, command.Approver
	default:
		return nil
	}
	refusal := notTheApprover.Refuse()
	refusal.Kind = domain.Forbidden
	switch {
	case approver != c.Account:
		refusal.Field = "data.approver"
	case requester != c.Account:
		refusal.Field = "data.requester"
	default:
		return nil
	}
	return refusal
}

// bySelf returns a command as the caller may give it: with the right to approve his own, where he has it.
func bySelf(c right.Caller, r domain.Request, unit area.Code) domain.Command {
	if own, ok := r.Command.(domain.SelfApproving); ok && c.May(right.ApproveOwn, targetOf(c, right.ApproveOwn, r.Case.Type, unit)) == nil {
		return own.BySelf()
	}
	return r.Command
}
