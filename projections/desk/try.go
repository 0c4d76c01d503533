package desk

import (
	"context"
	"strings"

	"hoso/domain"
	"hoso/domain/right"
)

// Try answers what Do would record now, with the same rights and errors, and records nothing.
func (d *Desk) Try(ctx context.Context, c Command) ([]domain.Event, error) {
	caseType, _, _ := strings.Cut(c.Name, ".")
	if err := somewhere(ctx, right.For(c.Name), caseType); err != nil {
		return nil, err
	}
	line, err := d.read(ctx, c)
	if err != nil {
		return nil, err
	}
	who, err := caller(ctx)
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

// Somewhere tells why the caller may do something to no case of a type, in whatever unit; nil where there may be one.
func Somewhere(ctx context.Context, a right.Action, caseType string) error {
	return somewhere(ctx, a, caseType)
}
