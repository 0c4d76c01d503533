package desk

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"hoso/domain"
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
	// Position is that of the last event; 0 where that could not be told in time, since the views are being built or
	// stand still. What was written is durable all the same.
	Position domain.Ordinal
}

// Do gives a command for the caller. Errors are those of intake, of [domain.Handler] and of the caller's rights.
func (d *Desk) Do(ctx context.Context, c Command) (Receipt, error) {
	if err := MaySomewhere(ctx, c.Name); err != nil {
		return Receipt{}, err
	}
	line, err := d.read(ctx, c)
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

// read reads a command. Who was registered a moment ago may not be in the views yet: then they are waited for.
func (d *Desk) read(ctx context.Context, c Command) (intake.Line, error) {
	parse := func() (intake.Line, error) {
		return intake.NewParser(d.Catalog, d.Names, d.People, d.Clock).Command(ctx, intake.Command{Name: c.Name, Case: c.Case, ID: c.ID, Body: c.Body})
	}
	line, err := parse()
	if domain.CodeOf(err) != "person.unknown" {
		return line, err
	}
	if err := d.caughtUp(ctx); err != nil {
		return line, err
	}
	if line, err = parse(); unknownSelf(err) && may(ctx, right.For(c.Name), right.Target{CaseType: people}) != nil { // like a person whom the caller may not see
		err = errNoCase
	}
	return line, err
}

// unknownSelf tells whether the person that a command is given to is nobody who is known.
func unknownSelf(err error) bool {
	var wrong *domain.Error
	return errors.As(err, &wrong) && wrong.Code == "person.unknown" && wrong.Field == "case"
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
	if r.Actor, err = d.actor(ctx, who, r, place{unit, named, exists}); err != nil {
		return domain.Outcome{}, err
	}
	r.Command = bySelf(who, r, unit)
	began := d.Clock()
	out, err := d.Handler.Handle(ctx, r)
	if out.Placed > 0 {
		d.units.put(r.Case, placed{out.Unit, out.Placed, began})
	} else { // it may be recorded all the same, and the answer lost
		d.units.forget(r.Case)
	}
	return out, err
}
