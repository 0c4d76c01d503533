package desk

import (
	"context"

	"hoso/domain"
)

// Try answers what Do would record now, with the same rights and errors, and records nothing.
func (d *Desk) Try(ctx context.Context, c Command) ([]domain.Event, error) {
	if err := MaySomewhere(ctx, c.Name); err != nil {
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
	unit, exists, err := d.unitOf(ctx, line.Case)
	if err != nil {
		return nil, err
	}
	if line.Actor, err = d.actor(ctx, who, line.Request, place{unit, unitIn(line.Command), exists}); err != nil {
		return nil, err
	}
	if err := d.amendsOwn(ctx, who, line.Request, unit); err != nil {
		return nil, err
	}
	line.Command = bySelf(who, line.Request, unit)
	line.Expect = c.Expect
	return d.Handler.Try(ctx, line.Request)
}

// Rehearsal returns a desk with the same rights over a handler that records nothing.
func (d *Desk) Rehearsal(h *domain.Handler) *Desk {
	return &Desk{
		Catalog: d.Catalog, Specs: d.Specs, Log: d.Log, Handler: h, Codec: d.Codec, Access: d.Access, Names: d.Names, People: d.People, Clock: d.Clock,
		Views: d.Views, Reading: d.Reading, Importer: d.Importer, Paper: d.Paper,
	}
}
