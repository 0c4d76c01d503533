package desk

import (
	"context"

	"hoso/domain"
	"hoso/domain/intake"
	"hoso/domain/right"
)

// Try answers what Do would record now, with the same rights and errors, and records nothing.
func (d *Desk) Try(ctx context.Context, c Command) ([]domain.Event, error) {
	who, err := caller(ctx)
	if err != nil {
		return nil, err
	}
	line, err := intake.NewParser(d.Catalog, d.Names, d.People, d.Clock).Command(ctx, intake.Command{Name: c.Name, Case: c.Case, ID: c.ID, Body: c.Body})
	if err != nil {
		return nil, err
	}
	unit, exists, err := d.unitOf(ctx, line.Case)
	if err != nil {
		return nil, err
	}
	if !exists {
		unit = unitIn(line.Command)
	}
	if line.Actor, err = who.Actor(actionOf(c.Name), right.Target{CaseType: line.Case.Type, Unit: unit}); err != nil {
		return nil, err
	}
	if err := approves(who, line.Command); err != nil {
		return nil, err
	}
	line.Expect = c.Expect
	return d.Handler.Try(ctx, line.Request)
}
