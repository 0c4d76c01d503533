package desk

import (
	"context"
	"io"

	"hoso/domain"
	"hoso/domain/intake"
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
	line.Command = bySelf(who, line.Request, unit)
	line.Expect = c.Expect
	return d.Handler.Try(ctx, line.Request)
}

// Rehearse answers what Import would do now, with the same rights and refusals, and records nothing. What an earlier line would
// record counts for the later ones.
func (d *Desk) Rehearse(ctx context.Context, lines io.Reader, taken func(intake.Taken), refused func(intake.Refusal)) (Imported, error) {
	done, err := d.Rehearsal(d.OnPaper()).Import(ctx, lines, taken, refused)
	done.Position = 0 // nothing was recorded that could be waited for
	return done, err
}

// Rehearsal returns a desk with the same rights over a handler that records nothing.
func (d *Desk) Rehearsal(h *domain.Handler) *Desk {
	return &Desk{
		Catalog: d.Catalog, Specs: d.Specs, Log: d.Log, Handler: h, Codec: d.Codec, Access: d.Access, Names: d.Names, People: d.People, Clock: d.Clock,
		Views: d.Views, Reading: d.Reading, Importer: d.Importer, Paper: d.Paper,
	}
}
