package desk

import (
	"context"
	"io"
	"time"

	"hoso/domain"
	"hoso/domain/intake"
)

// Imported is what became of an import.
type Imported struct {
	intake.Summary
	// Position is that of the last event when the import ended; 0 where the views have not come there in time.
	Position domain.Ordinal
}

// Import gives the commands of a file of lines for the caller, each with the rights that it needs: a line that the caller
// may not give is refused like one that a rule refuses. The accounts and units that lines name are not looked at. taken and
// refused are told of each line, in no certain order, one at a time.
func (d *Desk) Import(ctx context.Context, lines io.Reader, taken func(intake.Taken), refused func(intake.Refusal)) (Imported, error) {
	if _, err := caller(ctx); err != nil {
		return Imported{}, err
	}
	importer := d.Importer()
	importer.Handler, importer.Taken = d, taken
	s, err := importer.Run(ctx, lines, refused)
	if err != nil {
		return Imported{Summary: s}, err
	}
	head, err := d.Log.Head(ctx)
	if err != nil {
		return Imported{Summary: s}, err
	}
	return Imported{s, d.passed(ctx, head)}, nil
}

// passed returns the position of the views once they have passed a cursor; 0 where that takes too long.
func (d *Desk) passed(ctx context.Context, head domain.Cursor) domain.Ordinal {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		err := d.Views.WaitFor(ctx, head)
		switch {
		case err == nil:
			return d.Views.Position()
		case domain.CodeOf(err) != "views.catching_up":
			return 0
		}
	}
}
