package desk

import (
	"context"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/intake"
	"hoso/domain/right"
)

// Command is what somebody asks a case to do.
type Command struct {
	Name   string // "unemployment.file"
	Case   string // its id, or any reference of the office
	ID     uuid.UUID
	Expect uint64 // the version at which the case has to be; 0: any
	Body   []byte // {"occurred":…,"data":{…}}
}

// Receipt is the answer to a command; the same each time the command is sent.
type Receipt struct {
	Case  domain.StreamID
	First uint64 // versions of the command's events
	Last  uint64
	// Position is that of the last event; 0 where the views have not come there in time. What was written is durable all
	// the same.
	Position domain.Ordinal
}

// Do gives a command for the caller. Errors are those of intake, of [domain.Handler] and of the caller's rights.
func (d *Desk) Do(ctx context.Context, c Command) (Receipt, error) {
	if _, err := caller(ctx); err != nil { // nobody learns anything
		return Receipt{}, err
	}
	line, err := intake.NewParser(d.Catalog, d.Names, d.People, d.Clock).Command(ctx, intake.Command{Name: c.Name, Case: c.Case, ID: c.ID, Body: c.Body})
	if err != nil {
		return Receipt{}, err
	}
	line.Expect = c.Expect
	out, err := d.Handle(ctx, line.Request)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{Case: out.Case, First: out.First, Last: out.Last}
	if n, err := d.Views.PositionOf(ctx, out.Position); err == nil {
		r.Position = n
	}
	return r, nil
}

// Handle handles a request for the caller, whose account, role and unit become its actor. It implements intake.Handler.
func (d *Desk) Handle(ctx context.Context, r domain.Request) (domain.Outcome, error) {
	who, err := caller(ctx)
	if err != nil {
		return domain.Outcome{}, err
	}
	named := unitIn(r.Command)
	unit, exists, err := d.unitOf(ctx, r.Case)
	if err != nil {
		return domain.Outcome{}, err
	}
	if !exists {
		unit = named
	}
	if r.Actor, err = who.Actor(actionOf(r.Command.CommandName()), right.Target{CaseType: r.Case.Type, Unit: unit}); err != nil {
		return domain.Outcome{}, err
	}
	if err := approves(who, r.Command); err != nil {
		return domain.Outcome{}, err
	}
	out, err := d.Handler.Handle(ctx, r)
	if err == nil {
		d.moved(r, named, exists)
	}
	return out, err
}

// moved notes where a case lies that a command opened, and forgets it where a command may have moved the case.
func (d *Desk) moved(r domain.Request, named area.Code, existed bool) {
	switch r.Command.(type) {
	case domain.Correct, domain.Void:
		d.units.forget(r.Case)
		return
	}
	switch {
	case !existed && named != "":
		d.units.put(r.Case, named, d.Clock())
	case named != "":
		d.units.forget(r.Case)
	}
}

var notTheApprover = domain.Rule{Code: "right.not_the_approver", Say: domain.Text{
	Vi: "việc sửa hoặc hủy phải do chính người duyệt gửi; hãy để người duyệt đăng nhập và gửi",
	En: "a correction or a void is sent by who approves it; let the approver log in and send it"}}

// approves tells why somebody may not sign a correction or a void: nobody approves in another one's name.
func approves(who right.Caller, c domain.Command) error {
	approver := who.Account
	switch c := c.(type) {
	case domain.Correct:
		approver = c.Approver
	case domain.Void:
		approver = c.Approver
	}
	if approver != who.Account {
		refusal := notTheApprover.Refuse()
		refusal.Kind, refusal.Field = domain.Forbidden, "data.approver"
		return refusal
	}
	return nil
}
