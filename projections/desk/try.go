package desk

import (
	"context"

	"hoso/domain"
)

// Try answers what Do would record now, with the same rights and errors, and records nothing.
func (d *Desk) Try(ctx context.Context, c Command) ([]domain.Event, error) {
	who, err := caller(ctx)
	if err != nil {
		return nil, err
	}
	line, err := d.read(ctx, c)
	if err != nil {
		return nil, err
	}
	unit, _, err := d.unitOf(ctx, line.Case)
	if err != nil {
		return nil, err
	}
	if line.Actor, err = actorOf(who, line.Request, unit, unitIn(line.Command)); err != nil {
		return nil, err
	}
	line.Expect = c.Expect
	return d.Handler.Try(ctx, line.Request)
}
