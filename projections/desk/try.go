package desk

import (
	"context"
	"io"
	"strings"

	"hoso/domain"
	"hoso/domain/intake"
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
